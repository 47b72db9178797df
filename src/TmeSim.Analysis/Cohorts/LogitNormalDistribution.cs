using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Cohorts;

/// <summary>A share whose log odds are normal, cut to a range where one is given: x = 1/(1 + e^(−z)), z normal.</summary>
public sealed record LogitNormalDistribution : ParameterDistribution
{
    private readonly TruncatedNormal _logits;

    /// <param name="median">Median of the share before the cut, between 0 and 1.</param>
    /// <param name="sd">Standard deviation of the log odds, finite, above 0.</param>
    /// <param name="low">Lowest value, 0 or more.</param>
    /// <param name="high">Highest value, 1 or less; above the lowest.</param>
    /// <exception cref="ArgumentException">An argument lies outside its range, or less than 10⁻⁹ of the distribution lies between the
    /// ends.</exception>
    public LogitNormalDistribution(double median, double sd, double low = 0, double high = 1)
        : base(low, high)
    {
        if (!(median > 0 && median < 1 && sd > 0 && double.IsFinite(sd)))
        {
            throw new ArgumentException($"a logit-normal distribution needs a median between 0 and 1 and an sd above 0, not {median} and {sd}");
        }

        if (!(low >= 0 && low < high && high <= 1))
        {
            throw new ArgumentException($"the ends of a logit-normal distribution must lie in order between 0 and 1, not {low} and {high}");
        }

        (Median, Sd) = (median, sd);
        _logits = new TruncatedNormal(Logit(median), sd, Logit(low), Logit(high));
        _logits.CheckMass(low, high);
    }

    /// <summary>Median before the cut.</summary>
    public double Median { get; }

    /// <summary>Standard deviation of the log odds before the cut.</summary>
    public double Sd { get; }

    /// <inheritdoc/>
    protected override double Inverse(double unit) => 1 / (1 + DetMath.Exp(-_logits.Inverse(unit)));

    /// <inheritdoc/>
    protected override double LogDensityInside(double x) =>
        x is 0 or 1 ? double.NegativeInfinity : _logits.LogDensity(Logit(x)) - DetMath.Log(x) - DetMath.Log(1 - x);

    private static double Logit(double share) => DetMath.Log(share) - DetMath.Log(1 - share);
}
