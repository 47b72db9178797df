using System.Text;
using TmeSim.Analysis.Measures;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Explaining;

/// <summary>Format of a parameter table.</summary>
public enum TableFormat
{
    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>A Markdown table.</summary>
    Markdown,

    /// <summary>A LaTeX longtable.</summary>
    Latex,
}

/// <summary>A column of a table that a command writes, for <c>tmesim explain</c>.</summary>
/// <param name="Table">File, such as events.csv.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Unit">Unit of its values; "1" for pure numbers, empty for words.</param>
/// <param name="Text">What it is.</param>
public sealed record TableColumn(string Table, string Name, string Unit, string Text);

/// <summary>What every key, parameter, mechanism, drug, regimen, measure, figure and column means and where it comes from.</summary>
public static class Explain
{
    /// <summary>One line per thing: key, default, meaning; before them the groups of parameters and mechanisms.</summary>
    /// <param name="columns">Columns of further tables.</param>
    public static string List(IReadOnlyList<TableColumn>? columns = null)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, ExplainRow> kind in ExplainRow.All(columns).Where(r => r.Kind != ExplainRow.DrugNumber)
            .GroupBy(r => r.Kind))
        {
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(char.ToUpperInvariant(kind.Key[0])).Append(kind.Key.AsSpan(1))
                .Append("s\n");
            if (ExplainRow.HasGroups(kind.Key))
            {
                text.Append("  groups: ").AppendJoin(", ", kind.GroupBy(r => r.Head).Select(g => $"{g.Key}.* ({g.Count()})")).Append('\n');
            }

            text.Append(string.Concat(kind.Select(ExplainHits.Line)));
        }

        return text.ToString();
    }

    /// <summary>
    /// Everything about one key. Member names in brackets are allowed (<c>lesions[primary].tumor.nek9</c>), a drug's name
    /// shows all its numbers, and <c>parameters.</c> or <c>mechanisms.</c> may stand before a key. Null for an unknown key.
    /// </summary>
    public static string? Show(string key) => Cards(Matching(key.Trim(), [.. ExplainRow.All()]));

    /// <summary>
    /// What is called so, or begins so, or has it in its text: the cards of what fits exactly, else a list by groups with a line for each.
    /// Null when there is nothing.
    /// </summary>
    /// <param name="asked">A path, a name, a part of a name, or words of the text.</param>
    /// <param name="columns">Columns of further tables.</param>
    public static string? Answer(string asked, IReadOnlyList<TableColumn>? columns = null)
    {
        ExplainRow[] all = [.. ExplainRow.All(columns)];
        string trimmed = asked.Trim();
        ExplainRow[] exact = Matching(trimmed, all);
        return ExplainHits.Write(trimmed, exact, ExplainSearch.Find(trimmed, all),
            rows => Cards(rows.SelectMany(r => WithNumbers(r, all)))!);
    }

    /// <summary>"; did you mean …?" for what is not known; empty when nothing is near.</summary>
    public static string Suggest(string key)
    {
        string asked = key.Trim();
        string[] keys = [.. ExplainRow.All().Where(r => r.Kind != ExplainRow.DrugNumber).Select(r => r.Key)];
        string[] near = [.. Suggestion.AllNearest(asked, keys)];
        if (near.Length == 0)
        {
            // By its last word: kil_rate is near cd8.kill_rate.
            string[] last = [.. Suggestion.AllNearest(asked, keys.Select(LastWord).Distinct())];
            near = [.. keys.Where(k => last.Contains(LastWord(k)))];
        }

        const int few = 3;
        return near.Length == 0 ? string.Empty : $"; did you mean {string.Join(" or ", near.Take(few).Select(n => $"'{n}'"))}?";
    }

    /// <summary>The parameter table for a paper's supplement: key, value, range, grade, source, text.</summary>
    public static string Table(TableFormat format) => ExplainTable.Write(ExplainRow.Parameters(), format);

    /// <summary>The same table with the values of a scenario and, marked, those that differ from the library.</summary>
    public static string Table(TableFormat format, ScenarioDefinition scenario) =>
        ExplainTable.Write(ExplainTable.WithValues(scenario.Plan.Parameters), format);

    private static string LastWord(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static string? Cards(IEnumerable<ExplainRow> rows)
    {
        string text = string.Join('\n', rows.Select(Card));
        return text.Length == 0 ? null : text;
    }

    private static IEnumerable<ExplainRow> WithNumbers(ExplainRow row, ExplainRow[] all) =>
        row.Kind == "drug" ? [row, .. all.Where(r => r.IsNumberOf(row.Key))] : [row];

    private static ExplainRow[] Matching(string key, ExplainRow[] all)
    {
        foreach ((string candidate, string? kind) in Candidates(key))
        {
            ExplainRow[] rows = [.. all.Where(r => (r.Key == candidate && (kind is null || r.Kind == kind))
                || (kind is null && r.IsNumberOf(candidate)))];
            if (rows.Length > 0)
            {
                return rows;
            }
        }

        return MeasureTable.Find(key) is Measure family ? [.. all.Where(r => r.Kind == "measure" && r.Key == family.Name)] : [];
    }

    // As written; without what stands before a parameter or mechanism; as a pattern of the key table, in the spelling of the table.
    private static IEnumerable<(string Key, string? Kind)> Candidates(string key)
    {
        yield return (key, null);
        foreach ((string block, string kind) in ((string, string)[])[("parameters.", "parameter"), ("mechanisms.", "mechanism")])
        {
            int at = key.IndexOf(block, StringComparison.Ordinal);
            if (at >= 0)
            {
                yield return (key[(at + block.Length)..], kind);
            }
        }

        if (ScenarioPath.Parse(key, out _, out _) is List<PathStep> steps)
        {
            yield return (string.Concat(steps.Select((s, i) => s.IsMember ? "[]" : (i == 0 ? string.Empty : ".") + s.Text)), null);
        }

        if (key.Any(char.IsUpper))
        {
            yield return (key.ToLowerInvariant(), null);
        }
    }

    private static string Card(ExplainRow row)
    {
        StringBuilder text = new();
        text.Append(row.Key).Append("  (").Append(row.Kind).Append(")\n");
        Line(text, string.Empty, row.Text);
        Line(text, row.Kind == ExplainRow.DrugNumber ? "value    " : "default  ", row.Value);
        Line(text, row.Kind switch { "measure" or "column" => "unit     ", "figure" => "keys     ", "regimen" => "courses  ", _ => "range    " }, row.Range);
        Line(text, "grade    ", row.Grade);
        Line(text, "source   ", row.Source);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
        {
            text.Append("  ").Append(label).Append(value).Append('\n');
        }
    }
}
