using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Cohorts;

/// <summary>Several distributions, each for a share of the patients.</summary>
public sealed record MixtureDistribution : ParameterDistribution
{
    // Halvings of an interval: more than a double has digits.
    private const int Halvings = 64;

    /// <param name="components">Distributions with their weights, at least one; weights above 0, which need not add up to 1.</param>
    /// <exception cref="ArgumentException">There is no component, or a weight is not above 0.</exception>
    public MixtureDistribution(IReadOnlyList<(double Weight, ParameterDistribution Distribution)> components)
        : base(Ends(components).Low, Ends(components).High)
    {
        double total = components.Sum(c => c.Weight);
        Components = [.. components.Select(c => (c.Weight / total, c.Distribution))];
    }

    /// <summary>Distributions with their shares, which add up to 1.</summary>
    public IReadOnlyList<(double Share, ParameterDistribution Distribution)> Components { get; }

    /// <summary>Share of the mixture at or below a value, found by halving on the quantiles of its components.</summary>
    /// <inheritdoc/>
    protected override double Inverse(double unit)
    {
        double low = Components.Min(c => c.Distribution.Quantile(unit)), high = Components.Max(c => c.Distribution.Quantile(unit));
        for (int i = 0; i < Halvings && low < high; i++)
        {
            double middle = low + (0.5 * (high - low));
            if (Components.Sum(c => c.Share * Below(c.Distribution, middle)) < unit)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    /// <inheritdoc/>
    protected override double LogDensityInside(double x) => DetMath.Log(Components.Sum(c =>
        c.Share * DetMath.Exp(c.Distribution.LogDensity(x))));

    private static double Below(ParameterDistribution distribution, double value)
    {
        double low = 0, high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = distribution.Quantile(middle) <= value ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static (double Low, double High) Ends(IReadOnlyList<(double Weight, ParameterDistribution Distribution)> components)
    {
        if (components.Count == 0 || components.Any(c => !(c.Weight > 0 && double.IsFinite(c.Weight))))
        {
            throw new ArgumentException("a mixture needs at least one component, each with a weight above 0", nameof(components));
        }

        return (components.Min(c => c.Distribution.Low), components.Max(c => c.Distribution.High));
    }
}
