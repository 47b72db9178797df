using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>
/// The way down from a level in one run over its rows: second sweep Swept → Solution, residual, its mean on the coarse
/// level, and the first sweep there. Runs over slabs of the coarse level.
/// </summary>
internal readonly unsafe struct DownPass<TLane, TInner>(GridLevel level, SmoothingWeights weights, BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        int slabs = level.Slab.Cells, rows = level.Inner.Cells;
        int fineFirst = 2 * first, fineEnd = Math.Min(2 * end, slabs);
        var swept = new SlabWindow(level, level.Swept, 0, slabs, null, 0);
        var target = new SlabWindow(level, level.Solution, fineFirst, fineEnd, scratch.Slab(place), 1);
        int next = Math.Max(fineFirst - 1, 0);
        for (int coarse = first; coarse < end; coarse++)
        {
            for (int needed = Math.Min(2 * coarse + 2, slabs - 1); next <= needed; next++)
            {
                for (int row = 0; row < rows; row++)
                {
                    SweepRow(swept, target, next, row);
                }
            }

            for (int row = 0; row < level.Inner.CoarseCells; row++)
            {
                RestrictRow(target, coarse, row, scratch.RowBuffer(place, 0));
            }
        }
    }

    private void SweepRow(in SlabWindow swept, in SlabWindow target, int slab, int row)
    {
        SweepMaxima<TLane> none = default;
        SlabStencil.At(level, swept, slab, row, out StencilRow stencil);
        float* result = target.Row(slab, row);
        RowStencil<TLane, TInner>.Sweep<Off>(stencil, weights.Second, result, ref none);
        SlabStencil.CloseRow(level, result);
    }

    private void RestrictRow(in SlabWindow solution, int coarseSlab, int coarseRow, float* sum)
    {
        GridLevel coarse = level.Coarser!;
        bool started = false;
        for (int slab = 2 * coarseSlab; slab < Math.Min(2 * coarseSlab + 2, level.Slab.Cells); slab++)
        {
            for (int row = 2 * coarseRow; row < Math.Min(2 * coarseRow + 2, level.Inner.Cells); row++)
            {
                SlabStencil.At(level, solution, slab, row, out StencilRow fine);
                float share = level.Slab.Share[slab] * level.Inner.Share[row];
                if (started)
                {
                    RowStencil<TLane, TInner>.Residual<On>(fine, share, sum);
                }
                else
                {
                    RowStencil<TLane, TInner>.Residual<Off>(fine, share, sum);
                }

                started = true;
            }
        }

        int start = coarse.Row(coarseSlab, coarseRow);
        RowTransfer<TLane>.Average(sum, level.X, coarse.Rhs + start);
        if (!coarse.Single)
        {
            float* swept = coarse.Swept + start;
            SlabStencil.Couplings(coarse, coarseSlab, coarseRow, out StencilRow stencil);
            RowStencil<TLane, TInner>.SweepFromZero(stencil, weights.First, swept);
            SlabStencil.CloseRow(coarse, swept);
        }
    }
}
