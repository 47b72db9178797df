namespace TmeSim.Analysis.Spatial;

/// <summary>
/// What stands around the cells of a type, by the kernel of the functional cell neighbourhood (FunCN): of each, the share of a type among the
/// other cells, weighted by a Gaussian of their distance and cut off at three times its width. No edge correction: a share needs none.
/// </summary>
public static class FunctionalNeighbourhood
{
    /// <summary>Width of the kernel [um].</summary>
    public const double SigmaUm = 20;

    private const double Cut = 3;

    /// <summary>Mean share; NaN where none of the asking cells has others around it.</summary>
    /// <param name="points">All cells that count; finite.</param>
    /// <param name="asks">Whether a cell asks.</param>
    /// <param name="counted">Whether a cell is of the type whose share is asked.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    /// <param name="sigmaUm">Width of the kernel [um], positive.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double MeanShare(
        ReadOnlySpan<TissuePoint> points, ReadOnlySpan<bool> asks, ReadOnlySpan<bool> counted, int dimensions, double sigmaUm = SigmaUm)
    {
        if (asks.Length != points.Length || counted.Length != points.Length)
        {
            throw new ArgumentException("there must be as many answers as points", nameof(asks));
        }

        var asking = new List<int>();
        for (int i = 0; i < points.Length; i++)
        {
            if (asks[i])
            {
                asking.Add(i);
            }
        }

        if (asking.Count == 0)
        {
            return double.NaN;
        }

        TissuePoint[] all = points.ToArray();
        var sums = new Sums([.. asking], counted.ToArray(), 1 / (2 * sigmaUm * sigmaUm));
        new PointBins(points, dimensions, Cut * sigmaUm / 2).VisitPairs([.. asking.Select(i => all[i])], Cut * sigmaUm, ref sums);
        double sum = 0;
        int defined = 0;
        for (int i = 0; i < asking.Count; i++)
        {
            if (sums.All[i] > 0)
            {
                sum += sums.Of[i] / sums.All[i];
                defined++;
            }
        }

        return defined > 0 ? sum / defined : double.NaN;
    }

    private readonly struct Sums(int[] asking, bool[] counted, double rate) : IPairVisitor
    {
        public double[] All { get; } = new double[asking.Length];

        public double[] Of { get; } = new double[asking.Length];

        public void Visit(int from, int to, double squared)
        {
            if (asking[from] == to)
            {
                return;
            }

            double weight = Math.Exp(-squared * rate);
            All[from] += weight;
            Of[from] += counted[to] ? weight : 0;
        }
    }
}
