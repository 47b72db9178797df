using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Nested uniform scrambling: each binary digit is flipped or kept by a coin of its own for every combination of the digits before it,
/// so points spread as evenly as before and each is uniform.
/// </summary>
/// <remarks>
/// Owen 1995, in Monte Carlo and Quasi-Monte Carlo Methods, Lecture Notes in Statistics 106, 299, doi:10.1007/978-1-4612-2552-2_19. The
/// coins are bits of a SplitMix64 sequence numbered by the nodes of the tree of digits, so nothing is stored; one word serves the 63 nodes
/// of six digits.
/// </remarks>
internal static class OwenScramble
{
    private const ulong Salt = 0x6F77656E;
    private const int LowerBits = 20;
    private const int Chunk = 6;

    /// <summary>Key of the tree of one dimension.</summary>
    public static ulong Tree(ulong key, int dimension) => Mix.Hash(Salt, key, (ulong)dimension);

    /// <summary>The scrambled coordinate in (0, 1): 32 scrambled digits, 20 random ones, and half a unit of the last.</summary>
    /// <param name="digits">The digits, first one in the highest bit.</param>
    /// <param name="tree">From <see cref="Tree"/>.</param>
    public static double Unit(uint digits, ulong tree)
    {
        uint flips = 0;
        for (int depth = 0; depth < SobolDirections.Bits; depth += Chunk)
        {
            ulong coins = Word(tree, (1UL << depth) | ((ulong)digits >> (SobolDirections.Bits - depth)));
            int node = 1;
            for (int shift = SobolDirections.Bits - 1 - depth; shift >= Math.Max(0, SobolDirections.Bits - depth - Chunk); shift--)
            {
                flips = (flips << 1) | (uint)((coins >> node) & 1);
                node = (node << 1) | (int)((digits >> shift) & 1);
            }
        }

        ulong lower = Word(tree, (1UL << SobolDirections.Bits) | digits) >> (64 - LowerBits);
        return ((((ulong)(digits ^ flips) << LowerBits) | lower) + 0.5) * (1.0 / (1UL << (SobolDirections.Bits + LowerBits)));
    }

    private static ulong Word(ulong tree, ulong node) => Mix.Finalise(tree + unchecked(node * Mix.Golden));
}
