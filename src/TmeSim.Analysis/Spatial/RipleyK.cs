namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Ripley's K: neighbours within r of a point, over the intensity of the neighbours, [µm²] in two dimensions and [µm³] in three. πr²
/// (4/3·πr³) under complete spatial randomness (CSR), more when clustered, less when spread out.
/// </summary>
/// <remarks>
/// Univariate |W| / (n (n − 1)) · Σ over pairs i ≠ j, cross |W| / (n_A n_B) · Σ over pairs, each pair with the weight of its
/// <see cref="EdgeCorrection"/>; border: Σ over i with edge distance ≥ r, over (λ_j · their number). The intensity is that of the
/// neighbours' own type, n_B / |W|. The same estimators as spatstat's Kest and Kcross (Baddeley, Rubak and Turner 2015, Spatial Point
/// Patterns, ISBN 978-1-4822-1020-0) and, with translate in three dimensions, K3est. NaN where nobody is left to ask.
/// </remarks>
public static class RipleyK
{
    /// <summary>K of one type.</summary>
    /// <param name="points">Points, all inside the window.</param>
    /// <param name="window">Where they were observed.</param>
    /// <param name="radii">Radii [µm], zero or more and rising, at most half the diagonal of the window.</param>
    /// <param name="correction">Edge correction; isotropic for rectangles only.</param>
    /// <exception cref="ArgumentException">A point lies outside, the radii are no such list, or the window does not support the
    /// correction.</exception>
    public static double[] Univariate(ReadOnlySpan<TissuePoint> points, StudyWindow window, ReadOnlySpan<double> radii,
        EdgeCorrection correction) =>
        Of(points, points, true, window, radii, correction);

    /// <summary>Cross-K: neighbours of type B around points of type A. The types must be different cells; they may share places.</summary>
    /// <param name="from">Points of type A, inside the window.</param>
    /// <param name="to">Points of type B, inside the window.</param>
    /// <param name="window">Where both were observed.</param>
    /// <param name="radii">Radii [µm], zero or more and rising, at most half the diagonal of the window.</param>
    /// <param name="correction">Edge correction; isotropic for rectangles only.</param>
    /// <inheritdoc cref="Univariate"/>
    public static double[] Cross(
        ReadOnlySpan<TissuePoint> from, ReadOnlySpan<TissuePoint> to, StudyWindow window, ReadOnlySpan<double> radii,
            EdgeCorrection correction) =>
        Of(from, to, false, window, radii, correction);

    /// <summary>L = √(K/π), in three dimensions ∛(3K/4π) [µm]: r under CSR.</summary>
    /// <param name="k">Values of K; left unchanged.</param>
    /// <param name="dimensions">2 or 3.</param>
    public static double[] ToL(ReadOnlySpan<double> k, int dimensions)
    {
        var l = new double[k.Length];
        for (int i = 0; i < l.Length; i++)
        {
            l[i] = dimensions == 2 ? Math.Sqrt(k[i] / Math.PI) : Math.Cbrt(k[i] * 3 / (4 * Math.PI));
        }

        return l;
    }

    private static double[] Of(
        ReadOnlySpan<TissuePoint> from, ReadOnlySpan<TissuePoint> to, bool same, StudyWindow window, ReadOnlySpan<double> radii,
        EdgeCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(window);
        window.RequireCorrection(correction);
        window.RequireRadii(radii);
        window.RequirePoints(from, nameof(from));
        window.RequirePoints(to, nameof(to));
        if (radii.IsEmpty)
        {
            return [];
        }

        var pairs = new Pairs(from.ToArray(), to.ToArray(), same, window, radii.ToArray(), correction);
        new PointBins(to, window.Dimensions, Math.Max(radii[^1] / 2, 1e-9)).VisitPairs(from, radii[^1], ref pairs);
        double all = same ? (double)from.Length * (from.Length - 1) : (double)from.Length * to.Length,
            lambda = to.Length / window.Size, sum = 0;
        var k = new double[radii.Length];
        for (int i = 0; i < k.Length; i++)
        {
            sum += pairs.Sums[i];
            k[i] = correction == EdgeCorrection.Border ? sum / (lambda * pairs.Asking(i)) : sum * window.Size / all;
        }

        return k;
    }

    /// <summary>Sums of weights by the first radius that reaches a pair; with border also where the asking point leaves.</summary>
    private readonly struct Pairs : IPairVisitor
    {
        private readonly TissuePoint[] _from;
        private readonly TissuePoint[] _to;
        private readonly bool _same;
        private readonly StudyWindow _window;
        private readonly EdgeCorrection _correction;
        private readonly double[] _squaredRadii;
        private readonly int[] _leaves;

        public Pairs(TissuePoint[] from, TissuePoint[] to, bool same, StudyWindow window, double[] radii, EdgeCorrection correction)
        {
            (_from, _to, _same, _window, _correction) = (from, to, same, window, correction);
            _squaredRadii = [.. radii.Select(r => r * r)];
            Sums = new double[radii.Length + 1];
            _leaves = correction == EdgeCorrection.Border ? [.. from.Select(p => FirstAbove(radii, window.EdgeDistance(p)))] : [];
        }

        public double[] Sums { get; }

        /// <summary>Points at least the i-th radius from the edge.</summary>
        public int Asking(int i) => _leaves.Count(leaves => leaves > i);

        public void Visit(int from, int to, double squared)
        {
            if (_same && from == to)
            {
                return;
            }

            int first = FirstFrom(_squaredRadii, squared);
            if (_correction == EdgeCorrection.Border)
            {
                if (first < _leaves[from])
                {
                    Sums[first]++;
                    Sums[_leaves[from]]--;
                }
            }
            else
            {
                Sums[first] += _correction == EdgeCorrection.None ? 1
                    : _window.Weight(_correction, _from[from], _to[to], Math.Sqrt(squared));
            }
        }

        // First index whose value is at least x; the length when none is.
        private static int FirstFrom(double[] values, double x)
        {
            int at = Array.BinarySearch(values, x);
            return at < 0 ? ~at : at;
        }

        private static int FirstAbove(double[] values, double x)
        {
            int at = Array.BinarySearch(values, x);
            return at < 0 ? ~at : at + 1;
        }
    }
}
