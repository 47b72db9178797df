using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// The way up to a level in one run over its rows: interpolated correction added to Solution, then the last sweep → Spare.
/// A corrected row lives in a ring of three slabs only, so it is still in the cache when it is swept.
/// </summary>
/// <typeparam name="TMeasure">On to find the sizes of r / diagonal and of the values before the sweep.</typeparam>
internal readonly unsafe struct UpPass<TLane, TInner, TVarying, TMeasure>(GridLevel level, SmoothingWeights weights,
    BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TVarying : struct, ISwitch
    where TMeasure : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        if (typeof(TInner) == typeof(Off) && level.Even)
        {
            RunEven(first, end, place);
            return;
        }

        int slabs = level.Slab.Cells;
        var rows = new SlabStencil<TLane>(level, scratch, place);
        var corrected = new SlabRing(level, scratch.Slab(place));
        var target = new SlabArray(level, level.Spare);
        StencilRow stencil = rows.Start();
        SweepMaxima<TLane> sizes = default;
        int next = Math.Max(first - 1, 0);
        for (int slab = first; slab < end; slab++)
        {
            for (int needed = Math.Min(slab + 1, slabs - 1); next <= needed; next++)
            {
                Correct(rows, corrected, next, place);
            }

            for (int row = 0; row < level.Inner.Cells; row++)
            {
                rows.At(corrected, slab, row, ref stencil);
                float* result = target.Row(slab, row);
                RowStencil<TLane, TInner, TVarying>.Sweep<TMeasure, On>(stencil, weights.Last, result, ref sizes);
                rows.CloseTransfer(result);
            }
        }

        if (typeof(TMeasure) == typeof(On))
        {
            scratch.Report(place, sizes.Largest());
        }
    }

    // All rows alike: what they share stays in registers. Three corrected rows take turns.
    private void RunEven(int first, int end, int place)
    {
        var rows = new SlabStencil<TLane>(level, scratch, place);
        var ring = new SlabRing(level, scratch.Slab(place));
        StencilRow shared = rows.Start();
        float inverse = 1 / (shared.SameDiagonal + shared.All);
        TLane k = TLane.Splat(shared.K), all = TLane.Splat(shared.All), same = TLane.Splat(shared.SameDiagonal);
        TLane damping = TLane.Splat(typeof(TVarying) == typeof(On) ? weights.Last : weights.Last * inverse);
        TLane size = default, value = default, lowest = default;
        int cells = shared.Count, slabs = level.Slab.Cells;
        float* below = ring.Row(0, 0), here = ring.Row(1, 0), above = ring.Row(2, 0);
        for (int slab = Math.Max(first - 1, 0) - 1; slab < end; slab++)
        {
            if (slab + 1 < slabs)
            {
                CorrectEven(rows, slab + 1, above);
            }

            if (slab >= first)
            {
                int at = level.Row(slab, 0);
                float* result = level.Spare + at;
                RowStencil<TLane, TInner, TVarying>.SweepUniform<TMeasure, On>(
                    here, slab == 0 ? rows.GhostBelow(here) : below, slab + 1 == slabs ? rows.GhostAbove(here) : above, null, null,
                    level.Diagonal + at, level.Rhs + at, cells, k, all, same, damping, result, ref size, ref value, ref lowest);
                rows.CloseTransfer(result);
            }

            float* free = below;
            below = here;
            here = above;
            above = free;
        }

        if (typeof(TMeasure) == typeof(On))
        {
            if (typeof(TVarying) == typeof(Off))
            {
                size *= TLane.Splat(inverse);
            }

            // The lowest is not above 0; its size counts.
            lowest = TLane.MaxAbs(default, lowest);
            scratch.Report(place, new SweepMaxima<TLane> { Residual = size, Value = value, Below = lowest }.Largest());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CorrectEven(in SlabStencil<TLane> rows, int slab, float* target)
    {
        GridLevel coarse = level.Coarser!;
        (int other, float near, float far) = Outer(level.Slab, coarse.Slab, slab);
        RowTransfer<TLane>.AddInterpolated(
            level.Solution + level.Row(slab, 0), coarse.Spare + coarse.Row(slab >> 1, 0), near, coarse.Spare + coarse.Row(other, 0), far,
            level.X.Cells, target);
        rows.Close(target);
    }

    private void Correct(in SlabStencil<TLane> rows, in SlabRing target, int slab, int place)
    {
        GridLevel coarse = level.Coarser!;
        if (typeof(TInner) == typeof(Off) && level.X.UniformTransfer == level.X.Cells)
        {
            CorrectEven(rows, slab, target.Row(slab, 0));
            return;
        }

        for (int row = 0; row < level.Inner.Cells; row++)
        {
            float* result = target.Row(slab, row);
            float* correction = typeof(TInner) == typeof(On) ? Blend3(slab, row, place) : BlendSlabs(slab, 0, scratch.RowBuffer(place, 0));
            RowTransfer<TLane>.AddInterpolated(level.Solution + level.Row(slab, row), correction, level.X, coarse.X, result);
            rows.Close(result);
        }
    }

    private float* Blend3(int slab, int row, int place)
    {
        float* near = BlendSlabs(slab, row >> 1, scratch.RowBuffer(place, 0));
        (int other, float own, float far) = Outer(level.Inner, level.Coarser!.Inner, row);
        float* side = far == 0 ? near : BlendSlabs(slab, other, scratch.RowBuffer(place, 1));
        float* result = scratch.RowBuffer(place, 2);
        RowTransfer<TLane>.Blend(near, own, side, far, level.X.CoarseCells, result);
        return result;
    }

    private float* BlendSlabs(int slab, int coarseRow, float* target)
    {
        GridLevel coarse = level.Coarser!;
        (int other, float near, float far) = Outer(level.Slab, coarse.Slab, slab);
        RowTransfer<TLane>.Blend(
            coarse.Spare + coarse.Row(slab >> 1, coarseRow), near, coarse.Spare + coarse.Row(other, coarseRow), far,
            level.X.CoarseCells, target);
        return target;
    }

    /// <summary>The coarse cell on the outer side of a fine one with both weights. A ghost counts for the cell at the wall.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Other, float Near, float Far) Outer(AxisMetric fine, AxisMetric coarse, int cell)
    {
        int own = cell >> 1, other = own + ((cell & 1) == 0 ? -1 : 1);
        float near = fine.Near[cell], far = fine.Far[cell];
        if (other >= 0 && other < coarse.Cells)
        {
            return (other, near, far);
        }

        return (own, near + far * (other < 0 ? coarse.TransferLow : coarse.TransferHigh), 0);
    }
}
