using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Plots;

namespace TmeSim.Experiments.Work;

/// <summary>One thing to compare: a scenario, run where it is not finished, or a run folder.</summary>
/// <param name="Request">Run of a scenario, without figures; null for a folder that is finished.</param>
/// <param name="Directory">Run folder that is finished; null for a scenario.</param>
/// <param name="Sets">Changes of figures and data for a folder.</param>
public sealed record CompareInput(RunRequest? Request, string? Directory, IReadOnlyList<string> Sets);

/// <summary>What to compare and where to put the report.</summary>
public sealed record CompareRequest
{
    /// <summary>Scenarios and folders, at least one.</summary>
    public required IReadOnlyList<CompareInput> Inputs { get; init; }

    /// <summary>Folder that holds run folders; the comparison gets a folder of its own in it.</summary>
    public string OutDirectory { get; init; } = "runs";

    /// <summary>Draw figures and report.</summary>
    public bool Figures { get; init; } = true;

    /// <summary>What draws the files in figures/; the report holds SVG in any case.</summary>
    public IReadOnlyList<FigureFormat> Plots { get; init; } = [FigureFormat.Svg];

    /// <summary>Command that repeats the comparison.</summary>
    public string Command { get; init; } = "tmesim compare";
}

/// <summary>Result of a comparison.</summary>
/// <param name="Folder">Folder of the comparison, with its tables.</param>
/// <param name="ReportPath">The report; null when nothing was drawn.</param>
/// <param name="Endpoints">Endpoints of all arms.</param>
/// <param name="Contrasts">Differences between arms and controls.</param>
/// <param name="Runs">Folders of the runs.</param>
public sealed record CompareOutcome(string Folder, string? ReportPath, EndpointTable Endpoints, ContrastTable Contrasts,
    IReadOnlyList<string> Runs)
{
    /// <summary>What is damaged in the folders of the runs and was left out.</summary>
    public IReadOnlyList<Finding> Damage { get; init; } = [];

    /// <summary>What is damaged, or cannot be checked, in words; on the page too.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];

    /// <summary>What was asked for and is not drawn, with the reason.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>
/// One report over the arms of several runs, in a folder of its own: figures/, report.html, endpoints.csv, contrasts.csv and
/// comparison.json, which names the runs.
/// </summary>
public static class CompareSession
{
    /// <summary>Runs what is missing, then draws.</summary>
    /// <param name="request">What to compare.</param>
    /// <param name="execute">Runs a scenario under a display; null when it did not come to its end, which ends the comparison.</param>
    /// <returns>The result; null when a run did not come to its end.</returns>
    /// <exception cref="RunFolderException">A folder cannot be used, or two runs stand in the same one.</exception>
    /// <exception cref="ScenarioRefusedException">Figures or data asked for are a mistake.</exception>
    public static CompareOutcome? Execute(CompareRequest request, Func<RunRequest, RunOutcome?> execute)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(execute);
        var runs = new List<ScenarioRun>();
        foreach (CompareInput input in request.Inputs)
        {
            ScenarioRun run;
            if (input.Request is { } toRun)
            {
                if (execute(toRun) is not { } outcome)
                {
                    return null;
                }

                run = new ScenarioRun(FinishedRun.Trusted(outcome.Folder, outcome.Manifest), toRun.Scenario);
            }
            else
            {
                var finished = FinishedRun.Open(input.Directory!);
                run = new ScenarioRun(finished, finished.Scenario(input.Sets));
            }

            if (runs.All(r => r.Run.Directory != run.Run.Directory))
            {
                runs.Add(run);
            }
        }

        return Write(runs, Folder(request.OutDirectory, runs), request.Figures ? request.Plots : null, request.Command);
    }

    /// <summary>Draws a run folder or the folder of a comparison again.</summary>
    /// <param name="directory">Folder.</param>
    /// <param name="sets">Changes of figures and data.</param>
    /// <param name="plots">What draws the files in figures/; null for SVG.</param>
    /// <returns>Endpoints, contrasts and the report.</returns>
    /// <exception cref="RunFolderException">It is neither, a run is gone, or a file cannot be written.</exception>
    /// <exception cref="ScenarioRefusedException">Figures or data asked for are a mistake.</exception>
    public static CompareOutcome Redraw(string directory, IReadOnlyList<string> sets, IReadOnlyList<FigureFormat>? plots = null)
    {
        plots ??= [FigureFormat.Svg];
        if (FolderKinds.Of(directory) != FolderKind.Comparison)
        {
            var run = FinishedRun.Open(directory);
            var scenario = new ScenarioRun(run, run.Scenario(sets));
            using RunFolder held = RunFolder.Open(run.Directory);
            var results = new ResultSet(scenario.Scenario.Name, [scenario]);
            IReadOnlyList<string> remarks = RunReport.Write(results, plots);
            return Outcome(results, run.Directory, drawn: true) with { Remarks = remarks };
        }

        var comparison = Comparison.Read(directory);
        string full = Path.GetFullPath(directory);
        ScenarioRun[] runs = [.. comparison.In(full).Select(FinishedRun.Open).Select(r => new ScenarioRun(r, r.Scenario(sets)))];
        return Write(runs, full, plots, comparison.Command);
    }

    private static CompareOutcome Write(IReadOnlyList<ScenarioRun> runs, string folder, IReadOnlyList<FigureFormat>? plots, string command)
    {
        var results = new ResultSet(string.Join(" / ", runs.Select(r => r.Scenario.Name).Distinct()), runs);
        using RunFolder held = RunFolder.Open(folder);
        CompareOutcome outcome = Outcome(results, folder, drawn: plots is not null);
        AtomicFile.WriteText(Path.Combine(folder, ResultFiles.Endpoints), ResultCsv.Endpoints(outcome.Endpoints));
        AtomicFile.WriteText(Path.Combine(folder, ResultFiles.Contrasts), ResultCsv.Contrasts(outcome.Contrasts, results));
        IReadOnlyList<string> omitted = plots is null
            ? []
            : RunReport.Compare(folder, results, outcome.Endpoints, outcome.Contrasts, command, ResultFiles.Comparison, plots);
        Comparison.Write(folder, command, runs.Select(r => r.Run.Directory));
        return outcome with { Remarks = omitted };
    }

    private static CompareOutcome Outcome(ResultSet results, string folder, bool drawn) => new(
        folder, drawn ? Path.Combine(folder, ReportFolder.ReportFile) : null, EndpointTable.Of(results),
        ContrastTable.Of(results), [.. results.Runs.Select(r => r.Run.Directory)])
    {
        Damage = [.. results.Runs.SelectMany(r => r.Run.Damage)],
        Cautions = [.. ReportTables.Cautions(results)],
    };

    // The same runs always land in the same folder, in whatever order.
    private static string Folder(string outDirectory, IReadOnlyList<ScenarioRun> runs)
    {
        string content = string.Join('\n', runs.Select(r => r.Run.Directory).Order(StringComparer.Ordinal));
        string hash = TextHash.Hex(content, 16);
        return Path.GetFullPath(Path.Combine(outDirectory,
            $"compare-{RunFolder.Slug(string.Join(' ', runs.Select(r => r.Scenario.Name).Distinct()))}-{hash}"));
    }
}
