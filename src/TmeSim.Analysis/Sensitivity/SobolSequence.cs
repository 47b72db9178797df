using System.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Points of the Sobol sequence: as many in every box of equal shape as its volume asks for, which random points reach only on average.
/// </summary>
/// <remarks>
/// Direction numbers: Joe and Kuo 2008, doi:10.1137/070709359 (table new-joe-kuo-6.21201). Order of Antonov and Saleev (Gray code), as
/// SciPy and most tools have it.
/// </remarks>
public static class SobolSequence
{
    /// <summary>Largest number of dimensions.</summary>
    public const int MaximumDimensions = SobolDirections.Dimensions;

    /// <summary>Largest number of points.</summary>
    public const int MaximumCount = 1 << 30;

    /// <summary>The first points of the sequence. The points of a smaller count are the first ones of a larger count.</summary>
    /// <param name="count">Number of points, a power of two up to 2³⁰: others lose the balance.</param>
    /// <param name="dimensions">Number of dimensions, 1 to 1024.</param>
    /// <param name="scrambleKey">
    /// Key of an Owen scrambling, which makes each point uniform in (0, 1) and keeps the balance; without it the sequence itself, which
    /// starts at 0.
    /// </param>
    /// <returns>Row-major count × dimensions, in [0, 1).</returns>
    /// <exception cref="ArgumentException">The count is not a power of two, the dimensions lie outside their range, or the points do not
    /// fit an array.</exception>
    public static double[] Points(int count, int dimensions, ulong? scrambleKey = null)
    {
        CheckCount(count, nameof(count));
        if (dimensions > MaximumDimensions)
        {
            throw new ArgumentException(
                $"Sobol sequences are tabulated up to {MaximumDimensions} dimensions, not {dimensions}; use a Latin hypercube",
                nameof(dimensions));
        }

        double[] points = UnitPoints.Allocate(count, dimensions);
        for (int d = 0; d < dimensions; d++)
        {
            ReadOnlySpan<uint> directions = SobolDirections.Of(d);
            ulong tree = OwenScramble.Tree(scrambleKey ?? 0, d);
            uint digits = 0;
            for (int i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    digits ^= directions[BitOperations.TrailingZeroCount(i)];
                }

                points[(long)i * dimensions + d] = scrambleKey is null ? digits * (1.0 / (1L << SobolDirections.Bits))
                    : OwenScramble.Unit(digits, tree);
            }
        }

        return points;
    }

    /// <exception cref="ArgumentException">The count is not a power of two between 1 and 2³⁰.</exception>
    internal static void CheckCount(int count, string name)
    {
        if (count < 1 || !BitOperations.IsPow2(count))
        {
            int below = count < 1 ? 1 : 1 << BitOperations.Log2((uint)count);
            string instead = count < 1 ? "1" : below == MaximumCount ? $"{below}" : $"{below} or {2 * below}";
            throw new ArgumentException(
                $"a Sobol sequence is balanced for powers of two only, not for {count} points: write {instead}", name);
        }
    }
}
