using TmeSim.Experiments.Journal;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>An arm at a point.</summary>
internal readonly record struct PointArm(int Point, int Arm);

/// <summary>Simulations of one replicate that start from the same burn-in, done one after the other on one core.</summary>
/// <param name="Replicate">Number of the replicate.</param>
/// <param name="Runs">Simulations, each by one of the points that it serves.</param>
internal sealed record SweepTask(int Replicate, IReadOnlyList<(RunId Run, PointArm Place)> Runs)
{
    /// <summary>What is still to run of it; null for nothing. Sweeps, their forecasts, job arrays and calibrations all ask here.</summary>
    /// <param name="isKnown">A journal has come to the end of this simulation.</param>
    public SweepTask? Missing(Func<RunId, bool> isKnown) =>
        Runs.Where(r => !isKnown(r.Run)).ToArray() is { Length: > 0 } left ? this with { Runs = left } : null;

    /// <summary>Arms of several points, all on the plan of the first.</summary>
    /// <param name="at">Scenario of a point.</param>
    public ScenarioDefinition Scenario(Func<int, ScenarioDefinition> at)
    {
        int point = Runs[0].Place.Point;
        ScenarioDefinition first = at(point);
        return first with { Arms = [.. Runs.Select(r => (r.Place.Point == point ? first : at(r.Place.Point)).Arms[r.Place.Arm])] };
    }
}

/// <summary>
/// All work of a sweep, cut into tasks. The same list on every machine, whatever is finished, so that its shards fit together.
/// </summary>
internal sealed class SweepTasks
{
    /// <summary>
    /// Most simulations of a task: with only therapy varied, all points share one burn-in, and a whole sweep would be one task for each
    /// replicate. Another burn-in every so many arms costs little and lets cores share the work.
    /// </summary>
    private const int MaxRuns = 8;

    private SweepTasks(IReadOnlyList<SweepTask> tasks, int rows, int runs)
    {
        (All, Rows, Runs) = (tasks, rows, runs);
    }

    /// <summary>Replicate by replicate, so that an interrupted sweep has all points of the first ones.</summary>
    public IReadOnlyList<SweepTask> All { get; }

    /// <summary>Points × arms that they have × replicates.</summary>
    public int Rows { get; }

    /// <summary>Different simulations.</summary>
    public int Runs { get; }

    public static SweepTasks Of(SweepPoints points, int replicates)
    {
        List<SweepTask> tasks = [];
        int runs = 0, rows = 0;
        IReadOnlyList<int>? only = points.Design.Plan.ArmOfPoint;
        for (int replicate = 0; replicate < replicates; replicate++)
        {
            Dictionary<UInt128, List<(RunId, PointArm)>> groups = [];
            List<List<(RunId, PointArm)>> order = [];
            HashSet<RunId> seen = [];
            for (int point = 0; point < points.Count; point++)
            {
                if (!groups.TryGetValue(points.Plan(point), out List<(RunId, PointArm)>? group))
                {
                    groups.Add(points.Plan(point), group = []);
                    order.Add(group);
                }

                for (int arm = 0; arm < points.Arms; arm++)
                {
                    if (only is not null && only[point] != arm)
                    {
                        continue;
                    }

                    rows++;
                    RunId run = points.Run(point, arm, replicate);
                    if (seen.Add(run))
                    {
                        group.Add((run, new PointArm(point, arm)));
                    }
                }
            }

            runs += seen.Count;
            int most = Math.Max(MaxRuns, points.Arms);
            tasks.AddRange(order.SelectMany(g => g.Chunk(most)).Select(chunk => new SweepTask(replicate, chunk)));
        }

        return new SweepTasks(tasks, rows, runs);
    }
}
