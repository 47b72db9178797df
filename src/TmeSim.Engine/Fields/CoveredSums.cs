using System.Runtime.CompilerServices;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Sums over the rows of tissue that a register of coarse sites covers, and over two columns each (TPair) or one. Rows come one after
/// another, so that the sum is the same however many are known ahead (TRows).
/// </summary>
internal static unsafe class CoveredSums
{
    /// <summary>Sum of what a table has for the codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWide Codes<TWide, TPair, TRows>(in SignalBlock block, byte* codes, float* table, int column)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
        where TRows : struct, IRowCount
    {
        byte* at = codes + column;
        TWide low = TWide.Lookup(at + block[0], table);
        TWide high = typeof(TPair) == typeof(On) ? TWide.Lookup(at + block[0] + TWide.Width, table) : low;
        if (TRows.Count >= 2)
        {
            AddCodes<TWide, TPair>(at + block[1], table, ref low, ref high);
        }

        if (TRows.Count >= 4)
        {
            AddCodes<TWide, TPair>(at + block[2], table, ref low, ref high);
            AddCodes<TWide, TPair>(at + block[3], table, ref low, ref high);
        }

        for (int i = 1; TRows.Count == 0 && i < block.Count; i++)
        {
            AddCodes<TWide, TPair>(at + block[i], table, ref low, ref high);
        }

        return typeof(TPair) == typeof(On) ? TWide.PairSum(low, high) : low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCodes<TWide, TPair>(byte* row, float* table, ref TWide low, ref TWide high)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
    {
        low += TWide.Lookup(row, table);
        high = typeof(TPair) == typeof(On) ? high + TWide.Lookup(row + TWide.Width, table) : high;
    }

    /// <summary>Sum of the levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWide Levels<TWide, TPair, TRows>(in SignalBlock block, float* oxygen, int column)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
        where TRows : struct, IRowCount
    {
        float* at = oxygen + column;
        TWide low = TWide.Load(at + block[0]), high = typeof(TPair) == typeof(On) ? TWide.Load(at + block[0] + TWide.Width) : low;
        if (TRows.Count >= 2)
        {
            AddLevels<TWide, TPair>(at + block[1], ref low, ref high);
        }

        if (TRows.Count >= 4)
        {
            AddLevels<TWide, TPair>(at + block[2], ref low, ref high);
            AddLevels<TWide, TPair>(at + block[3], ref low, ref high);
        }

        for (int i = 1; TRows.Count == 0 && i < block.Count; i++)
        {
            AddLevels<TWide, TPair>(at + block[i], ref low, ref high);
        }

        return typeof(TPair) == typeof(On) ? TWide.PairSum(low, high) : low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLevels<TWide, TPair>(float* row, ref TWide low, ref TWide high)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
    {
        low += TWide.Load(row);
        high = typeof(TPair) == typeof(On) ? high + TWide.Load(row + TWide.Width) : high;
    }
}

/// <summary>Rows of tissue under a row of coarse sites, where that is known ahead; 0 where it is not.</summary>
internal interface IRowCount
{
    static abstract int Count { get; }
}

internal readonly struct Any : IRowCount
{
    public static int Count => 0;
}

internal readonly struct Two : IRowCount
{
    public static int Count => 2;
}

internal readonly struct Four : IRowCount
{
    public static int Count => 4;
}
