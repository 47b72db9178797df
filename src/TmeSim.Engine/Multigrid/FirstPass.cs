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
        if (typeof(TInner) == typeof(Off) && level.Even)
        {
            RunEven(first, end, place);
            return;
        }

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

    // All rows alike: what they share stays in registers.
    private void RunEven(int first, int end, int place)
    {
        var rows = new SlabStencil<TLane>(level, scratch, place);
        StencilRow shared = rows.Start();
        float inverse = 1 / (shared.SameDiagonal + shared.All);
        TLane k = TLane.Splat(shared.K), all = TLane.Splat(shared.All), same = TLane.Splat(shared.SameDiagonal);
        TLane damping = TLane.Splat(typeof(TVarying) == typeof(On) ? weight : weight * inverse);
        TLane size = default, value = default, lowest = default;
        int cells = shared.Count, step = level.SlabStep, at = level.Row(first, 0), last = level.Row(end - 1, 0);
        float* c = level.Solution + at, result = level.Spare + at, d = level.Diagonal + at, rhs = level.Rhs + at;
        float* low = first == 0 ? rows.GhostBelow(c) : c - step;
        float* high = end == level.Slab.Cells ? rows.GhostAbove(level.Solution + last) : level.Solution + last + step;
        rows.Close(c);
        for (int slab = first; slab < end; slab++)
        {
            // The ghosts of a row are there before its turn: a whole register that holds what was written in part just now is slow to read.
            if (slab + 1 < end)
            {
                rows.Close(c + step);
            }

            RowStencil<TLane, TInner, TVarying>.SweepUniform<On, Off>(
                c, slab == first ? low : c - step, slab + 1 == end ? high : c + step, null, null, d, rhs, cells, k, all, same, damping,
                result, ref size, ref value, ref lowest);
            rows.Close(result);
            c += step;
            result += step;
            d += step;
            rhs += step;
        }

        if (typeof(TVarying) == typeof(Off))
        {
            size *= TLane.Splat(inverse);
        }

        scratch.Report(place, new SweepMaxima<TLane> { Residual = size, Value = value }.Largest());
    }
}
