using System.Globalization;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;

namespace TmeSim.Cli.Progress;

/// <summary>The endpoint table in columns of text, with the course of the tumour volume as a sparkline on one scale for all arms.</summary>
internal static class EndpointText
{
    private const int CourseWidth = 16;
    private const int WidestName = 48;

    public static void Write(TextWriter writer, EndpointTable endpoints)
    {
        bool lesions = endpoints.Rows.Select(r => r.Lesion).Distinct().Count() > 1;
        double highest = endpoints.Rows.SelectMany(r => r.Course).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        string[][] cells =
        [
            ["arm", "lesion", "n", "day", "volume change [10-90 %]", $"volume / {Short(endpoints.Control)}", "best response", "CD8 /mm2", $"volume, 0 to {Number(highest)}"],
            .. endpoints.Rows.Select(r => new[]
            {
                Short(r.Arm), Short(r.Lesion), $"{r.Replicates}", r.DayText, r.ChangeText, r.RatioText, r.ResponseText, double.IsFinite(r.Cd8PerMm2) ? Number(r.Cd8PerMm2) : "-",
                Sparkline.Create(r.Course, CourseWidth, (0, highest)),
            }),
        ];
        int[] columns = [.. Enumerable.Range(0, cells[0].Length).Where(c => c != 1 || lesions)];
        foreach (string[] row in cells)
        {
            writer.WriteLine(string.Join("  ", columns.Select(c => row[c].PadRight(cells.Max(r => r[c].Length)))).TrimEnd());
        }

        if (endpoints.Remark.Length > 0)
        {
            writer.WriteLine(endpoints.Remark);
        }
    }

    private static string Short(string name) => name.Length <= WidestName ? name : name[..(WidestName - 1)] + "…";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
