using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Folders;

/// <summary>Asked against reached baseline.</summary>
internal static class SetPointCheck
{
    private const double Relative = 0.1;
    private const int MostNamed = 12;

    public static BaselineEntry Entry(int replicate, LesionPlan asked, TissuePlan tissue, LesionBaseline found)
    {
        Baseline b = found.Reached;
        double area = found.BedAreaMm2;
        double macrophages = b.MacrophagesPerMm2 * area, vessels = b.VesselsPerMm2 * area;
        double cells = tissue.CellsWithin(asked.RadiusUm);
        SetPointEntry[] entries =
        [
            Entry("tumor_cells", "1", cells, found.TumorCells, 0),
            Entry("cd8_bed_per_mm2", "/mm2", asked.Cd8PerMm2, b.Cd8PerMm2, Math.Sqrt(asked.Cd8PerMm2 / area)),
            Entry("macrophages_bed_per_mm2", "/mm2", asked.MacrophagesPerMm2, b.MacrophagesPerMm2, Math.Sqrt(asked.MacrophagesPerMm2 / area)),
            Entry("cd163_fraction", "1", asked.Cd163Fraction, b.Cd163Fraction, Math.Sqrt(asked.Cd163Fraction * (1 - asked.Cd163Fraction) / macrophages)),
            Entry("vessels_per_mm2", "/mm2", asked.VesselsPerMm2, b.VesselsPerMm2, Math.Sqrt(asked.VesselsPerMm2 / area)),
            Entry("maturity_mean", "1", asked.VesselMaturity, b.VesselMaturity, 0.5 / Math.Sqrt(vessels)),
        ];
        return new BaselineEntry(replicate, found.Lesion, entries, found.Multipliers);
    }

    /// <summary>One line for each set-point that a replicate missed; it names those replicates, also where the mean over all is within the tolerance.</summary>
    public static IEnumerable<string> Misses(IReadOnlyList<BaselineEntry> baseline)
    {
        foreach (var points in baseline.SelectMany(b => b.SetPoints.Select(p => (b.Lesion, b.Replicate, Point: p))).GroupBy(p => (p.Lesion, p.Point.Measure)))
        {
            (int Replicate, SetPointEntry Point)[] missed = [.. points.Where(p => !p.Point.Within).Select(p => (p.Replicate, p.Point))];
            if (missed.Length > 0)
            {
                int all = points.Count();
                double[] reached = [.. points.Select(p => p.Point.Reached).OfType<double>()];
                string mean = reached.Length == 0 ? "undefined" : NumberText.Of(reached.Average());
                string why = 4 * missed.Length > all ? "A longer burn-in or a larger nodule may help." : "Chance puts about one in twenty there.";
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"lesion {points.Key.Lesion}: {points.Key.Measure} at t = 0 is outside the tolerance (10 % or two standard errors of the count) in {missed.Length} of {all} replicates: {Names(missed)}; {NumberText.Of(missed[0].Point.Asked)} was asked, the mean over all is {mean}. {why}");
            }
        }
    }

    private static string Names((int Replicate, SetPointEntry Point)[] missed)
    {
        string names = string.Join(", ", missed.Take(MostNamed).Select(m => $"{m.Replicate.ToString(CultureInfo.InvariantCulture)} ({(m.Point.Reached is { } reached ? NumberText.Of(reached) : "undefined")})"));
        return missed.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"{names} and {missed.Length - MostNamed} more") : names;
    }

    // Two standard errors of a count, where that is more than a tenth.
    private static SetPointEntry Entry(string measure, string unit, double asked, double reached, double standardError)
    {
        double tolerance = Math.Max(Relative * asked, double.IsFinite(standardError) ? 2 * standardError : 0);
        return new SetPointEntry(measure, unit, asked, double.IsFinite(reached) ? reached : null, Math.Abs(reached - asked) <= tolerance);
    }
}
