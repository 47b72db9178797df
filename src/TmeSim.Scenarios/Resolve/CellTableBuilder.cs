using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Tables;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>A table of cells, and the text that a run folder keeps of it: places on the lattice, types and marks as they were understood.</summary>
internal sealed record ReadTable(CellTable Cells, CellPlacement Placement, string Lesion, string KeptAs, string Text);

/// <summary>Reads the block <c>cells</c> of a lesion: a table of cells as the tissue to start from.</summary>
internal sealed class CellTableBuilder(string? rootDirectory, List<InputFile> inputs, DiagnosticSink sink)
{
    private const int Shown = 5;

    /// <summary>One point of a sweep: nothing is kept of it.</summary>
    public bool IsPoint { get; init; }

    private static readonly (CellMark Mark, string Key, string Column)[] Marks =
    [
        (CellMark.Mhc1, "mhc1", "mhc1"), (CellMark.Pdl1, "pdl1", "pdl1_per_um2"), (CellMark.Exhaustion, "exhaustion", "exhaustion"),
        (CellMark.Cd163, "cd163", "cd163_score"), (CellMark.Perfusion, "perfusion", "perfusion"), (CellMark.Lumen, "lumen", "lumen_density"),
        (CellMark.Maturity, "maturity", "maturity"),
    ];

    /// <summary>The table, or null after an error.</summary>
    public ReadTable? Build(MapValue block, string lesion, TissuePlan tissue)
    {
        ScalarValue file = block.Scalar("file");
        if (!file.IsGood || !block.IsGood || Locate(file) is not { } path)
        {
            return null;
        }

        string name = rootDirectory is null ? file.Text : Path.GetRelativePath(rootDirectory, path).Replace('\\', '/');
        try
        {
            using (FileStream stream = RegularFile.OpenRead(path))
            {
                inputs.Add(new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(stream))));
            }

            using var table = TableFile.Open(path);
            return Cells(table, block, file, name) is { } cells ? Placed(cells, block, file, lesion, tissue, name) : null;
        }
        catch (TableFileException e)
        {
            sink.Error(file.Mark, file.Path, $"'{name}': {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            sink.Error(file.Mark, file.Path, $"cannot read '{name}': {e.Message}");
        }

        return null;
    }

    private string? Locate(ScalarValue file)
    {
        if ((file.Mark.Source.Directory ?? rootDirectory) is not { } directory)
        {
            sink.Error(file.Mark, file.Path, "a table of cells needs a folder to start from, and this text was not read from a file");
            return null;
        }

        try
        {
            return Path.GetFullPath(Path.Combine(directory, file.Text));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(file.Mark, file.Path, $"'{Excerpt.Of(file.Text)}' is not a file name");
            return null;
        }
    }

    private RawCells? Cells(TableFile table, MapValue block, ScalarValue file, string name)
    {
        MapValue columns = block.Map("columns");
        if (table.Names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
        {
            sink.Error(file.Mark, file.Path, $"'{name}' has the column '{twice}' twice");
            return null;
        }

        string? x = Column("x", false, "x_um", "x", "spatial_x"), y = Column("y", false, "y_um", "y", "spatial_y");
        string? type = Column("type", false, "cell_type", "type");
        if (x is null || y is null || type is null)
        {
            return null;
        }

        string? z = Column("z", true, "z_um", "z", "spatial_z"), state = Optional("state");
        (CellMark Mark, string? Column)[] marks = [.. Marks.Select(m => (m.Mark, Column(m.Key, true, m.Column)))];
        string[] keys = [.. ((string[])["arm", "replicate", "lesion"]).Where(table.Names.Contains)];
        string? time = Optional("time_d");
        TableColumns read = table.Load(
            [.. ((string?[])[x, y, z, time, .. marks.Select(m => m.Column)]).OfType<string>().Distinct()], [.. ((string?[])[type, state, .. keys]).OfType<string>().Distinct()]);
        if (read.Rows == 0)
        {
            sink.Error(file.Mark, file.Path, $"'{name}' has a header and no cells");
            return null;
        }

        return Chosen(read, block.Map("from"), keys, time, file, name) is { } rows
            ? new RawCells(read, rows, (read.Numbers[x], read.Numbers[y], z is null ? null : read.Numbers[z]), read.Texts[type], state is null ? null : read.Texts[state],
                [.. marks.Where(m => m.Column is not null).Select(m => (m.Mark, read.Numbers[m.Column!]))])
            : null;

        string? Optional(string column) => table.Names.Contains(column) ? column : null;

        string? Column(string key, bool optional, params string[] names)
        {
            ScalarValue? asked = columns.Optional(key);
            string? found = asked is not null ? Optional(asked.Text) : names.FirstOrDefault(table.Names.Contains);
            if (found is null && (asked is not null || !optional))
            {
                Value at = asked ?? (Value)file;
                sink.Error(at.Mark, at.Path,
                    $"'{name}' has no column '{asked?.Text ?? string.Join("' or '", names)}'; columns: {string.Join(", ", table.Names.Take(40))}"
                    + (asked is null ? $"; name it with columns: {{{key}: …}}" : ""));
            }

            return found;
        }
    }

    // Rows of one snapshot, where the table holds several.
    private int[]? Chosen(TableColumns read, MapValue from, string[] keys, string? time, ScalarValue file, string name)
    {
        IEnumerable<int> rows = Enumerable.Range(0, read.Rows);
        foreach (string key in keys)
        {
            string[] words = read.Texts[key];
            rows = from.Optional(key) is { } asked ? rows.Where(r => words[r] == asked.Text) : rows;
        }

        rows = time is not null && from.Optional("day") is { } day ? rows.Where(r => Math.Abs(read.Numbers[time][r] - day.In(Unit.Of("d"))) < 1e-6) : rows;
        int[] chosen = [.. rows];
        string[] several = [.. keys.Where(k => chosen.Select(r => read.Texts[k][r]).Distinct().Skip(1).Any()),
            .. time is not null && chosen.Select(r => read.Numbers[time][r]).Distinct().Skip(1).Any() ? (string[])["day"] : []];
        if (chosen.Length == 0 || several.Length > 0)
        {
            sink.Error(file.Mark, file.Path, chosen.Length == 0 ? $"no cell of '{name}' is as `from` says"
                : $"'{name}' holds several snapshots; say which one: from: {{{string.Join(", ", several.Select(s => $"{s}: …"))}}}");
            return null;
        }

        return chosen;
    }

    private ReadTable? Placed(RawCells raw, MapValue block, ScalarValue file, string lesion, TissuePlan tissue, string name)
    {
        if (Words(raw, block, file, name) is not { } meanings || !Finite(raw, file, name))
        {
            return null;
        }

        var frame = TableFrame.Of(block, tissue);
        List<int> kept = [];
        List<(double X, double Y, double Z)> places = [];
        foreach (int row in raw.Rows)
        {
            if (meanings[raw.Types[row]] is not null && frame.Turned(raw.At(row)) is { } place)
            {
                kept.Add(row);
                places.Add(place);
            }
        }

        if (kept.Count == 0)
        {
            sink.Error(file.Mark, file.Path, $"no cell of '{name}' is left: all are cropped or passed over");
            return null;
        }

        places = frame.Moved(places);
        var table = new CellTable([.. places.Select(p => p.X)], [.. places.Select(p => p.Y)], [.. places.Select(p => p.Z)],
            [.. kept.Select(r => Meaning(meanings[raw.Types[r]]!, raw.States?[r]).Cell)]);
        foreach ((CellMark mark, _, _) in Marks)
        {
            double[]? values = raw.Marks.FirstOrDefault(m => m.Mark == mark).Values;
            float[] marks = [.. kept.Select(r => values is not null && !double.IsNaN(values[r]) ? (float)values[r]
                : Meaning(meanings[raw.Types[r]]!, raw.States?[r]) is var (_, m, v) && m == mark ? v : float.NaN)];
            if (marks.Index().Where(m => !float.IsNaN(m.Item) && !(m.Item >= 0 && m.Item <= (mark is CellMark.Pdl1 or CellMark.Mhc1 ? 1e6f : 1)))
                .Select(m => m.Index).DefaultIfEmpty(-1).First() is >= 0 and int wrong)
            {
                sink.Error(file.Mark, file.Path, $"'{name}', {raw.Read.Place(kept[wrong])}: {mark} of {marks[wrong]} is out of range");
                return null;
            }

            if (!marks.All(float.IsNaN))
            {
                table.Set(mark, marks);
            }
        }

        return Checked(table, CellPlacement.Of(table, tissue), file, lesion, name);
    }

    private ReadTable? Checked(CellTable table, CellPlacement placement, ScalarValue file, string lesion, string name)
    {
        if (!table.Cells.Index().Any(c => c.Item == TableCell.Tumor && placement.Site[c.Index] >= 0))
        {
            sink.Error(file.Mark, file.Path, $"no living tumour cell of '{name}' has a place on the lattice ({placement.Outside} of {table.Count} cells lie outside)");
            return null;
        }

        if (placement.Lost > 0)
        {
            sink.Warn(file.Mark, file.Path, $"{placement.Lost} of the {table.Count} cells of '{name}' are lost: {placement.Outside} lie outside the lattice, "
                + $"{placement.Lost - placement.Outside} find no free site within {CellPlacement.ReachSites}");
        }

        int twice = table.Count - Enumerable.Range(0, table.Count).Select(i => (table.X[i], table.Y[i], table.Z[i], table.Cells[i])).Distinct().Count();
        if (twice > 0)
        {
            sink.Warn(file.Mark, file.Path, $"{twice} cells of '{name}' stand exactly where another of the type does; each takes a site of its own");
        }

        return new ReadTable(table, placement, lesion, $"data/cells-{Slug(lesion)}.csv", IsPoint ? "" : Text(table));
    }

    private Dictionary<string, string>? Words(RawCells raw, MapValue block, ScalarValue file, string name)
    {
        Dictionary<string, string> given = block["types"] is MapValue types
            ? types.Ordered.Where(t => t.Value is ScalarValue { IsGood: true }).ToDictionary(t => t.Key, t => ((ScalarValue)t.Value).Text) : [];
        string[] words = [.. raw.Rows.Select(r => raw.Types[r]).Distinct()];
        string[] unknown = [.. words.Where(w => !given.ContainsKey(w) && !CellWords.Types.ContainsKey(w))];
        if (unknown.Length > 0)
        {
            int first = raw.Rows.First(r => raw.Types[r] == unknown[0]);
            sink.Error(file.Mark, file.Path,
                $"'{name}', {raw.Read.Place(first)}: the type '{Excerpt.Of(unknown[0])}'{(unknown.Length > 1 ? $" and {unknown.Length - 1} more ({string.Join(", ", unknown.Skip(1).Take(10).Select(w => Excerpt.Of(w)))})" : "")} "
                + $"is not known; say what it is: types: {{\"{Excerpt.Of(unknown[0])}\": …}}, one of {string.Join(", ", CellWords.Types.Keys)}");
            return null;
        }

        return words.ToDictionary(w => w, w => given.GetValueOrDefault(w, w)) is var meanings
            ? meanings.ToDictionary(m => m.Key, m => CellWords.Types[m.Value] is null ? null! : m.Value) : null;
    }

    private bool Finite(RawCells raw, ScalarValue file, string name)
    {
        int[] bad = [.. raw.Rows.Where(r => raw.At(r) is var (x, y, z) && !double.IsFinite(x + y + z))];
        foreach (int row in bad.Take(Shown))
        {
            sink.Error(file.Mark, file.Path, $"'{name}', {raw.Read.Place(row)}: a coordinate is missing or not finite{(bad.Length > Shown && row == bad[Shown - 1] ? $", and {bad.Length - Shown} more" : "")}");
        }

        return bad.Length == 0;
    }

    private static (TableCell Cell, CellMark? Mark, float Value) Meaning(string word, string? state) => (word, state) switch
    {
        ("tumor", "dying") => (TableCell.Dying, null, 0),
        ("tumor", "necrotic") => (TableCell.Necrotic, null, 0),
        ("cd8_exhausted", _) or ("cd8", "exhausted") => (TableCell.Cd8, CellMark.Exhaustion, 0.8f),
        ("macrophage_cd163", _) or ("macrophage", "cd163_high") => (TableCell.Macrophage, CellMark.Cd163, 0.7f),
        _ => (CellWords.Types[word]!.Value, null, 0),
    };

    private static string Text(CellTable table)
    {
        CellMark[] marks = [.. Marks.Select(m => m.Mark).Where(m => Enumerable.Range(0, table.Count).Any(i => !float.IsNaN(table.Mark(m, i))))];
        var text = new StringBuilder("x_um,y_um,z_um,cell_type");
        text.AppendJoin("", marks.Select(m => "," + Marks.First(k => k.Mark == m).Column)).Append('\n');
        for (int i = 0; i < table.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.X[i]:R},{table.Y[i]:R},{table.Z[i]:R},{table.Cells[i].ToString().ToLowerInvariant()}");
            foreach (CellMark mark in marks)
            {
                text.Append(',').Append(table.Mark(mark, i) is var value && float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Slug(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));

    private sealed record RawCells(
        TableColumns Read, int[] Rows, (double[] X, double[] Y, double[]? Z) Places, string[] Types, string[]? States, (CellMark Mark, double[] Values)[] Marks)
    {
        public (double X, double Y, double Z) At(int row) => (Places.X[row], Places.Y[row], Places.Z is null ? 0 : Places.Z[row]);
    }
}
