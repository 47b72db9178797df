using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>A beta distribution on a range, given by its mean and standard deviation.</summary>
/// <remarks>With m and s the mean and sd on [0, 1], v = m (1 − m)/s² − 1: shapes m v and (1 − m) v. Shapes below 1 pile up at their
/// end.</remarks>
public sealed record BetaDistribution : ParameterDistribution
{
    private const double LargestShapes = 1e7;

    // e⁻⁷⁰⁰ is the smallest share of the range that is told from its end.
    private const double Reach = 700;

    /// <param name="mean">Mean, between the ends.</param>
    /// <param name="sd">Standard deviation, above 0, with sd² below (mean − low)(high − mean); not so small that the shapes add up to more
    /// than 10⁷.</param>
    /// <param name="low">Lowest value, finite.</param>
    /// <param name="high">Highest value, finite, above the lowest.</param>
    /// <exception cref="ArgumentException">An argument lies outside its range.</exception>
    public BetaDistribution(double mean, double sd, double low = 0, double high = 1)
        : base(low, high)
    {
        CheckRange(low, high);
        if (!(mean > low && mean < high))
        {
            throw new ArgumentException($"the mean of a beta distribution must lie between {low} and {high}, ends excluded, not at {mean}",
                nameof(mean));
        }

        double m = (mean - low) / (high - low), rest = (high - mean) / (high - low), s = sd / (high - low);
        double sum = m * rest / (s * s) - 1;
        if (!(sd > 0 && sum > 0 && sum <= LargestShapes))
        {
            double most = Math.Sqrt(m * rest) * (high - low), least = Math.Sqrt(m * rest / (LargestShapes + 1)) * (high - low);
            throw new ArgumentException(
                $"the sd of a beta distribution with mean {mean} on [{low}, {high}] must lie between {least:g4} and {most:g4} (sd² below "
                + $"(mean − low)(high − mean)), not at {sd}",
                nameof(sd));
        }

        (Mean, Sd, ShapeA, ShapeB) = (mean, sd, m * sum, rest * sum);
    }

    /// <summary>Mean.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation.</summary>
    public double Sd { get; }

    /// <summary>Shape at the lower end, often α.</summary>
    public double ShapeA { get; }

    /// <summary>Shape at the upper end, often β.</summary>
    public double ShapeB { get; }

    /// <inheritdoc/>
    protected override double Inverse(double unit)
    {
        if (unit == 0 || Share(-Reach) >= unit)
        {
            return Low;
        }

        if (unit == 1 || Share(Reach) <= unit)
        {
            return High;
        }

        // Newton's method on the log odds, where both ends have room, kept between the last points on either side of the root.
        double from = -Reach, to = Reach, z = DetMath.Log(ShapeA / ShapeB);
        for (int i = 0; i < 200; i++)
        {
            (double x, double y) = Odds(z);
            double miss = IncompleteBeta.Below(ShapeA, ShapeB, x, y) - unit;
            if (miss == 0)
            {
                break;
            }

            (from, to) = miss > 0 ? (from, z) : (z, to);
            double next = z - miss / DetMath.Exp(IncompleteBeta.LogPowers(ShapeA, ShapeB, x, y));
            next = next > from && next < to ? next : 0.5 * (from + to);
            double step = Math.Abs(next - z);
            z = next;
            if (step <= 1e-15 * Math.Max(1, Math.Abs(z)))
            {
                break;
            }
        }

        (double below, double above) = Odds(z);
        return below < above ? Low + below * (High - Low) : High - above * (High - Low);
    }

    /// <summary>At an end where the density grows without bound, its value at 10⁻³⁰⁰ of the range from there.</summary>
    /// <inheritdoc/>
    protected override double LogDensityInside(double x)
    {
        double width = High - Low, below = Inner(ShapeA, (x - Low) / width), above = Inner(ShapeB, (High - x) / width);
        return below == 0 || above == 0
            ? double.NegativeInfinity
            : IncompleteBeta.LogPowers(ShapeA, ShapeB, below, above) - DetMath.Log(below) - DetMath.Log(above) - DetMath.Log(width);

        static double Inner(double shape, double share) => shape <= 1 ? Math.Max(share, 1e-300) : share;
    }

    private double Share(double z)
    {
        (double x, double y) = Odds(z);
        return IncompleteBeta.Below(ShapeA, ShapeB, x, y);
    }

    private static (double X, double Y) Odds(double z)
    {
        double small = DetMath.Exp(-Math.Abs(z)), one = 1 / (1 + small);
        return z < 0 ? (small * one, one) : (one, small * one);
    }
}
