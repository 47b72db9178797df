using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>Which form of the kernels runs. All give the same bits.</summary>
internal enum LaneWidth
{
    Scalar = 1,
    Bits128 = 4,
    Bits256 = 8,
    Bits512 = 16,
}

/// <summary>The passes of a cycle, compiled for a register width and for two or three dimensions.</summary>
internal abstract class CyclePasses
{
    /// <summary>The widest registers of this machine.</summary>
    public static LaneWidth Widest =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128 : LaneWidth.Scalar;

    public static CyclePasses Create(LaneWidth width, bool planar, SmoothingWeights weights, RowRunner runner, BlockScratch scratch) => width switch
    {
        LaneWidth.Bits512 => Create<Lanes512>(planar, weights, runner, scratch),
        LaneWidth.Bits256 => Create<Lanes256>(planar, weights, runner, scratch),
        LaneWidth.Bits128 => Create<Lanes128>(planar, weights, runner, scratch),
        _ => Create<Lanes1>(planar, weights, runner, scratch),
    };

    public abstract SweepSizes First(GridLevel level);

    public abstract void Down(GridLevel level);

    /// <returns>The sizes after the sweep: residual and value with <paramref name="next"/>, else the size of the correction as value.</returns>
    public abstract SweepSizes Up(GridLevel level, bool next);

    public abstract void CoarsenDiagonal(GridLevel level);

    private static CyclePasses Create<TLane>(bool planar, SmoothingWeights weights, RowRunner runner, BlockScratch scratch)
        where TLane : struct, ILanes<TLane> =>
        planar
            ? new CyclePasses<TLane, Off>(weights, runner, scratch)
            : new CyclePasses<TLane, On>(weights, runner, scratch);
}

/// <inheritdoc/>
internal sealed class CyclePasses<TLane, TInner>(SmoothingWeights weights, RowRunner runner, BlockScratch scratch) : CyclePasses
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
{
    /// <summary>A block should have this many sites: below it, starting a thread costs more than it saves.</summary>
    private const int BlockSites = 16_384;

    public override SweepSizes First(GridLevel level)
    {
        Run(new FirstPass<TLane, TInner>(level, weights.First, scratch), level);
        return scratch.Collect();
    }

    public override void Down(GridLevel level) => Run(new DownPass<TLane, TInner>(level, weights, scratch), level.Coarser!, 4);

    public override SweepSizes Up(GridLevel level, bool next)
    {
        if (next)
        {
            Run(new UpPass<TLane, TInner, On>(level, weights, scratch), level);
        }
        else
        {
            Run(new UpPass<TLane, TInner, Off>(level, weights, scratch), level);
        }

        return scratch.Collect();
    }

    public override void CoarsenDiagonal(GridLevel level) => Run(new DiagonalPass<TLane>(level, scratch), level.Coarser!, 4);

    private void Run<TKernel>(TKernel kernel, GridLevel over, int sitesPerCell = 1)
        where TKernel : struct, IRowKernel
    {
        scratch.Reset();
        int slabs = over.Slab.Cells;
        long slabSites = over.Shape.SiteCount / slabs * sitesPerCell;
        runner.Run(kernel, slabs, (int)Math.Max(4, BlockSites / slabSites));
    }
}
