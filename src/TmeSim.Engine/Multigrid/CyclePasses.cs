using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>The passes of a cycle, compiled for a register width, for two or three dimensions and for the kind of diagonal.</summary>
internal abstract class CyclePasses
{
    public static CyclePasses Create(LaneWidth width, bool planar, bool varying, SmoothingWeights weights, RowRunner runner,
        BlockScratch scratch) =>
        LaneWidths.Make<Factory, CyclePasses>(width, new Factory(planar, varying, weights, runner, scratch));

    /// <summary>First sweep Solution → Spare; returns the sizes before it.</summary>
    public abstract SweepSizes First(GridLevel level);

    /// <summary>Second sweep Spare → Solution, residual and first sweep on the coarse level.</summary>
    public abstract void Down(GridLevel level);

    /// <summary>The size of the residual of Solution on the next coarser level, max |r / D| there. Solution stays.</summary>
    public abstract float Look(GridLevel level);

    /// <summary>Correction from the coarse level and last sweep → Spare; returns the sizes before the sweep when measured.</summary>
    public abstract SweepSizes Up(GridLevel level, bool measure);

    /// <summary>Averages a varying diagonal to the next coarser level.</summary>
    public abstract void CoarsenDiagonal(GridLevel level);

    private readonly struct Factory(bool planar, bool varying, SmoothingWeights weights, RowRunner runner, BlockScratch scratch)
        : ILaneFactory<CyclePasses>
    {
        public CyclePasses Create<TLane>()
            where TLane : struct, ILanes<TLane> => (planar, varying) switch
            {
                (true, true) => new CyclePasses<TLane, Off, On>(weights, runner, scratch),
                (true, false) => new CyclePasses<TLane, Off, Off>(weights, runner, scratch),
                (false, true) => new CyclePasses<TLane, On, On>(weights, runner, scratch),
                (false, false) => new CyclePasses<TLane, On, Off>(weights, runner, scratch),
            };
    }
}

/// <inheritdoc/>
internal sealed class CyclePasses<TLane, TInner, TVarying>(SmoothingWeights weights, RowRunner runner, BlockScratch scratch) : CyclePasses
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TVarying : struct, ISwitch
{
    public override SweepSizes First(GridLevel level)
    {
        Run(new FirstPass<TLane, TInner, TVarying>(level, weights.First, scratch), level);
        return scratch.Collect();
    }

    public override void Down(GridLevel level) =>
        RunBelow(new DownPass<TLane, TInner, TVarying, On>(level, weights, scratch), level);

    public override float Look(GridLevel level)
    {
        RunBelow(new DownPass<TLane, TInner, TVarying, Off>(level, weights, scratch), level);
        return scratch.Collect().Residual;
    }

    public override SweepSizes Up(GridLevel level, bool measure)
    {
        if (!measure)
        {
            Run(new UpPass<TLane, TInner, TVarying, Off>(level, weights, scratch), level);
            return default;
        }

        Run(new UpPass<TLane, TInner, TVarying, On>(level, weights, scratch), level);
        return scratch.Collect();
    }

    public override void CoarsenDiagonal(GridLevel level) =>
        RunBelow(new DiagonalPass<TLane>(level, scratch), level);

    private void Run<TKernel>(TKernel kernel, GridLevel level)
        where TKernel : struct, IRowKernel => Run(kernel, level, level.BlockSlabs);

    // Over the slabs of the next coarser level.
    private void RunBelow<TKernel>(TKernel kernel, GridLevel level)
        where TKernel : struct, IRowKernel => Run(kernel, level.Coarser!, level.Coarser!.BlockSlabsUnderFiner);

    private void Run<TKernel>(TKernel kernel, GridLevel over, int blockSlabs)
        where TKernel : struct, IRowKernel
    {
        scratch.Reset();
        runner.Run(kernel, over.Slab.Cells, blockSlabs);
    }
}
