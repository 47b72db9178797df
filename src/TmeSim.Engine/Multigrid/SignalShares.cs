using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Multigrid;

/// <summary>The four coarse sites of one plane that a cell counts for; a site may come twice, and a weight may be 0.</summary>
internal readonly struct SignalShares
{
    /// <summary>How many sites.</summary>
    public const int Count = 4;

    private readonly int _ownOwn, _ownSide, _otherOwn, _otherSide;

    /// <summary>All of a cell at one site.</summary>
    public SignalShares(int site)
    {
        (_ownOwn, _ownSide, _otherOwn, _otherSide) = (site, site, site, site);
        Weights = Vector128.CreateScalar(1f);
    }

    /// <param name="row">First element of the row that the cell lies in.</param>
    /// <param name="other">First element of the row on its outer side.</param>
    /// <param name="own">Column that it lies in.</param>
    /// <param name="side">Column on its outer side.</param>
    /// <param name="near">Share of the own column.</param>
    /// <param name="inside">Weight of the own row.</param>
    /// <param name="outside">Weight of the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SignalShares(int row, int other, int own, int side, float near, float inside, float outside)
    {
        (_ownOwn, _ownSide, _otherOwn, _otherSide) = (row + own, row + side, other + own, other + side);
        float far = 1 - near;
        Weights = Vector128.Create(near, far, near, far) * Vector128.Create(inside, inside, outside, outside);
    }

    /// <summary>Weights of the sites.</summary>
    public Vector128<float> Weights { get; }

    /// <summary>One of the sites.</summary>
    public int Site(int k) => k switch
    {
        0 => _ownOwn,
        1 => _ownSide,
        2 => _otherOwn,
        _ => _otherSide,
    };

    /// <summary>Adds whole numbers to the sites, an element for each.</summary>
    /// <typeparam name="TShared">On where other threads add at the same time.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Add<TShared>(int* sums, Vector128<int> parts)
        where TShared : struct, ISwitch
    {
        Add<TShared>(sums + _ownOwn, parts.GetElement(0));
        Add<TShared>(sums + _ownSide, parts.GetElement(1));
        Add<TShared>(sums + _otherOwn, parts.GetElement(2));
        Add<TShared>(sums + _otherSide, parts.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Add<TShared>(int* sum, int part)
        where TShared : struct, ISwitch
    {
        if (typeof(TShared) == typeof(On))
        {
            Interlocked.Add(ref *sum, part);
        }
        else
        {
            *sum += part;
        }
    }
}
