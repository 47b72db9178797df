using System.Globalization;
using TmeSim.Engine.Start;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>The report of a run folder.</summary>
internal static class RunReport
{
    /// <summary>Draws figures and report of one run into its folder.</summary>
    /// <param name="results">The run alone, with the figures and data that are to be drawn.</param>
    /// <param name="plots">What draws the files.</param>
    /// <returns>What was asked for and is not drawn; it stands in the log of the folder too.</returns>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static IReadOnlyList<string> Write(ResultSet results, IFigureBackend plots)
    {
        ScenarioRun run = results.Runs[0];
        IReadOnlyList<string> omitted = ReportFolder.Write(run.Run.Directory, results, plots, remarks => Content(results, run, remarks));
        var log = new RunLog(run.Run.In(ResultFiles.Log));
        foreach (string remark in omitted)
        {
            log.Add(remark);
        }

        return omitted;
    }

    /// <summary>The tables that are made from a run, by file.</summary>
    public static IEnumerable<(string File, string Text)> Tables(ResultSet results)
    {
        yield return (ResultFiles.Endpoints, ResultCsv.Endpoints(EndpointTable.Of(results)));
        yield return (ResultFiles.Contrasts, ResultCsv.Contrasts(ContrastTable.Of(results), results));
    }

    private static ReportContent Content(ResultSet results, ScenarioRun run, IReadOnlyList<string> remarks)
    {
        Manifest manifest = run.Run.Manifest;
        var endpoints = EndpointTable.Of(results);
        var contrasts = ContrastTable.Of(results);
        return new ReportContent
        {
            Title = results.Title,
            Summary = RunAnswer.Of(endpoints, contrasts),
            Run = new RunFacts(
                run.Scenario.Name, manifest.Seed, manifest.Replicates, manifest.ToolVersion, manifest.ModelVersion.ToString(CultureInfo.InvariantCulture), manifest.IdentityHash, manifest.Command)
            {
                More = [("Status", manifest.Status), ("Vectors", manifest.Cpu.Simd), ("Runtime", manifest.Runtime)],
            },
            LeadTables = [ReportTables.Endpoints(endpoints), .. ProtocolTables.Of(results)],
            Tables = [.. ReportTables.Contrasts(contrasts, results), .. ReportTables.Radiotherapy(results), ReportTables.Multipliers(results)],
            Baseline = [.. ReportTables.Baseline(results)],
            Warnings = [.. ReportTables.Warnings(results), .. remarks],
            Files =
            [
                new("timeseries.csv", "measures by arm, replicate, lesion and time"),
                new("events.csv", "doses and other events"),
                new(ResultFiles.Endpoints, "endpoints by arm and lesion"),
                new(ResultFiles.Contrasts, "differences between arms and controls"),
                .. manifest.ResponseColumns is null ? [] : (ReportFile[])[new(ResultFiles.Responses, "best response, best change and progression by arm and replicate")],
                new("manifest.json", "versions, inputs, units, baseline, state hashes"),
                new("resolved.yaml", "the scenario with every default written out"),
            ],
        };
    }
}
