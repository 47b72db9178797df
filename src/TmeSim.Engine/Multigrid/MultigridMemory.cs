using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>Bytes that a <see cref="MultigridSolver"/> allocates for a lattice, before there is one. A test compares.</summary>
internal static class MultigridMemory
{
    /// <summary>Arrays of the finest level besides field, diagonal and right-hand side.</summary>
    private const int FinestArrays = 1;

    /// <summary>Arrays of a coarser level.</summary>
    private const int CoarseArrays = 4;

    /// <summary>Arrays of an axis: couplings, interpolation weights, shares.</summary>
    private const int AxisArrays = 5;

    /// <param name="shape">The finest level.</param>
    /// <param name="threads">Threads of the solver.</param>
    public static long Bytes(LatticeShape shape, int threads)
    {
        bool planar = shape.Ny == 1 || shape.Nz == 1;
        (int x, int inner, int slab) = planar ? (shape.Nx, 1, shape.Ny * shape.Nz) : (shape.Nx, shape.Ny, shape.Nz);
        long floats = FinestArrays * (long)shape.Length + Axes(x, inner, slab) + BlockScratch.Floats(shape.Stride, inner, threads);
        while ((long)x * inner * slab > 1)
        {
            (x, inner, slab) = ((x + 1) / 2, (inner + 1) / 2, (slab + 1) / 2);
            floats += CoarseArrays * LatticeShape.LengthOf(x, planar ? slab : inner, planar ? 1 : slab) + Axes(x, inner, slab);
        }

        return floats * sizeof(float);
    }

    private static long Axes(int x, int inner, int slab) =>
        AxisArrays * (AxisMetric.Padded(x) + (long)AxisMetric.Padded(inner) + AxisMetric.Padded(slab));
}
