namespace TmeSim.Analysis.Contrasts;

/// <summary>Sample quantiles of type 7 (Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566), the default of R and NumPy.</summary>
public static class Quantiles
{
    /// <summary>The quantile at <paramref name="p"/> of unsorted values; NaN for no values.</summary>
    /// <param name="values">Values in any order; left unchanged. A NaN among them makes the result NaN.</param>
    /// <param name="p">Probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">p lies outside [0, 1].</exception>
    public static double Of(ReadOnlySpan<double> values, double p)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, p);
    }

    /// <summary>Several quantiles of unsorted values, sorted once.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, double)"/>
    public static double[] Of(ReadOnlySpan<double> values, params ReadOnlySpan<double> p)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        var result = new double[p.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = OfSorted(sorted, p[i]);
        }

        return result;
    }

    /// <summary>
    /// The quantile of values in ascending order (NaN, where present, first, as <see cref="Array.Sort(Array)"/> puts it).
    /// </summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, double)"/>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "a probability must lie between 0 and 1");
        }

        if (sorted.IsEmpty || double.IsNaN(sorted[0]))
        {
            return double.NaN;
        }

        double position = (sorted.Length - 1) * p;
        int below = (int)position;
        double low = sorted[below], high = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return low == high ? low : low + (position - below) * (high - low);
    }

    /// <summary>The median of unsorted values; NaN for no values.</summary>
    public static double Median(ReadOnlySpan<double> values) => Of(values, 0.5);
}
