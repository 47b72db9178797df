using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>A normal distribution cut to a range and scaled up to 1 again.</summary>
internal readonly record struct TruncatedNormal
{
    /// <summary>
    /// Least share of the uncut distribution inside the range: below it the ends are most likely a mistake, and digits are lost.
    /// </summary>
    public const double MinMass = 1e-9;

    private const double SmallestUnit = 1.0 / (1L << 54);
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private readonly double _mean;
    private readonly double _sd;
    private readonly double _below;
    private readonly double _mass;

    // Above the mean, 1 − Φ would lose the digits that Φ of the mirrored range has.
    private readonly bool _mirrored;

    /// <param name="mean">Mean of the uncut distribution, finite.</param>
    /// <param name="sd">Standard deviation of it, finite, above 0.</param>
    /// <param name="low">Lower end or −∞.</param>
    /// <param name="high">Upper end or +∞.</param>
    public TruncatedNormal(double mean, double sd, double low, double high)
    {
        (_mean, _sd) = (mean, sd);
        double from = (low - mean) / sd, to = (high - mean) / sd;
        _mirrored = from + to > 0;
        (from, to) = _mirrored ? (-to, -from) : (from, to);
        _below = DetMath.NormalCdf(from);
        _mass = DetMath.NormalCdf(to) - _below;
    }

    /// <summary>Share of the uncut distribution inside the range.</summary>
    public double Mass => _mass;

    public double Inverse(double unit)
    {
        unit = Math.Clamp(unit, SmallestUnit, 1 - 2 * SmallestUnit);
        double z = Draws.NormalQuantile(_below + (_mirrored ? 1 - unit : unit) * _mass);
        return _mean + _sd * (_mirrored ? -z : z);
    }

    public double LogDensity(double x)
    {
        double z = (x - _mean) / _sd;
        return -0.5 * z * z - HalfLogTwoPi - DetMath.Log(_sd) - DetMath.Log(_mass);
    }

    /// <exception cref="ArgumentException">Too little of the distribution lies inside the range.</exception>
    public void CheckMass(double low, double high)
    {
        if (!(_mass >= MinMass))
        {
            throw new ArgumentException(
                $"the range from {low} to {high} holds a share of {_mass:g2} of the distribution; at least {MinMass:g2} is needed: move "
                + "the mean or widen the range");
        }
    }
}
