namespace TmeSim.Analysis.Sensitivity;

/// <summary>What is known about a parameter before it is varied or calibrated: a distribution of one number on a range.</summary>
/// <remarks>Arithmetic is that of the engine's DetMath, so that a unit point gives the same bits of a value on every machine.</remarks>
public abstract record ParameterDistribution
{
    /// <param name="low">Lowest value; may be −∞ where the distribution says so.</param>
    /// <param name="high">Highest value, above the lowest.</param>
    protected ParameterDistribution(double low, double high)
    {
        Low = low;
        High = high;
    }

    /// <summary>Lowest value.</summary>
    public double Low { get; }

    /// <summary>Highest value.</summary>
    public double High { get; }

    /// <summary>
    /// The value below which a share of the distribution lies; grows with the share, finite and within
    /// [<see cref="Low"/>, <see cref="High"/>].
    /// </summary>
    /// <param name="unit">Share, 0 to 1. At an unbounded end 0 counts as 2⁻⁵⁴ and 1 as 1 − 2⁻⁵³.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside [0, 1].</exception>
    public double Quantile(double unit)
    {
        if (!(unit >= 0 && unit <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "a unit coordinate must lie between 0 and 1");
        }

        // An inverse may miss the end of its range by a rounding.
        return Math.Clamp(Inverse(unit), Low, High);
    }

    /// <summary>Natural logarithm of the density; its integral over the range is 1. −∞ outside the range, and for NaN.</summary>
    /// <param name="x">A value of the parameter.</param>
    public double LogDensity(double x) => x >= Low && x <= High ? LogDensityInside(x) : double.NegativeInfinity;

    /// <summary>Quantile of a share in [0, 1].</summary>
    protected abstract double Inverse(double unit);

    /// <summary>Log density of a value within the range.</summary>
    protected abstract double LogDensityInside(double x);

    /// <exception cref="ArgumentException">The ends are not finite and in order, or too far apart for their difference.</exception>
    private protected static void CheckRange(double low, double high)
    {
        if (!(low < high) || !double.IsFinite(high - low))
        {
            throw new ArgumentException($"a range must run from a lower to a higher finite number, not from {low} to {high}");
        }
    }
}
