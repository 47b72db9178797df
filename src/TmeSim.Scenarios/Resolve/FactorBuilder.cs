using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads one entry of <c>vary:</c> with units and range of the key that it varies.</summary>
/// <param name="varied">Finds what a path leads to.</param>
/// <param name="mayRepeat">A value may stand twice: the n-th values of a list belong together.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class FactorBuilder(Varied varied, bool mayRepeat, DiagnosticSink sink)
{
    private static readonly string[] RangeKeys = ["from", "to"];
    private static readonly string[] DistributionKeys = ["mean", "sd", "mode", "min", "max"];
    private readonly ScalarReader _scalars = new(sink);

    /// <summary>The factor, or null after an error.</summary>
    /// <param name="name">Path as written, or name of a variable.</param>
    /// <param name="entry">Its block.</param>
    public SweepFactor? Build(string name, MapValue entry)
    {
        if (varied.Find(name, entry) is not TiedKeys target)
        {
            return null;
        }

        ScalarValue? family = entry.Optional("distribution");
        string[] forms = [.. Forms(entry, family)];
        if (forms.Length != 1)
        {
            sink.Error(entry.Mark, entry.Path, forms.Length == 0
                ? "has neither values, nor from and to, nor a distribution; write for example [1, 2, 4] or {from: 1, to: 4}"
                : $"is given twice, by {string.Join(" and ", forms)}; write one of them");
            return null;
        }

        return forms[0] switch
        {
            "values" => Values(entry, target),
            "from and to" => Range(entry, target),
            _ => Distribution(entry, target, family!.Text),
        };
    }

    private static IEnumerable<string> Forms(MapValue entry, ScalarValue? family)
    {
        if (entry["values"] is not null)
        {
            yield return "values";
        }

        bool uniform = family is null or { Text: "uniform" };
        if (RangeKeys.Any(k => entry[k] is not null) || (uniform && family is not null))
        {
            yield return "from and to";
        }

        if (!uniform || (family is null && DistributionKeys.Any(k => entry[k] is not null)))
        {
            yield return "a distribution";
        }
    }

    private SweepFactor? Values(MapValue entry, TiedKeys target)
    {
        if (!Allows(entry, "values", "label"))
        {
            return null;
        }

        var list = (ListValue)entry["values"]!;
        ScalarValue[] read = [.. list.Scalars.Select(v => Read(v, target)).OfType<ScalarValue>()];
        if (read.Length != list.Items.Count || read.Length == 0)
        {
            return null;
        }

        if (read.GroupBy(v => v.Text).FirstOrDefault(g => g.Count() > 1) is { } twice && !mayRepeat)
        {
            sink.Error(entry.Mark, entry.Path, $"'{twice.Key}' stands twice");
            return null;
        }

        // A key that takes a number or a word has words only, unless all are numbers of one unit.
        Unit? unit = read[0].Unit;
        if (read.Any(v => v.Unit?.Text != unit?.Text))
        {
            if (!read.Any(v => v.IsWord))
            {
                sink.Error(entry.Mark, entry.Path,
                    $"{read[0].Text} and {read.First(v => v.Unit?.Text != unit?.Text).Text} are of different kinds; give all values in one "
                    + $"of {string.Join(", ", target.Spec.Key.Units)}");
                return null;
            }

            unit = null;
        }

        return Of(entry, target, unit) with { Levels = [.. read.Select(
            v => new FactorLevel(v.Text, unit is null ? double.NaN : v.Number))] };
    }

    private SweepFactor? Range(MapValue entry, TiedKeys target)
    {
        if (!Allows(entry, "from", "to", "scale", "levels", "distribution", "label") || !Numeric(entry, target)
            || Both(entry, target, "from", "to") is not var (from, to, unit))
        {
            return null;
        }

        bool log = entry.Optional("scale")?.Text == "log";
        if (!(from < to))
        {
            sink.Error(entry.Scalar("from").Mark, entry.Path,
                $"from {Quantity.Format(from, unit)} to {Quantity.Format(to, unit)} is an empty range; 'from' must be below 'to'");
            return null;
        }

        if (log && from <= 0)
        {
            sink.Error(entry.Scalar("from").Mark, entry.Path, $"a log scale needs ends above zero, not {Quantity.Format(from, unit)}");
            return null;
        }

        int levels = (int?)entry.Optional("levels")?.Number ?? 5;
        return Of(entry, target, unit) with { Range = new FactorRange(from, to, log, levels) };
    }

    private SweepFactor? Distribution(MapValue entry, TiedKeys target, string family)
    {
        bool triangular = family == "triangular";
        if (!Allows(entry, triangular ? ["distribution", "mode", "min", "max", "label"]
            : ["distribution", "mean", "sd", "min", "max", "label"]) || !Numeric(entry, target))
        {
            return null;
        }

        string centre = triangular ? "mode" : "mean";
        foreach (string needed in triangular ? (string[])[centre, "min", "max"] : [centre, "sd"])
        {
            if (entry[needed] is null)
            {
                sink.Error(entry.Mark, entry.Path, $"a {family} distribution needs '{needed}'");
                return null;
            }
        }

        if (Read(entry.Scalar(centre), target) is not ScalarValue { IsWord: false } mean)
        {
            return null;
        }

        ScenarioKey key = target.Spec.Key;
        bool primary = mean.Unit!.Text == key.Units[0];
        double low = Math.Max(key.Min, family is "lognormal" ? 0 : double.NegativeInfinity),
            high = primary ? key.Max : double.PositiveInfinity, sd = 0;
        if (family == "beta")
        {
            (low, high) = (Math.Max(low, 0), Math.Min(high, 1));
        }

        if (!End(entry, "min", mean.Unit, target, ref low) || !End(entry, "max", mean.Unit, target, ref high)
            || (!triangular && !Width(entry, mean.Unit, out sd)))
        {
            return null;
        }

        if (Wrong(family, mean.Number, sd, low, high) is string wrong)
        {
            sink.Error(entry.Mark, entry.Path, wrong);
            return null;
        }

        return Of(entry, target, mean.Unit) with { Distribution = new FactorDistribution(
            Enum.Parse<FactorDistributionKind>(family, ignoreCase: true), mean.Number, sd, low, high) };
    }

    private static string? Wrong(string family, double mean, double sd, double low, double high)
    {
        string N(double v) => Quantity.Format(v);
        double width = high - low, share = (mean - low) / width;
        return !(low < high) ? $"min {N(low)} to max {N(high)} is an empty range"
            : family != "normal" && family != "lognormal" && !(mean >= low && mean <= high)
                ? $"its centre {N(mean)} lies outside {N(low)} to {N(high)}"
            : family == "lognormal" && !(mean > 0) ? "a lognormal distribution needs a mean above zero"
            : family == "beta" && !(share is > 0 and < 1 && sd * sd < share * (1 - share) * width * width)
                ? $"no beta distribution on {N(low)} to {N(high)} has the mean {N(mean)} and the standard deviation {N(sd)}; it must be "
                    + $"below {N(Math.Round(width * Math.Sqrt(Math.Max(0, share * (1 - share))), 6))}"
            : null;
    }

    private bool Width(MapValue entry, Unit unit, out double sd)
    {
        ScalarValue written = entry.Scalar("sd");
        if (!Quantity.TryRead(written.Text, unit, out sd, out string error) || !(sd > 0))
        {
            sink.Error(written.Mark, written.Path, error.Length > 0 ? error : $"'{Excerpt.Of(written.Text)}' must be above zero");
            return false;
        }

        return true;
    }

    private bool End(MapValue entry, string name, Unit unit, TiedKeys target, ref double value)
    {
        if (entry.Optional(name) is not ScalarValue written)
        {
            return true;
        }

        if (Read(written, target) is not ScalarValue { IsWord: false } read || !SameUnit(written, read, unit))
        {
            return false;
        }

        value = read.Number;
        return true;
    }

    private bool SameUnit(ScalarValue written, ScalarValue read, Unit unit)
    {
        if (read.Unit!.Text == unit.Text)
        {
            return true;
        }

        sink.Error(written.Mark, written.Path,
            $"'{Excerpt.Of(written.Text)}' is of another kind than the other values, which are in {unit.Text}");
        return false;
    }

    private (double From, double To, Unit Unit)? Both(MapValue entry, TiedKeys target, string first, string second)
    {
        foreach (string name in (string[])[first, second])
        {
            if (entry[name] is null)
            {
                sink.Error(entry.Mark, entry.Path, $"a range needs '{name}' too");
                return null;
            }
        }

        ScalarValue? from = Read(entry.Scalar(first), target), to = Read(entry.Scalar(second), target);
        return from is { IsWord: false } && to is { IsWord: false } && SameUnit(entry.Scalar(second), to, from.Unit!)
            ? (from.Number, to.Number, from.Unit!) : null;
    }

    private ScalarValue? Read(ScalarValue written, TiedKeys target) =>
        written.IsGood ? _scalars.Read(new YamlScalar(written.Mark, written.Text), target.Spec, written.Path) : null;

    private bool Numeric(MapValue entry, TiedKeys target)
    {
        if (target.Spec.Key.Units.Count > 0)
        {
            return true;
        }

        string words = target.Spec.Key.Choices.Count > 0 ? string.Join(", ", target.Spec.Key.Choices) : "on, off";
        sink.Error(entry.Mark, entry.Path, $"'{target.Path}' takes words, not numbers; list them: [{words}]");
        return false;
    }

    private bool Allows(MapValue entry, params string[] keys)
    {
        bool good = true;
        foreach ((string key, Value value) in entry.Ordered)
        {
            if (!value.IsDefault && key != "keys" && !keys.Contains(key))
            {
                sink.Error(value.Mark, value.Path,
                    $"'{key}' does not belong to "
                    + $"{(keys[0] == "values" ? "a list of values" : keys[0] == "from" ? "a range" : "this distribution")}; keys: "
                    + $"{string.Join(", ", keys)}");
                good = false;
            }
        }

        return good;
    }

    private static SweepFactor Of(MapValue entry, TiedKeys target, Unit? unit) => new()
    {
        Entry = target.Entry, Path = target.Path, Keys = target.Keys, Without = target.Without,
        Label = entry.Optional("label")?.Text ?? (target.IsVariable ? target.Entry : target.Path), Unit = unit?.Text ?? string.Empty,
        IsWhole = target.Spec.Key.IsWhole,
    };
}
