using System.Globalization;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>The points of a design: what each varied key is at each of them. The same for a plan on every machine.</summary>
public sealed class SweepDesign
{
    private readonly Func<int, int, FactorLevel> _level;
    private readonly double[] _unit;

    private SweepDesign(SweepPlan plan, double[] unit, Func<int, int, FactorLevel> level)
    {
        (Plan, _unit, _level) = (plan, unit, level);
    }

    /// <summary>What was asked for.</summary>
    public SweepPlan Plan { get; }

    public IReadOnlyList<SweepFactor> Factors => Plan.Factors;

    /// <summary>Number of points.</summary>
    public int Count => Plan.Points;

    /// <summary>Places of the points in the unit cube, point by point; empty for grid and list.</summary>
    public IReadOnlyList<double> UnitPoints => _unit;

    /// <summary>The design of a plan.</summary>
    /// <exception cref="ScenarioRefusedException">More keys are varied than the sequence has dimensions.</exception>
    public static SweepDesign Of(SweepPlan plan)
    {
        int k = plan.Factors.Count, sobol = plan.Method == SweepMethod.Saltelli ? 2 * k : k;
        if (plan.Method is SweepMethod.Sobol or SweepMethod.Saltelli && sobol > SobolSequence.MaximumDimensions)
        {
            throw new ScenarioRefusedException(
                $"error: sweep.vary: {k} keys are too many for a Sobol sequence of {SobolSequence.MaximumDimensions} "
                + $"dimensions{(sobol > k ? ", two for each key" : "")}; use latin_hypercube");
        }

        FactorScale[] scales = [.. plan.Factors.Select(f => new FactorScale(f))];
        double[] unit = plan.Method switch
        {
            SweepMethod.LatinHypercube => LatinHypercube.Points(plan.Samples, k, plan.Seed),
            SweepMethod.Sobol => SobolSequence.Points(plan.Samples, k, plan.Seed),
            SweepMethod.Morris => MorrisDesign.Points(plan.Samples, k, plan.MorrisLevels, plan.Seed),
            SweepMethod.Saltelli => SaltelliDesign.Points(plan.Samples, k, plan.Seed),
            _ => [],
        };
        IReadOnlyList<FactorLevel>[] grids = plan.Method is SweepMethod.Grid or SweepMethod.List ? [.. scales.Select(s => s.Grid())] : [];
        return new SweepDesign(plan, unit, plan.Method switch
        {
            SweepMethod.Grid => (point, factor) =>
                grids[factor][point / grids.Skip(factor + 1).Aggregate(1, (n, g) => n * g.Count) % grids[factor].Count],
            SweepMethod.List => (point, factor) => grids[factor][point],
            SweepMethod.Morris => (point, factor) => scales[factor].AtLevel(unit[(point * k) + factor]),
            _ => (point, factor) => scales[factor].At(unit[(point * k) + factor]),
        });
    }

    /// <summary>
    /// Places of the points as their values stand, 0 at the lower end of a key and 1 at the upper one: values of a list at equal distances,
    /// whole numbers where they were rounded to. Differs from <see cref="UnitPoints"/> where a key cannot take every value.
    /// </summary>
    public double[] StepsTaken()
    {
        int k = Factors.Count;
        var places = new double[_unit.Length];
        for (int i = 0; i < places.Length; i++)
        {
            SweepFactor factor = Factors[i % k];
            double Scaled(double value) => factor.Range!.IsLog ? Math.Log(value) : value;
            places[i] = factor.Levels.Count > 1 ? (double)FactorScale.Index(factor, _unit[i]) / (factor.Levels.Count - 1)
                : factor is { IsWhole: true, Range: { } r }
                    ? (Scaled(_level(i / k, i % k).Number) - Scaled(r.From)) / (Scaled(r.To) - Scaled(r.From))
                : _unit[i];
        }

        return places;
    }

    /// <summary>Values at a point, one per varied key.</summary>
    public IReadOnlyList<FactorLevel> Levels(int point) => [.. Factors.Select((_, f) => _level(point, f))];

    /// <summary>A point in words: four digits of each value, six keys at most.</summary>
    public string Describe(int point)
    {
        const int shown = 6;
        IEnumerable<string> values = Levels(point).Take(shown).Select((l, f) => $"{Factors[f].Label} {Short(l, Factors[f].Unit)}");
        return string.Join(", ", values) + (Factors.Count > shown ? $" and {Factors.Count - shown} more" : "");
    }

    private static string Short(FactorLevel level, string unit) =>
        double.IsNaN(level.Number) ? level.Text : level.Number.ToString("G4", CultureInfo.InvariantCulture)
            + (unit == "1" ? "" : " " + unit);
}
