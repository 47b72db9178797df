using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Start;

/// <summary>
/// Places from the centre of a lattice [µm], open axes first: a plane has the same layout along whichever axes it lies, and a nodule the
/// same on every lattice that holds it.
/// </summary>
internal readonly struct TissueAxes
{
    private readonly int[] _open;
    private readonly int[] _sizes;
    private readonly double _spacing;

    public TissueAxes(LatticeShape shape)
    {
        _sizes = [shape.Nx, shape.Ny, shape.Nz];
        int[] sizes = _sizes;
        _open = [.. Enumerable.Range(0, 3).OrderBy(axis => sizes[axis] > 1 ? axis : 3 + axis)];
        _spacing = shape.SpacingUm;
    }

    /// <summary>Half the diagonal over the first axes [µm].</summary>
    public double HalfDiagonalUm(int axes)
    {
        double squared = 0;
        for (int i = 0; i < axes; i++)
        {
            squared += (double)_sizes[_open[i]] * _sizes[_open[i]];
        }

        return Math.Sqrt(squared) * _spacing / 2;
    }

    /// <summary>Place of a site [µm].</summary>
    public (double X, double Y, double Z) Place(int x, int y, int z)
    {
        ReadOnlySpan<int> at = [x, y, z];
        return (Offset(at, 0), Offset(at, 1), Offset(at, 2));
    }

    /// <summary>The site nearest to a place [µm]; it may lie outside the lattice.</summary>
    public (int X, int Y, int Z) Nearest(double x, double y, double z)
    {
        Span<int> at = stackalloc int[3];
        ReadOnlySpan<double> place = [x, y, z];
        for (int i = 0; i < 3; i++)
        {
            at[_open[i]] = (int)Math.Floor((place[i] / _spacing) + ((_sizes[_open[i]] - 1) / 2.0) + 0.5);
        }

        return (at[0], at[1], at[2]);
    }

    private double Offset(ReadOnlySpan<int> at, int i) => (at[_open[i]] - ((_sizes[_open[i]] - 1) / 2.0)) * _spacing;
}

/// <summary>Random numbers of a layout by place in its pattern, the same for every lattice: hashes, so that no order decides.</summary>
/// <param name="key">Random key of the lesion.</param>
/// <param name="layout">Which layout.</param>
internal readonly struct LayoutHash(RandomKey key, ulong layout)
{
    public const ulong Lobules = 101;
    public const ulong Septa = 102;
    public const ulong Plates = 103;

    // Far more points of the square than are needed to hit the ring once.
    private const int Trials = 64;

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(int i, int j, int what) => Uniform(i, j, 0, what);

    /// <summary>Uniform in [0, 1) by a place in space.</summary>
    public double Uniform(int i, int j, int k, int what)
    {
        ulong hash = Mix.Hash(
            ((ulong)(uint)i << 32) | (uint)j, ((ulong)key.K1 << 32) | key.K0, ((ulong)Purpose.Seeding << 32) | layout, ((ulong)(uint)k << 32) | (uint)what);
        return Draws.Uniform((uint)(hash >> 32), (uint)hash);
    }

    /// <summary>A unit vector in the plane, all directions alike.</summary>
    public (double X, double Y) Direction(int i, int j, int what)
    {
        (double x, double y, double _) = Direction(i, j, what, 2);
        return (x, y);
    }

    /// <summary>A unit vector along the first axes, all directions alike.</summary>
    public (double X, double Y, double Z) Direction(int i, int j, int what, int axes)
    {
        for (int trial = 0; trial < Trials; trial++)
        {
            int draw = 1000 + (what * Trials) + trial;
            double x = (2 * Uniform(i, j, 1, draw)) - 1;
            double y = axes > 1 ? (2 * Uniform(i, j, 2, draw)) - 1 : 0, z = axes > 2 ? (2 * Uniform(i, j, 3, draw)) - 1 : 0;
            double squared = (x * x) + (y * y) + (z * z);
            if (squared is > 0.01 and <= 1)
            {
                double length = Math.Sqrt(squared);
                return (x / length, y / length, z / length);
            }
        }

        return (1, 0, 0);
    }
}
