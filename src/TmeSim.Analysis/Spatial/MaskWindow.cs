using System.Numerics;
using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>
/// A window made of whole sites of a grid: a tumour region, a tissue without its folds. Sites are squares (cubes) around (i + ½) · spacing.
/// </summary>
/// <remarks>
/// The overlap of such a window with itself is exact: at displacements of whole sites a count of sites, and between them bilinear
/// (trilinear), because the overlap of two squares is the product of two triangle functions. Edge distances are exact too, up to
/// <see cref="LargestRadius"/>.
/// </remarks>
public sealed class MaskWindow : StudyWindow
{
    private readonly MaskBits _mask;
    private readonly Dictionary<(int, int, int), double> _overlaps = [];
    private readonly List<(int X, int Y, int Z)> _sites = [];

    /// <param name="mask">The sites of the window, at least one. Taken over: do not change it afterwards.</param>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public MaskWindow(MaskBits mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        _mask = mask;
        MaskGrid grid = mask.Grid;
        Dimensions = grid.Nz > 1 ? 3 : 2;
        (int X, int Y, int Z) low = (int.MaxValue, int.MaxValue, int.MaxValue), high = (-1, -1, -1);
        for (int z = 0; z < grid.Nz; z++)
        {
            for (int y = 0; y < grid.Ny; y++)
            {
                for (int x = 0; x < grid.Nx; x++)
                {
                    if (mask[x, y, z])
                    {
                        _sites.Add((x, y, z));
                        low = (Math.Min(low.X, x), Math.Min(low.Y, y), Math.Min(low.Z, z));
                        high = (Math.Max(high.X, x), Math.Max(high.Y, y), Math.Max(high.Z, z));
                    }
                }
            }
        }

        if (_sites.Count == 0)
        {
            throw new ArgumentException("a window needs at least one site", nameof(mask));
        }

        double h = grid.SpacingUm, dx = high.X - low.X + 1, dy = high.Y - low.Y + 1, dz = Dimensions == 3 ? high.Z - low.Z + 1 : 0;
        Size = _sites.Count * SiteSize;
        LargestRadius = 0.5 * h * Math.Sqrt(dx * dx + dy * dy + dz * dz);
    }

    public override int Dimensions { get; }

    public override double Size { get; }

    public override double LargestRadius { get; }

    /// <summary>Sites of the window in the order x, y, z.</summary>
    public IReadOnlyList<(int X, int Y, int Z)> Sites => _sites;

    private double SiteSize => Dimensions == 2 ? Spacing * Spacing : Spacing * Spacing * Spacing;

    private double Spacing => _mask.Grid.SpacingUm;

    public override bool Contains(TissuePoint point)
    {
        int x = Floor(point.X), y = Floor(point.Y), z = Layer(point);
        return IsInside(x, y, z);
    }

    public override double EdgeDistance(TissuePoint point)
    {
        // Squares outside, ring by ring around the site, until no nearer one can come.
        int x = Floor(point.X), y = Floor(point.Y), z = Layer(point);
        double best = double.PositiveInfinity;
        int last = (int)(2 * LargestRadius / Spacing) + 2;
        for (int ring = 0; ring <= last && (ring - 1) * Spacing < best; ring++)
        {
            for (int dz = Dimensions == 3 ? -ring : 0; dz <= (Dimensions == 3 ? ring : 0); dz++)
            {
                for (int dy = -ring; dy <= ring; dy++)
                {
                    bool shell = Math.Abs(dy) == ring || Math.Abs(dz) == ring;
                    for (int dx = -ring; dx <= ring; dx += shell || ring == 0 ? 1 : 2 * ring)
                    {
                        if (!IsInside(x + dx, y + dy, z + dz))
                        {
                            best = Math.Min(best, ToSquare(point, x + dx, y + dy, z + dz));
                        }
                    }
                }
            }
        }

        return best;
    }

    public override double Overlap(double dx, double dy, double dz)
    {
        double sx = dx / Spacing, sy = dy / Spacing, sz = Dimensions == 3 ? dz / Spacing : 0;
        int x = (int)Math.Floor(sx), y = (int)Math.Floor(sy), z = (int)Math.Floor(sz);
        double fx = sx - x, fy = sy - y, fz = sz - z, sum = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            int cx = corner & 1, cy = (corner >> 1) & 1, cz = corner >> 2;
            double weight = (cx == 1 ? fx : 1 - fx) * (cy == 1 ? fy : 1 - fy) * (cz == 1 ? fz : 1 - fz);
            sum += weight == 0 ? 0 : weight * OverlapOfSites(x + cx, y + cy, z + cz);
        }

        return sum;
    }

    public override double CircleShare(TissuePoint centre, double radius)
    {
        RequireCorrection(EdgeCorrection.Isotropic);
        return double.NaN;
    }

    public override TissuePoint Uniform(double u, double v, double w)
    {
        // The first number picks the site and, by what is left of it, the place along x.
        double at = u * _sites.Count;
        (int x, int y, int z) = _sites[Math.Min((int)at, _sites.Count - 1)];
        return new TissuePoint((x + (at - Math.Floor(at))) * Spacing, (y + v) * Spacing, Dimensions == 3 ? (z + w) * Spacing
            : 0.5 * Spacing);
    }

    /// <summary>Centre of a site [µm].</summary>
    public TissuePoint Centre((int X, int Y, int Z) site) =>
        new((site.X + 0.5) * Spacing, (site.Y + 0.5) * Spacing, (site.Z + 0.5) * Spacing);

    private double OverlapOfSites(int dx, int dy, int dz)
    {
        // Opposite displacements share the same area: remember the one that points up.
        if (dz < 0 || (dz == 0 && (dy < 0 || (dy == 0 && dx < 0))))
        {
            (dx, dy, dz) = (-dx, -dy, -dz);
        }

        if (!_overlaps.TryGetValue((dx, dy, dz), out double overlap))
        {
            overlap = CountOverlap(dx, dy, dz) * SiteSize;
            _overlaps[(dx, dy, dz)] = overlap;
        }

        return overlap;
    }

    private long CountOverlap(int dx, int dy, int dz)
    {
        MaskGrid grid = _mask.Grid;
        long count = 0;
        for (int z = Math.Max(0, -dz); z < Math.Min(grid.Nz, grid.Nz - dz); z++)
        {
            for (int y = Math.Max(0, -dy); y < Math.Min(grid.Ny, grid.Ny - dy); y++)
            {
                ReadOnlySpan<ulong> here = _mask.Row(z * grid.Ny + y), there = _mask.Row((z + dz) * grid.Ny + y + dy);
                for (int w = 0; w < here.Length; w++)
                {
                    count += BitOperations.PopCount(here[w] & Moved(there, w, dx));
                }
            }
        }

        return count;
    }

    // Word w of a row whose bits were moved down by dx sites.
    private static ulong Moved(ReadOnlySpan<ulong> row, int w, int dx)
    {
        int words = dx >> 6, bits = dx & 63;
        ulong low = Word(row, w + words), high = bits == 0 ? 0 : Word(row, w + words + 1) << (64 - bits);
        return (low >> bits) | high;
    }

    private static ulong Word(ReadOnlySpan<ulong> row, int w) => (uint)w < (uint)row.Length ? row[w] : 0;

    private double ToSquare(TissuePoint p, int x, int y, int z)
    {
        double dx = Outside(p.X, x), dy = Outside(p.Y, y), dz = Dimensions == 3 ? Outside(p.Z, z) : 0;
        return Math.Sqrt(dx * dx + dy * dy + dz * dz);
    }

    private double Outside(double position, int site) => Math.Max(0, Math.Max(site * Spacing - position, position - (site + 1) * Spacing));

    private bool IsInside(int x, int y, int z)
    {
        MaskGrid grid = _mask.Grid;
        return (uint)x < (uint)grid.Nx && (uint)y < (uint)grid.Ny && (uint)z < (uint)grid.Nz && _mask[x, y, z];
    }

    private int Layer(TissuePoint point) => Dimensions == 3 ? Floor(point.Z) : 0;

    private int Floor(double position) => (int)Math.Floor(position / Spacing);
}
