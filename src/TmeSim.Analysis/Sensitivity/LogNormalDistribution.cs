using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>A distribution whose logarithm is normal, cut to a range where one is given.</summary>
/// <remarks>
/// Given by mean and sd of the variable itself, not of its logarithm: σ² = ln(1 + sd²/mean²), μ = ln(mean) − σ²/2.
/// </remarks>
public sealed record LogNormalDistribution : ParameterDistribution
{
    private readonly TruncatedNormal _logs;

    /// <param name="mean">Mean of the variable before the cut, finite, above 0.</param>
    /// <param name="sd">Standard deviation of the variable before the cut, finite, above 0.</param>
    /// <param name="low">Lowest value, 0 or more.</param>
    /// <param name="high">Highest value, or +∞; above the lowest.</param>
    /// <exception cref="ArgumentException">An argument lies outside its range, or less than 10⁻⁹ of the distribution lies between the
    /// ends.</exception>
    public LogNormalDistribution(double mean, double sd, double low = 0, double high = double.PositiveInfinity)
        : base(low, high)
    {
        double ratio = sd / mean;
        if (!(mean > 0 && sd > 0 && double.IsFinite(mean) && double.IsFinite(sd) && ratio >= 1e-12 && ratio <= 1e12))
        {
            throw new ArgumentException(
                $"a log-normal distribution needs mean and sd above 0, finite, and sd/mean from 1e-12 to 1e12, not mean {mean} and sd {sd}");
        }

        if (!(low >= 0 && low < high))
        {
            throw new ArgumentException($"the ends of a log-normal distribution must be 0 or more and in order, not {low} and {high}",
                nameof(low));
        }

        (Mean, Sd) = (mean, sd);
        double variance = LogOnePlus(ratio * ratio);
        (LogMean, LogSd) = (DetMath.Log(mean) - 0.5 * variance, DetMath.Sqrt(variance));
        _logs = new TruncatedNormal(LogMean, LogSd, DetMath.Log(low), DetMath.Log(high));
        _logs.CheckMass(low, high);
    }

    /// <summary>Mean of the variable before the cut.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of the variable before the cut.</summary>
    public double Sd { get; }

    /// <summary>Mean of the logarithm before the cut; its exponential is the median.</summary>
    public double LogMean { get; }

    /// <summary>Standard deviation of the logarithm before the cut.</summary>
    public double LogSd { get; }

    /// <inheritdoc/>
    protected override double Inverse(double unit) => DetMath.Exp(_logs.Inverse(unit));

    /// <inheritdoc/>
    protected override double LogDensityInside(double x)
    {
        if (x == 0 || double.IsInfinity(x))
        {
            return double.NegativeInfinity;
        }

        double log = DetMath.Log(x);
        return _logs.LogDensity(log) - log;
    }

    // Kahan's correction: the rounding of 1 + x cancels in the quotient.
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? DetMath.Log(sum) : DetMath.Log(sum) * (x / (sum - 1));
    }
}
