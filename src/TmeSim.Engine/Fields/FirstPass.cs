using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>The first sweep of a solve, Solution → Swept, which also measures the residual.</summary>
internal readonly unsafe struct FirstPass<TLane, TInner>(GridLevel level, float weight, BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        SweepMaxima<TLane> sizes = default;
        var source = new SlabWindow(level, level.Solution, 0, level.Slab.Cells, null, 0);
        for (int slab = first; slab < end; slab++)
        {
            for (int row = 0; row < level.Inner.Cells; row++)
            {
                SlabStencil.CloseRow(level, source.Row(slab, row));
                SlabStencil.At(level, source, slab, row, out StencilRow stencil);
                float* target = level.Swept + level.Row(slab, row);
                RowStencil<TLane, TInner>.Sweep<On>(stencil, weight, target, ref sizes);
                SlabStencil.CloseRow(level, target);
            }
        }

        scratch.Report(place, sizes.Largest());
    }
}
