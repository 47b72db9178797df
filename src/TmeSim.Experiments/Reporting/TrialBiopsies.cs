using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Reporting;

/// <summary>What a biopsy before treatment shows against the whole lesion.</summary>
internal static class TrialBiopsies
{
    /// <summary>Tables of what is there; none where nothing was read of a biopsy.</summary>
    public static IEnumerable<ReportTable> Tables(BiopsyNumbers numbers)
    {
        if (numbers.IsEmpty)
        {
            yield break;
        }

        List<ReportCell[]> rows = [.. numbers.Pairs.Select(p => (ReportCell[])[p.Biopsy, p.Whole, Whole(p.Count), Whole(p.Missing), Value(p.Rank.Coefficient), Value(p.Ratio), Share(p.OtherSide)])];
        if (numbers.Classes.Count > 0)
        {
            rows.Add(["biopsy_phenotype", "cd8_phenotype", Whole(numbers.Classed), Whole(numbers.Unclassed), "", "", Share(numbers.OtherClass)]);
        }

        yield return new ReportTable("A biopsy against the whole lesion",
            ["Biopsy", "Whole lesion", "Patients", "Nothing to read", "Spearman (95 %)", "Biopsy / whole, median (quartiles)", "On the other side of the median, or of another class (95 %)"], rows,
            "One core needle through the first lesion before treatment. Each reading has its own median. cd8_core_per_mm2 is of another region than the needle: some of the difference is not chance.");
        if (numbers.Classes.Count > 0)
        {
            yield return new ReportTable("Class by a biopsy, by class of the whole lesion", ["Class of the whole", .. Enumerable.Range(0, numbers.Classes.Count).Select(BiopsyNumbers.NameOf), "nothing to read"],
                [.. numbers.Classes.Select((row, i) => (ReportCell[])[BiopsyNumbers.NameOf(i), .. row.Select(c => (ReportCell)Whole(c))])], "Patients. Right readings stand on the diagonal.");
        }

        if (numbers.Areas.Count > 0)
        {
            yield return new ReportTable("Primary refractoriness told from a biopsy and from the whole lesion", ["Biopsy", "Whole lesion", "Arm", "Goes with refractoriness", "AUC, whole (95 %)", "AUC, biopsy (95 %)",
                "Lost (95 %)", "Refractory / patients"], [.. numbers.Areas.Select(a => (ReportCell[])[a.Biopsy, a.Whole, a.Arm, a.OfLow ? "low" : "high", Value(a.AreaOfWhole), Value(a.AreaOfBiopsy), Value(a.Lost),
                $"{a.Hits} / {a.Count}"])],
                "The same patients in both. The side is that of the whole, so its AUC is at least 0.5 by chance alone. What is lost: paired bootstrap of patients.") { ArmColumn = 2 };
        }
    }

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static ReportCell Value(Estimate value) => double.IsFinite(value.Value) ? new ReportCell(TrialWords.Interval(value), value.Value) : "";

    private static ReportCell Share(Estimate value) => double.IsFinite(value.Value) ? new ReportCell(TrialWords.Share(value), value.Value) : "";
}
