using System.Globalization;
using System.Text;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Resolve;

/// <summary>A comma-separated table with a header, every cell with its place. Cells may be in double quotes, on one line.</summary>
internal sealed class CsvTable
{
    private readonly SourceText _source;
    private readonly List<(int Line, List<(string Text, int Column)> Cells)> _rows = [];

    private CsvTable(SourceText source) => _source = source;

    public List<string> Header { get; private set; } = [];

    public int RowCount => _rows.Count;

    /// <summary>Line of the header.</summary>
    public int HeaderLine { get; private set; } = 1;

    /// <summary>The table, or null after errors.</summary>
    public static CsvTable? Read(SourceText source, DiagnosticSink sink)
    {
        CsvTable table = new(source);
        bool good = true;
        for (int line = 1; line <= source.LineCount; line++)
        {
            string text = source.Line(line).ToString();
            if (string.IsNullOrWhiteSpace(text) || text[0] == '#')
            {
                continue;
            }

            List<(string Text, int Column)> cells = Split(text, out int unclosed);
            if (unclosed >= 0)
            {
                sink.Error(source.At(line, unclosed + 1), null, "the quote \" opened here is not closed on its line");
                return null;
            }

            if (table.Header.Count == 0)
            {
                table.Header = [.. cells.Select(c => c.Text)];
                table.HeaderLine = line;
            }
            else if (cells.Count != table.Header.Count)
            {
                sink.Error(source.At(line, 1), null, $"{cells.Count} cells under a header of {table.Header.Count}");
                good = false;
            }
            else
            {
                table._rows.Add((line, cells));
            }
        }

        if (table.Header.Count == 0)
        {
            sink.Error(source.Start, null, "the table is empty; a header and rows are wanted");
        }

        return good && table.Header.Count > 0 ? table : null;
    }

    /// <summary>Index of a column, -1 when there is none.</summary>
    public int Column(string name) => Header.IndexOf(name);

    /// <summary>Place of a cell.</summary>
    public Mark At(int row, int column) => _source.At(_rows[row].Line, _rows[row].Cells[column].Column);

    /// <summary>Text of a cell.</summary>
    public string Text(int row, int column) => _rows[row].Cells[column].Text;

    /// <summary>The finite number in a cell; an error at the cell otherwise.</summary>
    public bool Number(int row, int column, DiagnosticSink sink, out double value)
    {
        (int line, List<(string Text, int Column)> cells) = _rows[row];
        (string text, int at) = cells[column];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            return true;
        }

        sink.Error(_source.At(line, at), null, $"'{Excerpt.Of(text)}' in column '{Header[column]}' is not a finite number");
        return false;
    }

    // Unclosed: index of a quote without its end, -1 when there is none.
    private static List<(string Text, int Column)> Split(string line, out int unclosed)
    {
        unclosed = -1;
        List<(string, int)> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add((cell.ToString().Trim(), start + 1));
                cell.Clear();
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
                unclosed = quoted ? i : -1;
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        return cells;
    }
}
