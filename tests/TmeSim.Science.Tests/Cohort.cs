using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Science.Tests;

/// <summary>Arms × replicates of a scenario, with the measures that a run writes to its time series.</summary>
internal sealed class Cohort
{
    private readonly ScenarioDefinition _scenario;
    private readonly int[] _arms;
    private readonly MeasureColumns _columns;
    private readonly ArmResult[,] _results;

    private Cohort(ScenarioDefinition scenario, string[] arms)
    {
        _scenario = scenario;
        _arms = [.. arms.Select(Index)];
        _columns = new MeasureColumns(scenario);
        _results = new ArmResult[scenario.Arms.Count, scenario.Replicates];
    }

    public int Replicates => _scenario.Replicates;

    /// <summary>Simulates a scenario text; <c>base:</c> paths start at the shipped scenarios.</summary>
    /// <param name="yaml">Scenario text.</param>
    /// <param name="arms">Arms to run.</param>
    /// <param name="sets">Changes as <c>--set</c> takes them.</param>
    public static Cohort Run(string yaml, string[] arms, params string[] sets)
    {
        var cohort = new Cohort(Read(yaml, sets), arms);
        cohort.Simulate();
        return cohort;
    }

    /// <summary>Reads a scenario text; <c>base:</c> paths start at the shipped scenarios.</summary>
    public static ScenarioDefinition Read(string yaml, params string[] sets)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "scenarios");
        ScenarioResult read = ScenarioReader.ReadText(yaml, "cohort.yaml", folder, new ScenarioOverrides { Sets = sets });
        Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
        return read.Definition!;
    }

    /// <summary>The tile of the cohorts in the suite, and the same question at full size.</summary>
    /// <param name="fullSize">2 mm × 2 mm with a nodule of 1.2 mm as shipped, else a smaller tile.</param>
    public static string[] Tile(bool fullSize) => fullSize
        ? ["replicates=16", "time.record_every=7 d", "time.duration=12 weeks"]
        : ["replicates=16", "time.record_every=7 d", "time.duration=12 weeks", "tissue.size=[1.36 mm, 1.36 mm]", "lesions[primary].tumor.radius=0.4 mm"];

    /// <summary>A measure of every replicate at a time that has a row. A replicate that ended before fails the test: its last row says nothing of that time.</summary>
    public double[] At(string arm, string measure, double day, int lesion = 0)
    {
        int armIndex = Index(arm);
        int column = Enumerable.Range(0, _columns.All.Count).First(i => _columns.All[i].Name == measure) - MeasureColumns.Keys;
        return [.. Enumerable.Range(0, Replicates).Select(r => Row(_results[armIndex, r], day, lesion).Values[column])];
    }

    /// <summary>Mean of a measure of every replicate over the rows of a span of days in which it is defined; NaN for none. A replicate that ended before its end fails the test.</summary>
    public double[] Over(string arm, string measure, double fromDay, double toDay, int lesion = 0)
    {
        int armIndex = Index(arm), column = Enumerable.Range(0, _columns.All.Count).First(i => _columns.All[i].Name == measure) - MeasureColumns.Keys;
        return
        [
            .. Enumerable.Range(0, Replicates).Select(r =>
            {
                Row(_results[armIndex, r], toDay, lesion);
                return _results[armIndex, r].Rows.Where(row => row.Lesion == lesion && row.TimeDays >= fromDay - 1e-6 && row.TimeDays <= toDay + 1e-6)
                    .Select(row => row.Values[column]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
            }),
        ];
    }

    /// <summary>A measure at a time over its value at another time.</summary>
    public double[] Ratio(string arm, string measure, double day, double toDay = 0, int lesion = 0) =>
        [.. At(arm, measure, day, lesion).Zip(At(arm, measure, toDay, lesion), (x, start) => x / start)];

    /// <summary>Baseline reached at t = 0 by replicate, and the state of the burn-in's multipliers.</summary>
    public LesionBaseline[] Baselines() => [.. Enumerable.Range(0, Replicates).Select(r => _results[_arms[0], r].Baseline[0])];

    public static double Mean(double[] values) => MonteCarloError.Of(values).Mean;

    private MeasureRow Row(ArmResult result, double day, int lesion)
    {
        MeasureRow? row = result.Rows.FirstOrDefault(r => r.Lesion == lesion && Math.Abs(r.TimeDays - day) < 1e-6);
        string arm = $"{_scenario.Arms[result.Arm].Name}, replicate {result.Replicate}";
        Assert.False(row is null && result.EndedEarly && result.Rows[^1].TimeDays < day, $"{arm}: no value on day {day}, a tumour came near the wall on day {result.Rows[^1].TimeDays}; take a larger tile");
        Assert.True(row is not null, $"{arm}: no row on day {day}");
        return row!;
    }

    private int Index(string arm) => Enumerable.Range(0, _scenario.Arms.Count).First(i => _scenario.Arms[i].Name == arm);

    private void Simulate()
    {
        (int, int)[] work =
        [
            .. from replicate in Enumerable.Range(0, Replicates)
               from arm in _arms
               select (arm, replicate),
        ];
        var pool = new WorkPool(new RunProgress()) { Finished = (_, _, result) => _results[result.Arm, result.Replicate] = result };
        Exception? failure = pool.Run(ReplicateWork.Of(_scenario, work), Environment.ProcessorCount, 1, CancellationToken.None);
        if (failure is not null)
        {
            throw failure;
        }
    }
}
