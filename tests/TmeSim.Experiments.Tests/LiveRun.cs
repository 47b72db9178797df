using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// A small scenario in which all keys have something to do, and what a run of it gives piece by piece, so that two runs part where they
/// first differ.
/// </summary>
internal sealed class LiveRun
{
    // Beside what the file says: visits, a run that ends in days and a liver that was irradiated.
    private static readonly string[] Sets =
    [
        "tissue.size=[0.78 mm, 0.74 mm]",
        "time={burn_in: 2 d, duration: 3 d, record_every: 12 h, snapshot_every: 1 d}", "lesions[primary].tumor.radius=0.22 mm",
        "patient={nlr: 4, weight: 70 kg, child_pugh: A, mean_liver_dose: 25 Gy}", "parameters.endpoints.assessment_interval=12 h",
    ];

    private readonly ScenarioDefinition _scenario;
    private readonly byte[]? _start;
    private readonly string _warnings;

    private LiveRun(ScenarioResult read, LiveRun? like)
    {
        _scenario = read.Definition!;
        _warnings = string.Join('\n', read.Diagnostics.Select(d => d.Message));
        _start = like is not null && like._scenario.PlanIdentity() == _scenario.PlanIdentity() ? like.Start : null;
    }

    /// <summary>What decides the state at t = 0, and the state: runs with the same share it.</summary>
    public byte[] Start { get; private set; } = [];

    /// <summary>Whether this run goes on from the start of the scenario as it is, so that it gives nothing of the burn-in.</summary>
    public bool SharesStart => _start is not null;

    public ParameterSet Parameters => _scenario.Plan.Parameters;

    /// <summary>The scenario as it is.</summary>
    public static LiveRun Unchanged { get; } = Read([], null) ?? throw new InvalidOperationException("the scenario is not valid");

    /// <summary>The scenario with these options, or, of options "old → new", with its text changed; null where it is not valid.</summary>
    public static LiveRun? With(params IEnumerable<string> changes) => Read(changes, Unchanged);

    private static LiveRun? Read(IEnumerable<string> changes, LiveRun? like)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml"));
        List<string> sets = [.. Sets];
        foreach (string change in changes)
        {
            string[] edit = change.Split(" → ");
            Assert.True(edit.Length == 1 || text.Contains(edit[0], StringComparison.Ordinal), $"the scenario has no '{edit[0]}'");
            text = edit.Length == 1 ? text : text.Replace(edit[0], edit[1], StringComparison.Ordinal);
            sets.AddRange(edit.Length == 1 ? [change] : []);
        }

        ScenarioResult read = ScenarioReader.ReadText(text, overrides: new() { Sets = sets });
        return read.IsValid ? new LiveRun(read, like) : null;
    }

    /// <summary>What the run gives: its outline, hashes of the state, set-points, rows, events and response.</summary>
    public IEnumerable<string> Gives()
    {
        var schedule = new RunSchedule(_scenario);
        int[] steps = [.. Enumerable.Range(0, (int)schedule.Steps + 1)];
        IReadOnlyList<LesionPlan> lesions = _scenario.Plan.Lesions;
        yield return $"{_scenario.Name} {_scenario.Replicates} {schedule.BurnInSteps} {schedule.Steps}";
        yield return string.Join(' ', steps.Where(s => schedule.IsRow(s))) + ", " + string.Join(' ', steps.Where(s => schedule.IsSnapshot(s)));
        yield return string.Join(' ', _scenario.Arms.Select(a => a.Name).Concat(lesions.SelectMany(l => l.Clones.Select(c => c.Name).Prepend(l.Name))));
        yield return _warnings;
        using var simulation = new Simulation(_scenario.Plan, 0);
        if (_start is null)
        {
            for (int step = 1; simulation.InBurnIn; step++)
            {
                simulation.Step();
                if (step < 4 || step % 6 == 0)
                {
                    yield return simulation.StateHash();
                }
            }

            using var kept = new MemoryStream();
            simulation.WriteState(kept);
            Start = kept.ToArray();
            for (int i = 0; i < simulation.Lesions.Count; i++)
            {
                var found = new LesionBaseline("", simulation.BaselineReached[i], new Dictionary<string, double>());
                yield return string.Join(' ', SetPointCheck.Entry(0, _scenario.Plan.Lesions[i], _scenario.Plan.Tissue, found).SetPoints);
            }
        }
        else
        {
            simulation.ReadState(new MemoryStream(_start));
        }

        ArmPlan arm = _scenario.Arms[0];
        simulation.BeginArm(arm);
        var reader = new MeasureReader(new MeasureColumns(_scenario), simulation);
        for (int step = 1; step <= schedule.Steps && !simulation.HasEnded; step++)
        {
            simulation.Step();
            yield return simulation.StateHash();
        }

        for (int i = 0; i < simulation.Lesions.Count; i++)
        {
            double[] row = reader.Read(simulation, i, arm.Parameters);
            yield return string.Join(' ', row.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        }

        yield return string.Join(' ', ExpectedMutants.Of(simulation, arm, reader.BooksAtStart));
        yield return string.Join(' ', simulation.Events) + simulation.Response.Course + string.Join(' ', simulation.Response.Visits);
    }
}
