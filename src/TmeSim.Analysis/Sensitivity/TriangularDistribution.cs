using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>A most likely value and two limits, straight lines between.</summary>
public sealed record TriangularDistribution : ParameterDistribution
{
    /// <param name="minimum">Lowest value, finite.</param>
    /// <param name="mode">Most likely value, from the lowest to the highest.</param>
    /// <param name="maximum">Highest value, finite, above the lowest.</param>
    /// <exception cref="ArgumentException">The ends are not finite and in order, or the mode lies outside.</exception>
    public TriangularDistribution(double minimum, double mode, double maximum)
        : base(minimum, maximum)
    {
        CheckRange(minimum, maximum);
        if (!(mode >= minimum && mode <= maximum))
        {
            throw new ArgumentException($"the mode of a triangular distribution must lie between {minimum} and {maximum}, not at {mode}",
                nameof(mode));
        }

        Mode = mode;
    }

    /// <summary>Most likely value.</summary>
    public double Mode { get; }

    /// <inheritdoc/>
    protected override double Inverse(double unit)
    {
        double width = High - Low, left = (Mode - Low) / width;
        return unit < left
            ? Low + width * DetMath.Sqrt(unit * left)
            : High - width * DetMath.Sqrt((1 - unit) * ((High - Mode) / width));
    }

    /// <summary>−∞ at an end that is not the mode.</summary>
    /// <inheritdoc/>
    protected override double LogDensityInside(double x)
    {
        double height = x == Mode ? 1 : x < Mode ? (x - Low) / (Mode - Low) : (High - x) / (High - Mode);
        return DetMath.Log(height) + DetMath.Log(2.0) - DetMath.Log(High - Low);
    }
}
