using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// The way down from a level in one run over its rows: second sweep Spare → Solution, residual, its mean on the coarse
/// level, and the first sweep there. Runs over slabs of the coarse level.
/// </summary>
/// <typeparam name="TSweep">
/// Off to leave Solution as it is and only look at its residual on the coarse level; reports max |r / D| there.
/// </typeparam>
internal readonly unsafe struct DownPass<TLane, TInner, TVarying, TSweep>(GridLevel level, SmoothingWeights weights,
    BlockScratch scratch) : IRowKernel
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TVarying : struct, ISwitch
    where TSweep : struct, ISwitch
{
    public void Run(int first, int end)
    {
        int place = scratch.Take();
        if (typeof(TSweep) == typeof(On) && typeof(TInner) == typeof(Off) && level.Even && ShortWay() == level.Coarser!.Slab.Cells)
        {
            RunEven(first, end, place);
            return;
        }

        int slabs = level.Slab.Cells, rows = level.Inner.Cells;
        int fineFirst = 2 * first, fineEnd = Math.Min(2 * end, slabs);
        var fine = new SlabStencil<TLane>(level, scratch, place);
        var coarse = new SlabStencil<TLane>(level.Coarser!, scratch, place);
        var swept = new SlabArray(level, level.Spare);
        var target = typeof(TSweep) == typeof(On)
            ? new SlabWindow(level, level.Solution, fineFirst, fineEnd, scratch.Slab(place))
            : new SlabWindow(level, level.Solution, 0, slabs, null);
        StencilRow stencil = fine.Start(), above = fine.Start(), coarseStencil = coarse.Start();
        var begun = new SlabArray(level.Coarser!, level.Coarser!.Spare);
        int shortWay = ShortWay();
        SweepMaxima<TLane> sizes = default;
        int next = Math.Max(fineFirst - 1, 0);
        for (int coarseSlab = first; coarseSlab < end; coarseSlab++)
        {
            if (typeof(TSweep) == typeof(On))
            {
                for (int needed = Math.Min(2 * coarseSlab + 2, slabs - 1); next <= needed; next++)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        fine.At(swept, next, row, ref stencil);
                        float* result = target.Row(next, row);
                        RowStencil<TLane, TInner, TVarying>.Sweep<Off, Off>(stencil, weights.Second, result, ref sizes);
                        fine.Close(result);
                    }
                }
            }

            if (typeof(TSweep) == typeof(On) && coarseSlab < shortWay)
            {
                fine.At(target, 2 * coarseSlab, 0, ref stencil);
                fine.At(target, 2 * coarseSlab + 1, 0, ref above);
                coarse.Couplings(coarseSlab, 0, ref coarseStencil);
                float* result = begun.Row(coarseSlab, 0);
                RowStencil<TLane, TInner, TVarying>.Restrict(stencil, above, coarseStencil, weights.First, result);
                coarse.Close(result);
                continue;
            }

            for (int row = 0; row < level.Inner.CoarseCells; row++)
            {
                float* sum = scratch.RowBuffer(place, 0);
                SumResiduals(fine, target, coarseSlab, row, ref stencil, sum);
                float* rhs = level.Coarser!.Rhs + level.Coarser.Row(coarseSlab, row);
                RowTransfer<TLane>.Average(sum, level.X, rhs);
                Begin(coarse, coarseSlab, row, ref coarseStencil, ref sizes);
            }
        }

        if (typeof(TSweep) == typeof(Off))
        {
            scratch.Report(place, sizes.Largest());
        }
    }

    // All rows alike: what they share stays in registers.
    private void RunEven(int first, int end, int place)
    {
        GridLevel below = level.Coarser!;
        var fine = new SlabStencil<TLane>(level, scratch, place);
        var coarse = new SlabStencil<TLane>(below, scratch, place);
        var window = new SlabWindow(level, level.Solution, 2 * first, 2 * end, scratch.Slab(place));
        StencilRow shared = fine.Start(), next = coarse.Start();
        TLane k = TLane.Splat(shared.K), all = TLane.Splat(shared.All), same = TLane.Splat(shared.SameDiagonal),
            allBelow = TLane.Splat(next.All);
        bool varying = typeof(TVarying) == typeof(On);
        TLane second = TLane.Splat(varying ? weights.Second : weights.Second * (1 / (shared.SameDiagonal + shared.All)));
        TLane begin = TLane.Splat(varying ? weights.First : weights.First / (next.SameDiagonal + next.All));
        TLane size = default, value = default, lowest = default;
        int cells = shared.Count, slabs = level.Slab.Cells, step = level.SlabStep;
        int swept = Math.Max(2 * first - 1, 0), start = swept, stop = Math.Min(2 * end, slabs - 1);
        float* firstRow = level.Spare + level.Row(start, 0), lastRow = level.Spare + level.Row(stop, 0);
        float* low = start == 0 ? fine.GhostBelow(firstRow) : firstRow - step;
        float* high = stop == slabs - 1 ? fine.GhostAbove(lastRow) : lastRow + step;
        for (int slab = first; slab < end; slab++)
        {
            for (int needed = Math.Min(2 * slab + 2, slabs - 1); swept <= needed; swept++)
            {
                int at = level.Row(swept, 0);
                float* c = level.Spare + at, result = window.Row(swept, 0);
                RowStencil<TLane, TInner, TVarying>.SweepUniform<Off, Off>(
                    c, swept == start ? low : c - step, swept == stop ? high : c + step, null, null, level.Diagonal + at, level.Rhs + at,
                    cells, k, all, same, second, result, ref size, ref value, ref lowest);
                fine.Close(result);
            }

            // The rows at the walls are swept by now, so that their ghosts can take the place of those before.
            int own = level.Row(2 * slab, 0), target = below.Row(slab, 0);
            float* c0 = level.Solution + own, c1 = c0 + step;
            RowStencil<TLane, TInner, TVarying>.RestrictUniform(
                slab == 0 ? fine.GhostBelow(c0) : window.Row(2 * slab - 1, 0), c0, c1,
                2 * slab + 2 == slabs ? fine.GhostAbove(c1) : window.Row(2 * slab + 2, 0),
                level.Diagonal + own, level.Diagonal + own + step, level.Rhs + own, level.Rhs + own + step, below.Diagonal + target,
                below.Rhs + target, next.Count, k, same, allBelow, begin, below.Spare + target);
            coarse.Close(below.Spare + target);
        }
    }

    /// <summary>Coarse slabs, of one row, that take the short way: two uniform rows under a uniform one.</summary>
    private int ShortWay()
    {
        GridLevel coarse = level.Coarser!;
        bool uniform = level.Planar && level.UniformColumns == level.X.Cells && coarse.UniformColumns == coarse.X.Cells
            && level.X.UniformTransfer == level.X.Cells && !coarse.Single;
        return uniform ? Math.Min(level.UniformSlabs / 2, coarse.UniformSlabs) : 0;
    }

    /// <summary>Sum of the residuals of the rows under a coarse row, each by its share.</summary>
    private void SumResiduals(in SlabStencil<TLane> fine, in SlabWindow solution, int coarseSlab, int coarseRow,
        ref StencilRow stencil, float* sum)
    {
        int slabEnd = Math.Min(2 * coarseSlab + 2, level.Slab.Cells), rowEnd = Math.Min(2 * coarseRow + 2, level.Inner.Cells);
        bool started = false;
        for (int slab = 2 * coarseSlab; slab < slabEnd; slab++)
        {
            for (int row = 2 * coarseRow; row < rowEnd; row++)
            {
                fine.At(solution, slab, row, ref stencil);
                float share = level.Slab.Share[slab] * level.Inner.Share[row];
                if (started)
                {
                    RowStencil<TLane, TInner, TVarying>.Residual<On>(stencil, share, sum);
                }
                else
                {
                    RowStencil<TLane, TInner, TVarying>.Residual<Off>(stencil, share, sum);
                }

                started = true;
            }
        }
    }

    private void Begin(in SlabStencil<TLane> coarse, int slab, int row, ref StencilRow stencil, ref SweepMaxima<TLane> sizes)
    {
        GridLevel below = level.Coarser!;
        coarse.Couplings(slab, row, ref stencil);
        float* swept = below.Spare + below.Row(slab, row);
        if (typeof(TSweep) == typeof(Off))
        {
            RowStencil<TLane, TInner, TVarying>.SweepFromZero(stencil, 1, swept);
            for (int x = 0; x < stencil.Count; x += TLane.Width)
            {
                sizes.Residual = TLane.MaxAbs(sizes.Residual, TLane.Keep(TLane.Load(swept + x), stencil.Count - x));
            }

            return;
        }

        if (!below.Single)
        {
            RowStencil<TLane, TInner, TVarying>.SweepFromZero(stencil, weights.First, swept);
            coarse.Close(swept);
        }
    }
}
