namespace TmeSim.Analysis.Spatial;

/// <summary>What the kernel estimate of the pair correlation divides by: see <see cref="PairCorrelation.Kernel"/>.</summary>
public enum PairDivisor : byte
{
    /// <summary>The radius of the estimate; spatstat's default. Too large near 0.</summary>
    Radius,

    /// <summary>The distance of each pair; better near 0. Pairs at distance 0 have none and are left out.</summary>
    Distance,
}

/// <summary>
/// Pair correlation g(r): how many neighbours at distance r, relative to independent places. 1 under CSR and for independent types, above 1
/// clustering, below 1 exclusion.
/// </summary>
/// <remarks>
/// Two estimators. Annuli: Σ over pairs with r ≤ d &lt; r + width of w · |W| / (n_A n_B · area of the annulus), as in MuSpAn's cross-PCF.
/// Kernel: Σ over pairs of w · κ(r − d) · |W| / (n_A n_B · 2πr) with the Epanechnikov kernel κ of half width 0.15 / √λ_B (Stoyan and Stoyan
/// 1994, Fractals, Random Shapes and Point Fields, ISBN 978-0-471-93757-9), as in spatstat's pcf and pcfcross, which bin the distances
/// first. In three dimensions shells and 4πr² take the place of annuli and 2πr, and the kernel's half width must be given.
/// </remarks>
public static class PairCorrelation
{
    /// <summary>Factor of the half width of the kernel.</summary>
    public const double Stoyan = 0.15;

    /// <summary>g in annuli (shells) from one type to another, or from a type to itself.</summary>
    /// <param name="from">Points of type A, inside the window.</param>
    /// <param name="to">Points of type B, inside the window; null for the same type, whose points are not their own neighbours.</param>
    /// <param name="window">Where both were observed.</param>
    /// <param name="innerRadii">Inner radii [µm], zero or more and rising.</param>
    /// <param name="width">Width of every annulus [µm], positive; annuli may overlap.</param>
    /// <param name="correction">Edge correction; border asks only points at least the outer radius from the edge.</param>
    /// <exception cref="ArgumentException">A point lies outside, the radii are no such list, or the window does not support the
    /// correction.</exception>
    public static double[] Annuli(
        ReadOnlySpan<TissuePoint> from, TissuePoint[]? to, StudyWindow window, ReadOnlySpan<double> innerRadii, double width,
        EdgeCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (!(width > 0))
        {
            throw new ArgumentException("the width of an annulus [um] must be positive", nameof(width));
        }

        Require(from, to, window, correction);
        window.RequireRadii(innerRadii, width);
        if (innerRadii.IsEmpty)
        {
            return [];
        }

        TissuePoint[] asking = from.ToArray();
        var rings = new Rings(asking, to ?? asking, to is null, window, innerRadii.ToArray(), width, correction);
        Visit(asking, to, window, innerRadii[^1] + width, ref rings);
        int neighbours = to?.Length ?? from.Length - 1;
        var g = new double[innerRadii.Length];
        for (int i = 0; i < g.Length; i++)
        {
            double annulus = window.Ball(innerRadii[i] + width) - window.Ball(innerRadii[i]);

            // Border: the intensity is all points of the type over the window, as in K, so a univariate count compares with n, not n − 1.
            g[i] = correction == EdgeCorrection.Border
                ? rings.Sums[i] * window.Size / ((double)rings.Asking(i) * (to?.Length ?? from.Length) * annulus)
                : rings.Sums[i] * window.Size / ((double)from.Length * neighbours * annulus);
        }

        return g;
    }

    /// <summary>g with an Epanechnikov kernel from one type to another, or from a type to itself.</summary>
    /// <param name="from">Points of type A, inside the window.</param>
    /// <param name="to">Points of type B, inside the window; null for the same type, whose points are not their own neighbours.</param>
    /// <param name="window">Where both were observed.</param>
    /// <param name="radii">Radii [µm], positive and rising.</param>
    /// <param name="correction">None, translate or isotropic.</param>
    /// <param name="divisor">Divide by the radius or by the distance of each pair.</param>
    /// <param name="halfWidth">Half width of the kernel [µm]; in two dimensions 0.15 / √λ_B when it is not given.</param>
    /// <exception cref="ArgumentException">
    /// A point lies outside, the radii are no such list, the correction is border or not supported by the window, or a volume comes without
    /// a half width.
    /// </exception>
    public static double[] Kernel(
        ReadOnlySpan<TissuePoint> from,
        TissuePoint[]? to,
        StudyWindow window,
        ReadOnlySpan<double> radii,
        EdgeCorrection correction,
        PairDivisor divisor = PairDivisor.Radius,
        double? halfWidth = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (correction == EdgeCorrection.Border)
        {
            throw new ArgumentException("the kernel estimate of g has no border correction: use translate, isotropic or annuli",
                nameof(correction));
        }

        if (window.Dimensions == 3 && halfWidth is null)
        {
            throw new ArgumentException(
                "the rule 0.15 / sqrt(intensity) holds in two dimensions: give the half width of the kernel [um] for a volume",
                nameof(halfWidth));
        }

        double h = halfWidth ?? Stoyan / Math.Sqrt((to?.Length ?? from.Length) / window.Size);
        if (!(h > 0) || (radii.Length > 0 && !(radii[0] > 0)))
        {
            throw new ArgumentException("the kernel needs positive radii and a positive half width [um]", nameof(radii));
        }

        Require(from, to, window, correction);
        window.RequireRadii(radii);
        if (radii.IsEmpty || from.IsEmpty || to is { Length: 0 })
        {
            double[] nothing = new double[radii.Length];
            Array.Fill(nothing, double.NaN);
            return nothing;
        }

        TissuePoint[] asking = from.ToArray();
        var kernels = new Kernels(asking, to ?? asking, to is null, window, radii.ToArray(), h, correction, divisor);
        Visit(asking, to, window, radii[^1] + h, ref kernels);
        double all = to is null ? (double)from.Length * (from.Length - 1) : (double)from.Length * to.Length;
        var g = new double[radii.Length];
        for (int i = 0; i < g.Length; i++)
        {
            // Pairs were divided by the sphere of their own distance already when that is the divisor.
            g[i] = kernels.Sums[i] * window.Size / (all * (divisor == PairDivisor.Radius ? window.Sphere(radii[i]) : 1));
        }

        return g;
    }

    private static void Require(ReadOnlySpan<TissuePoint> from, TissuePoint[]? to, StudyWindow window, EdgeCorrection correction)
    {
        window.RequireCorrection(correction);
        window.RequirePoints(from, nameof(from));
        window.RequirePoints(to, nameof(to));
    }

    private static void Visit<T>(TissuePoint[] from, TissuePoint[]? to, StudyWindow window, double reach, ref T visitor)
        where T : IPairVisitor => new PointBins(to ?? from, window.Dimensions, reach / 2).VisitPairs(from, reach, ref visitor);

    private readonly struct Rings : IPairVisitor
    {
        private readonly TissuePoint[] _from;
        private readonly TissuePoint[] _to;
        private readonly bool _same;
        private readonly StudyWindow _window;
        private readonly EdgeCorrection _correction;
        private readonly double[] _inner;
        private readonly double[] _outer;
        private readonly double[] _edges;

        public Rings(TissuePoint[] from, TissuePoint[] to, bool same, StudyWindow window, double[] radii, double width,
            EdgeCorrection correction)
        {
            (_from, _to, _same, _window, _correction) = (from, to, same, window, correction);
            _inner = [.. radii.Select(r => r * r)];
            _outer = [.. radii.Select(r => (r + width) * (r + width))];
            Sums = new double[radii.Length];
            _edges = correction == EdgeCorrection.Border ? [.. from.Select(window.EdgeDistance).Select(d => d * d)] : [];
        }

        public double[] Sums { get; }

        public int Asking(int i)
        {
            double outer = _outer[i];
            return _edges.Count(edge => edge >= outer);
        }

        public void Visit(int from, int to, double squared)
        {
            if (_same && from == to)
            {
                return;
            }

            int at = Array.BinarySearch(_outer, squared);
            int first = at < 0 ? ~at : at + 1; // the first annulus that ends beyond the pair
            if (first == _inner.Length || _inner[first] > squared)
            {
                return;
            }

            double weight = _correction is EdgeCorrection.None or EdgeCorrection.Border ? 1
                : _window.Weight(_correction, _from[from], _to[to], Math.Sqrt(squared));
            for (int i = first; i < _inner.Length && _inner[i] <= squared; i++)
            {
                Sums[i] += _correction == EdgeCorrection.Border && _edges[from] < _outer[i] ? 0 : weight;
            }
        }
    }

    private readonly struct Kernels : IPairVisitor
    {
        private readonly TissuePoint[] _from;
        private readonly TissuePoint[] _to;
        private readonly bool _same;
        private readonly StudyWindow _window;
        private readonly EdgeCorrection _correction;
        private readonly double[] _radii;
        private readonly double _halfWidth;
        private readonly PairDivisor _divisor;

        public Kernels(
            TissuePoint[] from, TissuePoint[] to, bool same, StudyWindow window, double[] radii, double halfWidth,
            EdgeCorrection correction, PairDivisor divisor)
        {
            (_from, _to, _same, _window, _radii, _halfWidth, _correction, _divisor) = (from, to, same, window, radii, halfWidth,
                correction, divisor);
            Sums = new double[radii.Length];
        }

        public double[] Sums { get; }

        public void Visit(int from, int to, double squared)
        {
            if ((_same && from == to) || (_divisor == PairDivisor.Distance && squared == 0))
            {
                return;
            }

            double distance = Math.Sqrt(squared);
            int at = Array.BinarySearch(_radii, distance - _halfWidth), first = at < 0 ? ~at : at;
            if (first == _radii.Length || _radii[first] >= distance + _halfWidth)
            {
                return;
            }

            double weight = 0.75 / _halfWidth * _window.Weight(_correction, _from[from], _to[to], distance);
            weight = _divisor == PairDivisor.Distance ? weight / _window.Sphere(distance) : weight;
            for (int i = first; i < _radii.Length && _radii[i] < distance + _halfWidth; i++)
            {
                double u = (_radii[i] - distance) / _halfWidth;
                Sums[i] += weight * (1 - u * u);
            }
        }
    }
}
