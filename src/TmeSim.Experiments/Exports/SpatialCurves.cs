using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Numerics;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports;

/// <summary>A point of a curve.</summary>
internal sealed record CurvePoint(
    string Function, string From, string To, string Edge, string Null, double RadiusUm, double Value, double Theory, double Low,
    double High)
{
    /// <summary>Cells of both types inside the window.</summary>
    public (int From, int To) Cells { get; init; }
}

/// <summary>
/// K, L, g and G of a snapshot with their envelopes. The null of one type is CSR on the sites of the window, each site at most once, as
/// immune cells exclude each other; that of two types is random labelling of the pooled cells.
/// </summary>
internal sealed class SpatialCurves
{
    private const ulong Seed = 0x53706174;
    private readonly SnapshotTissue _tissue;
    private readonly ExportRequest _request;
    private readonly StudyWindow _window;
    private readonly double[] _radii;
    private readonly double _step;
    private readonly Func<int, int> _site;
    private readonly int _sites;
    private readonly double[] _edgeDistances;
    private readonly IReadOnlyList<string>? _functions;

    private SpatialCurves(SnapshotTissue tissue, ExportRequest request, StudyWindow window, double step, IReadOnlyList<string>? functions)
    {
        _functions = functions;
        (_tissue, _request, _window, _step) = (tissue, request, window, step);
        int steps = (int)Math.Floor(Math.Min(request.RadiusUm, window.LargestRadius) / step + 1e-9);
        _radii = [.. Enumerable.Range(1, steps).Select(i => i * step)];
        var mask = window as MaskWindow;
        _sites = mask?.Sites.Count ?? tissue.Grid.Length;
        _site = mask is null ? i => i : i => tissue.Grid.Index(mask.Sites[i].X, mask.Sites[i].Y, mask.Sites[i].Z);
        _edgeDistances = new double[tissue.Grid.Length];
        Array.Fill(_edgeDistances, double.NaN);
    }

    /// <summary>All curves; none without tumour in the tumour window, or where a type has fewer than two cells.</summary>
    /// <param name="tissue">A snapshot.</param>
    /// <param name="request">Radii, correction, window and simulations.</param>
    /// <param name="pairs">Types from and to, of <see cref="SpatialPairs.Directed"/>; null for all.</param>
    /// <param name="functions">Names of functions, the others are not computed; null for all.</param>
    public static IEnumerable<CurvePoint> Of(
        SnapshotTissue tissue, ExportRequest request, IReadOnlyList<(string From, string To)>? pairs = null,
        IReadOnlyList<string>? functions = null)
    {
        if (request.Window == ExportWindow.Tumor && tissue.Points(SnapshotTissue.Tumor).Length == 0)
        {
            return [];
        }

        StudyWindow window = request.Window == ExportWindow.Tumor ? new MaskWindow(TumorMask.Build(tissue.TumorMask)) : tissue.Tile;
        var curves = new SpatialCurves(tissue, request, window, request.StepUm ?? tissue.Grid.SpacingUm, functions);
        return SpatialPairs.Directed.Index().Where(p => pairs is null || pairs.Contains(p.Item))
            .SelectMany(p => curves.Pair(p.Item.From, p.Item.To, p.Index));
    }

    private List<CurvePoint> Pair(string fromType, string toType, int index)
    {
        int[] from = Inside(fromType), to = Inside(toType);
        if (from.Length < 2 || to.Length < 2)
        {
            return [];
        }

        bool same = fromType == toType, second = index < SpatialPairs.Curves.Length;
        var curves = new PairCurves(_window, _tissue.Grid, _request.Edge, _radii, _step, HalfWidth(to.Length), _tissue.Centre,
            _edgeDistances);
        PairFunctions wanted = Wanted(second);
        double[] values = curves.Of(from, to, same, wanted, curves.NewPairs());

        // Every simulation has draws of its own, so it does not matter which thread makes which.
        var simulated = new double[_request.Simulations][];
        Parallel.For(0, simulated.Length, curves.NewPairs, (i, _, pairs) =>
        {
            (int[] a, int[] b) = same ? OnSites(from.Length, index, i) : Relabelled(from, to, index, i);
            simulated[i] = curves.Of(a, b, same, wanted, pairs);
            return pairs;
        }, _ => { });
        Envelope? envelope = simulated.Length == 0 ? null : Envelope.Of(i => simulated[i], simulated.Length, Rank(simulated.Length));
        double intensity = to.Length / _window.Size;
        string nullName = _request.Simulations == 0 ? "" : same ? "csr_sites" : "random_labelling", edge = Name(_request.Edge);
        var points = new List<CurvePoint>();
        int at = 0;
        if (second && Wants("K", "L"))
        {
            Add("K", _radii, edge, r => _window.Ball(r));
            at = 0;
            Add("L", _radii, edge, r => r, k => RipleyK.ToL([k], _window.Dimensions)[0]);
        }

        if (second && Wants("g"))
        {
            Add("g", [.. Enumerable.Range(0, _radii.Length).Select(i => i * _step)], edge, _ => 1);
        }

        if (second && Wants("g_kernel") && _request.Edge != EdgeCorrection.Border)
        {
            Add("g_kernel", _radii, edge, _ => 1);
        }

        if (Wants("G"))
        {
            Add("G", _radii, Name(EdgeCorrection.Border), r => GFunction.Csr(r, intensity, _window.Dimensions));
        }

        return points;

        void Add(string function, double[] radii, string correction, Func<double, double> theory, Func<double, double>? transform = null)
        {
            Func<double, double> shown = transform ?? (value => value);
            foreach (double r in radii)
            {
                double low = envelope?.Low[at] ?? double.NaN, high = envelope?.High[at] ?? double.NaN, value = values[at++];
                points.Add(new CurvePoint(function, fromType, toType, correction, nullName, r, shown(value), theory(r), shown(low), shown(high))
                {
                    Cells = (from.Length, to.Length),
                });
            }
        }
    }

    // L follows from K and keeps its order.
    private PairFunctions Wanted(bool second) =>
        (second && Wants("K", "L") ? PairFunctions.K : 0) | (second && Wants("g") ? PairFunctions.Annuli : 0)
        | (second && Wants("g_kernel") && _request.Edge != EdgeCorrection.Border ? PairFunctions.Kernel : 0) | (Wants("G")
            ? PairFunctions.Nearest : 0);

    private bool Wants(params ReadOnlySpan<string> any)
    {
        foreach (string function in any)
        {
            if (_functions is null || _functions.Contains(function))
            {
                return true;
            }
        }

        return false;
    }

    // A kernel narrower than the lattice would show the lattice: many neighbours at its distances and none between.
    private double HalfWidth(int neighbours)
    {
        double spacing = _tissue.Grid.SpacingUm;
        return _window.Dimensions == 3 ? spacing : Math.Max(spacing, PairCorrelation.Stoyan / Math.Sqrt(neighbours / _window.Size));
    }

    private (int[] From, int[] To) OnSites(int count, int pair, int simulation)
    {
        PhiloxStream stream = Stream(pair, simulation);
        int[] sites = [.. NullPatterns.Sites(_sites, count, ref stream).Select(_site)];
        return (sites, sites);
    }

    private (int[] From, int[] To) Relabelled(int[] from, int[] to, int pair, int simulation)
    {
        PhiloxStream stream = Stream(pair, simulation);
        int[] pooled = [.. from, .. to];
        NullPatterns.Choose(pooled.AsSpan(), from.Length, ref stream);
        return (pooled[..from.Length], pooled[from.Length..]);
    }

    // The same table from the same run, and other patterns for every pair, replicate and time.
    private PhiloxStream Stream(int pair, int simulation)
    {
        TissueSnapshot at = _tissue.Snapshot;
        ulong key = ((ulong)pair << 56) ^ ((ulong)(uint)at.Replicate << 32) ^ (uint)Math.Round(at.TimeDays * 1440);
        return NullPatterns.Stream(Seed ^ key, simulation);
    }

    private int[] Inside(string type) =>
        _request.Window == ExportWindow.Tile ? _tissue.SitesOf(type)
            : [.. _tissue.SitesOf(type).Where(site => _window.Contains(_tissue.Centre(site)))];

    // Of 199 simulations the fifth from either end; of fewer the share of 5 % as near as it comes, at least the extremes.
    internal static int Rank(int simulations) => Math.Max(1, (simulations + 1) / 40);

    internal static string Name(EdgeCorrection correction) => correction switch
    {
        EdgeCorrection.None => "none",
        EdgeCorrection.Border => "border",
        EdgeCorrection.Translate => "translate",
        _ => "isotropic",
    };
}
