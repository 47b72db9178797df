using System.Globalization;
using TmeSim.Analysis.Cohorts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>What a trait is drawn from: a distribution of numbers, or words with weights.</summary>
/// <param name="Target">Keys that are set.</param>
/// <param name="Label">Name as written; null for the end of the path.</param>
/// <param name="Unit">Unit of the numbers; null for words.</param>
/// <param name="Text">In words.</param>
internal sealed record TraitSource(TiedKeys Target, string? Label, Unit? Unit, string Text)
{
    /// <summary>Distribution of numbers; null for values.</summary>
    public ParameterDistribution? Distribution { get; init; }

    /// <summary>Values with the shares up to and including each.</summary>
    public IReadOnlyList<(FactorLevel Level, double UpTo)> Values { get; init; } = [];

    /// <summary>The value at a share of the patients.</summary>
    public FactorLevel At(double share)
    {
        if (Distribution is null)
        {
            return Values.FirstOrDefault(v => share < v.UpTo, Values[^1]).Level;
        }

        // Five digits: what a patient is can be read and written again.
        double value = Distribution.Quantile(share);
        double rounded = double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        rounded = Math.Clamp(Target.Spec.Key.IsWhole ? Math.Round(value) : rounded, Distribution.Low, Distribution.High);
        return new FactorLevel(Quantity.Format(rounded, Unit!), rounded);
    }
}

/// <summary>Reads one entry of <c>traits:</c> with units and range of the key that it sets.</summary>
internal sealed class TraitBuilder(Varied varied, DiagnosticSink sink)
{
    private static readonly string[] Centres = ["mean", "median", "mode"];
    private readonly ScalarReader _scalars = new(sink);

    /// <summary>The source of a trait, or null after an error.</summary>
    /// <param name="path">Path of its key.</param>
    /// <param name="entry">Its block.</param>
    public TraitSource? Build(string path, MapValue entry)
    {
        if (!entry.IsGood || varied.FindTrait(path, entry) is not { } target)
        {
            return null;
        }

        if (entry["values"] is ListValue values)
        {
            return entry["distribution"] is null ? Values(entry, values, target)
                : Wrong<TraitSource>(entry, "is given twice, by values and by a distribution; write one of them");
        }

        string family = entry.Optional("distribution")?.Text ?? "";
        if (target.Spec.Key.Units.Count == 0)
        {
            return Wrong<TraitSource>(entry, $"'{target.Path}' takes words, not numbers; list them: values: […]");
        }

        if (family == "mixture")
        {
            return Mixture(entry, target);
        }

        return Distribution(entry, target) is var (distribution, unit, text)
            ? new TraitSource(target, Label(entry), unit, text) { Distribution = distribution } : null;
    }

    private static string? Label(MapValue entry) => entry.Optional("label")?.Text;

    private TraitSource? Mixture(MapValue entry, TiedKeys target)
    {
        List<(double Weight, ParameterDistribution Distribution)> parts = [];
        List<string> texts = [];
        Unit? unit = null;
        foreach (MapValue part in entry.Members("components"))
        {
            if (Distribution(part, target) is not var (distribution, own, text))
            {
                return null;
            }

            if (unit is not null && own.Text != unit.Text)
            {
                return Wrong<TraitSource>(part, $"this component is in {own.Text}, those before in {unit.Text}; give all in one unit");
            }

            unit = own;
            parts.Add((part.Number("weight"), distribution));
            texts.Add($"{Quantity.Format(part.Number("weight"))} × {text}");
        }

        return parts.Count == 0 ? Wrong<TraitSource>(entry, "a mixture needs `components`, each with a weight")
            : new TraitSource(target, Label(entry), unit, string.Join(" + ", texts)) { Distribution = new MixtureDistribution(parts) };
    }

    private TraitSource? Values(MapValue entry, ListValue list, TiedKeys target)
    {
        ScalarValue[] read = [.. list.Scalars.Select(v => Read(v, target)).OfType<ScalarValue>()];
        if (read.Length != list.Items.Count || read.Length == 0)
        {
            return null;
        }

        double[] weights = entry["weights"] is ListValue written ? [.. written.Scalars.Select(w => w.Number)] : [.. read.Select(_ => 1.0)];
        if (weights.Length != read.Length || !(weights.Sum() > 0))
        {
            return Wrong<TraitSource>(entry,
                $"{read.Length} values need as many weights, not all of them 0, and there are {weights.Length}");
        }

        Unit? unit = read[0].Unit;
        if (read.Any(v => v.Unit?.Text != unit?.Text))
        {
            unit = null;
        }

        double total = weights.Sum(), up = 0;
        List<(FactorLevel, double)> levels = [];
        for (int i = 0; i < read.Length; i++)
        {
            up += weights[i] / total;
            levels.Add((new FactorLevel(read[i].Text, unit is null ? double.NaN : read[i].Number), up));
        }

        string text = read.Length == 1 ? read[0].Text
            : string.Join(", ", read.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{v.Text} {weights[i] / total:0.##}")));
        return new TraitSource(target, Label(entry), unit, text) { Values = levels };
    }

    private (ParameterDistribution Distribution, Unit Unit, string Text)? Distribution(MapValue entry, TiedKeys target)
    {
        string family = entry.Optional("distribution")?.Text ?? "";
        if (family.Length == 0 || family == "mixture")
        {
            sink.Error(entry.Mark, entry.Path, family.Length == 0
                ? "has neither values nor a distribution; write for example {distribution: lognormal, median: 2.7, sd_log: 0.5}"
                : "a component of a mixture cannot be a mixture itself");
            return null;
        }

        ScalarValue? centre = Centres.Select(entry.Optional).FirstOrDefault(c => c is not null), end = entry.Optional("min")
            ?? entry.Optional("max");
        if ((centre ?? end) is not { } first || Read(first, target) is not { IsWord: false, Unit: { } unit })
        {
            if (centre is null && end is null)
            {
                sink.Error(entry.Mark, entry.Path, $"a {family} distribution needs {Needs(family)}");
            }

            return null;
        }

        ScenarioKey key = target.Spec.Key;
        bool primary = unit.Text == key.Units[0];
        bool isOpen = family is "normal" or "lognormal";
        double low = primary ? key.Min : double.NegativeInfinity, high = primary ? key.Max : double.PositiveInfinity;
        (low, high) = family switch
        {
            "lognormal" => (Math.Max(0, low), high),
            "beta" or "logit_normal" => (Math.Max(0, low), Math.Min(1, high)),
            _ => (low, high),
        };
        if (!Number(entry, "min", target, unit, ref low) || !Number(entry, "max", target, unit, ref high))
        {
            return null;
        }

        double mean = double.NaN, median = double.NaN, mode = double.NaN, sd = double.NaN;
        if (!Number(entry, "mean", target, unit, ref mean) || !Number(entry, "median", target, unit, ref median)
            || !Number(entry, "mode", target, unit, ref mode)
            || (entry.Optional("sd") is { } spread && !Width(spread, unit, out sd)))
        {
            return null;
        }

        double sdLog = entry.Optional("sd_log")?.Number ?? double.NaN, sdLogit = entry.Optional("sd_logit")?.Number ?? double.NaN;
        bool complete = family switch
        {
            "normal" or "beta" => double.IsFinite(mean + sd),
            "lognormal" => double.IsFinite(mean + sd) != double.IsFinite(median + sdLog),
            "logit_normal" => double.IsFinite(median + sdLogit),
            "triangular" => double.IsFinite(mode) && entry["min"] is not null && entry["max"] is not null,
            _ => entry["min"] is not null && entry["max"] is not null,
        };
        if (!complete)
        {
            sink.Error(entry.Mark, entry.Path, $"a {family} distribution needs {Needs(family)}");
            return null;
        }

        try
        {
            ParameterDistribution made = family switch
            {
                "normal" => new NormalDistribution(mean, sd, low, high),
                "lognormal" when double.IsFinite(mean) => new LogNormalDistribution(mean, sd, low, high),
                "lognormal" => LogNormal(median, sdLog, low, high),
                "logit_normal" => new LogitNormalDistribution(median, sdLogit, low, high),
                "beta" => new BetaDistribution(mean, sd, low, high),
                "uniform" => new UniformDistribution(low, high),
                "loguniform" => new LogUniformDistribution(low, high),
                _ => new TriangularDistribution(low, mode, high),
            };
            string cut = isOpen && entry["min"] is null && entry["max"] is null ? ""
                : $", {Quantity.Format(low)} to {Quantity.Format(high)}";
            string text = string.Join(", ", new[] { ("mean", mean), ("median", median), ("mode", mode), ("sd", sd), ("sd_log", sdLog),
                ("sd_logit", sdLogit) }
                .Where(p => !double.IsNaN(p.Item2)).Select(p => $"{p.Item1} {Quantity.Format(p.Item2)}"));
            return (made, unit, $"{family.Replace('_', '-')}{(text.Length > 0 ? " " + text : "")}{cut}");
        }
        catch (ArgumentException e)
        {
            sink.Error(entry.Mark, entry.Path, e.Message.Split(" (Parameter", 2)[0]);
            return null;
        }
    }

    // Median m and standard deviation s of the logarithm: mean m e^(s²/2), standard deviation mean √(e^(s²) − 1).
    private static LogNormalDistribution LogNormal(double median, double sdLog, double low, double high)
    {
        double variance = sdLog * sdLog, mean = median * DetMath.Exp(0.5 * variance);
        return new LogNormalDistribution(mean, mean * DetMath.Sqrt(DetMath.Exp(variance) - 1), low, high);
    }

    private static string Needs(string family) => family switch
    {
        "normal" or "beta" => "'mean' and 'sd'",
        "lognormal" => "'median' and 'sd_log', or 'mean' and 'sd'",
        "logit_normal" => "'median' and 'sd_logit'",
        "triangular" => "'min', 'mode' and 'max'",
        _ => "'min' and 'max'",
    };

    private bool Width(ScalarValue written, Unit unit, out double sd)
    {
        if (!Quantity.TryRead(written.Text, unit, out sd, out string error) || !(sd > 0))
        {
            sink.Error(written.Mark, written.Path, error.Length > 0 ? error : $"'{Excerpt.Of(written.Text)}' must be above zero");
            return false;
        }

        return true;
    }

    private bool Number(MapValue entry, string name, TiedKeys target, Unit unit, ref double value)
    {
        if (entry.Optional(name) is not { } written)
        {
            return true;
        }

        if (Read(written, target) is not { IsWord: false } read)
        {
            return false;
        }

        if (read.Unit!.Text != unit.Text)
        {
            sink.Error(written.Mark, written.Path,
                $"'{Excerpt.Of(written.Text)}' is of another kind than the other values, which are in {unit.Text}");
            return false;
        }

        value = read.Number;
        return true;
    }

    private ScalarValue? Read(ScalarValue written, TiedKeys target) =>
        written.IsGood ? _scalars.Read(new YamlScalar(written.Mark, written.Text), target.Spec, written.Path) : null;

    private T? Wrong<T>(MapValue entry, string message)
        where T : class
    {
        sink.Error(entry.Mark, entry.Path, message);
        return null;
    }
}
