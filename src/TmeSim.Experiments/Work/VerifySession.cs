using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>A finished run to be simulated again and compared.</summary>
public sealed record VerifyRequest : WorkRequest
{
    /// <summary>Names of arms; empty for all that are finished.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Replicates; empty for all that are finished.</summary>
    public IReadOnlyList<int> Replicates { get; init; } = [];

    /// <summary>Time up to which is simulated [h]; null for all of it.</summary>
    public double? UntilHours { get; init; }

    /// <summary>The run.</summary>
    public required FinishedRun Run { get; init; }
}

/// <summary>What a run that was simulated again came to.</summary>
/// <param name="Folder">Folder of the run.</param>
/// <param name="Pairs">Arms × replicates that were simulated.</param>
/// <param name="Rows">Rows of the time series that were the same.</param>
/// <param name="States">Fingerprints of states that were the same.</param>
/// <param name="Partings">Where arms parted, the first of each.</param>
/// <param name="Twins">
/// What two simulations of the first arm that parted came to, with different numbers of threads: they name step, lesion and process where this
/// machine is not of one mind with itself. Null where nothing parted, or two do not fit into memory.
/// </param>
public sealed record VerifyOutcome(string Folder, int Pairs, int Rows, int States, IReadOnlyList<Parting> Partings, TwinOutcome? Twins);

/// <summary>
/// Simulates a finished run again from the scenario in its folder and holds every row, event and fingerprint against what is recorded there.
/// An arm stops where it parts. Nothing is written.
/// </summary>
public static class VerifySession
{
    /// <summary>The request for a folder.</summary>
    /// <exception cref="RunFolderException">It cannot be compared: another model version, or nothing finished of what is asked for.</exception>
    /// <exception cref="DamagedRunException">Its files are not as they were written.</exception>
    /// <exception cref="ScenarioRefusedException">Its scenario is not the one that was run.</exception>
    public static VerifyRequest Request(string directory, IReadOnlyList<string> arms, IReadOnlyList<int> replicates, double? untilHours)
    {
        FinishedRun run = FinishedRun.Open(directory);
        run.RequireIntact();
        if (run.Manifest.ModelVersion != Simulation.ModelVersion)
        {
            throw new RunFolderException($"{directory} is of model version {run.Manifest.ModelVersion}, and this TmeSim has {Simulation.ModelVersion}: its states cannot be the same; verify it with TmeSim {run.Manifest.ToolVersion}");
        }

        var request = new VerifyRequest
        {
            Scenario = run.Scenario([]), Run = run, Arms = arms, Replicates = replicates, UntilHours = untilHours,
        };
        return Pairs(request).Any() ? request : throw new RunFolderException(
            $"{directory} has nothing finished of what is asked for; arms: {string.Join(", ", run.Arms())}, replicates: {string.Join(", ", run.Manifest.Done.Select(d => d.Replicate).Distinct().Order())}");
    }

    /// <summary>Simulates and compares.</summary>
    /// <exception cref="MemoryRefusedException">It does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="SimulationException">A simulation cannot go on.</exception>
    public static VerifyOutcome Execute(VerifyRequest request, RunProgress progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        ScenarioDefinition scenario = request.Scenario;
        var tables = new ResultTables(scenario);
        BlockLines rows = Block(request.Run, ResultFiles.TimeSeries), events = Block(request.Run, ResultFiles.Events);
        RecordedArm[][] replicates = [.. Pairs(request).GroupBy(d => d.Replicate).OrderBy(g => g.Key)
            .Select(g => (RecordedArm[])[.. g.Select(d => new RecordedArm(request.Run, scenario, tables, rows, events, d))])];
        int[] numbers = [.. Pairs(request).Select(d => d.Replicate).Distinct().Order()];
        MemoryFit fit = request.Fit(scenario, replicates.Length, request.Threads, replicates.Any(r => r.Length > 1),
            _ => "two states of this run do not fit into memory; verify one arm at a time with --arm");
        var schedule = new RunSchedule(scenario);
        progress.StepDays = scenario.Plan.Time.StepHours / 24;
        progress.StepsTotal = replicates.Sum(r => schedule.BurnInSteps + (r.Length * Steps(request, schedule)));
        var partings = new List<Parting>();
        Exception? failure = JobThreads.Run(replicates.Length, fit.Jobs, (i, stop) =>
        {
            Parting[] found = [.. One(request, replicates[i], numbers[i], fit.Threads, progress, stop)];
            lock (partings)
            {
                partings.AddRange(found);
            }
        }, cancellation);
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        cancellation.ThrowIfCancellationRequested();
        RecordedArm[] all = [.. replicates.SelectMany(r => r)];
        partings = [.. partings.OrderBy(p => p.TimeD).ThenBy(p => p.Replicate).ThenBy(p => p.Arm, StringComparer.Ordinal)];
        return new VerifyOutcome(
            request.Run.Directory, all.Length, all.Sum(a => a.Rows), all.Sum(a => a.States), partings,
            partings.Count == 0 ? null : Twins(request, partings[0], fit, progress, cancellation));
    }

    // What was recorded is known at its times alone. Two simulations of now can be compared after every process: if they part, it is said where; if
    // they do not, the recorded one was made elsewhere, or is not what was made.
    private static TwinOutcome? Twins(VerifyRequest request, Parting parting, MemoryFit fit, RunProgress progress, CancellationToken cancellation)
    {
        ScenarioDefinition scenario = request.Scenario;
        if (fit.Jobs < 2 && fit.NeedBytes > fit.LimitBytes / 2)
        {
            return null;
        }

        var schedule = new RunSchedule(scenario);
        progress.StepsTotal += 2 * (schedule.BurnInSteps + (long)Math.Round(parting.TimeD * 24 / scenario.Plan.Time.StepHours));
        return TwinRun.Of(
            scenario, scenario, scenario.Arms.Select(a => a.Name).ToList().IndexOf(parting.Arm), parting.Replicate,
            (fit.Threads, fit.Threads == 1 ? 2 : 1), parting.SameUntilD ?? 0, parting.TimeD, progress, cancellation);
    }

    private static IEnumerable<DoneEntry> Pairs(VerifyRequest request) => request.Run.Manifest.Done
        .Where(d => (request.Arms.Count == 0 || request.Arms.Contains(d.Arm)) && (request.Replicates.Count == 0 || request.Replicates.Contains(d.Replicate)));

    private static BlockLines Block(FinishedRun run, string table) => BlockLines.Of(string.Join('\n', run.Lines(table)));

    private static long Steps(VerifyRequest request, RunSchedule schedule) => request.UntilHours is not { } hours ? schedule.Steps
        : Math.Min(schedule.Steps, (long)Math.Ceiling((hours / request.Scenario.Plan.Time.StepHours) - 1e-6));

    private static IEnumerable<Parting> One(
        VerifyRequest request, RecordedArm[] arms, int replicate, int threads, RunProgress progress, CancellationToken cancellation)
    {
        ScenarioDefinition scenario = request.Scenario;
        var columns = new MeasureColumns(scenario);
        var schedule = new RunSchedule(scenario);
        var clock = new CheckpointClock(new CheckpointPolicy { IsOff = true });
        using var start = new ReplicateStart(scenario, replicate, threads, progress, new RunPlaces(), clock);
        for (int i = 0; i < arms.Length; i++)
        {
            Simulation simulation = start.AtZero(keeps: i + 1 < arms.Length, cancellation);

            // The state before the arm begins is the one that arms share; its rows come after.
            Parting? parting = arms[i].Compare(simulation, []);
            var course = new ArmCourse(simulation, scenario.Arms[arms[i].Arm], columns, schedule);
            long steps = Steps(request, schedule);
            int read = 0;
            while (parting is null)
            {
                parting = arms[i].Compare(simulation, course.Rows.Skip(read), states: course.Steps > 0);
                read = course.Rows.Count;
                if (course.IsOver || course.Steps >= steps)
                {
                    break;
                }

                cancellation.ThrowIfCancellationRequested();
                course.Step();
                progress.Advance();
            }

            parting ??= arms[i].CompareEvents(simulation, course.IsOver);
            progress.Advance(steps - course.Steps);
            if (parting is not null)
            {
                yield return parting;
            }
        }
    }
}
