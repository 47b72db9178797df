using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>
/// The way up to a level in one run over its rows: interpolated correction added (into Swept), last sweep → Smoothed and,
/// when <typeparamref name="TNext"/> is on, the first sweep of the next cycle → Swept, which measures the residual.
/// A row is swept again as soon as its neighbours are ready, so it is still in the cache.
/// </summary>
internal readonly unsafe struct UpPass<TLane, TInner, TNext>(GridLevel level, SmoothingWeights weights, BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TNext : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        int slabs = level.Slab.Cells;
        int reach = typeof(TNext) == typeof(On) ? 1 : 0;
        float* memory = scratch.Slab(place);
        var corrected = new SlabWindow(level, level.Swept, first, end, memory, reach + 1);
        var smoothed = new SlabWindow(level, level.Smoothed, first, end, memory + SlabWindow.ScratchLength(level, reach + 1), reach);
        int nextCorrected = Math.Max(first - reach - 1, 0), nextSmoothed = Math.Max(first - reach, 0);
        SweepMaxima<TLane> sizes = default;
        for (int slab = first; slab < end; slab++)
        {
            for (int needed = Math.Min(slab + reach, slabs - 1); nextSmoothed <= needed; nextSmoothed++)
            {
                for (int wanted = Math.Min(nextSmoothed + 1, slabs - 1); nextCorrected <= wanted; nextCorrected++)
                {
                    Correct(corrected, nextCorrected, place);
                }

                Smooth(corrected, smoothed, nextSmoothed, ref sizes);
            }

            if (typeof(TNext) == typeof(On))
            {
                SweepNext(smoothed, slab, ref sizes);
            }
        }

        scratch.Report(place, sizes.Largest());
    }

    private void Correct(in SlabWindow target, int slab, int place)
    {
        for (int row = 0; row < level.Inner.Cells; row++)
        {
            float* result = target.Row(slab, row);
            float* correction = typeof(TInner) == typeof(On) ? Blend3(slab, row, place) : BlendSlabs(slab, 0, scratch.RowBuffer(place, 0));
            RowTransfer<TLane>.AddInterpolated(level.Solution + level.Row(slab, row), correction, level.X, result);
            SlabStencil.CloseRow(level, result);
        }
    }

    private float* Blend3(int slab, int row, int place)
    {
        float* near = BlendSlabs(slab, row >> 1, scratch.RowBuffer(place, 0));
        float far = level.Inner.Far[row];
        int other = far == 0 ? row >> 1 : (row >> 1) + ((row & 1) == 0 ? -1 : 1);
        float* side = far == 0 ? near : BlendSlabs(slab, other, scratch.RowBuffer(place, 1));
        float* result = scratch.RowBuffer(place, 2);
        RowTransfer<TLane>.Blend(near, level.Inner.Near[row], side, far, level.X.CoarseCells, result);
        return result;
    }

    private float* BlendSlabs(int slab, int coarseRow, float* target)
    {
        GridLevel coarse = level.Coarser!;
        float far = level.Slab.Far[slab];
        int own = slab >> 1, other = far == 0 ? own : own + ((slab & 1) == 0 ? -1 : 1);
        RowTransfer<TLane>.Blend(
            coarse.Smoothed + coarse.Row(own, coarseRow),
            level.Slab.Near[slab],
            coarse.Smoothed + coarse.Row(other, coarseRow),
            far,
            level.X.CoarseCells,
            target);
        return target;
    }

    private void Smooth(in SlabWindow source, in SlabWindow target, int slab, ref SweepMaxima<TLane> sizes)
    {
        for (int row = 0; row < level.Inner.Cells; row++)
        {
            SlabStencil.At(level, source, slab, row, out StencilRow stencil);
            float* result = target.Row(slab, row);
            if (typeof(TNext) == typeof(On))
            {
                RowStencil<TLane, TInner>.Sweep<Off>(stencil, weights.Last, result, ref sizes);
                SlabStencil.CloseRow(level, result);
            }
            else
            {
                RowStencil<TLane, TInner>.Sweep<On>(stencil, weights.Last, result, ref sizes);
            }
        }
    }

    private void SweepNext(in SlabWindow smoothed, int slab, ref SweepMaxima<TLane> sizes)
    {
        for (int row = 0; row < level.Inner.Cells; row++)
        {
            float* result = level.Swept + level.Row(slab, row);
            SlabStencil.At(level, smoothed, slab, row, out StencilRow stencil);
            RowStencil<TLane, TInner>.Sweep<On>(stencil, weights.First, result, ref sizes);
            SlabStencil.CloseRow(level, result);
        }
    }
}
