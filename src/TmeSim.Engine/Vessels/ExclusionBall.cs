using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Vessels;

/// <summary>The sites around a vessel that no other vessel may stand on, as rows of sites: the marks of a row are tested at once.</summary>
internal sealed class ExclusionBall
{
    private readonly LatticeShape _shape;
    private readonly (int Dy, int Dz, int Width)[] _rows;

    // The same rows of a ball that no wall cuts: from its centre to their first sites.
    private readonly (int First, int Count)[] _whole;
    private readonly int _reachX, _reachY, _reachZ;

    /// <param name="shape">The lattice.</param>
    /// <param name="radius">Largest distance that is taken [sites], zero or more.</param>
    public ExclusionBall(LatticeShape shape, double radius)
    {
        _shape = shape;
        int reach = (int)radius, ry = shape.Ny > 1 ? reach : 0, rz = shape.Nz > 1 ? reach : 0;
        var rows = new List<(int, int, int Width)>();
        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                double rest = radius * radius - (dy * dy + dz * dz);
                if (rest >= 0)
                {
                    int width = (int)Math.Sqrt(rest);
                    rows.Add((dy, dz, (double)width * width > rest ? width - 1 : width));
                }
            }
        }

        // Wide rows first: they are the likeliest to hold a vessel.
        rows.Sort((a, b) => b.Width.CompareTo(a.Width));
        _rows = [.. rows];
        _whole = [.. rows.Select(row => (row.Item2 * shape.PlaneStride + row.Item1 * shape.Stride - row.Width, 2 * row.Width + 1))];
        (_reachX, _reachY, _reachZ) = (rows[0].Width, ry, rz);
    }

    /// <summary>True when none of the marked vessels stands within the radius of a site.</summary>
    public bool IsFree(SiteBits vessels, int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        foreach ((int dy, int dz, int width) in _rows)
        {
            if (Row(x, y + dy, z + dz, width) is { Count: > 0 } row && vessels.Any(row.First, row.Count))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets the bits of all sites within the radius of a vessel: those where <see cref="IsFree"/> is false because of it.</summary>
    public void Mark(SiteBits taken, int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        if (Inside(x, _reachX, _shape.Nx) && Inside(y, _reachY, _shape.Ny) && Inside(z, _reachZ, _shape.Nz))
        {
            foreach ((int first, int count) in _whole)
            {
                taken.Set(site + first, count);
            }

            return;
        }

        foreach ((int dy, int dz, int width) in _rows)
        {
            (int first, int count) = Row(x, y + dy, z + dz, width);
            taken.Set(first, count);
        }
    }

    private static bool Inside(int at, int reach, int sites) => at >= reach && at + reach < sites;

    // The sites of a row within the lattice; none outside it.
    private (int First, int Count) Row(int x, int y, int z, int width)
    {
        if ((uint)y >= (uint)_shape.Ny || (uint)z >= (uint)_shape.Nz)
        {
            return default;
        }

        int first = Math.Max(0, x - width), last = Math.Min(_shape.Nx - 1, x + width);
        return (_shape.Site(first, y, z), last - first + 1);
    }
}
