using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Drawing;

/// <summary>
/// Snapshots for times that were asked for: of each arm the nearest one, if it lies within half the interval of its snapshots; beyond, another time would be shown for it.
/// </summary>
internal sealed class SnapshotTimes(ResultSet results)
{
    // A step of a day is the finest that tissue is looked at; below this [d] two times are one.
    private const double SameDays = 0.05;

    /// <summary>Chooses.</summary>
    /// <param name="snapshots">Snapshots of a lesion.</param>
    /// <param name="days">Times asked for [d].</param>
    /// <param name="omitted">Takes times that no snapshot is near to.</param>
    /// <returns>Snapshots in the order of arms and times, each once, and a sentence on those of another time; empty for none.</returns>
    public (ShownSnapshot[] Chosen, string Note) Nearest(IEnumerable<ShownSnapshot> snapshots, IReadOnlyList<double> days, Omissions omitted)
    {
        var chosen = new List<ShownSnapshot>();
        var moved = new List<(double Asked, double Taken)>();
        var missing = new List<(double Day, string Arm)>();
        ShownSnapshot[] all = [.. snapshots];
        foreach (var arm in all.GroupBy(s => s.Arm))
        {
            double reach = Interval(arm.Key) / 2;
            foreach (double day in days)
            {
                ShownSnapshot nearest = arm.MinBy(s => Math.Abs(s.Header.TimeD - day))!;
                double off = Math.Abs(nearest.Header.TimeD - day);
                if (off > Math.Max(reach, SameDays))
                {
                    missing.Add((day, arm.Key));
                    continue;
                }

                chosen.Add(nearest);
                if (off > SameDays)
                {
                    moved.Add((day, nearest.Header.TimeD));
                }
            }
        }

        foreach (var day in missing.GroupBy(m => m.Day))
        {
            string there = string.Join("; ", day.Select(m => m.Arm).GroupBy(a => Days(all.Where(s => s.Arm == a))).Select(g => $"{string.Join(", ", g)}: {g.Key}"));
            omitted.Add($"day {NumberText.Of(day.Key)} of {string.Join(", ", day.Select(m => m.Arm))}", "no snapshot lies within half an interval of snapshots of it", $"Days with snapshots: {there}");
        }

        string note = string.Concat(moved.Distinct().OrderBy(m => m.Asked).Select(m => $" Day {NumberText.Of(m.Asked)} was asked for; the nearest snapshot is of day {NumberText.Of(m.Taken)}."));
        return ([.. chosen.Distinct()], note);
    }

    /// <summary>Times that snapshots are there for, in words.</summary>
    public static string Days(IEnumerable<ShownSnapshot> snapshots) => string.Join(", ", snapshots.Select(s => s.Header.TimeD).Distinct().Order().Select(NumberText.Of));

    // Without an interval of its own a run keeps start, middle and end.
    private double Interval(string arm)
    {
        Scenarios.ScenarioDefinition scenario = results.Arms.First(a => a.Label == arm).Source.Scenario;
        return (scenario.SnapshotEveryHours ?? scenario.Plan.Time.DurationHours / 2) / 24;
    }
}
