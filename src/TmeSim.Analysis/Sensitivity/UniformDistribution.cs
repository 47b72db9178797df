using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>All values of a range alike.</summary>
public sealed record UniformDistribution : ParameterDistribution
{
    /// <param name="minimum">Lowest value, finite.</param>
    /// <param name="maximum">Highest value, finite, above the lowest.</param>
    /// <exception cref="ArgumentException">The ends are not finite and in order.</exception>
    public UniformDistribution(double minimum, double maximum)
        : base(minimum, maximum) => CheckRange(minimum, maximum);

    /// <inheritdoc/>
    protected override double Inverse(double unit) => Low + unit * (High - Low);

    /// <inheritdoc/>
    protected override double LogDensityInside(double x) => -DetMath.Log(High - Low);
}
