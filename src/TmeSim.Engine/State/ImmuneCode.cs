using System.Runtime.CompilerServices;

namespace TmeSim.Engine.State;

/// <summary>
/// What <see cref="LesionState.Immune"/> holds at a site: 0 for no immune cell, else the kind in the low bits and above it the place of
/// the cell in the store of its kind.
/// </summary>
public static class ImmuneCode
{
    /// <summary>Kinds that there is room for.</summary>
    public const int MaxKinds = 7;

    private const int KindBits = 3;
    private const int KindMask = (1 << KindBits) - 1;

    /// <summary>The code of cell i of a kind, the kind by its place in <see cref="State.LesionState.Kinds"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(int kind, int i) => (i << KindBits) | (kind + 1);

    /// <summary>The kind of the cell at a site; −1 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Kind(int code) => (code & KindMask) - 1;

    /// <summary>The place of the cell in its store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Index(int code) => (int)((uint)code >> KindBits);

    /// <summary>The place of the cell in its store if it is of a kind, else −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Index(int code, int kind) => Kind(code) == kind ? Index(code) : -1;
}
