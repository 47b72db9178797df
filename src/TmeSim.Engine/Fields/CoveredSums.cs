using System.Runtime.CompilerServices;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Sums over the rows of tissue that a register of coarse sites covers, and over two columns each (TPair) or one. Rows come one after
/// another, so that the sum is the same however many are known ahead (TRows).
/// </summary>
internal static class CoveredSums
{
    /// <param name="block">The rows.</param>
    /// <param name="values">What is summed.</param>
    /// <param name="column">The first column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWide Of<TWide, TPair, TRows, TValues>(in SignalBlock block, TValues values, int column)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
        where TRows : struct, IRowCount
        where TValues : struct, ISiteValues
    {
        TWide low = values.At<TWide>(block[0] + column);
        TWide high = typeof(TPair) == typeof(On) ? values.At<TWide>(block[0] + column + TWide.Width) : low;
        if (TRows.Count >= 2)
        {
            Add<TWide, TPair, TValues>(values, block[1] + column, ref low, ref high);
        }

        if (TRows.Count >= 4)
        {
            Add<TWide, TPair, TValues>(values, block[2] + column, ref low, ref high);
            Add<TWide, TPair, TValues>(values, block[3] + column, ref low, ref high);
        }

        for (int i = 1; TRows.Count == 0 && i < block.Count; i++)
        {
            Add<TWide, TPair, TValues>(values, block[i] + column, ref low, ref high);
        }

        return typeof(TPair) == typeof(On) ? TWide.PairSum(low, high) : low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWide, TPair, TValues>(TValues values, int site, ref TWide low, ref TWide high)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
        where TValues : struct, ISiteValues
    {
        low += values.At<TWide>(site);
        high = typeof(TPair) == typeof(On) ? high + values.At<TWide>(site + TWide.Width) : high;
    }
}

/// <summary>Something by site of tissue.</summary>
internal interface ISiteValues
{
    /// <summary>At a register of sites.</summary>
    TWide At<TWide>(int site)
        where TWide : struct, ILanes<TWide>;
}

/// <summary>What a table has for the codes.</summary>
internal readonly unsafe struct CodeValues(byte* codes, float* table) : ISiteValues
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWide At<TWide>(int site)
        where TWide : struct, ILanes<TWide> => TWide.Lookup(codes + site, table);
}

/// <summary>Levels.</summary>
internal readonly unsafe struct LevelValues(float* levels) : ISiteValues
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWide At<TWide>(int site)
        where TWide : struct, ILanes<TWide> => TWide.Load(levels + site);
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
