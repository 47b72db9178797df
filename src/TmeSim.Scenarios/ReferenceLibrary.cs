using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios;

/// <summary>
/// Reference patients (seeds/references): multipliers that calibrating burn-ins of one scenario found, held by scenarios with
/// <c>baseline: reference</c>. <c>tmesim reference</c> makes such a file again.
/// </summary>
public static class ReferenceLibrary
{
    private static readonly Lazy<IReadOnlyDictionary<string, YamlMapping>> Files = new(Load);

    /// <summary>Names of the reference patients that come with TmeSim, in order; that of a preset is the first made with it.</summary>
    public static IReadOnlyList<string> Names => [.. Files.Value.Keys];

    /// <summary>The key of the block for a multiplier, or null where a reference patient has none.</summary>
    public static string? Key(Multiplier multiplier) => multiplier switch
    {
        Multiplier.Matrix => null,
        Multiplier.DivisionRatePerDay => "division_rate",
        _ => MultiplierTable.All[(int)multiplier].Key,
    };

    /// <summary>Lays the reference patient that a scenario names, or that its preset has, below what the scenario writes itself.</summary>
    internal static YamlMapping Below(YamlMapping root)
    {
        if ((root["baseline"] as YamlScalar)?.Text.Trim() != "reference" || root.Find("reference") is { Value: not YamlMapping })
        {
            return root;
        }

        string? named = ((root["reference"] as YamlMapping)?["name"] as YamlScalar)?.Text.Trim();
        string? preset = (root["preset"] as YamlScalar)?.Text.Trim();
        YamlMapping? found = named is not null ? Files.Value.GetValueOrDefault(named)
            : Files.Value.Values.FirstOrDefault(f => SeedFiles.Text(f, "preset") == preset);
        if (found is null)
        {
            return root;
        }

        YamlMapping layer = new(root.Mark);
        layer.TryAdd("reference", root.Mark, found.Clone());
        return (YamlMapping)Overlay.Merge(layer, root, ScenarioKeys.Root);
    }

    private static Dictionary<string, YamlMapping> Load() =>
        SeedFiles.Read("references").Cast<YamlMapping>().Select(f => (YamlMapping)f["reference"]!)
            .OrderBy(f => SeedFiles.Text(f, "name"), StringComparer.Ordinal).ToDictionary(f => SeedFiles.Text(f, "name"), StringComparer.Ordinal);
}
