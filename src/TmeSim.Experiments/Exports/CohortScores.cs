using TmeSim.Analysis.Spatial;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Exports;

/// <summary>IFN-γ scores of a run at the times of its snapshots, from timeseries.csv: their scale is that of all rows of the run.</summary>
internal sealed class CohortScores
{
    private static readonly string[] Parts = ["ifng_mean", "pdl1_mean", "mhc1_mean", "cxcl_mean", "cd8_engaged_per_mm2"];
    private readonly Dictionary<(string Arm, int Replicate, string Lesion, long Minutes), (double Score, double Z)> _scores = [];

    /// <param name="table">timeseries.csv; without a part among its columns there are no scores.</param>
    public CohortScores(TimeSeriesTable table)
    {
        int[] columns = [.. Parts.Select(table.Column)];
        if (columns.Contains(-1))
        {
            return;
        }

        // The cohort: every arm, replicate, lesion and time of the run.
        IfngComponents[] cohort = [.. table.Rows.Select(
            r => new IfngComponents(r.Values[columns[0]], r.Values[columns[1]], r.Values[columns[2]], r.Values[columns[3]],
            r.Values[columns[4]]))];
        double[] z = IfngScore.OverCohort(cohort);
        foreach ((int i, TimeSeriesRow row) in table.Rows.Index())
        {
            _scores[(row.Arm, row.Replicate, row.Lesion, Minutes(row.TimeDays))] = (IfngScore.Of(cohort[i]), z[i]);
        }
    }

    public IEnumerable<SpatialValue> Of(TissueSnapshot s)
    {
        if (_scores.TryGetValue((s.Arm, s.Replicate, s.Lesion, Minutes(s.TimeDays)), out (double Score, double Z) scores))
        {
            yield return new SpatialValue("ifng_score", scores.Score, "1");
            yield return new SpatialValue("ifng_score_z", scores.Z, "1");
        }
    }

    private static long Minutes(double days) => (long)Math.Round(days * 1440);
}
