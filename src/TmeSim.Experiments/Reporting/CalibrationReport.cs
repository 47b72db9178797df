using System.Globalization;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>The report of a calibration.</summary>
internal static class CalibrationReport
{
    /// <summary>Writes figures/ and report.html.</summary>
    /// <param name="fit">What was found, with at least one complete generation.</param>
    /// <param name="folder">Folder of the calibration.</param>
    /// <param name="plots">What draws the files in figures/.</param>
    /// <returns>Path of the report.</returns>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static string Write(CalibrationFit fit, SweepFolder folder, IReadOnlyList<FigureFormat> plots)
    {
        ScenarioDefinition scenario = fit.Scenario;
        CalibratedGeneration last = fit.Generations[^1];
        var page = new ReportContent
        {
            Title = scenario.Name + ": calibration",
            Summary = $"{scenario.Calibration!.Factors.Count} fitted keys, {scenario.Calibration.Targets.Count} targets, "
                + $"{fit.Generations.Count} complete generations. {Ended(fit.Stop)}",
            Run = new RunFacts(
                scenario.Name, scenario.Plan.Seed, scenario.Replicates, ToolInfo.Version,
                Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture),
                scenario.IdentityHash, fit.Command),
            LeadTables = [Parameters(scenario, fit.Parameters)],
            Tables = [TargetTable(scenario, last), GenerationTable(fit)],
            Warnings = fit.Warnings,
            Files =
            [
                new("calibrated.yaml", "the scenario with the posterior medians"),
                new("posterior.csv", "particles of all complete generations with weights, distances and simulated targets"),
                new("generations.csv", "tolerance, acceptance and effective sample size"),
                new("calibration.json", "versions, posterior, targets"),
            ],
        };
        ReportFolder.Write(
            folder.Path, page, CalibrationFigures.Of(scenario, fit.Generations, fit.Simulations), plots,
            new RunLog(folder.In(ResultFiles.Log)));
        return folder.ReportPath;
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

    private static ReportTable Parameters(ScenarioDefinition scenario, IReadOnlyList<FittedParameter> fitted) => new(
        "Posterior",
        ["key", "unit", "prior", "median", "2.5 %", "97.5 %", "mean", "sd"],
        [.. fitted.Select((p, i) => (IReadOnlyList<ReportCell>)[p.Path, p.Unit == "1" ? "" : p.Unit,
        PriorText(scenario.Calibration!.Factors[i]), N(p.Median), N(p.Low), N(p.High), N(p.Mean), N(p.Sd)])]);

    private static string PriorText(SweepFactor factor) => factor.Range is { } r ? $"{N(r.From)} to {N(r.To)}{(r.IsLog ? ", log" : "")}"
        : factor.Distribution is { } d ? $"{d.Kind.ToString().ToLowerInvariant()} {N(d.Mean)}{(d.Sd > 0 ? $" ± {N(d.Sd)}" : "")}" : "";

    private static ReportTable TargetTable(ScenarioDefinition scenario, CalibratedGeneration last) => new(
        "Targets",
        ["target", "observed", "sd", "posterior median", "2.5 %", "97.5 %"],
        [.. scenario.Calibration!.Targets.Select((t, i) =>
        {
            double[] values = [.. last.Simulated.Select(s => s[i])], weights = [.. last.Abc.Weights];
            return (IReadOnlyList<ReportCell>)[t.Name, N(t.Value), N(t.Sd), N(CalibrationFigures.Quantile(values, weights, 0.5)),
                N(CalibrationFigures.Quantile(values, weights, 0.025)), N(CalibrationFigures.Quantile(values, weights, 0.975))];
        })]);

    private static ReportTable GenerationTable(CalibrationFit fit) => new(
        "Generations",
        ["generation", "tolerance", "attempts", "accepted %", "effective sample"],
        [.. fit.Generations.Select(g => (IReadOnlyList<ReportCell>)[N(g.Abc.Number), double.IsFinite(g.Abc.Epsilon) ? N(g.Abc.Epsilon)
        : "none", N(g.Abc.Attempts), N(100 * g.Abc.AcceptanceRate), N(g.Abc.EffectiveSampleSize)])]);

    private static string N(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "";
}
