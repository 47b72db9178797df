using System.Globalization;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Experiments.Reporting;

/// <summary>Reports of a run and of a comparison of runs.</summary>
internal static class RunReport
{
    private static readonly ReportFile[] Derived =
    [
        new(ResultFiles.Endpoints, "endpoints by arm and lesion"),
        new(ResultFiles.Contrasts, "differences between arms and controls"),
    ];

    /// <summary>Draws figures and report of one run into its folder.</summary>
    /// <param name="results">The run alone, with the figures and data that are to be drawn.</param>
    /// <param name="plots">What draws the files.</param>
    /// <returns>What was asked for and is not drawn; it stands in the log of the folder too.</returns>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static IReadOnlyList<string> Write(ResultSet results, IReadOnlyList<FigureFormat> plots)
    {
        ScenarioRun run = results.Runs[0];
        var log = new RunLog(run.Run.In(ResultFiles.Log));
        return ReportFolder.Write(run.Run.Directory, Page(results, run), RunFigures.Of(results), plots, log);
    }

    /// <summary>The tables that are made from a run, by file.</summary>
    public static IEnumerable<(string File, string Text)> Tables(ResultSet results)
    {
        yield return (ResultFiles.Endpoints, ResultCsv.Endpoints(EndpointTable.Of(results)));
        yield return (ResultFiles.Contrasts, ResultCsv.Contrasts(ContrastTable.Of(results), results));
    }

    /// <summary>Draws figures and report of a comparison into its folder, which has no log.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="results">The runs.</param>
    /// <param name="endpoints">Their endpoints.</param>
    /// <param name="contrasts">Their contrasts.</param>
    /// <param name="command">Command that repeats the comparison.</param>
    /// <param name="file">Name of the file that lists the runs.</param>
    /// <param name="plots">What draws the files.</param>
    /// <returns>What was asked for and is not drawn.</returns>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static IReadOnlyList<string> Compare(
        string directory, ResultSet results, EndpointTable endpoints, ContrastTable contrasts, string command, string file,
        IReadOnlyList<FigureFormat> plots)
    {
        Manifest first = results.Runs[0].Run.Manifest;
        string hashes = string.Join(", ", results.Runs.Select(r => r.Run.Manifest.IdentityHash));
        ReportContent page = Page(results, endpoints, contrasts, Facts(results.Title, first, hashes, command) with
        {
            More =
            [
                .. from run in results.Runs
                   let m = run.Run.Manifest
                   select ("Run", $"{run.Scenario.Name}, seed {m.Seed}, {m.Replicates} replicates: {m.Command}"),
            ],
        });
        return ReportFolder.Write(directory, page with
        {
            Summary = $"{page.Summary} {results.Arms.Count} arms of {results.Runs.Count} run{(results.Runs.Count == 1 ? "" : "s")}.",
            Warnings = [.. page.Warnings, .. Versions(results)],
            Files = [.. Derived, new(file, "the runs compared")],
        }, RunFigures.Of(results), plots, null);
    }

    private static ReportContent Page(ResultSet results, ScenarioRun run)
    {
        Manifest manifest = run.Run.Manifest;
        RunFacts facts = Facts(run.Scenario.Name, manifest, manifest.IdentityHash, manifest.Command);
        return Page(results, EndpointTable.Of(results), ContrastTable.Of(results), facts with
        {
            More = [("Status", manifest.Status), ("Vectors", manifest.Cpu.Simd), ("Runtime", manifest.Runtime)],
        }) with
        {
            Files =
            [
                new("timeseries.csv", "measures by arm, replicate, lesion and time"),
                new("events.csv", "doses and other events"),
                .. Derived,
                .. manifest.ResponseColumns is null ? []
                    : (ReportFile[])[new(ResultFiles.Responses, "best response, best change and progression by arm and replicate")],
                new("manifest.json", "versions, inputs, units, baseline, state hashes"),
                new("resolved.yaml", "the scenario with every default written out"),
            ],
        };
    }

    private static ReportContent Page(ResultSet results, EndpointTable endpoints, ContrastTable contrasts, RunFacts facts) => new()
    {
        Title = results.Title,
        Summary = RunAnswer.Of(endpoints, contrasts),
        Run = facts,
        Arms = ReportArm.Of(results.Arms.Select(a => a.Label), results.Looks),
        Viewer = ResultViewer.Of(results),
        LeadTables = [ReportTables.Endpoints(endpoints), .. ProtocolTables.Of(results)],
        Tables = [.. ReportTables.Contrasts(contrasts, results), .. ReportTables.Radiotherapy(results), ReportTables.Multipliers(results)],
        Baseline = [.. ReportTables.Baseline(results)],
        Warnings = [.. ReportTables.Warnings(results), .. Letters(results)],
    };

    // Names as users write them: figures have one typeface, the page has those of the reader.
    private static IEnumerable<string> Letters(ResultSet results)
    {
        string[] names =
        [
            results.Title, .. results.Arms.Select(a => a.Label),
            .. results.Runs.SelectMany(r => r.Scenario.Plan.Lesions.Select(l => l.Name).Concat(r.Scenario.Figures.Select(f => f.Title ?? ""))),
        ];
        return from name in names.Where(n => n.Length > 0).Distinct()
               let lacking = PlainText.Lacking(name)
               where lacking.Length > 0
               select $"the typeface of figures lacks {lacking} of '{name}': figures show {PlainText.Box} instead";
    }

    private static RunFacts Facts(string name, Manifest manifest, string hash, string command) => new(
        name, manifest.Seed, manifest.Replicates, manifest.ToolVersion, manifest.ModelVersion.ToString(CultureInfo.InvariantCulture), hash,
        command);

    private static IEnumerable<string> Versions(ResultSet results)
    {
        string[] versions = [.. results.Runs.Select(r => $"{r.Scenario.Name}: {r.Run.Manifest.ModelVersion}")];
        return results.Runs.Select(r => r.Run.Manifest.ModelVersion).Distinct().Count() == 1 ? []
            : [$"The runs are of different model versions ({string.Join(", ", versions)}); their difference is not one of therapy alone."];
    }
}
