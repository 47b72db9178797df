using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>All orders of magnitude of a range alike: the logarithm is uniform.</summary>
public sealed record LogUniformDistribution : ParameterDistribution
{
    private readonly double _logLow;
    private readonly double _logRatio;

    /// <param name="minimum">Lowest value, above 0.</param>
    /// <param name="maximum">Highest value, finite, above the lowest.</param>
    /// <exception cref="ArgumentException">The ends are not positive, finite and in order.</exception>
    public LogUniformDistribution(double minimum, double maximum)
        : base(minimum, maximum)
    {
        CheckRange(minimum, maximum);
        if (!(minimum > 0))
        {
            throw new ArgumentException($"a log-uniform distribution needs a minimum above 0, not {minimum}", nameof(minimum));
        }

        _logLow = DetMath.Log(minimum);
        _logRatio = DetMath.Log(maximum) - _logLow;
        if (!(_logRatio > 0))
        {
            throw new ArgumentException($"the range from {minimum} to {maximum} is too narrow for logarithms: use a uniform distribution");
        }
    }

    /// <inheritdoc/>
    protected override double Inverse(double unit) => unit == 1 ? High : DetMath.Exp(_logLow + unit * _logRatio);

    /// <inheritdoc/>
    protected override double LogDensityInside(double x) => -DetMath.Log(x) - DetMath.Log(_logRatio);
}
