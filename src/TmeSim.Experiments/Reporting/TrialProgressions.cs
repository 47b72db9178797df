using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>Tissue at progression against tissue before treatment, in patients who progressed early and in those who responded
/// first.</summary>
internal static class TrialProgressions
{
    private const int Fewest = 3;

    /// <summary>A table for all arms; none where too few progressed.</summary>
    public static IEnumerable<ReportTable> Tables(TrialReading reading, TrialPlan trial)
    {
        List<ReportCell[]> rows = [];
        foreach (string arm in reading.Table.Arms)
        {
            TrialPatient[] progressed = [.. reading.Table.Of(arm).Where(p => double.IsFinite(p.Outcome.ProgressionDay))];
            TrialPatient[] acquired = [.. progressed.Where(p => double.IsFinite(p.Outcome.ResponseDay))],
                primary = [.. progressed.Where(p => p.Outcome.ProgressionDay <= trial.RefractoryDays
                && !double.IsFinite(p.Outcome.ResponseDay))];
            if (acquired.Length < Fewest || primary.Length < Fewest)
            {
                continue;
            }

            foreach (string biomarker in trial.Biomarkers)
            {
                double[] a = Ratios(acquired, biomarker), b = Ratios(primary, biomarker);
                if (a.Length >= Fewest && b.Length >= Fewest)
                {
                    rows.Add([biomarker, arm, Text(a), Text(b), ReportCell.Of(RankSum.Of(a, b).P)]);
                }
            }

            double[] Ratios(TrialPatient[] patients, string biomarker)
            {
                int column = reading.Table.Find(biomarker);
                return [.. patients.Select(p => reading.AtProgression(p.Patient, arm,
                    biomarker) / p.Values[column].Number).Where(double.IsFinite)];
            }
        }

        if (rows.Count > 0)
        {
            yield return new ReportTable("Tissue at progression over tissue before treatment",
                ["Measure", "Arm", "After a response (acquired)", "Within the time of refractoriness, no response (primary)",
                "p, rank sum"], rows,
                "Median ratio (quartiles).") { ArmColumn = 1 };
        }
    }

    private static string Text(double[] ratios)
    {
        double[] q = Quantiles.Of(ratios, 0.5, 0.25, 0.75);
        return $"{ReportCell.Of(q[0]).Text} ({ReportCell.Of(q[1]).Text}–{ReportCell.Of(q[2]).Text}), n = {ratios.Length}";
    }
}
