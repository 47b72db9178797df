namespace TmeSim.Analysis.Outcomes;

/// <summary>Fisher's exact test of a table of two by two (Fisher 1934).</summary>
public static class FisherExact
{
    // Tables that are as improbable but for rounding count (fisher.test of R).
    private const double Slack = 1 + 1e-7;

    /// <summary>Two-sided p value: the probability, with both margins fixed, of all tables that are not more probable than this
    /// one.</summary>
    /// <param name="hits">Patients of the first group with the outcome, zero or more.</param>
    /// <param name="misses">Patients of the first group without it.</param>
    /// <param name="otherHits">Patients of the second group with the outcome.</param>
    /// <param name="otherMisses">Patients of the second group without it.</param>
    /// <returns>The p value; 1 where a margin is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static double P(int hits, int misses, int otherHits, int otherMisses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfNegative(misses);
        ArgumentOutOfRangeException.ThrowIfNegative(otherHits);
        ArgumentOutOfRangeException.ThrowIfNegative(otherMisses);
        double row = (double)hits + misses, other = (double)otherHits + otherMisses, column = (double)hits + otherHits;
        int low = (int)Math.Max(0, column - other), high = (int)Math.Min(row, column);

        // Weights from the most probable table outwards by ratios of neighbours: none overflows, and no logarithm costs digits.
        var weights = new double[high - low + 1];
        int mode = Math.Clamp((int)((row + 1) * (column + 1) / (row + other + 2)), low, high);
        weights[mode - low] = 1;
        for (int x = mode; x < high; x++)
        {
            weights[x + 1 - low] = weights[x - low] * Ratio(x);
        }

        for (int x = mode - 1; x >= low; x--)
        {
            weights[x - low] = weights[x + 1 - low] / Ratio(x);
        }

        double limit = weights[hits - low] * Slack;
        return Math.Min(1, weights.Where(w => w <= limit).Order().Sum() / weights.Order().Sum());

        double Ratio(int x) => (row - x) * (column - x) / ((x + 1.0) * (other - column + x + 1));
    }
}
