namespace TmeSim.Analysis.Spatial;

/// <summary>Called for each pair that <see cref="PointBins"/> finds.</summary>
internal interface IPairVisitor
{
    /// <param name="from">Index of the asking point.</param>
    /// <param name="to">Index of its neighbour.</param>
    /// <param name="squared">Squared distance [µm²].</param>
    void Visit(int from, int to, double squared);
}

/// <summary>Points sorted into square (cubic) bins, so that neighbours are looked for in the bins around a point only.</summary>
internal sealed class PointBins
{
    private readonly TissuePoint[] _points;
    private readonly int _dimensions;
    private readonly double _side;
    private readonly TissuePoint _low;
    private readonly int _nx;
    private readonly int _ny;
    private readonly int _nz;
    private readonly int[] _starts;
    private readonly int[] _order;

    /// <param name="points">Points; finite.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    /// <param name="side">Wanted side of a bin [µm], positive; becomes longer where there would be many more bins than points.</param>
    public PointBins(ReadOnlySpan<TissuePoint> points, int dimensions, double side)
    {
        _points = points.ToArray();
        _dimensions = dimensions;
        (TissuePoint low, TissuePoint high) = Ends(points);
        (double wx, double wy, double wz) = (high.X - low.X, high.Y - low.Y, dimensions == 3 ? high.Z - low.Z : 0);
        while ((wx / side + 1) * (wy / side + 1) * (wz / side + 1) > 4.0 * points.Length + 64)
        {
            side *= 1.5;
        }

        (_low, _side) = (low, side);
        (_nx, _ny, _nz) = ((int)(wx / side) + 1, (int)(wy / side) + 1, (int)(wz / side) + 1);
        _starts = new int[_nx * _ny * _nz + 1];
        _order = new int[points.Length];
        foreach (TissuePoint point in points)
        {
            _starts[Bin(point) + 1]++;
        }

        for (int i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        int[] next = [.. _starts];
        for (int i = 0; i < points.Length; i++)
        {
            _order[next[Bin(points[i])]++] = i;
        }
    }

    /// <summary>
    /// Visits every pair of a point and a binned point at most <paramref name="radius"/> apart, in an order that the input alone decides.
    /// </summary>
    public void VisitPairs<T>(ReadOnlySpan<TissuePoint> from, double radius, ref T visitor)
        where T : IPairVisitor
    {
        double most = radius * radius;
        for (int i = 0; i < from.Length; i++)
        {
            TissuePoint p = from[i];
            (int x0, int x1) = Range(p.X - _low.X, radius, _nx);
            (int y0, int y1) = Range(p.Y - _low.Y, radius, _ny);
            (int z0, int z1) = _dimensions == 3 ? Range(p.Z - _low.Z, radius, _nz) : (0, 0);
            for (int z = z0; z <= z1; z++)
            {
                for (int y = y0; y <= y1; y++)
                {
                    int row = (z * _ny + y) * _nx;
                    for (int k = x0 > x1 ? 0 : _starts[row + x0], end = x0 > x1 ? 0 : _starts[row + x1 + 1]; k < end; k++)
                    {
                        double squared = Squared(p, _points[_order[k]]);
                        if (squared <= most)
                        {
                            visitor.Visit(i, _order[k], squared);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Squared distance [µm²] to the nearest binned point other than <paramref name="except"/>; +∞ without one.</summary>
    public double NearestSquared(TissuePoint p, int except = -1)
    {
        double best = double.PositiveInfinity;

        // Rings of bins around the bin nearest to the point. A bin of ring k lies at least k − 1 whole bins away, also for points outside
        // all bins.
        int x = Nearest(p.X - _low.X, _nx), y = Nearest(p.Y - _low.Y, _ny), z = _dimensions == 3 ? Nearest(p.Z - _low.Z, _nz) : 0;
        int last = Math.Max(Far(x, _nx), Math.Max(Far(y, _ny), Far(z, _nz)));
        for (int ring = 0; ring <= last; ring++)
        {
            double nearest = (ring - 1) * _side;
            if (ring > 1 && nearest * nearest > best)
            {
                break;
            }

            Search(p, x, y, z, ring, except, ref best);
        }

        return best;
    }

    private void Search(TissuePoint p, int x, int y, int z, int ring, int except, ref double best)
    {
        for (int bz = Math.Max(0, z - ring); bz <= Math.Min(_nz - 1, z + ring); bz++)
        {
            for (int by = Math.Max(0, y - ring); by <= Math.Min(_ny - 1, y + ring); by++)
            {
                bool whole = Math.Abs(bz - z) == ring || Math.Abs(by - y) == ring;
                if (whole)
                {
                    SearchBins(p, bz, by, Math.Max(0, x - ring), Math.Min(_nx - 1, x + ring), except, ref best);
                }
                else
                {
                    SearchBins(p, bz, by, x - ring, x - ring, except, ref best);
                    SearchBins(p, bz, by, x + ring, x + ring, except, ref best);
                }
            }
        }
    }

    private void SearchBins(TissuePoint p, int z, int y, int x0, int x1, int except, ref double best)
    {
        if (x0 > x1 || x0 < 0 || x1 >= _nx)
        {
            return;
        }

        int row = (z * _ny + y) * _nx;
        for (int k = _starts[row + x0]; k < _starts[row + x1 + 1]; k++)
        {
            if (_order[k] != except)
            {
                best = Math.Min(best, Squared(p, _points[_order[k]]));
            }
        }
    }

    private double Squared(TissuePoint a, TissuePoint b)
    {
        double dx = a.X - b.X, dy = a.Y - b.Y, dz = _dimensions == 3 ? a.Z - b.Z : 0;
        return dx * dx + dy * dy + dz * dz;
    }

    private int Bin(TissuePoint p) =>
        ((_dimensions == 3 ? Place(p.Z - _low.Z, _nz) : 0) * _ny + Place(p.Y - _low.Y, _ny)) * _nx + Place(p.X - _low.X, _nx);

    private int Place(double offset, int bins) => Math.Min((int)(offset / _side), bins - 1);

    // Divided as Place divides, so that a point exactly one radius away falls into the range.
    private (int First, int Last) Range(double offset, double radius, int bins) =>
        ((int)Math.Clamp(Math.Floor((offset - radius) / _side), 0, bins),
            (int)Math.Clamp(Math.Floor((offset + radius) / _side), -1, bins - 1));

    private int Nearest(double offset, int bins) => (int)Math.Clamp(Math.Floor(offset / _side), 0, bins - 1);

    private static int Far(int place, int bins) => Math.Max(place, bins - 1 - place);

    private static (TissuePoint Low, TissuePoint High) Ends(ReadOnlySpan<TissuePoint> points)
    {
        if (points.IsEmpty)
        {
            return (default, default);
        }

        TissuePoint low = points[0], high = points[0];
        foreach (TissuePoint p in points)
        {
            low = new TissuePoint(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
            high = new TissuePoint(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
        }

        return (low, high);
    }
}
