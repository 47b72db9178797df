using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>Functions of pairs of cells.</summary>
[Flags]
public enum PairFunctions
{
    None = 0,

    /// <summary>K at the radii.</summary>
    K = 1,

    /// <summary>g in annuli from 0 on.</summary>
    Annuli = 2,

    /// <summary>g with the kernel at the radii.</summary>
    Kernel = 4,

    /// <summary>G at the radii, with the border correction.</summary>
    Nearest = 8,
}

/// <summary>
/// K, g and G from one type of cells to another, for the pattern that was seen and for many that are simulated. What does not depend on the
/// pattern is worked out once: steps between sites, their weights, and distances to the edge. Any thread.
/// </summary>
public sealed class PairCurves
{
    private readonly StudyWindow _window;
    private readonly LatticeOffsets _offsets;
    private readonly EdgeCorrection _edge;
    private readonly double[] _radii;
    private readonly double[] _inner;
    private readonly double _step;
    private readonly double _halfWidth;
    private readonly double[]? _weights;
    private readonly Func<int, TissuePoint> _centre;
    private readonly double[] _edgeDistances;

    /// <param name="window">Where cells were observed.</param>
    /// <param name="grid">Lattice on whose sites they stand.</param>
    /// <param name="edge">Correction of K and g.</param>
    /// <param name="radii">Radii [µm]: multiples of <paramref name="step"/> from the first on.</param>
    /// <param name="step">Width of annuli [µm].</param>
    /// <param name="halfWidth">Half width of the kernel of g [µm].</param>
    /// <param name="centre">Centre of a site.</param>
    /// <param name="edgeDistances">Distances of sites to the edge that are known so far, NaN for the others; filled as they are
    /// needed.</param>
    public PairCurves(
        StudyWindow window, MaskGrid grid, EdgeCorrection edge, double[] radii, double step, double halfWidth,
        Func<int, TissuePoint> centre, double[] edgeDistances)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(radii);
        (_window, _edge, _radii, _step, _halfWidth, _centre, _edgeDistances) = (window, edge, radii, step, halfWidth, centre,
            edgeDistances);
        _inner = [.. Enumerable.Range(0, radii.Length).Select(i => i * step)];
        _offsets = new LatticeOffsets(grid, radii.Length == 0 ? 0 : radii[^1] + halfWidth);

        // Other corrections weigh a pair by the place of its points too.
        _weights = edge is EdgeCorrection.None or EdgeCorrection.Translate ? _offsets.Weights(window, edge) : null;
    }

    /// <summary>A work array for one thread.</summary>
    public LatticePairs NewPairs() => new(_offsets);

    /// <summary>Values of the functions, one function after the other.</summary>
    /// <param name="from">Sites of the asking cells.</param>
    /// <param name="to">Sites of their neighbours.</param>
    /// <param name="same">Both are the same cells.</param>
    /// <param name="wanted">Functions that are computed, in the order of the flags. There is no kernel with the border correction.</param>
    /// <param name="pairs">Work array of this thread.</param>
    public double[] Of(int[] from, int[] to, bool same, PairFunctions wanted, LatticePairs pairs)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(pairs);
        double[] nearest = wanted.HasFlag(PairFunctions.Nearest) ? G(from, pairs.Nearest(from, to, same)) : [];
        if ((wanted & ~PairFunctions.Nearest) == PairFunctions.None)
        {
            return nearest;
        }

        if (_weights is null)
        {
            return [.. ByPlace([.. from.Select(_centre)], same ? null : [.. to.Select(_centre)], wanted), .. nearest];
        }

        int[] counts = pairs.Count(from, to, same);
        double all = (double)from.Length * (same ? from.Length - 1 : to.Length);
        return
        [
            .. wanted.HasFlag(PairFunctions.K) ? K(counts, all) : [],
            .. wanted.HasFlag(PairFunctions.Annuli) ? Annuli(counts, all) : [],
            .. wanted.HasFlag(PairFunctions.Kernel) ? Kernel(counts, all) : [],
            .. nearest,
        ];
    }

    private double[] ByPlace(TissuePoint[] from, TissuePoint[]? to, PairFunctions wanted) =>
    [
        .. !wanted.HasFlag(PairFunctions.K) ? [] : to is null ? RipleyK.Univariate(from, _window, _radii, _edge)
            : RipleyK.Cross(from, to, _window, _radii, _edge),
        .. wanted.HasFlag(PairFunctions.Annuli) ? PairCorrelation.Annuli(from, to, _window, _inner, _step, _edge) : [],
        .. wanted.HasFlag(PairFunctions.Kernel) ? PairCorrelation.Kernel(from, to, _window, _radii, _edge, halfWidth: _halfWidth) : [],
    ];

    private double[] K(int[] counts, double all)
    {
        var k = new double[_radii.Length];
        double sum = 0;
        int next = 0;
        for (int r = 0; r < k.Length; r++)
        {
            for (; next < counts.Length && StudyWindow.Reaches(_radii[r], _offsets.Distances[next]); next++)
            {
                sum += Weight(counts, next);
            }

            k[r] = sum * _window.Size / all;
        }

        return k;
    }

    private double[] Annuli(int[] counts, double all)
    {
        // An annulus ends just before its outer radius, where the next one begins.
        var g = new double[_inner.Length];
        int next = 0;
        for (int r = 0; r < g.Length; r++)
        {
            double sum = 0, outer = _inner[r] + _step;
            for (; next < counts.Length && !StudyWindow.Reaches(_offsets.Distances[next], outer); next++)
            {
                sum += Weight(counts, next);
            }

            g[r] = sum * _window.Size / (all * (_window.Ball(outer) - _window.Ball(_inner[r])));
        }

        return g;
    }

    private double[] Kernel(int[] counts, double all)
    {
        var sums = new double[_radii.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            double distance = _offsets.Distances[i], weight = 0.75 / _halfWidth * Weight(counts, i);
            int first = Math.Max(0, (int)Math.Floor((distance - _halfWidth) / _step) - 1);
            for (int r = first; counts[i] > 0 && r < sums.Length && _radii[r] < distance + _halfWidth; r++)
            {
                double u = (_radii[r] - distance) / _halfWidth;
                sums[r] += weight * Math.Max(0, 1 - (u * u));
            }
        }

        return [.. sums.Select((sum, r) => sum * _window.Size / (all * _window.Sphere(_radii[r])))];
    }

    // A step that leads out of the window from everywhere has no pairs and no weight.
    private double Weight(int[] counts, int step) => counts[step] == 0 ? 0 : counts[step] * _weights![step];

    // Border: a point is asked about the radii up to its distance to the edge.
    private double[] G(int[] from, int[] nearest)
    {
        int[] asking = new int[_radii.Length], near = new int[_radii.Length];
        for (int k = 0; k < from.Length; k++)
        {
            double edge = EdgeDistance(from[k]), distance = nearest[k] < _offsets.Distances.Length ? _offsets.Distances[nearest[k]]
                : double.PositiveInfinity;
            for (int r = 0; r < _radii.Length && edge >= _radii[r]; r++)
            {
                asking[r]++;
                near[r] += StudyWindow.Reaches(_radii[r], distance) ? 1 : 0;
            }
        }

        return [.. near.Zip(asking, (n, all) => (double)n / all)];
    }

    // Two threads may work out the same distance; they write the same bits.
    private double EdgeDistance(int site)
    {
        double known = Volatile.Read(ref _edgeDistances[site]);
        if (double.IsNaN(known))
        {
            known = _window.EdgeDistance(_centre(site));
            Volatile.Write(ref _edgeDistances[site], known);
        }

        return known;
    }
}
