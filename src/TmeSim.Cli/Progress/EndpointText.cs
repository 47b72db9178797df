using TmeSim.Experiments;

namespace TmeSim.Cli.Progress;

/// <summary>The endpoint table in columns of text.</summary>
internal static class EndpointText
{
    public static void Write(TextWriter writer, EndpointTable endpoints)
    {
        bool lesions = endpoints.Rows.Select(r => r.Lesion).Distinct().Count() > 1;
        string[][] cells =
        [
            ["arm", "lesion", "n", "day", "volume change [10-90 %]", $"volume / {endpoints.Control}"],
            .. endpoints.Rows.Select(r => new[] { r.Arm, r.Lesion, $"{r.Replicates}", r.DayText, r.ChangeText, r.RatioText }),
        ];
        int[] columns = [.. Enumerable.Range(0, 6).Where(c => c != 1 || lesions)];
        foreach (string[] row in cells)
        {
            writer.WriteLine(string.Join("  ", columns.Select(c => row[c].PadRight(cells.Max(r => r[c].Length)))).TrimEnd());
        }
    }
}
