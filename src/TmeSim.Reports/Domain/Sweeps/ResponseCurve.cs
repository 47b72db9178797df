namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>An output of one arm over one parameter.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="X">Simulated values of the parameter, each once, in any order.</param>
/// <param name="Values">Mean or median over replicates at each; NaN where missing.</param>
public sealed record ResponseCurve(string Arm, IReadOnlyList<double> X, IReadOnlyList<double> Values)
{
    /// <summary>Lower end of the spread of replicates (10 %); null for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper end of the spread (90 %).</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Standard error of each value; null for none.</summary>
    public IReadOnlyList<double>? StandardErrors { get; init; }
}

/// <summary>One output, or one level of a third parameter.</summary>
/// <param name="Title">Title; empty for none.</param>
/// <param name="Value">The output.</param>
/// <param name="Curves">Arms.</param>
public sealed record ResponsePanel(string Title, SweepAxis Value, IReadOnlyList<ResponseCurve> Curves);
