namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Points in a tree of halves (k-d tree), for the nearest of them: its time does not depend on how far away that is, as that of bins does
/// where one type is far from another.
/// </summary>
internal sealed class PointTree
{
    private const int Leaf = 8;
    private readonly double[][] _axes;
    private readonly int[] _order;

    // Box around the points of a part, at the place of its middle; without it a part beyond an empty region would have to be looked into.
    private readonly double[][] _low, _high;

    /// <param name="points">Points; finite.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    public PointTree(ReadOnlySpan<TissuePoint> points, int dimensions)
    {
        _axes = new double[dimensions][];
        for (int axis = 0; axis < dimensions; axis++)
        {
            _axes[axis] = new double[points.Length];
            for (int i = 0; i < points.Length; i++)
            {
                _axes[axis][i] = Along(points[i], axis);
            }
        }

        int count = points.Length;
        _order = [.. Enumerable.Range(0, count)];
        _low = [.. _axes.Select(_ => new double[count])];
        _high = [.. _axes.Select(_ => new double[count])];
        Split(0, count, 0);
    }

    /// <summary>Squared distance to the nearest point other than <paramref name="except"/>; +∞ without one.</summary>
    public double NearestSquared(TissuePoint p, int except = -1)
    {
        double best = double.PositiveInfinity;
        Search(0, _order.Length, p, except, ref best);
        return best;
    }

    // The middle of a part is its median along its axis; smaller ones stand before it.
    private void Split(int from, int end, int axis)
    {
        if (from >= end)
        {
            return;
        }

        int middle = from + ((end - from) / 2);
        for (int a = 0; a < _axes.Length; a++)
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int k = from; k < end; k++)
            {
                (low, high) = (Math.Min(low, _axes[a][_order[k]]), Math.Max(high, _axes[a][_order[k]]));
            }

            (_low[a][middle], _high[a][middle]) = (low, high);
        }

        if (end - from > Leaf)
        {
            Select(from, end - 1, middle, _axes[axis]);
            int next = (axis + 1) % _axes.Length;
            Split(from, middle, next);
            Split(middle + 1, end, next);
        }
    }

    private void Select(int low, int high, int wanted, double[] key)
    {
        while (low < high)
        {
            double pivot = key[_order[low + ((high - low) / 2)]];
            int i = low, j = high;
            while (i <= j)
            {
                while (key[_order[i]] < pivot)
                {
                    i++;
                }

                while (key[_order[j]] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (_order[i], _order[j]) = (_order[j], _order[i]);
                    i++;
                    j--;
                }
            }

            if (wanted <= j)
            {
                high = j;
            }
            else if (wanted >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    private void Search(int from, int end, TissuePoint p, int except, ref double best)
    {
        if (end - from <= Leaf)
        {
            for (int k = from; k < end; k++)
            {
                Look(_order[k], p, except, ref best);
            }

            return;
        }

        int middle = from + ((end - from) / 2);
        Look(_order[middle], p, except, ref best);
        double before = Away(from, middle, p), behind = Away(middle + 1, end, p);
        bool first = before <= behind;
        Visit(first ? from : middle + 1, first ? middle : end, first ? before : behind, p, except, ref best);
        Visit(first ? middle + 1 : from, first ? end : middle, first ? behind : before, p, except, ref best);
    }

    private void Visit(int from, int end, double away, TissuePoint p, int except, ref double best)
    {
        if (from < end && away <= best)
        {
            Search(from, end, p, except, ref best);
        }
    }

    // Squared distance to the box of a part.
    private double Away(int from, int end, TissuePoint p)
    {
        if (from >= end)
        {
            return double.PositiveInfinity;
        }

        int middle = from + ((end - from) / 2);
        double squared = 0;
        for (int a = 0; a < _axes.Length; a++)
        {
            double off = Math.Max(0, Math.Max(_low[a][middle] - Along(p, a), Along(p, a) - _high[a][middle]));
            squared += off * off;
        }

        return squared;
    }

    private void Look(int i, TissuePoint p, int except, ref double best)
    {
        if (i == except)
        {
            return;
        }

        double dx = _axes[0][i] - p.X, dy = _axes[1][i] - p.Y, dz = _axes.Length == 3 ? _axes[2][i] - p.Z : 0;
        best = Math.Min(best, (dx * dx) + (dy * dy) + (dz * dz));
    }

    private static double Along(TissuePoint p, int axis) => axis == 0 ? p.X : axis == 1 ? p.Y : p.Z;
}
