using System.Globalization;
using TmeSim.Analysis.Measures;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Reading;
using Estimate = TmeSim.Reports.Domain.Estimate;

namespace TmeSim.Experiments.Reporting;

/// <summary>Figures and report of a calibration.</summary>
internal static class CalibrationReport
{
    private const int PriorPoints = 200;
    private static readonly string[] Kinds = ["posterior", "targets", "progress"];

    /// <summary>Writes figures/ and report.html.</summary>
    /// <returns>Path of the report.</returns>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static string Write(CalibrationSession session, FittedParameter[] fitted, AbcStop stop, int simulations)
    {
        ScenarioDefinition scenario = session.Scenario;
        CalibratedGeneration last = session.Generations[^1];
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"Generation {last.Abc.Number}: {last.Abc.Particles.Count} particles (effective {last.Abc.EffectiveSampleSize:0}), {scenario.Replicates} replicate{(scenario.Replicates == 1 ? "" : "s")} each; {simulations} simulations in all.");
        ReportFigure[] figures =
        [
            new("Posterior", Posterior(scenario, last, caption), caption),
            new("Targets", Predictive(scenario, last, caption), "Simulated values are means over replicates, without the error of measurement."),
            new("Progress", CalibrationProgressFigure.Create(
                [.. session.Generations.Select(g => new CalibrationGeneration(g.Abc.Number, g.Abc.Number == 0 ? double.NaN : g.Abc.Epsilon, g.Abc.AcceptanceRate, g.Abc.EffectiveSampleSize))],
                scenario.Calibration!.Particles, "", new FigureOptions($"{scenario.Name}: progress of the calibration"))),
        ];
        IReadOnlyList<ReportFile> files = FigureFiles.Write(session.Folder.Path, [.. figures.Zip(Kinds, (figure, kind) => (kind, "", figure))], Kinds, session.Request.Plots);
        AtomicFile.WriteText(session.Folder.ReportPath, HtmlReport.Write(new ReportContent
        {
            Title = scenario.Name + ": calibration",
            Summary = $"{scenario.Calibration.Factors.Count} fitted keys, {scenario.Calibration.Targets.Count} targets, {session.Generations.Count} complete generations. {Ended(stop)}",
            Run = new RunFacts(
                scenario.Name, scenario.Plan.Seed, scenario.Replicates, ToolInfo.Version, Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture), scenario.IdentityHash, session.Request.Command),
            LeadTables = [Parameters(scenario, fitted)],
            Tables = [TargetTable(scenario, last), GenerationTable(session)],
            Figures = figures,
            Warnings = session.Warnings,
            Files =
            [
                new("calibrated.yaml", "the scenario with the posterior medians"),
                new("posterior.csv", "particles of all complete generations with weights, distances and simulated targets"),
                new("generations.csv", "tolerance, acceptance and effective sample size"),
                new("calibration.json", "versions, posterior, targets"),
                .. files,
            ],
        }));
        return session.Folder.ReportPath;
    }

    private static string Ended(AbcStop stop) => stop switch
    {
        AbcStop.None => "Interrupted: the same command goes on.",
        AbcStop.EpsilonReached => "Ended: the tolerance is reached.",
        AbcStop.GenerationsDone => "Ended: the last generation asked for is done.",
        AbcStop.AcceptanceTooLow => "Ended: too few vectors are accepted.",
        AbcStop.Stalled => "Ended: all particles are equally far away.",
        _ => "Ended: a generation used up its attempts.",
    };

    private static Figure Posterior(ScenarioDefinition scenario, CalibratedGeneration last, string caption) => PosteriorFigure.Create(
        [.. scenario.Calibration!.Factors.Select((factor, i) => new PosteriorParameter(Axis(factor), [.. last.Abc.Particles.Select(p => p.Parameters[i])]) { Prior = Prior(factor) })],
        [.. last.Abc.Weights], caption, new FigureOptions($"{scenario.Name}: posterior"));

    private static SweepAxis Axis(SweepFactor factor) =>
        new(factor.Label, factor.Unit, factor.Range is { IsLog: true } || factor.Distribution is { Kind: FactorDistributionKind.Lognormal });

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
            (string label, string unit) = MeasureTable.LabelOf(first.Output.Measure);
            if (first.Series is null)
            {
                single.Add(new PredictiveTarget(
                    first.Name, unit, new Estimate(first.Value, first.Value - first.Sd, first.Value + first.Sd), [.. last.Simulated.Select(s => s[group.First().Index])]) { Weights = weights, Arm = Arm(first) });
                continue;
            }

            (CalibrationTarget Target, int Index)[] points = [.. group.OrderBy(t => t.Target.Output.Hours)];
            double[] At(double p) => [.. points.Select(t => Quantile([.. last.Simulated.Select(s => s[t.Index])], weights, p))];
            double[] days = [.. points.Select(t => t.Target.Output.Hours / 24)];
            series.Add(new PredictiveSeries($"{label}: {first.Series}", unit, days, At(0.5), At(0.025), At(0.975), Observed(points, days, first.Series)) { InnerLow = At(0.25), InnerHigh = At(0.75), Arm = Arm(first) });
        }

        return PosteriorPredictiveFigure.Create(series, single, "one standard deviation", caption, new ArmLooks([.. scenario.Arms.Select(a => a.Name)]), new FigureOptions($"{scenario.Name}: targets and what the posterior gives"));
    }

    private static ObservedPoints Observed((CalibrationTarget Target, int Index)[] points, double[] days, string label) =>
        new(label, null, days, [.. points.Select(t => t.Target.Value)])
        {
            Low = [.. points.Select(t => t.Target.Value - t.Target.Sd)],
            High = [.. points.Select(t => t.Target.Value + t.Target.Sd)],
        };

    private static double Quantile(double[] values, double[] weights, double p)
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

    private static ReportTable Parameters(ScenarioDefinition scenario, FittedParameter[] fitted) => new(
        "Posterior",
        ["key", "unit", "prior", "median", "2.5 %", "97.5 %", "mean", "sd"],
        [.. fitted.Select((p, i) => (IReadOnlyList<ReportCell>)[p.Path, p.Unit == "1" ? "" : p.Unit, PriorText(scenario.Calibration!.Factors[i]), N(p.Median), N(p.Low), N(p.High), N(p.Mean), N(p.Sd)])]);

    private static string PriorText(SweepFactor factor) => factor.Range is { } r ? $"{N(r.From)} to {N(r.To)}{(r.IsLog ? ", log" : "")}"
        : factor.Distribution is { } d ? $"{d.Kind.ToString().ToLowerInvariant()} {N(d.Mean)}{(d.Sd > 0 ? $" ± {N(d.Sd)}" : "")}" : "";

    private static ReportTable TargetTable(ScenarioDefinition scenario, CalibratedGeneration last) => new(
        "Targets",
        ["target", "observed", "sd", "posterior median", "2.5 %", "97.5 %"],
        [.. scenario.Calibration!.Targets.Select((t, i) =>
        {
            double[] values = [.. last.Simulated.Select(s => s[i])], weights = [.. last.Abc.Weights];
            return (IReadOnlyList<ReportCell>)[t.Name, N(t.Value), N(t.Sd), N(Quantile(values, weights, 0.5)), N(Quantile(values, weights, 0.025)), N(Quantile(values, weights, 0.975))];
        })]);

    private static ReportTable GenerationTable(CalibrationSession session) => new(
        "Generations",
        ["generation", "tolerance", "attempts", "accepted %", "effective sample"],
        [.. session.Generations.Select(g => (IReadOnlyList<ReportCell>)[N(g.Abc.Number), double.IsFinite(g.Abc.Epsilon) ? N(g.Abc.Epsilon) : "none", N(g.Abc.Attempts), N(100 * g.Abc.AcceptanceRate), N(g.Abc.EffectiveSampleSize)])]);

    private static string N(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "";
}
