using System.Numerics;
using System.Text;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The <c>sweep:</c> block.</summary>
internal sealed class SweepBuilder(MapValue block, Varied varied, RowTimes rows, ScenarioNames names, DiagnosticSink sink)
{
    /// <summary>Most points of a design.</summary>
    public const int MaxPoints = 1_000_000;

    // Columns of sweep.csv that are always there.
    private static readonly string[] Reserved = ["point", "arm", "replicate", "lesion", "status", "end_d", "run", "state_hash"];

    private static readonly string[] SampleKeys = ["runs", "trajectories", "levels", "base_samples"];
    private static readonly string[] DefaultOutputs = ["tumor_volume_change", "cd8_bed_per_mm2", "hypoxic_fraction"];

    /// <summary>The sweep, or null after an error.</summary>
    public SweepPlan? Build()
    {
        ScalarValue written = block.Scalar("method");
        var method = (SweepMethod)Math.Max(0, SweepMethods.Names.ToList().IndexOf(written.Text));
        List<SweepFactor> factors = Factors(block.Map("vary"), new FactorBuilder(varied, method == SweepMethod.List, sink), sink,
            out bool good);
        good &= written.IsGood && KeysFit(method) && LevelsFit(method, factors);
        int samples = 0, morrisLevels = (int?)block.Optional("levels")?.Number ?? 4;
        good = good && Samples(method, out samples);
        if (method == SweepMethod.Morris && morrisLevels % 2 != 0)
        {
            sink.Error(block["levels"]!.Mark, block["levels"]!.Path,
                $"{morrisLevels} levels: Morris trajectories need an even number, usually 4");
            good = false;
        }

        SweepOutput[] outputs = Outputs();
        IReadOnlyList<string>? series = Series(outputs);
        if (!good || factors.Count == 0)
        {
            return null;
        }

        long points = Count(method, factors, samples);
        if (points > MaxPoints)
        {
            sink.Error(block.Mark, block.Path, $"{points} points; at most {MaxPoints}");
            return null;
        }

        return new SweepPlan
        {
            Method = method, Factors = factors, Samples = samples, MorrisLevels = morrisLevels, Seed = block.Seed("seed"),
                Outputs = outputs, Series = series,
            Points = (int)points, Space = Space(method, factors, morrisLevels, block.Seed("seed")),
        };
    }

    /// <summary>What the entries of a <c>vary:</c> block vary.</summary>
    public static List<SweepFactor> Factors(MapValue vary, FactorBuilder builder, DiagnosticSink sink, out bool good)
    {
        List<SweepFactor> factors = [];
        good = vary.IsGood;
        foreach ((string path, Value entry) in vary.Ordered)
        {
            SweepFactor? factor = entry.IsGood ? builder.Build(path, (MapValue)entry) : null;
            if (factor?.Keys.FirstOrDefault(k => factors.Any(f => f.Keys.Contains(k))) is { } same)
            {
                sink.Error(entry.Mark, entry.Path, $"'{Excerpt.Of(path)}' leads to '{same}', which is varied already");
                factor = null;
            }

            if (factor is not null && (Reserved.Contains(factor.Label) || factor.Label.Contains('@')))
            {
                sink.Error(entry.Mark, entry.Path,
                    $"the label '{Excerpt.Of(factor.Label)}' is that of another column of sweep.csv; choose another");
                factor = null;
            }

            good &= factor is not null;
            if (factor is not null)
            {
                factors.Add(factor);
            }
        }

        if (vary is { IsGood: true, IsDefault: false, Ordered.Count: 0 })
        {
            sink.Error(vary.Mark, vary.Path, "names no key to vary; write for example `patient.nlr: [1.5, 3, 6]`");
            good = false;
        }

        return Labelled(factors);
    }

    /// <summary>Factors called by the shortest end of their path that tells them from the others.</summary>
    public static List<SweepFactor> Labelled(List<SweepFactor> factors)
    {
        string Label(SweepFactor f)
        {
            if (f.Label != f.Path)
            {
                return f.Label;
            }

            for (int from = f.Path.LastIndexOf('.'); from > 0; from = f.Path.LastIndexOf('.', from - 1))
            {
                string end = f.Path[(from + 1)..];
                if (!end.Contains(']') && !Reserved.Contains(end) && !factors.Any(o => o.Label == end)
                    && !factors.Any(o => o.Path != f.Path && o.Path.EndsWith("." + end, StringComparison.Ordinal)))
                {
                    return end;
                }
            }

            return f.Path;
        }

        string[] labels = [.. factors.Select(Label)];
        return [.. factors.Select((f, i) => f with { Label = labels.Count(l => l == labels[i]) > 1 ? f.Path : labels[i] })];
    }

    // The key that says how many points there are.
    private static string? CountKey(SweepMethod method) =>
        method switch { SweepMethod.LatinHypercube or SweepMethod.Sobol => "runs", SweepMethod.Morris => "trajectories",
            SweepMethod.Saltelli => "base_samples", _ => null };

    private bool KeysFit(SweepMethod method)
    {
        string? wanted = CountKey(method);
        bool good = true;
        foreach (string key in SampleKeys.Where(k => block[k] is { IsDefault: false } && k != wanted
            && !(method == SweepMethod.Morris && k == "levels")))
        {
            sink.Error(block[key]!.Mark, block[key]!.Path,
                $"a {method.Name()} sweep takes no '{key}'{(wanted is null ? "; its points follow from 'vary'" : $" but '{wanted}'")}");
            good = false;
        }

        if (wanted is not null && block[wanted] is null)
        {
            sink.Error(block.Mark, block.Path, $"a {method.Name()} sweep needs '{wanted}'");
            good = false;
        }

        return good;
    }

    private bool LevelsFit(SweepMethod method, List<SweepFactor> factors)
    {
        bool good = true;
        foreach (SweepFactor factor in factors)
        {
            string? wrong = method switch
            {
                SweepMethod.Grid when factor.Distribution is not null =>
                    "a grid needs values, or from and to; a distribution is for random samples",
                SweepMethod.Morris when factor.Levels.Count == 1 =>
                "has one value, so it has no effect that could be screened; give two or more, or leave it out",
                SweepMethod.List when factor.Levels.Count == 0 => "a list needs values",
                SweepMethod.List when factor.Levels.Count != factors[0].Levels.Count && factors[0].Levels.Count > 0 =>
                    $"has {factor.Levels.Count} values and '{factors[0].Path}' {factors[0].Levels.Count}; the n-th values of a list belong "
                        + "together",
                _ => null,
            };
            if (wrong is not null)
            {
                sink.Error(block.Map("vary")[factor.Entry]!.Mark, $"{block.Path}.vary.{factor.Entry}", wrong);
                good = false;
            }
        }

        return good;
    }

    private bool Samples(SweepMethod method, out int samples)
    {
        string? key = CountKey(method);
        samples = key is null ? 0 : (int)block.Number(key);
        if (key is null || (method is not (SweepMethod.Sobol or SweepMethod.Saltelli)) || !block.Scalar(key).IsGood
            || BitOperations.IsPow2(samples))
        {
            return key is null || block.Scalar(key).IsGood;
        }

        int below = 1 << BitOperations.Log2((uint)samples);
        sink.Error(block[key]!.Mark, block[key]!.Path,
            $"{samples} is no power of two, and a Sobol sequence is even only then; write {below} or {below * 2}");
        return false;
    }

    private static long Count(SweepMethod method, List<SweepFactor> factors, int samples)
    {
        switch (method)
        {
            case SweepMethod.Grid:
                long all = 1;
                foreach (SweepFactor factor in factors)
                {
                    all = Math.Min(long.MaxValue / 20_000, all * (factor.Range?.Levels ?? factor.Levels.Count));
                }

                return all;
            case SweepMethod.List:
                return factors[0].Levels.Count;
            case SweepMethod.Morris:
                return (long)samples * (factors.Count + 1);
            case SweepMethod.Saltelli:
                return (long)samples * (factors.Count + 2);
            default:
                return samples;
        }
    }

    private SweepOutput[] Outputs()
    {
        OutputReader reader = new(rows, names, sink);
        if (block["outputs"] is not ListValue { IsGood: true } list)
        {
            return [.. DefaultOutputs.Select(m => new SweepOutput($"{m}@end", m, OutputTime.End, 0))];
        }

        List<SweepOutput> outputs = [];
        foreach (ScalarValue written in list.Scalars.Where(s => s.IsGood))
        {
            if (reader.Read(written) is not SweepOutput output)
            {
                continue;
            }

            if (outputs.Any(o => o.Name == output.Name))
            {
                sink.Error(written.Mark, written.Path, $"'{output.Name}' stands twice");
            }

            outputs.Add(output);
        }

        return [.. outputs];
    }

    private string[]? Series(SweepOutput[] outputs)
    {
        ScalarValue[] written = [.. (block["series"] as ListValue)?.Scalars.Where(s => s.IsGood) ?? []];
        if (written is [{ Text: "all" }])
        {
            return null;
        }

        return written is [{ Text: "none" }] ? []
            : written.Length > 0 ? [.. written.Where(names.Measure).Select(s => s.Text).Distinct()]
            : [.. outputs.Select(o => o.Measure).Distinct()];
    }

    private static string Space(SweepMethod method, List<SweepFactor> factors, int morrisLevels, ulong seed)
    {
        bool random = method is not (SweepMethod.Grid or SweepMethod.List);
        StringBuilder text = new(method.Name());
        if (random)
        {
            text.Append(" seed ").Append(seed);
        }

        if (method == SweepMethod.Morris)
        {
            text.Append(" levels ").Append(morrisLevels);
        }

        foreach (SweepFactor f in factors)
        {
            text.Append('\n').AppendJoin(" = ", f.Keys);
            if (random)
            {
                text.Append(' ').AppendJoin(", ", f.Levels.Select(l => l.Text));
                text.Append(f.Range is { } r ? $" {Quantity.Format(r.From)} {Quantity.Format(r.To)} {(r.IsLog ? "log" : "linear")} {f.Unit}"
                    : string.Empty);
                text.Append(f.Distribution is { } d
                    ? $" {d.Kind} {Quantity.Format(d.Mean)} {Quantity.Format(d.Sd)} {Quantity.Format(d.Min)} {Quantity.Format(d.Max)} "
                    + $"{f.Unit}" : string.Empty);
            }
        }

        return text.Append('\n').ToString();
    }
}
