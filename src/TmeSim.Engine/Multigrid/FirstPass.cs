using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>The first sweep of a cycle on the finest level, Solution → Spare, which also measures the residual.</summary>
internal readonly unsafe struct FirstPass<TLane, TInner, TVarying>(GridLevel level, float weight, BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TVarying : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        SweepMaxima<TLane> sizes = default;
        var rows = new SlabStencil<TLane>(level, scratch, place);
        var source = new SlabArray(level, level.Solution);
        var target = new SlabArray(level, level.Spare);
        StencilRow stencil = rows.Start();
        for (int slab = first; slab < end; slab++)
        {
            for (int row = 0; row < level.Inner.Cells; row++)
            {
                rows.Close(source.Row(slab, row));
                rows.At(source, slab, row, ref stencil);
                float* result = target.Row(slab, row);
                RowStencil<TLane, TInner, TVarying>.Sweep<On, Off>(stencil, weight, result, ref sizes);
                rows.Close(result);
            }
        }

        scratch.Report(place, sizes.Largest());
    }
}
