using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;

namespace TmeSim.Experiments;

/// <summary>Asked against reached baseline.</summary>
internal static class SetPointCheck
{
    private const double Relative = 0.1;

    public static BaselineEntry Entry(int replicate, LesionPlan asked, TissuePlan tissue, LesionBaseline found)
    {
        Baseline b = found.Reached;
        double area = found.BedAreaMm2;
        double macrophages = b.MacrophagesPerMm2 * area, vessels = b.VesselsPerMm2 * area;
        double cells = CellsOfRadius(asked, tissue);
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

    /// <summary>One line for each set-point that more than one in four replicates missed.</summary>
    public static IEnumerable<string> Misses(IReadOnlyList<BaselineEntry> baseline)
    {
        foreach (var points in baseline.SelectMany(b => b.SetPoints.Select(p => (b.Lesion, Point: p))).GroupBy(p => (p.Lesion, p.Point.Measure)))
        {
            int missed = points.Count(p => !p.Point.Within), all = points.Count();
            if (4 * missed > all)
            {
                double?[] defined = [.. points.Select(p => p.Point.Reached).Where(r => r is not null)];
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"lesion {points.Key.Lesion}: {points.Key.Measure} is {(defined.Length > 0 ? $"{defined.Average():0.##}" : "not defined")} at t = 0 in the mean, {points.First().Point.Asked:0.##} was asked; {missed} of {all} replicates are outside the tolerance (10 % or two standard errors of the count). A longer burn-in or a larger nodule may help.");
            }
        }
    }

    // Two standard errors of a count, where that is more than a tenth.
    private static SetPointEntry Entry(string measure, string unit, double asked, double reached, double standardError)
    {
        double tolerance = Math.Max(Relative * asked, double.IsFinite(standardError) ? 2 * standardError : 0);
        return new SetPointEntry(measure, unit, asked, double.IsFinite(reached) ? reached : null, Math.Abs(reached - asked) <= tolerance);
    }

    private static double CellsOfRadius(LesionPlan lesion, TissuePlan tissue)
    {
        double r = lesion.RadiusUm / tissue.SpacingUm;
        return Math.Round(tissue.Nz > 1 ? 4 * Math.PI / 3 * r * r * r : Math.PI * r * r);
    }
}
