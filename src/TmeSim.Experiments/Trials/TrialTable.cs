using System.Globalization;
using System.Text;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Trials;

/// <summary>Something that patients have before treatment.</summary>
/// <param name="Name">Name, unique in the table.</param>
/// <param name="Unit">Unit; "1" or empty for none.</param>
/// <param name="IsWord">Its values are words.</param>
public sealed record Covariate(string Name, string Unit, bool IsWord)
{
    /// <summary>Name with its unit in brackets, as in the header of the table.</summary>
    public string Header => Unit is "" or "1" ? Name : $"{Name} [{Unit}]";
}

/// <summary>A value of a covariate.</summary>
/// <param name="Number">Number; NaN for a word, and where it is not known.</param>
/// <param name="Word">Word; empty for a number.</param>
public readonly record struct CovariateValue(double Number, string Word);

/// <summary>A patient in an arm.</summary>
/// <param name="Patient">Name.</param>
/// <param name="Arm">Arm.</param>
/// <param name="Stratum">Stratum of the cohort; may be empty.</param>
/// <param name="Values">Covariates, in the order of the table.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record TrialPatient(string Patient, string Arm, string Stratum, IReadOnlyList<CovariateValue> Values, TrialOutcome Outcome);

/// <summary>patients.csv: a row for each patient and arm. All statistics of a trial are made from it alone.</summary>
public sealed class TrialTable
{
    private static readonly string[] KeyColumns = ["patient", "arm", "stratum"];

    private static readonly string[] OutcomeColumns = ["baseline_mm", "best_response", "best_change", "response_day", "progression_day",
        "progressed", "pfs_day", "pfs_event",
        "pfs_reason", "death_day", "died", "os_day", "os_event", "os_reason", "new_lesions", "last_free_day", "simulated_until_day",
        "status", "reason"];

    /// <param name="covariates">Columns.</param>
    /// <param name="patients">Rows.</param>
    public TrialTable(IReadOnlyList<Covariate> covariates, IReadOnlyList<TrialPatient> patients)
    {
        (Covariates, Patients) = (covariates, patients);
        Arms = [.. patients.Select(p => p.Arm).Distinct()];
    }

    /// <summary>What patients have before treatment.</summary>
    public IReadOnlyList<Covariate> Covariates { get; }

    /// <summary>Rows, those that failed among them.</summary>
    public IReadOnlyList<TrialPatient> Patients { get; }

    /// <summary>Arms in the order of the rows.</summary>
    public IReadOnlyList<string> Arms { get; init; }

    /// <summary>Patients of an arm whose simulation came to its end.</summary>
    public IReadOnlyList<TrialPatient> Of(string arm) => [.. Patients.Where(p => p.Arm == arm && p.Outcome.Error.Length == 0)];

    /// <summary>Place of a covariate by its name; -1 when there is none.</summary>
    public int Find(string name) => Covariates.Select(c => c.Name).ToList().IndexOf(name);

    /// <summary>The table.</summary>
    public string Csv()
    {
        var text = new StringBuilder().AppendJoin(',', KeyColumns.Concat(Covariates.Select(c =>
            c.Header)).Concat(OutcomeColumns).Select(Folders.Csv.Text)).Append('\n');
        foreach (TrialPatient p in Patients)
        {
            TrialOutcome o = p.Outcome;
            bool failed = o.Error.Length > 0;
            string[] outcome = failed ? [.. OutcomeColumns.Select(_ => "")] :
            [
                Folders.Csv.Measured(o.BaselineMm), o.Best is { } best ? ResponseTable.Code(best) : "", Folders.Csv.Measured(o.BestChange),
                    Day(o.ResponseDay), Day(o.ProgressionDay),
                Flag(!double.IsNaN(o.ProgressionDay)), Day(o.PfsDay), Flag(o.PfsEvent), o.PfsReason, o.OsEvent ? Day(o.OsDay) : "",
                    Flag(o.OsEvent), Day(o.OsDay), Flag(o.OsEvent), o.OsReason,
                o.NewLesions.ToString(CultureInfo.InvariantCulture), Day(o.LastFreeDay), Day(o.SimulatedUntilDay), "", "",
            ];
            outcome[^2] = failed ? "failed" : o.EndedEarly ? "ended_early" : "done";
            outcome[^1] = Folders.Csv.Text(o.Error);
            text.AppendJoin(',', ((string[])[p.Patient, p.Arm, p.Stratum]).Select(Folders.Csv.Text)
                .Concat(p.Values.Select(v => v.Word.Length > 0 ? Folders.Csv.Text(v.Word)
                    : Folders.Csv.Number(v.Number))).Concat(outcome)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a table: of a trial, or anyone's with the columns patient, arm and those of at least one outcome (best_response;
    /// pfs_day and pfs_event; os_day and os_event).</summary>
    /// <param name="path">File.</param>
    /// <exception cref="ScenarioRefusedException">It is no such table; the message says where.</exception>
    public static TrialTable Read(string path)
    {
        string[] lines = [.. Folders.Csv.Lines(path).Where(l => l.Trim().Length > 0)];
        ScenarioRefusedException Wrong(int line, string message) => new($"{path}:{line + 1}: error: {message}");
        if (lines.Length < 2)
        {
            throw Wrong(0, lines.Length == 0 ? "the table is empty; a header and patients are wanted"
                : "the table has a header and no patients");
        }

        string[] header = [.. Folders.Csv.Split(lines[0]).Select(h => h.Trim())];
        if (header.GroupBy(h => h, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Wrong(0, $"two columns are called '{twice.Key}'");
        }

        Dictionary<string, int> at = header.Index().ToDictionary(h => h.Item, h => h.Index, StringComparer.Ordinal);
        foreach (string needed in KeyColumns.Take(2).Where(k => !at.ContainsKey(k)))
        {
            throw Wrong(0, $"there is no column '{needed}'; columns: {string.Join(", ", header)}");
        }

        if (!at.ContainsKey("best_response") && !(at.ContainsKey("pfs_day") && at.ContainsKey("pfs_event"))
            && !(at.ContainsKey("os_day") && at.ContainsKey("os_event")))
        {
            throw Wrong(0,
                "there is no outcome: best_response (CR, PR, SD, PD, NE), or pfs_day and pfs_event (1 or 0), or os_day and os_event");
        }

        string[][] cells = [.. lines.Skip(1).Select((l, i) => Folders.Csv.Split(l) is var row && row.Length == header.Length ? row
            : throw Wrong(i + 1, $"{row.Length} cells under a header of {header.Length}"))];
        int[] columns = [.. header.Index().Where(h => !KeyColumns.Contains(h.Item) && !OutcomeColumns.Contains(h.Item)).Select(h =>
            h.Index)];
        Covariate[] covariates = [.. columns.Select(c => Describe(header[c], cells.Select(r => r[c])))];
        HashSet<(string, string)> seen = [];
        List<TrialPatient> patients = [];
        foreach ((int i, string[] row) in cells.Index())
        {
            string Cell(string name) => at.TryGetValue(name, out int column) ? row[column].Trim() : "";
            double Number(string name) => Cell(name) is not { Length: > 0 } text ? double.NaN
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? value
                : throw Wrong(i + 1, $"'{text}' in column '{name}' is not a finite number");
            double Time(string name) => Number(name) is var day && day < 0
                ? throw Wrong(i + 1, $"'{name}' is {day}: a time before the start of treatment") : day;
            bool Yes(string name) => Cell(name) switch
            {
                "1" or "true" or "TRUE" or "yes" => true, "0" or "false" or "FALSE" or "no" or "" => false,
                var other => throw Wrong(i + 1, $"'{other}' in column '{name}' is neither 1 nor 0"),
            };
            if (Cell("patient").Length == 0 || Cell("arm").Length == 0)
            {
                throw Wrong(i + 1, "a row without patient or arm");
            }

            if (!seen.Add((Cell("patient"), Cell("arm"))))
            {
                throw Wrong(i + 1, $"the patient '{Cell("patient")}' stands twice in the arm '{Cell("arm")}'");
            }

            RecistResponse? best = Cell("best_response") is not { Length: > 0 } said ? null
                : Enum.GetValues<RecistResponse>().Cast<RecistResponse?>().FirstOrDefault(r =>
                    ResponseTable.Code(r!.Value) == said) is { } known ? known
                    : throw Wrong(i + 1, $"'{said}' is none of CR, PR, SD, PD, NE");
            bool Event(string name, double day) => Cell(name).Length > 0 || double.IsNaN(day) ? !double.IsNaN(day) && Yes(name)
                : throw Wrong(i + 1, $"there is a time and no '{name}': write 1 for an event and 0 for a patient who was lost without it");
            double pfs = Time("pfs_day"), os = Time("os_day");
            bool failed = Cell("status") == "failed";
            if (pfs > os)
            {
                throw Wrong(i + 1, $"progression-free for {pfs} days and followed for {os}: 'pfs_day' may not be later than 'os_day'");
            }

            patients.Add(new TrialPatient(Cell("patient"), Cell("arm"), Cell("stratum"),
                [.. columns.Select((c, k) => Value(row[c].Trim(), covariates[k]))], new TrialOutcome
            {
                Best = best, BestChange = Number("best_change"), ResponseDay = Time("response_day"),
                    ProgressionDay = Time("progression_day"), PfsDay = pfs,
                PfsEvent = Event("pfs_event", pfs), PfsReason = Cell("pfs_reason"), OsDay = os, OsEvent = Event("os_event", os), OsReason = Cell("os_reason"),
                BaselineMm = Number("baseline_mm"), NewLesions = (int)(Number("new_lesions") is var n && n > 0 ? n : 0),
                    EndedEarly = Cell("status") == "ended_early",
                LastFreeDay = Time("last_free_day"), SimulatedUntilDay = Time("simulated_until_day"),
                Error = failed ? (Cell("reason") is { Length: > 0 } why ? why : "failed") : "",
            }));
        }

        return new TrialTable(covariates, patients);
    }

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Day(double day) => Folders.Csv.Number(day);

    private static Covariate Describe(string header, IEnumerable<string> cells)
    {
        int open = header.LastIndexOf(" [", StringComparison.Ordinal);
        (string name, string unit) = open > 0 && header.EndsWith(']') ? (header[..open], header[(open + 2)..^1]) : (header, "1");
        bool word = cells.Any(c => c.Trim() is { Length: > 0 } text && !double.TryParse(text, NumberStyles.Float,
            CultureInfo.InvariantCulture, out _));
        return new Covariate(name, word ? "" : unit, word);
    }

    private static CovariateValue Value(string text, Covariate covariate) => covariate.IsWord ? new CovariateValue(double.NaN, text)
        : new CovariateValue(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? number : double.NaN, "");
}
