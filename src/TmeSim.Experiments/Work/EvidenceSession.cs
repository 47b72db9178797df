using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Trials;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Work;

/// <summary>Claims that are to be tested.</summary>
/// <param name="Claims">The claims.</param>
public sealed record EvidenceRequest(IReadOnlyList<EvidenceEntry> Claims)
{
    /// <summary>Folder of scenarios, runs and verdicts.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>Simulations at once; null for as many as cores.</summary>
    public int? Jobs { get; init; }

    /// <summary>Memory that may be taken [bytes]; null for what the machine gives.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>No simulation is begun after this time, and trials are read from finished ones; null for as long as it takes.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Where further scenarios were looked for, for messages.</summary>
    public string Beside { get; init; } = "a folder scenarios/ beside the records";

    /// <summary>Files of scenarios that the tool does not have, by name (those of trials as trials/NAME).</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Contradicted claims are tested again with each switch alone that could carry the contradiction; within as much time
    /// again.</summary>
    public bool Switches { get; init; }

    /// <summary>Changes of all scenarios, path=value, for tests of the tests.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Command that repeats it.</summary>
    public string Command { get; init; } = "tmesim evidence";

    /// <summary>Told what is being run.</summary>
    public Action<string>? Notice { get; init; }
}

/// <summary>
/// Tests claims: runs of a scenario are shared by all its claims and come in groups of replicates until each claim is decided; trials are
/// run
/// once. Everything goes through the folders of runs and trials, so that a session that was stopped goes on.
/// </summary>
public sealed class EvidenceSession
{
    private const double HoursPerDay = 24, SameDay = 1e-6;

    private readonly EvidenceRequest _request;
    private readonly RunProgress _progress;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<EvidenceTest, TestOutcome> _outcomes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, TimeSeriesTable> _tables = new(StringComparer.Ordinal);

    private EvidenceSession(EvidenceRequest request, RunProgress progress, CancellationToken cancellation) =>
        (_request, _progress, _cancellation) = (request, progress, cancellation);

    /// <summary>Tests the claims and writes evidence.csv, evidence.json, evidence.md and history.csv. What the folder holds of other
    /// claims, of this model version and of records that are the same now, stays in them.</summary>
    /// <returns>Verdicts of the claims of the request.</returns>
    /// <exception cref="ScenarioRefusedException">A scenario cannot be read, or lacks what a test reads.</exception>
    /// <exception cref="RunFolderException">A folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request; finished simulations are kept.</exception>
    public static IReadOnlyList<ClaimOutcome> Execute(EvidenceRequest request, RunProgress progress,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<ClaimOutcome> claims = Judge(request, progress, cancellation);
        IReadOnlyList<SwitchOutcome> switches = request.Switches ? EvidenceSwitches.Of(request, claims, progress, cancellation) : [];
        string In(string name) => Path.Combine(request.OutDirectory, name);
        HeldVerdicts? held = HeldVerdicts.Of(request.OutDirectory, out string? fault);
        if (fault is not null)
        {
            request.Notice?.Invoke($"{In(HeldVerdicts.FileName)} cannot be read and is written anew: {fault}");
        }

        ClaimOutcome[] kept = held?.Version != Simulation.ModelVersion ? [] : [.. held.Claims.Select(c => c.Outcome).OfType<ClaimOutcome>()
            .Where(k => claims.All(c => c.Claim.Id != k.Claim.Id))];
        ClaimOutcome[] all = [.. claims.Concat(kept).OrderBy(c => c.Claim.Id, StringComparer.Ordinal)];
        bool IsKept(string? id) => kept.Any(k => k.Claim.Id == id);
        AtomicFile.WriteText(In("evidence.csv"), EvidenceFiles.Csv(all));
        AtomicFile.WriteText(In("evidence.md"), EvidenceFiles.Markdown(all));
        AtomicFile.WriteText(In(HeldVerdicts.FileName), EvidenceFiles.JsonText(all, switches,
            [.. held?.Switches.Where(s => IsKept((s["id"] as JsonValue)?.ToString())) ?? []]));
        AtomicFile.WriteText(In("history.csv"), EvidenceFiles.History(File.Exists(In("history.csv")) ? Csv.Lines(In("history.csv")) : [],
            claims));
        if (request.Switches)
        {
            AtomicFile.WriteText(In("switches.csv"), EvidenceFiles.Csv(switches, File.Exists(In("switches.csv"))
                ? Csv.Lines(In("switches.csv")).Skip(1).Where(l => IsKept(Csv.Leading(l, 1)[0])) : []));
        }

        EvidenceReport.Write(request.OutDirectory, all, request.Switches ? switches : null, Csv.Lines(In("history.csv")),
            request.Command);
        return claims;
    }

    /// <summary>Tests the claims and writes nothing but runs.</summary>
    internal static IReadOnlyList<ClaimOutcome> Judge(EvidenceRequest request, RunProgress progress, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (request.Within is { } time)
        {
            stop.CancelAfter(time);
        }

        var session = new EvidenceSession(request, progress, stop.Token);
        foreach ((string path, string text) in EvidenceLibrary.Scenarios())
        {
            string file = session.ScenarioFile(path);
            if (!Holds(file, text))
            {
                AtomicFile.WriteText(file, text);
            }
        }

        session.CheckTests();
        session.Runs();
        cancellation.ThrowIfCancellationRequested();
        session.Trials();
        cancellation.ThrowIfCancellationRequested();
        return [.. request.Claims.Select(c => new ClaimOutcome(c, [.. c.Tests.Select(t => session._outcomes.GetValueOrDefault(t)
            ?? new TestOutcome(t, Verdict.Undecided, Estimate.None, 0, "not run: there was no time"))]))];
    }

    /// <summary>Where a scenario of the tests stands.</summary>
    internal static string ScenarioFile(EvidenceRequest request, string path) =>
        request.Files.TryGetValue(Path.ChangeExtension(path, null), out string? own) ? own
        : Path.Combine(request.OutDirectory, "scenarios", path.Replace('/', Path.DirectorySeparatorChar));

    private string ScenarioFile(string path) => ScenarioFile(_request, path);

    // What a test reads is there before anything is run for it.
    private void CheckTests()
    {
        foreach (var scenario in _request.Claims.SelectMany(c => c.Tests.OfType<RunTest>().SelectMany(t => t.Terms.Select(m =>
            (Id: c.Id, Term: m)))).GroupBy(t => t.Term.Scenario, StringComparer.Ordinal))
        {
            ScenarioDefinition read = Read(ScenarioFile(scenario.Key + ".yaml"), _request.Sets, null);
            HashSet<string> measures = [.. new MeasureColumns(read).Measures.Select(m => m.Name)];
            double end = read.Plan.Time.DurationHours / HoursPerDay;
            foreach ((string id, EvidenceTerm term) in scenario)
            {
                string? fault = read.Arms.All(a => a.Name != term.Arm)
                    ? $"no arm '{term.Arm}'; arms: {string.Join(", ", read.Arms.Select(a => a.Name))}"
                    : !measures.Contains(term.Measure)
                        ? $"no measure '{term.Measure}'{Suggestion.Clause(term.Measure, [.. measures], "measures")}"
                    : term.Lesion.Length > 0 && read.Plan.Lesions.All(l => l.Name != term.Lesion) ? $"no lesion '{term.Lesion}'"
                    : term.ToDays > end + SameDay ? string.Create(CultureInfo.InvariantCulture,
                        $"day {term.ToDays:G6} lies beyond the end of the scenario, day {end:G6}") : null;
                if (fault is not null)
                {
                    throw new ScenarioRefusedException($"error: {scenario.Key}, read by {id}: {fault}");
                }
            }
        }

        foreach (TrialTest test in _request.Claims.SelectMany(c => c.Tests).OfType<TrialTest>())
        {
            Require(ScenarioFile($"trials/{test.Trial}.yaml"));
        }
    }

    private void Require(string path)
    {
        if (!File.Exists(path))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            throw new ScenarioRefusedException($"error: no scenario '{name}': neither in the tool nor in {_request.Beside}");
        }
    }

    // What is no file, or cannot be read, is written anew.
    private static bool Holds(string file, string text)
    {
        try
        {
            return File.Exists(file) && RegularFile.ReadAllText(file) == text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Look by look over all scenarios, so that little time decides what little time can decide.
    private void Runs()
    {
        (RunTest Test, SequentialTest Rule)[] tests = [.. _request.Claims.SelectMany(c => c.Tests.OfType<RunTest>().Select(t =>
            (t, new SequentialTest(t.Expected, t.Most, c.Tests.Count))))];
        int most = tests.Select(t => t.Rule.Looks.Count).DefaultIfEmpty(0).Max();
        for (int look = 0; look < most; look++)
        {
            (RunTest Test, SequentialTest Rule)[] open = [.. tests.Where(t => t.Rule.Looks.Count > look
                && !(_outcomes.TryGetValue(t.Test, out TestOutcome? before) && before.Verdict != Verdict.Undecided))];
            HashSet<string> complete = new(StringComparer.Ordinal);
            foreach (string scenario in open.SelectMany(t => t.Test.Scenarios).Distinct())
            {
                var here = open.Where(t => t.Test.Scenarios.Contains(scenario)).ToArray();
                string[] arms = [.. here.SelectMany(t => t.Test.Terms).Where(t => t.Scenario == scenario).Select(t => t.Arm).Distinct()];
                if (_cancellation.IsCancellationRequested || !Run(scenario, arms, here.Max(t => t.Rule.Looks[look])))
                {
                    break;
                }

                complete.Add(scenario);
            }

            foreach ((RunTest test, SequentialTest rule) in open.Where(t => t.Test.Scenarios.All(complete.Contains)))
            {
                double[] values = EvidenceValues.Of(test, _tables, rule.Looks[look]);
                (Verdict verdict, Estimate mean) = rule.Judge(values);
                int known = values.Count(double.IsFinite);
                _outcomes[test] = new TestOutcome(test, verdict, mean, known, 2 * known < values.Length
                    ? $"not defined in {values.Length - known} of {values.Length} replicates" : "");
            }
        }
    }

    // Whether all replicates are there.
    private bool Run(string name, string[] arms, int replicates)
    {
        ScenarioDefinition scenario = Read(ScenarioFile(name + ".yaml"), _request.Sets, replicates);
        string[] known = [.. scenario.Arms.Select(a => a.Name)];
        if (arms.FirstOrDefault(a => !known.Contains(a)) is { } missing)
        {
            throw new ScenarioRefusedException($"error: {name}: no arm '{missing}'; arms: {string.Join(", ", known)}");
        }

        _request.Notice?.Invoke($"{name}: {replicates} replicates of {arms.Length} arms");
        RunOutcome run = RunSession.Execute(new RunRequest
        {
            Scenario = scenario, Arms = [.. arms.Select(a => Array.IndexOf(known, a))],
                OutDirectory = Path.Combine(_request.OutDirectory, "runs"),
            Jobs = _request.Jobs, MemoryBytes = _request.MemoryBytes, Figures = false, Command = "tmesim evidence",
        }, _progress, _cancellation);
        if (run.Status is RunStatus.Failed)
        {
            throw new ScenarioRefusedException($"error: {name}: a simulation failed: {run.Manifest.Error}");
        }

        if (run.Status is RunStatus.Interrupted)
        {
            return false;
        }

        _tables[name] = FinishedRun.Open(run.Folder).TimeSeries();
        return true;
    }

    private void Trials()
    {
        foreach (IGrouping<string, TrialTest> trial in _request.Claims.SelectMany(c => c.Tests).OfType<TrialTest>().GroupBy(t => t.Trial))
        {
            int patients = trial.Max(t => t.Patients);
            ScenarioDefinition scenario = Read(ScenarioFile($"trials/{trial.Key}.yaml"), [.. _request.Sets, $"cohort.patients={patients}"],
                null);
            SweepRequest request = TrialSession.Of(new SweepRequest
            {
                Scenario = scenario, OutDirectory = Path.Combine(_request.OutDirectory, "trials"), Jobs = _request.Jobs,
                MemoryBytes = _request.MemoryBytes, Figures = false, Command = "tmesim evidence",
            });
            bool there = _request.Within is null || IsFinished(request);
            TrialNumbers? numbers = null;
            if (there)
            {
                _request.Notice?.Invoke($"trial {trial.Key}: {patients} patients in {scenario.Arms.Count} arms");
                SweepOutcome done = SweepSession.Execute(request, _progress, _request.Within is null ? _cancellation : default);
                numbers = done.Missing == 0 && done.TablePath is { } table
                    ? TrialAnalysis.Of(TrialTable.Read(table), TrialWriter.Questions(scenario)) : null;
            }

            foreach (TrialTest test in trial)
            {
                (Estimate value, int count) = numbers is null ? (Estimate.None, 0) : EvidenceValues.Of(test, numbers);
                _outcomes[test] = new TestOutcome(test, test.Expected.Of(value), value, count,
                    numbers is null ? $"not run: a trial of {patients} patients" : double.IsNaN(value.Value)
                        ? "the trial has no such number" : "");
            }
        }
    }

    private static bool IsFinished(SweepRequest request)
    {
        if (!Directory.Exists(SweepSession.FolderOf(request).Path))
        {
            return false;
        }

        var session = SweepSession.Plan(request);
        return SweepSession.Missing(session.Tasks.All, session.Results(), retryFailed: false).Count == 0;
    }

    private ScenarioDefinition Read(string path, IReadOnlyList<string> sets, int? replicates)
    {
        Require(path);
        ScenarioResult read = ScenarioReader.ReadFile(path, new ScenarioOverrides { Sets = sets, Replicates = replicates });
        return read.Definition ?? throw new ScenarioRefusedException(
            [.. read.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]);
    }
}
