using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Fields;

/// <summary>Builds the stencil of a row from a window: neighbour rows, or the rows beyond the walls.</summary>
internal static unsafe class SlabStencil
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StencilRow At(GridLevel level, in SlabWindow source, int slab, int row)
    {
        StencilRow stencil = Couplings(level, slab, row);
        stencil.Centre = source.Row(slab, row);
        stencil.SlabLow = slab > 0 ? source.Row(slab - 1, row) : level.Ghost(2);
        stencil.SlabHigh = slab + 1 < level.Slab.Cells ? source.Row(slab + 1, row) : level.Ghost(3);
        stencil.InnerLow = row > 0 ? source.Row(slab, row - 1) : level.Ghost(0);
        stencil.InnerHigh = row + 1 < level.Inner.Cells ? source.Row(slab, row + 1) : level.Ghost(1);
        return stencil;
    }

    /// <summary>The part that does not read the unknowns.</summary>
    public static StencilRow Couplings(GridLevel level, int slab, int row)
    {
        int start = level.Row(slab, row);
        return new StencilRow
        {
            Count = level.X.Cells,
            XLow = level.X.Low,
            XHigh = level.X.High,
            KInnerLow = level.Inner.Low[row],
            KInnerHigh = level.Inner.High[row],
            KSlabLow = level.Slab.Low[slab],
            KSlabHigh = level.Slab.High[slab],
            Diagonal = level.Diagonal + start,
            Rhs = level.Rhs + start,
        };
    }

    /// <summary>Writes the values beyond the x walls next to a row of unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CloseRow(GridLevel level, float* row)
    {
        row[-1] = level.XLowValue;
        row[level.X.Cells] = level.XHighValue;
    }
}
