using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>The diagonal of the next coarser level: the mean over the cells that a coarse cell covers. Runs over its slabs.</summary>
internal readonly unsafe struct DiagonalPass<TLane>(GridLevel level, BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    public void Run(int first, int end)
    {
        if (level.Even)
        {
            RunEven(first, end);
            return;
        }

        float* sum = scratch.RowBuffer(scratch.Take(), 0);
        GridLevel coarse = level.Coarser!;
        for (int coarseSlab = first; coarseSlab < end; coarseSlab++)
        {
            for (int coarseRow = 0; coarseRow < coarse.Inner.Cells; coarseRow++)
            {
                bool started = false;
                for (int slab = 2 * coarseSlab; slab < Math.Min(2 * coarseSlab + 2, level.Slab.Cells); slab++)
                {
                    for (int row = 2 * coarseRow; row < Math.Min(2 * coarseRow + 2, level.Inner.Cells); row++)
                    {
                        float share = level.Slab.Share[slab] * level.Inner.Share[row];
                        RowTransfer<TLane>.Accumulate(level.Diagonal + level.Row(slab, row), share, started, level.X.Cells, sum);
                        started = true;
                    }
                }

                RowTransfer<TLane>.Average(sum, level.X, coarse.Diagonal + coarse.Row(coarseSlab, coarseRow));
            }
        }
    }

    // Two rows of whole pairs under each row: as the loop above does it, without a row of sums in between.
    private void RunEven(int first, int end)
    {
        GridLevel coarse = level.Coarser!;
        TLane half = TLane.Splat(0.5f);
        for (int slab = first; slab < end; slab++)
        {
            float* low = level.Diagonal + level.Row(2 * slab, 0), high = low + level.SlabStep;
            float* mean = coarse.Diagonal + coarse.Row(slab, 0);
            for (int x = 0; x < coarse.X.Cells; x += TLane.Width)
            {
                int left = 2 * x, right = left + TLane.Width;
                TLane sum = TLane.PairSum(half * TLane.Load(low + left) + half * TLane.Load(high + left),
                    half * TLane.Load(low + right) + half * TLane.Load(high + right));
                TLane.Store(TLane.Flush(half * sum), mean + x);
            }
        }
    }
}
