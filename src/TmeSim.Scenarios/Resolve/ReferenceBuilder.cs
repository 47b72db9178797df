using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The reference patient of a scenario with <c>baseline: reference</c>, and what such a scenario may not ask for.</summary>
internal sealed class ReferenceBuilder(MapValue root, DiagnosticSink sink)
{
    /// <summary>Keys of a lesion that come out under a reference patient, and the key of the level that they are laid out with.</summary>
    public static readonly IReadOnlyList<(string Block, string Key, string Level)> ComeOut =
    [
        ("immune", "cd8", "cd8"), ("immune", "macrophages", "macrophages"), ("immune", "cd163_fraction", "cd163_fraction"),
        ("vessels", "density", "vessels"), ("vessels", "maturity", "maturity"),
    ];

    private readonly MapValue? _block = root["reference"] as MapValue;

    /// <summary>The scenario holds a reference patient.</summary>
    public bool IsOn => root.Text("baseline") == "reference";

    /// <summary>The reference patient, or null where levels are asked for or it is not complete, which is reported once.</summary>
    public ReferencePlan? Build()
    {
        Value mode = root["baseline"]!;
        if (!IsOn)
        {
            if (_block is not null)
            {
                sink.Warn(_block.Mark, _block.Path, "has no effect without `baseline: reference`");
            }

            return null;
        }

        string[] needed = [.. Multipliers().Select(m => m.Key), .. ComeOut.Select(c => c.Level), "growth", "division_capacity"];
        string[] missing = [.. needed.Where(k => _block?.Optional(k) is null)];
        if (missing.Length > 0)
        {
            string known = string.Join(", ", ReferenceLibrary.Names);
            if (_block?.Optional("name") is { } name && !ReferenceLibrary.Names.Contains(name.Text))
            {
                sink.Error(name.Mark, name.Path, $"there is no reference patient '{Excerpt.Of(name.Text)}' in the library "
                    + $"(known: {known}), and {Count(missing)} missing in this block: {string.Join(", ", missing)}");
            }
            else
            {
                sink.Error(mode.Mark, mode.Path, _block is null
                    ? $"no reference patient comes with preset {root.Text("preset")}; name one (reference: {{name: …}}, known: {known}) or "
                        + "make one with `tmesim reference FILE` and write its block here or in a base"
                    : $"{Count(missing)} missing in the block `reference`: {string.Join(", ", missing)}");
            }

            return null;
        }

        Stale(_block!);
        return new ReferencePlan(_block!.Number("growth"), _block.Number("division_capacity"))
        {
            Multipliers = Multipliers().ToDictionary(m => m.Id, m => _block.Number(m.Key)),
        };
    }

    /// <summary>A level of the lesion: asked for, or the one that a reference patient is laid out with.</summary>
    public double Level(MapValue lesion, string block, string key)
    {
        ScalarValue asked = lesion.Map(block).Scalar(key);
        string level = ComeOut.Single(c => c.Block == block && c.Key == key).Level;
        if (!IsOn || _block?.Optional(level) is not { } held)
        {
            return asked.Number;
        }

        // A scenario may say what the reference patient has.
        if (!asked.IsDefault && asked.IsGood && Math.Abs(asked.Number - held.Number) > 1e-9 * held.Number)
        {
            sink.Error(asked.Mark, asked.Path, "comes out of patient and tumour under `baseline: reference`; remove it, or change what it "
                + "comes from (patient.nlr, patient.lymphocyte_supply, patient.monocyte_supply, tumor.cxcl, tumor.ccl2, tumor.csf1, tumor.vegf)");
        }

        return held.Number;
    }

    /// <summary>Few CD8 T cells are what comes out of a patient, no layout.</summary>
    public void CheckPattern(ScalarValue pattern)
    {
        if (IsOn && pattern is { IsGood: true, Text: "desert" })
        {
            sink.Error(pattern.Mark, pattern.Path, "a desert comes out under `baseline: reference`; write inflamed or excluded, which lay out stroma");
        }
    }

    private static IEnumerable<(Multiplier Id, string Key)> Multipliers() =>
        from row in MultiplierTable.All let key = ReferenceLibrary.Key(row.Id) where key is not null select (row.Id, key);

    private static string Count(string[] missing) => missing.Length == 1 ? "a value is" : $"{missing.Length} values are";

    // Made with other rules or library values, its multipliers hold another baseline than it says.
    private void Stale(MapValue block)
    {
        const string again = "make it again with `tmesim reference`";
        if (block.Optional("model_version") is { IsGood: true } version && (int)version.Number != Simulation.ModelVersion)
        {
            sink.Warn(version.Mark, version.Path,
                $"the reference patient was made with model version {version.Text}, this is {Simulation.ModelVersion}; {again}");
        }

        if (block.Optional("settings") is { IsGood: true } settings && block.Optional("preset") is { IsGood: true } preset
            && ParameterLibrary.FindPreset(preset.Text) is not null && settings.Text != ReferenceSettings.Of(preset.Text))
        {
            sink.Warn(settings.Mark, settings.Path,
                $"the library values or switches of preset {preset.Text} have changed since the reference patient was made; {again}");
        }
    }
}
