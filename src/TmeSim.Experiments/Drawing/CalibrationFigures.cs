using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Measures;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Figures of a calibration: what its last complete generation says of keys and targets, and how it got there.</summary>
internal static class CalibrationFigures
{
    private const int PriorPoints = 200;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["posterior", "targets", "progress"];

    /// <summary>The three figures.</summary>
    /// <param name="scenario">Scenario with a calibration.</param>
    /// <param name="generations">Complete generations, at least one.</param>
    /// <param name="simulations">Simulations in all.</param>
    public static FigureList Of(ScenarioDefinition scenario, IReadOnlyList<CalibratedGeneration> generations, int simulations)
    {
        CalibratedGeneration last = generations[^1];
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"Generation {last.Abc.Number}: {last.Abc.Particles.Count} particles (effective {last.Abc.EffectiveSampleSize:0}), {scenario.Replicates} replicate{(scenario.Replicates == 1 ? "" : "s")} each; {simulations} simulations in all.");
        Func<ReportFigure>[] draw =
        [
            () => new("Posterior", Posterior(scenario, last, caption), caption),
            () => new("Targets", Predictive(scenario, last, caption), "Simulated values are means over replicates, without the error of measurement."),
            () => new("Progress", Progress(scenario, generations)),
        ];
        return new FigureList(Kinds, [.. draw.Zip(Kinds, (figure, kind) => new FigureTask(kind, _ => [new DrawnFigure("", figure())]))]);
    }

    /// <summary>The smallest finite value up to which a part of the weight of all finite ones lies; NaN for none.</summary>
    public static double Quantile(double[] values, double[] weights, double p)
    {
        (double Value, double Weight)[] sorted = [.. values.Zip(weights).Where(v => double.IsFinite(v.First)).OrderBy(v => v.First)];
        double all = sorted.Sum(v => v.Weight), sum = 0;
        foreach ((double value, double weight) in sorted)
        {
            sum += weight;
            if (sum >= p * all)
            {
                return value;
            }
        }

        return double.NaN;
    }

    private static Figure Progress(ScenarioDefinition scenario, IReadOnlyList<CalibratedGeneration> generations) => CalibrationProgressFigure.Create(
        [.. generations.Select(g => new CalibrationGeneration(g.Abc.Number, g.Abc.Number == 0 ? double.NaN : g.Abc.Epsilon, g.Abc.AcceptanceRate, g.Abc.EffectiveSampleSize))],
        scenario.Calibration!.Particles, "", new FigureOptions(Fall(generations)));

    private static Figure Posterior(ScenarioDefinition scenario, CalibratedGeneration last, string caption) => PosteriorFigure.Create(
        [.. scenario.Calibration!.Factors.Select((factor, i) => new PosteriorParameter(Axis(factor), [.. last.Abc.Particles.Select(p => p.Parameters[i])]) { Prior = Prior(factor) })],
        [.. last.Abc.Weights], $"{scenario.Name}. {caption}", new FigureOptions($"Posterior of {SweepTexts.Number(scenario.Calibration.Factors.Count, "parameter")}, effective sample size {last.Abc.EffectiveSampleSize.ToString("0", CultureInfo.InvariantCulture)}"));

    private static SweepAxis Axis(SweepFactor factor) =>
        new(FactorNames.Of([factor])[0], FactorColumn.Readable(factor.Unit), factor.Range is { IsLog: true } || factor.Distribution is { Kind: FactorDistributionKind.Lognormal });

    // Density per unit of the axis as drawn: per decade where it is logarithmic.
    private static IReadOnlyList<(double, double)> Prior(SweepFactor factor)
    {
        ParameterDistribution prior = FactorScale.Of(factor)!;
        bool log = Axis(factor).IsLog;
        double low = prior.Quantile(0.001), high = prior.Quantile(0.999);
        if (factor.Range is { } range)
        {
            (low, high) = (range.From, range.To);
        }

        return
        [
            .. Enumerable.Range(0, PriorPoints + 1).Select(i => (double)i / PriorPoints).Select(share =>
            {
                double x = log ? low * Math.Pow(high / low, share) : low + (share * (high - low));
                x = Math.Clamp(x, low, high);
                return (x, Math.Exp(prior.LogDensity(x)) * (log ? x * Math.Log(10) : 1));
            }),
        ];
    }

    private static Figure Predictive(ScenarioDefinition scenario, CalibratedGeneration last, string caption)
    {
        CalibrationTarget[] targets = [.. scenario.Calibration!.Targets];
        double[] weights = [.. last.Abc.Weights];
        string? Arm(CalibrationTarget t) => scenario.Arms.Count > 1 ? scenario.Arms[t.Arm].Name : null;
        List<PredictiveSeries> series = [];
        List<PredictiveTarget> single = [];
        foreach (IGrouping<(string? Series, int Arm, int Lesion, int Own), (CalibrationTarget Target, int Index)> group in targets
            .Select((t, i) => (Target: t, Index: i)).GroupBy(t => (t.Target.Series, t.Target.Arm, t.Target.Lesion, t.Target.Series is null ? t.Index : -1)))
        {
            CalibrationTarget first = group.First().Target;
            (string label, string unit, double scale) = MeasureTable.ShownAs(first.Output.Measure);
            if (first.Series is null)
            {
                single.Add(new PredictiveTarget(
                    first.Name, unit, new Estimate(first.Value * scale, (first.Value - first.Sd) * scale, (first.Value + first.Sd) * scale),
                    [.. last.Simulated.Select(s => s[group.First().Index] * scale)]) { Weights = weights, Arm = Arm(first) });
                continue;
            }

            (CalibrationTarget Target, int Index)[] points = [.. group.OrderBy(t => t.Target.Output.Hours)];
            double[] At(double p) => [.. points.Select(t => scale * Quantile([.. last.Simulated.Select(s => s[t.Index])], weights, p))];
            double[] days = [.. points.Select(t => t.Target.Output.Hours / 24)];
            series.Add(new PredictiveSeries($"{label}: {first.Series}", unit, days, At(0.5), At(0.025), At(0.975), Observed(points, days, scale, first.Series)) { InnerLow = At(0.25), InnerHigh = At(0.75), Arm = Arm(first) });
        }

        return PosteriorPredictiveFigure.Create(series, single, "one standard deviation", $"{scenario.Name}. {caption}", new ArmLooks([.. scenario.Arms.Select(a => a.Name)]),
            new FigureOptions($"{targets.Where((t, i) => IsMet(t, [.. last.Simulated.Select(s => s[i])], weights)).Count()} of {SweepTexts.Number(targets.Length, "target")} within the middle 95 % of predictions"));
    }

    private static bool IsMet(CalibrationTarget target, double[] simulated, double[] weights) =>
        target.Value >= Quantile(simulated, weights, 0.025) && target.Value <= Quantile(simulated, weights, 0.975);

    private static string Fall(IReadOnlyList<CalibratedGeneration> generations)
    {
        double[] known = [.. generations.Where(g => g.Abc.Number > 0).Select(g => g.Abc.Epsilon).Where(double.IsFinite)];
        return known.Length < 2 ? "Progress of the calibration"
            : string.Create(CultureInfo.InvariantCulture, $"The tolerance of the calibration fell from {known[0]:0.##} to {known[^1]:0.##} in {known.Length} generations");
    }

    private static ObservedPoints Observed((CalibrationTarget Target, int Index)[] points, double[] days, double scale, string label) =>
        new(label, null, days, [.. points.Select(t => scale * t.Target.Value)])
        {
            Low = [.. points.Select(t => scale * (t.Target.Value - t.Target.Sd))],
            High = [.. points.Select(t => scale * (t.Target.Value + t.Target.Sd))],
        };
}
