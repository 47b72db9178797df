using System.Numerics;
using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Distances from many sites of a mask to the nearest of some points, block by block: the points that can be nearest to a site of a block
/// are few, and are looked up once for all its sites. Needs no memory per site.
/// </summary>
public static class SiteDistances
{
    private const int Block = 4;

    /// <summary>
    /// Mean distance [µm] from the centres of marked sites to the nearest point; NaN without marked sites, +∞ without points. No edge
    /// correction.
    /// </summary>
    /// <param name="mask">Sites that ask.</param>
    /// <param name="points">Points, as positions of the grid [µm]: the centre of site (x, y, z) is ((x, y, z) + ½) · spacing. They may lie
    /// outside it.</param>
    public static double Mean(MaskBits mask, ReadOnlySpan<TissuePoint> points)
    {
        ArgumentNullException.ThrowIfNull(mask);
        MaskGrid grid = mask.Grid;
        var blocks = new Blocks(mask, points);
        double sum = 0;
        long count = 0;
        for (int z = 0; z < grid.Nz; z += Block)
        {
            for (int y = 0; y < grid.Ny; y += Block)
            {
                for (int x = 0; x < grid.Nx; x += Block)
                {
                    blocks.Add(x, y, z, ref sum, ref count);
                }
            }
        }

        return sum / count;
    }

    private readonly struct Blocks
    {
        private readonly MaskBits _mask;
        private readonly PointBins _bins;
        private readonly List<TissuePoint> _near = [];
        private readonly TissuePoint[] _points;

        public Blocks(MaskBits mask, ReadOnlySpan<TissuePoint> points)
        {
            _mask = mask;
            _points = points.ToArray();
            MaskGrid grid = mask.Grid;
            double sitesForTwo = 2.0 * grid.Length / Math.Max(1, points.Length);
            bool solid = grid is { Nx: > 1, Ny: > 1, Nz: > 1 };
            _bins = new PointBins(points, 3, (solid ? Math.Cbrt(sitesForTwo) : Math.Sqrt(sitesForTwo)) * grid.SpacingUm);
        }

        public void Add(int x, int y, int z, ref double sum, ref long count)
        {
            MaskGrid grid = _mask.Grid;
            bool searched = false;
            for (int bz = z; bz < Math.Min(z + Block, grid.Nz); bz++)
            {
                for (int by = y; by < Math.Min(y + Block, grid.Ny); by++)
                {
                    // Blocks of four sites never cross a word of 64.
                    ulong bits = (_mask.Row(bz * grid.Ny + by)[x >> 6] >> (x & 63)) & ((1UL << Block) - 1);
                    if (bits != 0 && !searched)
                    {
                        Search(x, y, z);
                        searched = true;
                    }

                    for (; bits != 0; bits &= bits - 1)
                    {
                        sum += Nearest(x + BitOperations.TrailingZeroCount(bits), by, bz);
                        count++;
                    }
                }
            }
        }

        // A point nearer to some site than the one nearest to the middle lies within that one's distance and twice the half diagonal of the
        // middle.
        private void Search(int x, int y, int z)
        {
            MaskGrid grid = _mask.Grid;
            int wx = Math.Min(Block, grid.Nx - x), wy = Math.Min(Block, grid.Ny - y), wz = Math.Min(Block, grid.Nz - z);
            var middle = new TissuePoint((x + 0.5 * wx) * grid.SpacingUm, (y + 0.5 * wy) * grid.SpacingUm, (z + 0.5 * wz) * grid.SpacingUm);
            double half = 0.5 * grid.SpacingUm * Math.Sqrt((wx - 1) * (wx - 1) + (wy - 1) * (wy - 1) + (wz - 1) * (wz - 1));
            _near.Clear();
            if (_points.Length > 0)
            {
                var collector = new Collector(_near, _points);
                double reach = (Math.Sqrt(_bins.NearestSquared(middle)) + 2 * half) * (1 + 1e-12);
                _bins.VisitPairs([middle], reach, ref collector);
            }
        }

        private double Nearest(int x, int y, int z)
        {
            double h = _mask.Grid.SpacingUm, px = (x + 0.5) * h, py = (y + 0.5) * h, pz = (z + 0.5) * h, best = double.PositiveInfinity;
            foreach (TissuePoint p in _near)
            {
                double dx = p.X - px, dy = p.Y - py, dz = p.Z - pz;
                best = Math.Min(best, dx * dx + dy * dy + dz * dz);
            }

            return Math.Sqrt(best);
        }
    }

    private readonly struct Collector(List<TissuePoint> near, TissuePoint[] points) : IPairVisitor
    {
        public void Visit(int from, int to, double squared) => near.Add(points[to]);
    }
}
