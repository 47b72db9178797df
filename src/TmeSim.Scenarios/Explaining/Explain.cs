using System.Text;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios;

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

/// <summary>What every key, parameter, mechanism, drug and measure means and where it comes from.</summary>
public static class Explain
{
    /// <summary>One line per thing: key, default, meaning.</summary>
    public static string List()
    {
        StringBuilder text = new();
        string kind = string.Empty;
        foreach (ExplainRow row in ExplainRow.All().Where(r => r.Kind != "drug number"))
        {
            if (row.Kind != kind)
            {
                kind = row.Kind;
                text.Append(text.Length == 0 ? string.Empty : "\n").Append(char.ToUpperInvariant(kind[0])).Append(kind.AsSpan(1)).Append("s\n");
            }

            text.Append("  ").Append(row.Key.PadRight(44)).Append(' ').Append(row.Value.PadRight(14)).Append(' ').Append(FirstSentence(row.Text)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Everything about one key. Member names in brackets are allowed (<c>lesions[primary].tumor.nek9</c>), a drug's name
    /// shows all its numbers, and <c>parameters.</c> or <c>mechanisms.</c> may stand before a key. Null for an unknown key.
    /// </summary>
    public static string? Show(string key)
    {
        string asked = key.Trim();
        ExplainRow[] rows = Matching(asked);
        return rows.Length == 0 ? null : string.Join('\n', rows.Select(Card));
    }

    /// <summary>"; did you mean …?" for a key that <see cref="Show"/> does not know; empty when nothing is near.</summary>
    public static string Suggest(string key) =>
        Suggestion.Nearest(key.Trim(), ExplainRow.All().Select(r => r.Key)) is string near ? $"; did you mean '{near}'?" : string.Empty;

    /// <summary>The parameter table for a paper's supplement: key, value, range, grade, source, text.</summary>
    public static string Table(TableFormat format) => ExplainTable.Write(ExplainRow.Parameters(), format);

    /// <summary>The same table with the values of a scenario and, marked, those that differ from the library.</summary>
    public static string Table(TableFormat format, ScenarioDefinition scenario) =>
        ExplainTable.Write(ExplainTable.WithValues(scenario.Plan.Parameters), format);

    private static ExplainRow[] Matching(string key)
    {
        foreach (string candidate in Candidates(key))
        {
            ExplainRow[] rows = [.. ExplainRow.All().Where(r => r.Key == candidate || (r.Kind == "drug number" && r.Key.StartsWith($"drugs[{candidate}].", StringComparison.Ordinal)))];
            if (rows.Length > 0)
            {
                return rows;
            }
        }

        return MeasureTable.Find(key) is MeasureInfo family ? [.. ExplainRow.All().Where(r => r.Kind == "measure" && r.Key == family.Name)] : [];
    }

    private static IEnumerable<string> Candidates(string key)
    {
        yield return key;
        foreach (string block in (string[])["parameters.", "mechanisms."])
        {
            int at = key.IndexOf(block, StringComparison.Ordinal);
            if (at >= 0)
            {
                yield return key[(at + block.Length)..];
            }
        }

        if (ScenarioPath.Parse(key, out _, out _) is List<PathStep> steps)
        {
            yield return string.Concat(steps.Select((s, i) => s.IsMember ? "[]" : (i == 0 ? string.Empty : ".") + s.Text));
        }
    }

    private static string Card(ExplainRow row)
    {
        StringBuilder text = new();
        text.Append(row.Key).Append("  (").Append(row.Kind).Append(")\n");
        Line(text, string.Empty, row.Text);
        Line(text, row.Kind.StartsWith("drug", StringComparison.Ordinal) ? "value    " : "default  ", row.Value);
        Line(text, row.Kind == "measure" ? "unit     " : "range    ", row.Range);
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

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
