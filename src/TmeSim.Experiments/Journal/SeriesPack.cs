using System.IO.Compression;
using System.Text;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Journal;

/// <summary>
/// Time series of many runs in one file: CSV in gzip, one member for the header and one for each run, so that a run is appended without
/// touching the others and <c>zcat</c> shows one table.
/// </summary>
internal static class SeriesPack
{
    /// <summary>The first member.</summary>
    public static byte[] Header(IReadOnlyList<string> columns) =>
        Compress(string.Join(',', ["run", "lesion", "time_d", .. columns]) + "\n");

    /// <summary>The member of a run.</summary>
    public static byte[] Member(RunId run, ArmResult result, ScenarioDefinition scenario, MeasureColumns measures,
        IReadOnlyList<string> columns)
    {
        string[] names = [.. measures.All.Skip(MeasureColumns.Keys).Select(c => c.Name)];
        int[] places = [.. columns.Select(c => Array.IndexOf(names, c))];
        var text = new StringBuilder();
        foreach (MeasureRow row in result.Rows.OrderBy(r => r.Lesion).ThenBy(r => r.TimeDays))
        {
            text.Append(run).Append(',').Append(Csv.Text(scenario.Plan.Lesions[row.Lesion].Name)).Append(',')
                .Append(Csv.Number(row.TimeDays));
            foreach (int place in places)
            {
                text.Append(',').Append(place < 0 ? "" : Csv.Number(row.Values[place]));
            }

            text.Append('\n');
        }

        return Compress(text.ToString());
    }

    private static byte[] Compress(string text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return stream.ToArray();
    }
}
