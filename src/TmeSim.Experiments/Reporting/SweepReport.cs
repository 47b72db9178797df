using System.Globalization;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>Figures, tables and report of a sweep, drawn from what its journals hold; what is missing is left out and said.</summary>
internal static class SweepReport
{
    private const string SensitivityFile = "sensitivity.csv";

    /// <summary>Writes sensitivity.csv and, unless no figures are wanted, figures/* and report.html.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="points">Its points.</param>
    /// <param name="results">Its simulations, finished or not.</param>
    /// <param name="manifest">What is said of them in sweep.json.</param>
    /// <param name="plots">What draws the files; the report holds SVG in any case. Null for tables alone.</param>
    /// <returns>What is not drawn; null where nothing was to be.</returns>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static IReadOnlyList<string>? Write(SweepFolder folder, ScenarioDefinition scenario, SweepPoints points, SweepResults results,
        SweepManifest manifest, IReadOnlyList<FigureFormat>? plots)
    {
        var data = new SweepData(scenario, points, results);
        var sensitivity = SweepSensitivity.Of(data);
        AtomicFile.WriteText(folder.In(SensitivityFile), SensitivityTable.Csv(data, sensitivity));
        if (plots is null)
        {
            return null;
        }

        var page = new ReportContent
        {
            Title = scenario.Name,
            Summary = SweepAnswer.Of(data, sensitivity, points),
            Run = new RunFacts(
                scenario.Name, manifest.Seed, manifest.Replicates, manifest.ToolVersion,
                manifest.ModelVersion.ToString(CultureInfo.InvariantCulture), manifest.IdentityHash, manifest.Command)
            {
                More = [("Status", manifest.Status), ("Method", manifest.Method),
                    ("Duration", $"{NumberText.Of(scenario.Plan.Time.DurationHours / 24)} d"), ("Vectors", manifest.Cpu.Simd)],
            },
            Arms = ReportArm.Of(data.Arms, data.Looks),
            Explorer = SweepRows.Explorer(data),
            LeadTables = [SweepTables.BestOfAll(data, points)],
            Tables = [SweepTables.Best(data, points), SweepTables.Factors(data), SweepTables.Summary(manifest),
            .. SensitivityTable.Table(data, sensitivity), .. SweepTables.Failures(data, points, results)],
            Warnings = [.. manifest.Warnings, .. Warnings(manifest)],
            Files =
            [
                new("sweep.csv", "varied keys and outputs by point, arm, replicate and lesion"),
                new(SensitivityFile, "statistics of the factors by output, arm and lesion"),
                new("design.csv", "the points"),
                new("sweep.json", "versions, inputs, units, what is finished"),
                new("resolved.yaml", "the scenario with every default written out"),
            ],
        };
        return ReportFolder.Write(folder.Path, page, SweepFigures.Of(data, sensitivity), plots, new RunLog(folder.In(ResultFiles.Log)));
    }

    private static IEnumerable<string> Warnings(SweepManifest manifest)
    {
        int missing = manifest.Simulations - manifest.Finished - manifest.Failed;
        if (missing > 0)
        {
            yield return $"The sweep is not complete: {missing} of {manifest.Simulations} simulations are missing. Figures and tables show "
                + "what is there.";
        }

        if (manifest.EndedEarly > 0)
        {
            yield return $"{manifest.EndedEarly} of {manifest.Simulations} simulations stopped before their duration because a tumour came "
                + "near the wall (status ended_early in sweep.csv). Later outputs, and those of the whole run (@end, @min, @max, @mean), "
                + "are missing for them, never those of an earlier day. Means are over the replicates that went on, without the largest "
                    + "tumours; where fewer than half did, there is none. Statistics of factors leave such points out. A larger "
                    + "tissue.size avoids it.";
        }

        if (manifest.Failed > 0)
        {
            yield return $"{manifest.Failed} of {manifest.Simulations} simulations failed and are left out; their reasons stand below.";
        }
    }
}
