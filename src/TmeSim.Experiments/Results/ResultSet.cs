using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Results;

/// <summary>A finished run with its scenario.</summary>
/// <param name="Run">Folder.</param>
/// <param name="Scenario">Scenario, with the figures and data that are to be drawn.</param>
internal sealed record ScenarioRun(FinishedRun Run, ScenarioDefinition Scenario);

/// <summary>An arm of a result set.</summary>
/// <param name="Label">Name in tables and figures, unique in the set.</param>
/// <param name="Source">Run that it belongs to.</param>
/// <param name="Name">Name in that run.</param>
/// <param name="Plan">What it is.</param>
internal sealed record ResultArm(string Label, ScenarioRun Source, string Name, ArmPlan Plan);

/// <summary>
/// The arms of one or several finished runs, as one table. Arms of several runs that are the same (same state bits) are shown once, with
/// the most replicates; arms of one name that differ get before their own name what tells their runs apart (<see cref="ArmLabels"/>).
/// </summary>
internal sealed class ResultSet
{
    private readonly Dictionary<string, string> _controls = [];
    private readonly Dictionary<string, string>[] _names;
    private readonly Dictionary<string, string> _starts = [];
    private readonly Dictionary<string, ColumnEntry> _columns;
    private readonly Dictionary<int, IReadOnlyList<ShownSnapshot>> _snapshots = [];

    /// <param name="title">Title of the report.</param>
    /// <param name="runs">Runs, at least one.</param>
    public ResultSet(string title, IReadOnlyList<ScenarioRun> runs)
    {
        (Title, Runs) = (title, runs);
        _names = [.. runs.Select(_ => new Dictionary<string, string>(StringComparer.Ordinal))];
        Arms = Label(runs, _names);
        foreach ((int index, ScenarioRun run) in runs.Index())
        {
            string control = ControlName(run.Run.Arms());
            foreach (ResultArm arm in Arms.Where(a => a.Source == run))
            {
                // A run of one arm has nothing of its own to be compared with.
                _controls[arm.Label] = _names[index].Count > 1 ? _names[index][control] : Arms[0].Label;
            }
        }

        Looks = new ArmLooks([.. Arms.Select(a => a.Label)]);
        Control = _controls[Arms[0].Label];
        HashSet<(ulong, int, string)>[] starts =
            [.. runs.Select(r => r.Run.Manifest.StateHashes.Where(h => h.TimeD == 0).Select(h => (r.Run.Manifest.Seed, h.Replicate, h.Hash))
            .ToHashSet())];
        foreach (ResultArm arm in Arms)
        {
            HashSet<(ulong, int, string)> own = starts[runs.Index().First(r => r.Item == arm.Source).Index];
            _starts[arm.Label] = Array.FindIndex(starts, s => s == own || s.Overlaps(own)).ToString(CultureInfo.InvariantCulture);
        }

        Dictionary<string, string> Shown(ScenarioRun run) => Arms.Where(a => a.Source == run).ToDictionary(a => a.Name, a => a.Label);
        Table = TimeSeriesTable.Merge([.. runs.Select(r => (r.Run.TimeSeries(), (IReadOnlyDictionary<string, string>)Shown(r)))]);
        Responses = new ResponseTable([.. runs.SelectMany(r => Relabel(r.Run.Responses(), Shown(r)))]);
        Doses = [.. runs.SelectMany(r => Relabel(r.Run.Doses(), Shown(r)))];
        Lesions = [.. runs.SelectMany(r => r.Run.Manifest.Lesions).Distinct()];
        FinishedReplicates = [.. runs.SelectMany(r => r.Run.Manifest.Done.Select(d => d.Replicate)).Distinct().Order()];
        _columns = runs.SelectMany(r => r.Run.Manifest.Columns).DistinctBy(c => c.Name).ToDictionary(c => c.Name);
    }

    public string Title { get; }

    public IReadOnlyList<ScenarioRun> Runs { get; }

    /// <summary>Arms in the order of runs and scenarios, at least one.</summary>
    public IReadOnlyList<ResultArm> Arms { get; }

    /// <summary>Colours, lines and markers of the arms, the same in every figure.</summary>
    public ArmLooks Looks { get; }

    /// <summary>Names of the lesions of all runs.</summary>
    public IReadOnlyList<string> Lesions { get; }

    /// <summary>Time series of all arms, by label.</summary>
    public TimeSeriesTable Table { get; }

    /// <summary>Responses of all arms, by label; arms of folders that have no responses.csv are not in it.</summary>
    public ResponseTable Responses { get; }

    /// <summary>Doses of all arms, by label.</summary>
    public IReadOnlyList<DoseMark> Doses { get; }

    /// <summary>Label of the control of the first run: the arm called Control, else the first.</summary>
    public string Control { get; }

    /// <summary>The scenario whose figures are drawn: the first that asks for any, else the first.</summary>
    public ScenarioDefinition Scenario => (Runs.FirstOrDefault(r => r.Scenario.Figures.Count > 0) ?? Runs[0]).Scenario;

    /// <summary>Observed points of all scenarios, each file once.</summary>
    public IEnumerable<ObservedSeries> Data =>
        Runs.SelectMany((r, i) => r.Scenario.Data.Select(d => d.Arm is { } arm ? d with { Arm = _names[i].GetValueOrDefault(arm, arm) }
        : d)).DistinctBy(d => (d.Text, d.Measure, d.Arm, d.Label, Points(d)));

    /// <summary>
    /// Label of the arm that an arm is compared with: the control of its own run, or of the first one where its run has no other arm.
    /// </summary>
    public string ControlOf(string label) => _controls[label];

    /// <summary>A column of the time series; null when no run has it.</summary>
    public ColumnEntry? Column(string measure) => _columns.GetValueOrDefault(measure);

    /// <summary>How long an arm was to last [d].</summary>
    public double PlannedDays(string label) => Arms.First(a => a.Label == label).Source.Scenario.Plan.Time.DurationHours / 24;

    /// <summary>Rows at which arms of one start are compared.</summary>
    /// <param name="atDays">Time wanted [d]; null for the last common one of each replicate.</param>
    public LastCommon ReadTogether(double? atDays = null) => new(Table, StartOf, atDays, plannedDays: PlannedDays);

    /// <summary>
    /// Replicate by replicate, both arms began from the same state under the same seed: they share burn-in and random numbers.
    /// </summary>
    public bool ArePaired(string a, string b) => StartOf(a) == StartOf(b);

    /// <summary>
    /// Name of the states that the replicates of an arm began from: the same for arms of one run, and of runs that share the state of a
    /// replicate at t = 0.
    /// </summary>
    public string StartOf(string label) => _starts[label];

    /// <summary>What arms have in common by chance, in a sentence; empty for one arm.</summary>
    public string SharedChance(IReadOnlyList<string> arms)
    {
        string[][] alike = [.. arms.GroupBy(StartOf).Select(g => g.ToArray())];
        string[][] several = [.. alike.Where(g => g.Length > 1)];
        return arms.Count < 2 ? ""
            : alike.Length == 1 ? "Arms of one replicate share burn-in and random numbers."
            : several.Length == 0 ? "The arms began from different states: their replicates are independent of each other."
            : $"Replicates share burn-in and random numbers among {string.Join("; among ", several.Select(g => string.Join(", ", g)))}, "
                + "and are independent otherwise.";
    }

    /// <summary>Labels that a figure shows: those asked for by label or by name in their scenario, all where none is asked for.</summary>
    public IReadOnlyList<string> Shown(IReadOnlyList<string> asked) =>
        [.. Arms.Where(a => asked.Count == 0 || asked.Contains(a.Label)
            || asked.Any(name => _names.Any(n => n.GetValueOrDefault(name) == a.Label))).Select(a => a.Label)];

    /// <summary>Lesions that a figure shows.</summary>
    public IReadOnlyList<string> ShownLesions(IReadOnlyList<string> asked) =>
        [.. Lesions.Where(l => asked.Count == 0 || asked.Contains(l))];

    /// <summary>Replicates that are finished in any run.</summary>
    public IReadOnlyList<int> FinishedReplicates { get; }

    /// <summary>The snapshots of the replicate that figures show of each run, by label, known from their first lines.</summary>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    public IReadOnlyList<ShownSnapshot> Snapshots =>
        [.. Runs.Select(r => r.Run.ShownReplicate).Distinct().Order().SelectMany(SnapshotsOf)
        .Where(s => s.Header.Replicate == s.Run.ShownReplicate)];

    /// <summary>The snapshots of a replicate of all runs that have it, by label, known from their first lines.</summary>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    public IReadOnlyList<ShownSnapshot> SnapshotsOf(int replicate)
    {
        lock (_snapshots)
        {
            if (!_snapshots.TryGetValue(replicate, out IReadOnlyList<ShownSnapshot>? own))
            {
                _snapshots[replicate] = own =
                [
                    .. from run in Runs
                       from snapshot in run.Run.Index(replicate)
                       let arm = Arms.FirstOrDefault(a => a.Source == run && a.Name == snapshot.Header.Arm)
                       where arm is not null
                       select new ShownSnapshot(arm.Label, snapshot.Path, snapshot.Header) { Run = run.Run },
                ];
            }

            return own;
        }
    }

    /// <summary>The arm called control (any case), else the first.</summary>
    public static string ControlName(IEnumerable<string> arms) =>
        arms.FirstOrDefault(a => a.Equals("control", StringComparison.OrdinalIgnoreCase)) ?? arms.FirstOrDefault() ?? "";

    private static string Points(ObservedSeries data) =>
        string.Join(' ', data.TimesDays.Concat(data.Values).Concat(data.Low ?? []).Concat(data.High ?? []));

    private static IEnumerable<DoseMark> Relabel(IEnumerable<DoseMark> doses, Dictionary<string, string> labels) =>
        doses.Where(d => labels.ContainsKey(d.Arm)).Select(d => d with { Arm = labels[d.Arm] });

    private static IEnumerable<ResponseRow> Relabel(ResponseTable? responses, Dictionary<string, string> labels) =>
        (responses?.Rows ?? []).Where(r => labels.ContainsKey(r.Arm)).Select(r => r with { Arm = labels[r.Arm] });

    private static int Replicates(ScenarioRun run, string arm) => run.Run.Manifest.Done.Count(d => d.Arm == arm);

    // Of arms that are the same, the one with most replicates is shown. Fills names: for each run, the label by which each of its arms
    // goes, also where that arm is shown with another run.
    private static List<ResultArm> Label(IReadOnlyList<ScenarioRun> runs, Dictionary<string, string>[] names)
    {
        var shown = new List<(ScenarioRun Run, ArmPlan Plan, string Identity)>();
        var first = new Dictionary<(int Run, string Arm), int>();
        foreach ((int index, ScenarioRun run) in runs.Index())
        {
            foreach (string name in run.Run.Arms())
            {
                int arm = run.Scenario.Arms.Select(a => a.Name).ToList().IndexOf(name);
                string identity = arm < 0
                    ? throw new RunFolderException($"{run.Run.Directory} holds an arm '{name}' that its resolved.yaml does not have")
                    : $"{run.Run.Manifest.ModelVersion} {run.Scenario.ArmIdentity(arm)}";
                int same = shown.FindIndex(s => s.Identity == identity && s.Run != run);
                first[(index, name)] = same >= 0 ? same : shown.Count;
                if (same < 0)
                {
                    shown.Add((run, run.Scenario.Arms[arm], identity));
                }
                else if (Replicates(run, name) > Replicates(shown[same].Run, shown[same].Plan.Name))
                {
                    shown[same] = (run, run.Scenario.Arms[arm], identity);
                }
            }
        }

        IReadOnlyList<string> labels = ArmLabels.Of([.. shown.Select(s => (s.Run, s.Plan.Name))]);
        foreach (((int run, string arm), int at) in first)
        {
            names[run][arm] = labels[at];
        }

        return [.. shown.Select((s, i) => new ResultArm(labels[i], s.Run, s.Plan.Name, s.Plan))];
    }
}

/// <summary>A snapshot that figures and page can show.</summary>
/// <param name="Arm">Label of the arm.</param>
/// <param name="Path">File.</param>
/// <param name="Header">What it is; its own name of the arm may differ from the label.</param>
internal sealed record ShownSnapshot(string Arm, string Path, SnapshotHeader Header)
{
    /// <summary>Run that it belongs to.</summary>
    public required FinishedRun Run { get; init; }

    /// <summary>Reads it by one of the ways of <see cref="SnapshotFile"/>.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public TissueSnapshot Read(Func<string, TissueSnapshot> way) => way(Path) with { Arm = Arm };
}
