using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// Fetches what a loop over cells will read: their sites lie apart, so that the processor does not guess them, and on large lattices each
/// is a miss. Only time depends on it.
/// </summary>
internal static unsafe class Prefetch
{
    /// <summary>Cells ahead: what a miss takes, in turns of a short loop.</summary>
    public const int Ahead = 12;

    /// <summary>The cache line of an address. One that is not mapped does no harm but takes a walk through the tables of pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
