using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Folders;

/// <summary>Asked against reached baseline.</summary>
internal static class SetPointCheck
{
    private const int MaxNamed = 12;

    // Of a tissue that is given nothing is asked.
    public static BaselineEntry Entry(int replicate, LesionPlan plan, TissuePlan tissue, LesionBaseline found) =>
        new(replicate, found.Lesion, plan.Table is not null ? [] : [.. SetPoints.All.Select(p => Entry(p, p.Asked(plan, tissue), found.Reached))], found.Multipliers)
        {
            Held = plan.Reference is not null,
            GrowthPerDay = Known(found.Reached.GrowthPerDay),
            DivisionCapacity = Known(found.Reached.DivisionCapacity),
        };

    /// <summary>
    /// One line for each set-point that a replicate missed; it names those replicates, also where the mean over all is within the
    /// tolerance.
    /// </summary>
    public static IEnumerable<string> Misses(IReadOnlyList<BaselineEntry> baseline)
    {
        foreach (var points in baseline.Where(b => !b.Held).SelectMany(b => b.SetPoints.Select(p => (b.Lesion, b.Replicate, Point: p)))
            .GroupBy(p => (p.Lesion, p.Point.Measure)))
        {
            (int Replicate, SetPointEntry Point)[] missed = [.. points.Where(p => !p.Point.Within).Select(p => (p.Replicate, p.Point))];
            if (missed.Length > 0)
            {
                int all = points.Count();
                double[] reached = [.. points.Select(p => p.Point.Reached).OfType<double>()];
                string mean = reached.Length == 0 ? "undefined" : NumberText.Of(reached.Average());
                string why = 4 * missed.Length > all ? "A longer burn-in or a larger nodule may help."
                    : "Chance puts about one in twenty there.";
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"lesion {points.Key.Lesion}: {points.Key.Measure} at t = 0 is outside the tolerance (10 % or two standard errors of "
                    + $"the count) in {missed.Length} of {all} replicates: {Names(missed)}; {NumberText.Of(missed[0].Point.Asked)} was "
                    + $"asked, the mean over all is {mean}. {why}");
            }
        }
    }

    private static string Names((int Replicate, SetPointEntry Point)[] missed)
    {
        string names = string.Join(", ", missed.Take(MaxNamed)
            .Select(m =>
            $"{m.Replicate.ToString(CultureInfo.InvariantCulture)} "
            + $"({(m.Point.Reached is { } reached ? NumberText.Of(reached) : "undefined")})"));
        return missed.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture,
            $"{names} and {missed.Length - MaxNamed} more") : names;
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static SetPointEntry Entry(SetPoint point, double asked, Baseline found)
    {
        double reached = point.Reached(found);
        return new SetPointEntry(
            point.Measure, point.Unit, asked, double.IsFinite(reached) ? reached : null,
            Math.Abs(reached - asked) <= point.Tolerance(asked, found));
    }
}
