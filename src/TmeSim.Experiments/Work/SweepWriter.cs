using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Reporting;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>sweep.csv, sweep.json and the report of a sweep.</summary>
internal sealed class SweepWriter : SweepProduct
{
    public override string Verb => "sweep";

    // Table, sensitivity, manifest.
    public override int Files => 3;

    public override string? MoveAside(SweepFolder folder, string design, ScenarioDefinition scenario) =>
        EarlierResults.MoveAside(folder, design, SweepTable.Header(scenario.Sweep!));

    public override SweepOutcome Write(SweepSession session, SweepResults results, SweepOutcome outcome)
    {
        SweepFolder folder = session.Folder;
        SweepTable.Write(folder.TablePath, session.Scenario, session.Points, results);
        SweepManifest manifest = Manifest(session, results, outcome);
        AtomicFile.WriteText(folder.ManifestPath, manifest.ToJson());
        var plots = session.Request.Figures ? session.Request.Plots : null;
        outcome = outcome with { TablePath = folder.TablePath };
        return manifest.Finished > 0 && SweepReport.Write(folder, session.Scenario, session.Points, results, manifest, plots) is { } remarks
            ? outcome with { ReportPath = folder.ReportPath, Remarks = remarks } : outcome;
    }

    private static SweepManifest Manifest(SweepSession session, SweepResults results, SweepOutcome outcome) => new()
    {
        Status = outcome.Missing > 0 ? Folders.Manifest.Interrupted : outcome.Failures.Count > 0 ? Folders.Manifest.Failed
            : Folders.Manifest.Finished,
        ToolVersion = ToolInfo.Version,
        Commit = ToolInfo.Commit,
        ModelVersion = Simulation.ModelVersion,
        Scenario = session.Scenario.Name,
        IdentityHash = session.Scenario.IdentityHash,
        Seed = session.Scenario.Plan.Seed,
        Command = session.Request.Command,
        Method = session.Scenario.Sweep!.Method.Name(),
        Points = session.Points.Count,
        Arms = session.Scenario.Arms.Count,
        Replicates = session.Scenario.Replicates,
        Rows = session.Tasks.Rows,
        Simulations = session.Tasks.Runs,
        Finished = session.Tasks.Runs - outcome.Missing - outcome.Failures.Count,
        EndedEarly = outcome.EndedEarly,
        Failed = outcome.Failures.Count,
        CpuHours = Math.Round(results.Finished.Sum(r => r.WallSeconds) / 3600, 4),
        Factors = [.. session.Scenario.Sweep!.Factors.Zip(SweepTable.FactorColumns(session.Scenario.Sweep!.Factors),
        (f, c) => new ColumnEntry(c, f.Unit, string.Join(" = ", f.Keys)))],
        Outputs = [.. session.Scenario.Sweep!.Outputs.Select(
        o => new ColumnEntry(o.Name, MeasureTable.Find(o.Measure)!.Unit, MeasureTable.Find(o.Measure)!.Text))],
        Warnings = session.Request.Warnings,
        Inputs = [.. session.Scenario.Inputs.Select(i => new InputEntry(i.Path, i.Sha256))],
        Cpu = ToolInfo.Cpu(),
    };
}
