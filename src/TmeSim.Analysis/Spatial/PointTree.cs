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

        _order = [.. Enumerable.Range(0, points.Length)];
        Split(0, points.Length, 0);
    }

    /// <summary>Squared distance to the nearest point other than <paramref name="except"/>; +∞ without one.</summary>
    public double NearestSquared(TissuePoint p, int except = -1)
    {
        double best = double.PositiveInfinity;
        Search(0, _order.Length, 0, p, except, ref best);
        return best;
    }

    // The middle of a part is its median along its axis; smaller ones stand before it.
    private void Split(int from, int end, int axis)
    {
        while (end - from > Leaf)
        {
            int middle = from + ((end - from) / 2);
            Select(from, end - 1, middle, _axes[axis]);
            axis = (axis + 1) % _axes.Length;
            Split(from, middle, axis);
            from = middle + 1;
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

    private void Search(int from, int end, int axis, TissuePoint p, int except, ref double best)
    {
        if (end - from <= Leaf)
        {
            for (int k = from; k < end; k++)
            {
                Look(_order[k], p, except, ref best);
            }

            return;
        }

        int middle = from + ((end - from) / 2), next = (axis + 1) % _axes.Length;
        double off = Along(p, axis) - _axes[axis][_order[middle]];
        Look(_order[middle], p, except, ref best);
        if (off <= 0)
        {
            Search(from, middle, next, p, except, ref best);
            if (off * off <= best)
            {
                Search(middle + 1, end, next, p, except, ref best);
            }
        }
        else
        {
            Search(middle + 1, end, next, p, except, ref best);
            if (off * off <= best)
            {
                Search(from, middle, next, p, except, ref best);
            }
        }
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
