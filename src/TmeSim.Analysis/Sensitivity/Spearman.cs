namespace TmeSim.Analysis.Sensitivity;

/// <summary>Spearman's rank correlation of two columns.</summary>
public static class Spearman
{
    /// <summary>Correlation of mid-ranks.</summary>
    /// <param name="x">One column; may hold infinities.</param>
    /// <param name="y">The other, as long. Rows with NaN in either are left out.</param>
    /// <returns>NaN below three rows, or where a column is constant.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static RankCorrelation Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        PartialRankCorrelation.Of([x.ToArray()], y)[0];
}
