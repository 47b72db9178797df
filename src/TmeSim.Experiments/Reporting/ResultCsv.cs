using System.Text;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Reporting;

/// <summary>Endpoints and contrasts as tidy CSV.</summary>
internal static class ResultCsv
{
    public static string Endpoints(EndpointTable endpoints) => Table(
        "arm,lesion,replicates,first_day,last_day,read_early,tumor_volume_change_median,tumor_volume_change_p10,tumor_volume_change_p90,volume_ratio_to_control,cd8_bed_per_mm2_median,hypoxic_fraction_median,best_cr,best_pr,best_sd,best_pd,best_ne",
        endpoints.Rows.Select(r => Line(
            Csv.Text(r.Arm), Csv.Text(r.Lesion), Csv.Number(r.Replicates), Csv.Number(r.FirstDay), Csv.Number(r.LastDay),
            Csv.Number(r.ReadEarly), Csv.Number(r.Median), Csv.Number(r.Low), Csv.Number(r.High),
            Csv.Number(r.RatioToControl ?? double.NaN), Csv.Number(r.Cd8PerMm2), Csv.Number(r.HypoxicFraction),
            string.Join(',', Enum.GetValues<RecistResponse>().Select(best => Csv.Number(r.BestResponses?[best] ?? double.NaN))))));

    public static string Contrasts(ContrastTable contrasts, ResultSet results) => Table(
        "measure,unit,lesion,arm,control,first_day,last_day,read_early,paired,replicates,mean_difference,standard_error,ci95_low,ci95_high,replicates_needed,note",
        contrasts.Rows.Select(r => Line(
            r.Measure, Csv.Text(results.Column(r.Measure)?.Unit ?? ""), Csv.Text(r.Lesion), Csv.Text(r.Arm), Csv.Text(r.Control),
            Csv.Number(r.Days.First), Csv.Number(r.Days.Last), Csv.Number(r.ReadEarly),
            r.Difference.IsPaired ? "true" : "false", Csv.Number(r.Difference.Count), Csv.Number(r.Difference.Mean),
            Csv.Number(r.Difference.StandardError), Csv.Number(r.Difference.Lower),
            Csv.Number(r.Difference.Upper), r.Difference.Needed is { } needed ? Csv.Number(needed) : "",
            r.Difference.HasTooFew ? ReplicatesNeeded.TooFew : "")));

    private static string Line(params IReadOnlyList<string> fields) => string.Join(',', fields);

    private static string Table(string header, IEnumerable<string> lines)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
