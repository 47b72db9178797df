using System.Runtime.Intrinsics;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>Which form of the kernels runs. All give the same bits.</summary>
internal enum LaneWidth
{
    Scalar = 1,
    Bits128 = 4,
    Bits256 = 8,
    Bits512 = 16,
}

/// <summary>Makes something that is compiled for a width of registers.</summary>
internal interface ILaneFactory<TResult>
{
    TResult Create<TLane>()
        where TLane : struct, ILanes<TLane>;
}

/// <summary>The one place that turns a register width into a type.</summary>
internal static class LaneWidths
{
    /// <summary>The widest registers of this machine.</summary>
    public static LaneWidth Widest =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128 : LaneWidth.Scalar;

    /// <summary>What the factory makes for a width. Allocates only what the factory does.</summary>
    public static TResult Make<TFactory, TResult>(LaneWidth width, in TFactory factory)
        where TFactory : struct, ILaneFactory<TResult> => width switch
        {
            LaneWidth.Bits512 => factory.Create<Lanes512>(),
            LaneWidth.Bits256 => factory.Create<Lanes256>(),
            LaneWidth.Bits128 => factory.Create<Lanes128>(),
            _ => factory.Create<Lanes1>(),
        };
}
