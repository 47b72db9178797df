using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Fields;

/// <summary>Builds the stencil of a row from a window: neighbour rows, or the rows beyond the walls.</summary>
internal static unsafe class SlabStencil
{
    public static void At(GridLevel level, in SlabWindow source, int slab, int row, out StencilRow stencil)
    {
        Couplings(level, slab, row, out stencil);
        stencil.Centre = source.Row(slab, row);
        stencil.SlabLow = slab > 0 ? source.Row(slab - 1, row) : level.Ghost(2);
        stencil.SlabHigh = slab + 1 < level.Slab.Cells ? source.Row(slab + 1, row) : level.Ghost(3);
        if (!level.Planar)
        {
            stencil.InnerLow = row > 0 ? source.Row(slab, row - 1) : level.Ghost(0);
            stencil.InnerHigh = row + 1 < level.Inner.Cells ? source.Row(slab, row + 1) : level.Ghost(1);
        }
    }

    /// <summary>The part that does not read the unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Couplings(GridLevel level, int slab, int row, out StencilRow stencil)
    {
        Unsafe.SkipInit(out stencil);
        int start = level.Row(slab, row);
        float k = level.X.Inside;
        stencil.Count = level.X.Cells;
        stencil.XLow = level.X.Low;
        stencil.XHigh = level.X.High;
        stencil.Diagonal = level.Diagonal + start;
        stencil.Rhs = level.Rhs + start;
        float low = stencil.KSlabLow = level.Slab.Low[slab];
        float high = stencil.KSlabHigh = level.Slab.High[slab];
        bool uniform = low == k && high == k;
        float faces = low + high, all = k + k + (k + k);
        if (!level.Planar)
        {
            low = stencil.KInnerLow = level.Inner.Low[row];
            high = stencil.KInnerHigh = level.Inner.High[row];
            uniform &= low == k && high == k;
            faces += low + high;
            all += k + k;
        }

        stencil.K = k;
        stencil.Faces = faces;
        stencil.AllFaces = all;
        stencil.UniformFirst = uniform ? level.X.UniformFirst : 0;
        stencil.UniformEnd = uniform ? level.X.UniformEnd : 0;
    }

    /// <summary>Writes the values beyond the x walls next to a row of unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CloseRow(GridLevel level, float* row)
    {
        row[-1] = level.XLowValue;
        row[level.X.Cells] = level.XHighValue;
    }
}
