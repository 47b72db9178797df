using System.Numerics.Tensors;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Contrasts;

/// <summary>What counts as evidence against "no effect".</summary>
public enum Alternative : byte
{
    /// <summary>A mean difference away from 0 on either side.</summary>
    TwoSided,

    /// <summary>A mean difference above 0.</summary>
    Greater,

    /// <summary>A mean difference below 0.</summary>
    Less,
}

/// <summary>Outcome of a <see cref="SignFlipTest"/>.</summary>
/// <param name="Pairs">Number of pairs.</param>
/// <param name="MeanEffect">Mean of the paired differences.</param>
/// <param name="P">p value of the chosen alternative, above 0.</param>
/// <param name="Lower">Lower end of the two-sided confidence interval of the effect; −∞ with too few pairs.</param>
/// <param name="Upper">Upper end; +∞ with too few pairs (below 6 at 95 %).</param>
/// <param name="Exact">True when all sign patterns were enumerated.</param>
public readonly record struct SignFlipResult(int Pairs, double MeanEffect, double P, double Lower, double Upper, bool Exact);

/// <summary>
/// Paired permutation test: under "no effect" every difference is as likely with the other sign. Exact for up to 20 pairs,
/// beyond that with a fixed set of random sign patterns, so the same data always give the same p.
/// </summary>
/// <remarks>
/// Test: Fisher 1935; Good, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed. 2005. The interval inverts the test:
/// a shift θ survives as long as enough subset means lie on its far side, so its ends are order statistics of the means of
/// subsets (Hartigan, J. Am. Stat. Assoc. 64 (1969) 1303, doi:10.1080/01621459.1969.10501057).
/// It assumes differences that are symmetric about the effect.
/// </remarks>
public static class SignFlipTest
{
    /// <summary>Largest number of pairs whose 2ⁿ patterns are enumerated.</summary>
    public const int LargestExact = 20;

    private static readonly RandomKey Key = RandomKey.Create(0x7369676E666C6970, 0, 0);

    /// <summary>Tests paired differences.</summary>
    /// <param name="differences">Treated minus control per replicate; finite, at least one.</param>
    /// <param name="alternative">Side of the p value; the interval is two-sided in any case.</param>
    /// <param name="confidence">Level of the interval, in (0, 1).</param>
    /// <param name="randomPatterns">Sign patterns drawn above 20 pairs, at least 99.</param>
    /// <exception cref="ArgumentException">No differences, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence or the number of patterns lies outside its range.</exception>
    public static SignFlipResult Run(ReadOnlySpan<double> differences, Alternative alternative = Alternative.TwoSided,
        double confidence = 0.95, int randomPatterns = 99_999)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(randomPatterns, 99);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "the confidence must lie between 0 and 1, ends excluded");
        }

        double total = 0, size = 0;
        foreach (double difference in differences)
        {
            total += difference;
            size += Math.Abs(difference);
        }

        if (differences.IsEmpty || !double.IsFinite(size))
        {
            throw new ArgumentException("a sign-flip test needs at least one difference and only finite ones", nameof(differences));
        }

        bool exact = differences.Length <= LargestExact;
        (double[] sums, int[] counts) = exact ? AllSubsets(differences) : RandomSubsets(differences, randomPatterns);

        // Flipping the subset S turns the total T into T - 2 sum(S). Ties count as at least as extreme, with room for rounding.
        // The empty subset (the data as they are) is element 0 of both lists, so p is never 0.
        double slack = 1e-12 * size;
        int extreme = 0;
        foreach (double sum in sums)
        {
            bool hit = alternative switch
            {
                Alternative.Greater => sum <= slack,
                Alternative.Less => sum >= -slack,
                _ => Math.Abs(total - 2 * sum) >= Math.Abs(total) - 2 * slack,
            };
            extreme += hit ? 1 : 0;
        }

        (double lower, double upper) = Interval(sums, counts, (1 - confidence) / 2);
        return new SignFlipResult(differences.Length, total / differences.Length, (double)extreme / sums.Length, lower, upper, exact);
    }

    private static (double Lower, double Upper) Interval(double[] sums, int[] counts, double tail)
    {
        var means = new double[sums.Length];
        int kept = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            if (counts[i] > 0)
            {
                means[kept++] = sums[i] / counts[i];
            }
        }

        int empty = sums.Length - kept;
        int rank = (int)Math.Floor(tail * sums.Length * (1 + 1e-12)) - (empty - 1);
        if (rank < 1 || kept == 0)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        Array.Sort(means, 0, kept);
        return (means[rank - 1], means[kept - rank]);
    }

    private static (double[] Sums, int[] Counts) AllSubsets(ReadOnlySpan<double> values)
    {
        // Doubling: the subsets with element i are those without it plus the element, so every sum is one chain of at most n additions.
        var sums = new double[1 << values.Length];
        var counts = new int[sums.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int known = 1 << i;
            TensorPrimitives.Add(sums.AsSpan(0, known), values[i], sums.AsSpan(known, known));
            TensorPrimitives.Add(counts.AsSpan(0, known), 1, counts.AsSpan(known, known));
        }

        return (sums, counts);
    }

    private static (double[] Sums, int[] Counts) RandomSubsets(ReadOnlySpan<double> values, int patterns)
    {
        var sums = new double[patterns + 1];
        var counts = new int[patterns + 1];
        for (int pattern = 1; pattern <= patterns; pattern++)
        {
            var stream = new PhiloxStream(Key, (uint)pattern, (uint)values.Length, 0);
            uint bits = 0;
            for (int i = 0; i < values.Length; i++)
            {
                bits = (i & 31) == 0 ? stream.Next() : bits >> 1;
                if ((bits & 1) != 0)
                {
                    sums[pattern] += values[i];
                    counts[pattern]++;
                }
            }
        }

        return (sums, counts);
    }
}
