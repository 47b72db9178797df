using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>A varied key at all points: numbers, or the indices of its words.</summary>
internal sealed class FactorColumn
{
    private const double WideRange = 4;
    private readonly Dictionary<double, int> _places;

    /// <param name="factor">The key.</param>
    /// <param name="name">Its name in words.</param>
    /// <param name="levels">Its value at each point.</param>
    public FactorColumn(SweepFactor factor, string name, IReadOnlyList<FactorLevel> levels)
    {
        (Factor, Name) = (factor, name);
        string[] words = factor.IsWord ? [.. factor.Levels.Concat(levels).Select(l => l.Text).Distinct(StringComparer.Ordinal)] : [];
        Values = [.. levels.Select(l => factor.IsWord ? Array.IndexOf(words, l.Text) : l.Number)];
        Levels = [.. Values.Distinct().Order()];
        _places = Levels.Index().ToDictionary(l => l.Item, l => l.Index);
        Axis = new SweepAxis(name, Readable(factor.Unit), IsLog(factor, Levels), factor.IsWord ? words : null);
    }

    public SweepFactor Factor { get; }

    /// <summary>Name in tables.</summary>
    public string Label => Factor.Label;

    /// <summary>Name in figures, in words.</summary>
    public string Name { get; }

    /// <summary>By point.</summary>
    public double[] Values { get; }

    /// <summary>Different values, rising; words in the order of the scenario.</summary>
    public double[] Levels { get; }

    public SweepAxis Axis { get; }

    /// <summary>Axis of the cells of a grid: levels from 0 up whose others are even on a logarithmic scale stand side by side, as they would crowd at 0.</summary>
    public SweepAxis GridAxis => StandsApart ? Axis with { Unit = "", Label = Axis.Unit is "" or "1" ? Name : $"{Name} [{Axis.Unit}]", Words = [.. Levels.Select(l => (Axis with { Unit = "" }).Text(l))] } : Axis;

    /// <summary>Levels on that axis.</summary>
    public double[] GridLevels => StandsApart ? [.. Levels.Select((_, i) => (double)i)] : Levels;

    public bool IsWord => Factor.IsWord;

    /// <summary>It is not the same at all points.</summary>
    public bool Varies => Levels.Length > 1;

    /// <summary>Its values have an order: numbers, or a choice of two words.</summary>
    public bool IsOrdered => !IsWord || Levels.Length == 2;

    /// <summary>Place of the value at a point among the levels.</summary>
    public int Place(int point) => _places[Values[point]];

    private bool StandsApart => !IsWord && Levels.Length > 3 && Levels[0] == 0 && Factor.Range is null && Factor.Distribution is null && IsLog(Factor, Levels[1..]);

    // As units stand beside outputs: /mm², µm.
    public static string Readable(string unit) => unit.Replace("m2", "m²", StringComparison.Ordinal).Replace("m3", "m³", StringComparison.Ordinal).Replace("um", "µm", StringComparison.Ordinal);

    // Values that a user wrote say by their steps which scale they are even on.
    private static bool IsLog(SweepFactor factor, double[] levels)
    {
        if (factor.IsWord || levels.Length == 0 || levels[0] <= 0)
        {
            return false;
        }

        if (factor.Range is { } range)
        {
            return range.IsLog;
        }

        return factor.Distribution is { } distribution ? distribution.Kind == FactorDistributionKind.Lognormal
            : levels.Length > 2 && levels[^1] >= WideRange * levels[0] && Unevenness([.. levels.Select(l => Math.Log(l))]) < Unevenness(levels);
    }

    private static double Unevenness(double[] places)
    {
        double[] steps = [.. places.Skip(1).Zip(places, (b, a) => b - a)];
        return steps.Max() / steps.Min();
    }
}
