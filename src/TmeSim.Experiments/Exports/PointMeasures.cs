using System.Globalization;
using System.Text;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Spatial;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios.Tables;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// The spatial measures on anyone's points. The window is the smallest box around all points. Neighbours are looked for in bins, so memory
/// grows with the points and time with the pairs within the largest radius.
/// </summary>
public sealed class PointMeasures
{
    public const string ScalarsFile = "spatial.csv", CurvesFile = "spatial_curves.csv";
    private const int MostTypes = 12;
    private readonly PointsRequest _request;
    private readonly ExportProgress? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, TissuePoint[]> _points = [];
    private readonly BoxWindow _window;
    private readonly int _dimensions;

    private PointMeasures(PointsRequest request, ExportProgress? progress, CancellationToken cancellation)
    {
        (_request, _progress, _cancellation) = (request, progress, cancellation);
        (TissuePoint[] all, string[] types) = Read();
        _dimensions = all.Any(p => p.Z != all[0].Z) ? 3 : 2;
        (TissuePoint low, TissuePoint high) = (new(all.Min(p => p.X), all.Min(p => p.Y), all.Min(p => p.Z)), new(all.Max(p => p.X), all.Max(p => p.Y), all.Max(p => p.Z)));
        if (low.X == high.X || low.Y == high.Y)
        {
            throw new RunFolderException($"{request.File}: the points lie on a line");
        }

        _window = _dimensions == 2 ? BoxWindow.Rectangle(low.X, low.Y, high.X, high.Y) : BoxWindow.Box(low, high);
        foreach (IGrouping<string, int> type in Enumerable.Range(0, all.Length).GroupBy(i => types[i]).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (request.Types.Count == 0 || request.Types.Contains(type.Key))
            {
                _points[type.Key] = [.. type.Select(i => all[i])];
            }
        }

        if (request.Types.FirstOrDefault(t => !_points.ContainsKey(t)) is { } unknown)
        {
            throw new RunFolderException($"{request.File} has no points of type '{unknown}'; types: {string.Join(", ", types.Distinct().Order(StringComparer.Ordinal).Take(40))}");
        }

        if (_points.Count > MostTypes)
        {
            throw new RunFolderException($"{request.File} has {_points.Count} types, whose pairs are too many; choose at most {MostTypes} with --cell");
        }
    }

    /// <summary>Measures and writes.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="progress">Counts the pairs of types; null for none.</param>
    /// <param name="cancellation">Stops between pairs of types.</param>
    /// <returns>Paths of the tables.</returns>
    /// <exception cref="RunFolderException">The points cannot be read or measured, or a table is there already or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is written.</exception>
    public static IReadOnlyList<string> Write(PointsRequest request, ExportProgress? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string[] paths = [Path.Combine(request.OutDirectory, ScalarsFile), Path.Combine(request.OutDirectory, CurvesFile)];
        if (!request.Force && paths.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new RunFolderException($"{existing} exists; use --force to replace it");
        }

        var measures = new PointMeasures(request, progress, cancellation);
        (string scalars, string curves) = measures.Tables();
        AtomicFile.WriteText(paths[0], scalars);
        AtomicFile.WriteText(paths[1], curves);
        return paths;
    }

    private (TissuePoint[] Points, string[] Types) Read()
    {
        try
        {
            using var table = TableFile.Open(_request.File);
            string Required(string? asked, params string[] usual) => (asked is null ? usual.FirstOrDefault(table.Names.Contains) : table.Names.Contains(asked) ? asked : null)
                ?? throw new TableFileException($"it has no column '{asked ?? string.Join("' or '", usual)}'; columns: {string.Join(", ", table.Names.Take(40))}");
            string x = Required(_request.X, "x_um", "x", "spatial_x"), y = Required(_request.Y, "y_um", "y", "spatial_y");
            string? z = _request.Z is null ? null : Required(_request.Z);
            string? type = _request.Type is not null ? Required(_request.Type) : ((string[])["cell_type", "type"]).FirstOrDefault(table.Names.Contains);
            TableColumns read = table.Load(z is null ? [x, y] : [x, y, z], type is null ? [] : [type]);
            var points = new TissuePoint[read.Rows];
            for (int i = 0; i < points.Length; i++)
            {
                double h = _request.UnitUm;
                points[i] = new TissuePoint(read.Numbers[x][i] * h, read.Numbers[y][i] * h, z is null ? 0 : read.Numbers[z][i] * h);
                if (!double.IsFinite(points[i].X + points[i].Y + points[i].Z))
                {
                    throw new TableFileException($"{read.Place(i)}: a coordinate is missing or not finite");
                }
            }

            return points.Length < 3 ? throw new TableFileException("it has fewer than three points") : (points, type is null ? [.. points.Select(_ => "all")] : read.Texts[type]);
        }
        catch (Exception e) when (e is TableFileException or IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {_request.File}: {e.Message}", e);
        }
    }

    private (string Scalars, string Curves) Tables()
    {
        string[] types = [.. _points.Keys];
        (string From, string To)[] pairs = [.. from a in types from b in types select (a, b)];
        _progress?.Expect(pairs.Length);
        var scalars = new StringBuilder("measure,value,unit\n");
        var curves = new StringBuilder("function,from,to,edge,r_um,value,theo\n");
        Scalar("points", _points.Values.Sum(p => p.Length), "1");
        Scalar(_dimensions == 2 ? "window_area_mm2" : "window_volume_mm3", _window.Size * (_dimensions == 2 ? 1e-6 : 1e-9), _dimensions == 2 ? "mm2" : "mm3");
        foreach (string type in types)
        {
            Scalar($"{type}_count", _points[type].Length, "1");
            Scalar($"{type}_density", _points[type].Length / _window.Size * (_dimensions == 2 ? 1e6 : 1e9), _dimensions == 2 ? "/mm2" : "/mm3");
        }

        foreach ((string from, string to) in pairs)
        {
            _cancellation.ThrowIfCancellationRequested();
            _progress?.Begin(CurvesFile, $"{from} to {to}");
            Neighbours(from, to);
            if (string.CompareOrdinal(from, to) <= 0)
            {
                Second(from, to);
            }

            _progress?.Done();
        }

        Surroundings();
        return (scalars.ToString(), curves.ToString());

        void Scalar(string name, double value, string unit) => scalars.Append(CultureInfo.InvariantCulture, $"{Csv.Text(name)},{Csv.Number(value)},{unit}\n");

        void Neighbours(string from, string to)
        {
            TissuePoint[] asking = _points[from], others = _points[to];
            double[] distances = from == to ? NearestNeighbour.Distances(asking, _dimensions) : NearestNeighbour.Distances(asking, others, _dimensions);
            if (distances.All(double.IsFinite))
            {
                Scalar($"nn_mean_um:{from}:{to}", MonteCarloError.Of(distances).Mean, "um");
                Scalar($"nn_median_um:{from}:{to}", Quantiles.Median(distances), "um");
                Scalar($"nn_csr_mean_um:{from}:{to}", NearestNeighbour.CsrMean(others.Length / _window.Size, _dimensions), "um");
            }
        }

        void Second(string from, string to)
        {
            TissuePoint[] a = _points[from], b = _points[to];
            double most = Math.Min(_request.RadiusUm, _window.LargestRadius);
            double[] radii = [.. Enumerable.Range(1, (int)Math.Floor(most / _request.StepUm + 1e-9)).Select(i => i * _request.StepUm)];
            if (a.Length < 2 || b.Length < 2 || radii.Length == 0)
            {
                return;
            }

            double[] k = from == to ? RipleyK.Univariate(a, _window, radii, _request.Edge) : RipleyK.Cross(a, b, _window, radii, _request.Edge);
            double[] l = RipleyK.ToL(k, _dimensions);
            string edge = SpatialCurves.Name(_request.Edge);
            foreach ((string function, double[] values, Func<double, double> theory) in ((string, double[], Func<double, double>)[])[("K", k, _window.Ball), ("L", l, r => r)])
            {
                foreach ((int i, double r) in radii.Index())
                {
                    curves.Append(CultureInfo.InvariantCulture,
                        $"{function},{Csv.Text(from)},{Csv.Text(to)},{edge},{Csv.Number(r)},{Csv.Number(values[i])},{Csv.Number(theory(r))}\n");
                }
            }

            if (from != to && _dimensions == 2 && 200 <= Math.Min(_window.LargestRadius, 1e6))
            {
                Scalar($"morisita_horn_200um:{from}:{to}", MorisitaHorn.Of(QuadratCounts.Of(a, _window, 200), QuadratCounts.Of(b, _window, 200)), "1");
            }
        }

        void Surroundings()
        {
            TissuePoint[] all = [.. _points.Values.SelectMany(p => p)];
            string[] of = [.. _points.SelectMany(p => p.Value.Select(_ => p.Key))];
            foreach ((string from, string to) in pairs)
            {
                _cancellation.ThrowIfCancellationRequested();
                Scalar($"funcn:{from}:{to}", FunctionalNeighbourhood.MeanShare(all, [.. of.Select(t => t == from)], [.. of.Select(t => t == to)], _dimensions), "1");
            }
        }
    }
}
