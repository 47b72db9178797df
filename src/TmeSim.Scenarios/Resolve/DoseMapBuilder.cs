using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Tables;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads dose maps of radiotherapy: tables with a place in each row and the dose of a fraction there, on a whole grid that spans the lattice.</summary>
/// <param name="rootDirectory">Folder of the scenario; null when there is none.</param>
/// <param name="inputs">Takes the files that were read.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class DoseMapBuilder(string? rootDirectory, List<InputFile> inputs, DiagnosticSink sink)
{
    private const long MostBytes = 256L << 20;
    private const int MostPlaces = 4_000_000;
    private const double FarthestUm = 1e6;
    private const double LeastPeak = 0.8, MostPeak = 1.25;
    private readonly Dictionary<ScalarValue, KeptFile> _kept = [];

    /// <summary>What a run folder keeps of the maps, each once.</summary>
    public IEnumerable<KeptFile> Kept => _kept.Values.DistinctBy(k => k.Path);

    /// <summary>The file that is kept for a value, or null.</summary>
    public KeptFile? KeptOf(Value value) => value is ScalarValue scalar ? _kept.GetValueOrDefault(scalar) : null;

    /// <summary>The map, or null after an error.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="doseGy">Dose of a fraction that shares are of [Gy].</param>
    /// <param name="tissue">The lattice.</param>
    public DoseMap? Build(ScalarValue file, double doseGy, TissuePlan tissue)
    {
        if ((file.Mark.Source.Directory ?? rootDirectory) is not { } directory)
        {
            sink.Error(file.Mark, file.Path, "a dose map needs a folder to start from, and this text was not read from a file");
            return null;
        }

        try
        {
            string path = Path.GetFullPath(Path.Combine(directory, file.Text));
            using (FileStream stream = RegularFile.OpenRead(path))
            {
                if (stream.Length > MostBytes)
                {
                    throw new TableFileException($"it has {stream.Length / 1_000_000} MB; a dose map has {MostBytes / 1_000_000} MB at most");
                }

                string name = rootDirectory is null ? file.Text : Path.GetRelativePath(rootDirectory, path).Replace('\\', '/');
                inputs.Add(new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(stream))));
            }

            using var table = TableFile.Open(path);
            DoseMap map = Map(table, doseGy, tissue);
            double peak = map.Shares.Max();
            if (peak is < LeastPeak or > MostPeak)
            {
                sink.Warn(file.Mark, file.Path, string.Create(CultureInfo.InvariantCulture,
                    $"the map goes from {map.Shares.Min() * doseGy:0.###} to {peak * doseGy:0.###} Gy, and `dose` says {doseGy:0.###} Gy: BED and EQD2 are given for {doseGy:0.###} Gy, what happens in tissue is that of the map"));
            }

            string text = Text(map);
            _kept[file] = new KeptFile($"data/dose-map-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}.csv", text);
            return map;
        }
        catch (TableFileException e)
        {
            sink.Error(file.Mark, file.Path, $"'{Excerpt.Of(file.Text)}': {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OutOfMemoryException)
        {
            sink.Error(file.Mark, file.Path, $"cannot read '{Excerpt.Of(file.Text)}': {e.Message}");
        }

        return null;
    }

    private static DoseMap Map(TableFile table, double doseGy, TissuePlan tissue)
    {
        string Column(string name) => table.Names.Count(n => n == name) switch
        {
            1 => name,
            0 => throw new TableFileException($"it has no column '{name}'; columns: {string.Join(", ", table.Names.Take(12).Select(n => Excerpt.Of(n)))}"),
            _ => throw new TableFileException($"it has the column '{name}' twice"),
        };
        bool relative = table.Names.Contains("dose_share"), deep = table.Names.Contains("z_um");
        if (relative && table.Names.Contains("dose_gy"))
        {
            throw new TableFileException("it has 'dose_gy' and 'dose_share'; one of them is the dose");
        }

        string dose = Column(relative ? "dose_share" : "dose_gy");
        string[] places = deep ? [Column("x_um"), Column("y_um"), Column("z_um")] : [Column("x_um"), Column("y_um")];
        TableColumns read = table.Load([.. places, dose], []);
        if (read.Rows is 0 or > MostPlaces)
        {
            throw new TableFileException(read.Rows == 0 ? "it has a header and no places" : $"it has {read.Rows} places; a dose map has {MostPlaces} at most");
        }

        double[][] at = [.. places.Select(p => read.Numbers[p])];
        for (int row = 0; row < read.Rows; row++)
        {
            double share = read.Numbers[dose][row] / (relative ? 1 : doseGy);
            if (!at.All(a => Math.Abs(a[row]) <= FarthestUm) || share is not (>= 0 and <= DoseMap.MostShare))
            {
                throw new TableFileException($"{read.Place(row)}: {(at.All(a => Math.Abs(a[row]) <= FarthestUm) ? $"the dose is no number between 0 and {DoseMap.MostShare} times that of the fraction" : "a place is missing, or farther than a metre")}");
            }
        }

        double[][] lines = [.. at.Select(a => a.Distinct().Order().ToArray()), .. deep ? (double[][])[] : [[0.0]]];
        Span(lines, tissue, deep);
        return new DoseMap(lines[0], lines[1], lines[2], Grid(lines, at, read, read.Numbers[dose], relative ? 1 : doseGy));
    }

    // Each crossing of the lines once.
    private static double[] Grid(double[][] lines, double[][] at, TableColumns read, double[] dose, double unit)
    {
        // As a number that does not overflow: three axes may have millions of lines each.
        double wanted = lines.Aggregate(1.0, (all, l) => all * l.Length);
        int crossings = (int)Math.Min(wanted, MostPlaces + 1.0);
        if (wanted > MostPlaces)
        {
            throw new TableFileException($"its {read.Rows} places lie on no grid: {string.Join(" × ", lines.Select(l => l.Length))} lines cross in {wanted:0} places");
        }

        double[] shares = new double[crossings];
        int[] rows = new int[crossings];
        for (int row = 0; row < read.Rows; row++)
        {
            int place = 0;
            for (int axis = lines.Length - 1; axis >= 0; axis--)
            {
                place = (place * lines[axis].Length) + (axis < at.Length ? Array.BinarySearch(lines[axis], at[axis][row]) : 0);
            }

            if (rows[place] > 0)
            {
                throw new TableFileException($"{read.Place(row)}: the place stands in {read.Place(rows[place] - 1)} already");
            }

            (rows[place], shares[place]) = (row + 1, dose[row] / unit);
        }

        int missing = Array.IndexOf(rows, 0);
        return missing < 0 ? shares : throw new TableFileException(string.Create(CultureInfo.InvariantCulture,
            $"there is no dose at x {lines[0][missing % lines[0].Length]}, y {lines[1][missing / lines[0].Length % lines[1].Length]}{(at.Length > 2 ? $", z {lines[2][missing / lines[0].Length / lines[1].Length]}" : "")} um; a map has one at each crossing of its lines"));
    }

    // The outermost lines lie no further inside the lattice than half a step of the map: they may stand for the middles of its cells.
    private static void Span(double[][] lines, TissuePlan tissue, bool deep)
    {
        int[] sites = [tissue.Nx, tissue.Ny, tissue.Nz];
        for (int axis = 0; axis < 3; axis++)
        {
            char name = "xyz"[axis];
            double[] line = lines[axis];
            double h = tissue.SpacingUm, low = 0.5 * h, high = (sites[axis] - 0.5) * h;
            if (sites[axis] > 1 && line.Length == 1)
            {
                throw new TableFileException(axis == 2 && !deep ? $"the tissue has {sites[axis]} layers, and the map no column 'z_um'" : $"all places have the same {name}_um, and the tissue has {sites[axis]} sites along {name}");
            }

            if (line.Length > 1 && (line[0] > low + ((line[1] - line[0]) / 2) + 1e-6 || line[^1] < high - ((line[^1] - line[^2]) / 2) - 1e-6))
            {
                throw new TableFileException(string.Create(CultureInfo.InvariantCulture, $"its places go from {name} {line[0]} to {line[^1]} um, the tissue from {low} to {high}; dose must be given for all of it"));
            }
        }
    }

    private static string Text(DoseMap map)
    {
        var text = new StringBuilder("x_um,y_um,z_um,dose_share\n");
        (IReadOnlyList<double> xs, IReadOnlyList<double> ys, IReadOnlyList<double> zs) = map.Axes;
        int i = 0;
        foreach (double z in zs)
        {
            foreach (double y in ys)
            {
                foreach (double x in xs)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{x:R},{y:R},{z:R},{map.Shares[i++]:R}\n");
                }
            }
        }

        return text.ToString();
    }
}
