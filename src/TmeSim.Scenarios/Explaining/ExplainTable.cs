using System.Text;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Explaining;

/// <summary>Writes parameter tables.</summary>
internal static class ExplainTable
{
    private static readonly string[] Header = ["key", "value", "range", "grade", "source", "text"];

    public static string Write(IEnumerable<ExplainRow> rows, TableFormat format)
    {
        string[][] cells = [.. rows.Select(r => (string[])[r.Key, r.Value, r.Range, r.Grade, r.Source, r.Text])];
        return format switch
        {
            TableFormat.Csv => Lines([["key", "value", "unit", .. Header[2..]], .. cells.Select(WithUnit)],
                c => string.Join(',', c.Select(Csv))),
            TableFormat.Markdown => Lines([Header, [.. Header.Select(_ => "---")], .. cells],
            c => $"| {string.Join(" | ", c.Select(t => t.Replace("|", "\\|", StringComparison.Ordinal)))} |"),
            _ => Latex(cells),
        };
    }

    /// <summary>The library's rows with the values of a set; a changed value says so in its source.</summary>
    public static IEnumerable<ExplainRow> WithValues(ParameterSet set) => ExplainRow.Parameters().Zip(ParameterLibrary.All, (row, entry) =>
        set[entry.Parameter] == entry.Value
            ? row
            : row with
            {
                Value = Quantity.Format(set[entry.Parameter], Unit.Of(entry.Unit)),
                Grade = string.Empty,
                Source = $"Scenario or preset (library: {row.Value}, {row.Grade}, {row.Source})",
            });

    // A number and its unit in cells of their own; words stay as they are.
    private static string[] WithUnit(string[] row)
    {
        int space = row[1].IndexOf(' ');
        bool number = space > 0 && double.TryParse(row[1].AsSpan(0, space), System.Globalization.CultureInfo.InvariantCulture, out _);
        return [row[0], number ? row[1][..space] : row[1], number ? row[1][(space + 1)..] : "", .. row[2..]];
    }

    private static string Lines(IEnumerable<string[]> rows, Func<string[], string> line) =>
        string.Concat(rows.Select(r => line(r) + "\n"));

    private static string Csv(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Latex(string[][] rows)
    {
        const string columns = @"p{0.17\textwidth}p{0.10\textwidth}p{0.10\textwidth}p{0.09\textwidth}p{0.20\textwidth}p{0.26\textwidth}";
        StringBuilder text = new();
        text.Append(@"\begin{longtable}{").Append(columns).Append("}\n");
        text.Append(string.Join(" & ", Header)).Append(" \\\\ \\hline\n\\endhead\n");
        foreach (string[] row in rows)
        {
            text.Append(string.Join(" & ", row.Select(Escape))).Append(" \\\\\n");
        }

        return text.Append("\\end{longtable}\n").ToString();
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '\\' => @"\textbackslash{}",
                '^' => @"\textasciicircum{}",
                '~' => @"\textasciitilde{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + c,
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
