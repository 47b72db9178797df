using System.Globalization;
using TmeSim.Scenarios.Files;

namespace TmeSim.Scenarios.Tables;

/// <summary>A table of CSV with a header, read line by line. Fields may be in double quotes, on one line; lines that begin with # are passed over.</summary>
internal sealed class CsvFile : TableFile
{
    private const int LongestLine = 1 << 20;
    private readonly string _path;

    public CsvFile(string path)
    {
        _path = path;
        foreach ((_, string text) in Lines())
        {
            Names = Split(text, 1);
            return;
        }

        throw new TableFileException("it is empty; a header and rows are wanted");
    }

    public override IReadOnlyList<string> Names { get; } = [];

    public override TableColumns Load(IReadOnlyCollection<string> numbers, IReadOnlyCollection<string> texts)
    {
        Dictionary<string, List<double>> real = numbers.ToDictionary(n => n, _ => new List<double>());
        Dictionary<string, List<string>> words = texts.ToDictionary(n => n, _ => new List<string>());
        (int At, string Name, List<double> To)[] reading = [.. real.Select(r => (At(r.Key), r.Key, r.Value))];
        (int At, List<string> To)[] noting = [.. words.Select(w => (At(w.Key), w.Value))];
        Dictionary<string, string> known = [];
        List<int> places = [];
        foreach ((int line, string text) in Lines().Skip(1))
        {
            string[] fields = Split(text, line);
            if (fields.Length != Names.Count)
            {
                throw new TableFileException($"line {line}: {fields.Length} fields under a header of {Names.Count}");
            }

            places.Add(line);
            Count(places.Count);
            foreach ((int at, string name, List<double> to) in reading)
            {
                to.Add(fields[at].Length == 0 ? double.NaN : double.TryParse(fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
                    : throw new TableFileException($"line {line}: '{Shown(fields[at])}' in column '{name}' is no number"));
            }

            foreach ((int at, List<string> to) in noting)
            {
                if (!known.TryGetValue(fields[at], out string? word))
                {
                    known[fields[at]] = word = fields[at];
                }

                to.Add(word);
            }
        }

        return new TableColumns(places.Count, real.ToDictionary(r => r.Key, r => r.Value.ToArray()), words.ToDictionary(w => w.Key, w => w.Value.ToArray()),
            row => string.Create(CultureInfo.InvariantCulture, $"line {places[row]}"));
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private int At(string name) => Names.Index().Where(n => n.Item == name).Select(n => n.Index).DefaultIfEmpty(-1).First() is >= 0 and int at ? at
        : throw new TableFileException($"it has no column '{name}'");

    // A line is bounded before it is a string: a file without line breaks is not read into memory.
    private IEnumerable<(int Line, string Text)> Lines()
    {
        using var reader = new StreamReader(RegularFile.OpenRead(_path), bufferSize: 1 << 16);
        char[] buffer = new char[1 << 16];
        var text = new System.Text.StringBuilder();
        int line = 1;
        while (true)
        {
            int read = reader.Read(buffer, 0, buffer.Length);
            for (int i = 0; i < read; i++)
            {
                if (buffer[i] == '\n')
                {
                    if (Taken(text) is { } whole)
                    {
                        yield return (line, whole);
                    }

                    line++;
                }
                else if (buffer[i] == '\0')
                {
                    throw new TableFileException($"line {line}: a zero byte: this is no text");
                }
                else
                {
                    text.Append(buffer[i]);
                    if (text.Length > LongestLine)
                    {
                        throw new TableFileException($"line {line} is longer than {LongestLine} characters");
                    }
                }
            }

            if (read == 0)
            {
                if (Taken(text) is { } last)
                {
                    yield return (line, last);
                }

                yield break;
            }
        }
    }

    private static string? Taken(System.Text.StringBuilder text)
    {
        string line = text.ToString().TrimEnd('\r');
        text.Clear();
        return string.IsNullOrWhiteSpace(line) || line[0] == '#' ? null : line;
    }

    private static string[] Split(string line, int number)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(',', StringSplitOptions.TrimEntries);
        }

        List<string> fields = [];
        var field = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        return quoted ? throw new TableFileException($"line {number}: a quote is opened and not closed") : [.. fields, field.ToString().Trim()];
    }
}
