namespace TmeSim.Analysis.Contrasts;

/// <summary>A chi-square test of all coefficients of a model.</summary>
/// <param name="ChiSquare">The statistic; NaN where it is not defined.</param>
/// <param name="Freedom">Degrees of freedom.</param>
/// <param name="P">The p value.</param>
public readonly record struct ModelTest(double ChiSquare, int Freedom, double P)
{
    /// <summary>A test with its p value.</summary>
    internal static ModelTest Of(double chiSquare, int freedom) => new(chiSquare, freedom, Tail.ChiSquare(chiSquare, freedom));
}
