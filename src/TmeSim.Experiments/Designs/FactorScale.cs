using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>From the unit interval to the values of a varied key.</summary>
public sealed class FactorScale
{
    // Morris trajectories stand at the ends of the unit interval, where a distribution may have no end: they span its central 95 %.
    private const double Tail = 0.025;

    private readonly SweepFactor _factor;
    private readonly ParameterDistribution? _distribution;

    /// <param name="factor">Key with its values, range or distribution.</param>
    public FactorScale(SweepFactor factor)
    {
        _factor = factor;
        _distribution = Of(factor);
    }

    /// <summary>The value at a place: the n-th of m values stands for the n-th of m equal parts.</summary>
    /// <param name="unit">0 to 1.</param>
    public FactorLevel At(double unit) =>
        _distribution is { } d ? _factor.Level(d.Quantile(unit))
        : _factor.Levels[Index(_factor, unit)];

    /// <summary>Which of its values a key has at a place.</summary>
    internal static int Index(SweepFactor factor, double unit) => Math.Min(factor.Levels.Count - 1, (int)(unit * factor.Levels.Count));

    /// <summary>The value at a level of a Morris trajectory.</summary>
    /// <param name="unit">0 to 1, both ends among them.</param>
    public FactorLevel AtLevel(double unit) => At(_factor.Distribution is null ? unit : Tail + (unit * (1 - (2 * Tail))));

    /// <summary>Levels of a grid, from the lower end to the upper one; values as written.</summary>
    public IReadOnlyList<FactorLevel> Grid() => _factor.Range is not { } range ? _factor.Levels
        : [.. Enumerable.Range(0, range.Levels)
            .Select(i => i == 0 ? _factor.Level(range.From) : i == range.Levels - 1 ? _factor.Level(range.To)
            : _factor.Level(Between(range, (double)i / (range.Levels - 1))))];

    /// <summary>Its distribution; null for values.</summary>
    /// <exception cref="ScenarioRefusedException">No distribution is like that: hardly any of it lies between its ends, say.</exception>
    public static ParameterDistribution? Of(SweepFactor factor)
    {
        try
        {
            return Distribution(factor);
        }
        catch (ArgumentException e)
        {
            throw new ScenarioRefusedException($"error: the distribution of {factor.Path}: {e.Message}");
        }
    }

    private static ParameterDistribution? Distribution(SweepFactor factor) => factor switch
    {
        { Range: { IsLog: true } r } => new LogUniformDistribution(r.From, r.To),
        { Range: { } r } => new UniformDistribution(r.From, r.To),
        { Distribution: { } d } => d.Kind switch
        {
            FactorDistributionKind.Normal => new NormalDistribution(d.Mean, d.Sd, d.Min, d.Max),
            FactorDistributionKind.Lognormal => new LogNormalDistribution(d.Mean, d.Sd, d.Min, d.Max),
            FactorDistributionKind.Beta => new BetaDistribution(d.Mean, d.Sd, d.Min, d.Max),
            _ => new TriangularDistribution(d.Min, d.Mean, d.Max),
        },
        _ => null,
    };

    // Logarithms without the mathematics of the system: levels are part of what decides bits.
    private static double Between(FactorRange range, double share)
    {
        if (!range.IsLog)
        {
            return range.From + (share * (range.To - range.From));
        }

        double low = DetMath.Log(range.From), high = DetMath.Log(range.To);
        return Math.Clamp(DetMath.Exp(low + (share * (high - low))), range.From, range.To);
    }
}
