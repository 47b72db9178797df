namespace TmeSim.Analysis.Trees;

/// <summary>A property of patients that a tree may split by.</summary>
public sealed class TreeFeature
{
    private TreeFeature(string name, double[] values, string[]? levels) => (Name, Values, Levels) = (name, values, levels);

    /// <summary>Name, unique among the features of a tree.</summary>
    public string Name { get; }

    /// <summary>Levels of a categorical feature in ordinal order; null for a number.</summary>
    public IReadOnlyList<string>? Levels { get; }

    /// <summary>Number of patients.</summary>
    public int Count => Values.Length;

    /// <summary>Value, or index of the level, of each patient; NaN for missing.</summary>
    internal double[] Values { get; }

    /// <summary>A number, of which order matters; NaN for missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its value for each patient.</param>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static TreeFeature Numeric(string name, IReadOnlyList<double> values)
    {
        double[] own = [.. values];
        return own.Any(double.IsInfinity) ? throw new ArgumentException($"feature {name} is infinite for patient "
            + $"{Array.FindIndex(own, double.IsInfinity)} (counted from 0)", nameof(values)) : new TreeFeature(name, own, null);
    }

    /// <summary>A category, such as a phenotype; null for missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="levels">The level of each patient.</param>
    public static TreeFeature Categorical(string name, IReadOnlyList<string?> levels)
    {
        string[] known = [.. levels.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        double[] codes = [.. levels.Select(l => l is null ? double.NaN : Array.BinarySearch(known, l, StringComparer.Ordinal))];
        return new TreeFeature(name, codes, known);
    }
}
