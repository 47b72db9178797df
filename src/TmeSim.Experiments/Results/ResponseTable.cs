using System.Globalization;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Results;

/// <summary>
/// responses.csv: the radiological response of each arm and replicate by the visits of the run. Nothing computes a response from other
/// tables.
/// </summary>
/// <param name="Rows">One row per arm and replicate.</param>
public sealed record ResponseTable(IReadOnlyList<ResponseRow> Rows)
{
    /// <summary>Why an arm ended before its duration, as written.</summary>
    internal const string WallReached = "wall_reached";

    private static readonly string[] Codes = ["CR", "PR", "SD", "PD", "NE"];

    /// <summary>Columns of the file.</summary>
    internal static IReadOnlyList<ColumnInfo> Columns { get; } =
    [
        new("arm", "", "Therapy arm."),
        new("replicate", "1", "Number of the replicate, from 0."),
        new("best_response", "",
        "Best response (RECIST) at a visit up to and including progression: CR, PR, SD, PD, or NE (not evaluable: no visit, or no tumour "
        + "at t = 0)."),
        new("best_change", "1",
        "Smallest sum of diameters at a visit up to and including progression, relative to t = 0, minus 1; empty without a visit."),
        new("time_to_response_d", "d", "First visit with CR or PR before progression; empty without one."),
        new("progression_d", "d", "First visit with progression; empty without one."),
        new("visits", "1", "Assessment visits of the arm, those after progression included."),
        new("last_visit_d", "d", "Last visit; empty without one."),
        new("ended_early", "", "Why the arm ended before its duration: wall_reached; else empty."),
    ];

    /// <summary>The first line of the file.</summary>
    internal static string Header { get; } = string.Join(',', Columns.Select(c => c.Name));

    /// <summary>Short name of a response: CR, PR, SD, PD, NE.</summary>
    public static string Code(RecistResponse response) => Codes[(int)response];

    /// <summary>The line of a finished arm.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="result">What it gave.</param>
    internal static string Line(string arm, ArmResult result)
    {
        ResponseCourse r = result.Response;
        double last = result.Visits.Count > 0 ? result.Visits[^1].Hours : double.NaN;
        return string.Join(
            ',', Csv.Text(arm), Csv.Number(result.Replicate), Code(r.Best), Csv.Number(r.BestChange), Csv.Number(r.ResponseTime / 24),
            Csv.Number(r.ProgressionTime / 24),
            Csv.Number(result.Visits.Count), Csv.Number(last / 24), result.EndedEarly ? WallReached : "");
    }

    /// <summary>Reads a file written by a run.</summary>
    /// <exception cref="RunFolderException">The file cannot be read, or a line is none of such a table.</exception>
    public static ResponseTable Read(string path) => Parse(path, Csv.Lines(path));

    /// <summary>Takes the table from its lines, header first.</summary>
    /// <param name="path">File that they stand in, for messages.</param>
    /// <param name="lines">Lines.</param>
    /// <exception cref="RunFolderException">A line is none of such a table.</exception>
    internal static ResponseTable Parse(string path, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0] != Header)
        {
            throw new RunFolderException($"{path} is no table of responses: its columns are not {Header}");
        }

        var rows = new ResponseRow[lines.Count - 1];
        HashSet<(string, int)> seen = [];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(Csv.Split(lines[i + 1]))
                ?? throw new RunFolderException($"{path}:{i + 2}: no row of a response; it has to have {Header}");
            if (!seen.Add((rows[i].Arm, rows[i].Replicate)))
            {
                throw new RunFolderException($"{path}:{i + 2}: a second row of arm '{rows[i].Arm}', replicate {rows[i].Replicate}");
            }
        }

        return new ResponseTable(rows);
    }

    /// <summary>How often each response was the best of an arm; null when the table does not have the arm.</summary>
    public ResponseCounts? Counts(string arm)
    {
        ResponseRow[] rows = [.. Rows.Where(r => r.Arm == arm)];
        return rows.Length == 0 ? null : new ResponseCounts(
            [.. Enum.GetValues<RecistResponse>().Select(kind => rows.Count(r => r.Best == kind))]);
    }

    private static ResponseRow? Row(string[] f)
    {
        if (f.Length != Columns.Count || Array.IndexOf(Codes, f[2]) is not (>= 0 and int best)
            || !int.TryParse(f[1], CultureInfo.InvariantCulture, out int replicate)
                || !int.TryParse(f[6], CultureInfo.InvariantCulture, out int visits))
        {
            return null;
        }

        double?[] numbers = [.. new[] { f[3], f[4], f[5], f[7] }.Select(Number)];
        return numbers.Contains(null) || f[8] is not ("" or WallReached) ? null : new ResponseRow(
            f[0], replicate, (RecistResponse)best, numbers[0]!.Value, numbers[1]!.Value, numbers[2]!.Value, visits, numbers[3]!.Value,
            f[8] == WallReached);
    }

    // Empty means undefined; null is no number.
    private static double? Number(string text) =>
        text.Length == 0 ? double.NaN : double.TryParse(text, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value : null;
}

/// <summary>Response of an arm in a replicate.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Replicate">Replicate.</param>
/// <param name="Best">Best response up to and including progression.</param>
/// <param name="BestChange">Best change of the sum of diameters as a fraction of the baseline; NaN without a visit.</param>
/// <param name="TimeToResponseDays">First visit with CR or PR before progression [d]; NaN without one.</param>
/// <param name="ProgressionDays">First visit with progression [d]; NaN without one.</param>
/// <param name="Visits">Number of visits.</param>
/// <param name="LastVisitDays">Last visit [d]; NaN without one.</param>
/// <param name="EndedEarly">A tumour came near the wall, which ended the arm.</param>
public sealed record ResponseRow(
    string Arm, int Replicate, RecistResponse Best, double BestChange, double TimeToResponseDays, double ProgressionDays, int Visits,
    double LastVisitDays, bool EndedEarly)
{
    /// <summary>There is a best response.</summary>
    public bool IsEvaluable => Best != RecistResponse.NotEvaluable;
}

/// <summary>Replicates of an arm by best response.</summary>
/// <param name="ByResponse">Counts in the order of <see cref="RecistResponse"/>.</param>
public sealed record ResponseCounts(IReadOnlyList<int> ByResponse)
{
    /// <summary>Replicates with this best response.</summary>
    public int this[RecistResponse response] => ByResponse[(int)response];

    /// <summary>Counts that are not 0, best first: "1 CR, 3 SD".</summary>
    public string Text => string.Join(", ", Enum.GetValues<RecistResponse>().Where(r => this[r] > 0)
        .Select(r => string.Create(CultureInfo.InvariantCulture, $"{this[r]} {ResponseTable.Code(r)}")));
}
