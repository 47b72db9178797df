using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Drawing;

/// <summary>A statistic of one factor.</summary>
/// <param name="Quantity">Output, or its difference to the control.</param>
/// <param name="Arm">Index of the arm.</param>
/// <param name="Lesion">Index of the lesion.</param>
/// <param name="Factor">Factor.</param>
/// <param name="Statistic">One of <see cref="SensitivityStatistic"/>.</param>
/// <param name="Estimate">Value with its interval.</param>
/// <param name="P">p value; NaN for none.</param>
/// <param name="Count">Points behind it; trajectories of Morris, blocks of Sobol indices.</param>
internal sealed record SensitivityRow(SweepQuantity Quantity, int Arm, int Lesion, FactorColumn Factor, string Statistic, Estimate Estimate, double P, int Count)
{
    /// <summary>How the interval was made; "too few" where there is a value and no interval for want of points, empty for a statistic that has none.</summary>
    public string Interval => Statistic switch
    {
        _ when double.IsNaN(Estimate.Value) || Statistic is SensitivityStatistic.EtaSquared or SensitivityStatistic.EffectSpread => "",
        _ when double.IsNaN(Estimate.Low) => "too few",
        SensitivityStatistic.RankCorrelation => "Fisher z",
        SensitivityStatistic.MeanEffect => "t",
        SensitivityStatistic.MeanAbsoluteEffect => "t of the log",
        _ => "bootstrap",
    };

    /// <summary>How much the factor matters, to be compared within one quantity of one arm.</summary>
    public double Weight => Statistic switch
    {
        SensitivityStatistic.RankCorrelation or SensitivityStatistic.MeanAbsoluteEffect or SensitivityStatistic.Total => Math.Abs(Estimate.Value),
        SensitivityStatistic.EtaSquared when !Factor.IsOrdered => Math.Sqrt(Estimate.Value),
        _ => double.NaN,
    };
}

/// <summary>Names of statistics in sensitivity.csv.</summary>
internal static class SensitivityStatistic
{
    /// <summary>Partial rank correlation coefficient.</summary>
    public const string RankCorrelation = "prcc";

    /// <summary>Share of the variance of the output that lies between the levels of the factor.</summary>
    public const string EtaSquared = "eta_squared";

    /// <summary>μ of Morris, in units of the output per range of the factor.</summary>
    public const string MeanEffect = "mu";

    /// <summary>μ* of Morris.</summary>
    public const string MeanAbsoluteEffect = "mu_star";

    /// <summary>σ of Morris.</summary>
    public const string EffectSpread = "sigma";

    /// <summary>First-order Sobol index.</summary>
    public const string FirstOrder = "first_order";

    /// <summary>Total Sobol index.</summary>
    public const string Total = "total";
}
