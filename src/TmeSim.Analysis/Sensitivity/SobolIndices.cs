using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Share of the output's variance that a factor explains, with bootstrap intervals; none below <see cref="SobolIndices.MinBlocks"/>
/// blocks.
/// </summary>
/// <param name="First">First-order index: the share explained by this factor alone. Estimates may fall below 0 by their error.</param>
/// <param name="Total">Total index: the share that would be left if all other factors were known, interactions included. 0 or more.</param>
public readonly record struct SobolIndex(Estimate First, Estimate Total);

/// <summary>Indices of all factors.</summary>
/// <param name="Factors">One index per factor; all NaN where the output does not vary or fewer than two blocks are left.</param>
/// <param name="Blocks">Blocks used.</param>
/// <param name="Dropped">Blocks left out because one of their outputs is not a finite number.</param>
/// <param name="Mean">Mean output over the points A and B; NaN without blocks.</param>
/// <param name="Variance">Variance of the output over the points A and B; NaN without blocks.</param>
public sealed record SobolIndexResult(IReadOnlyList<SobolIndex> Factors, int Blocks, int Dropped, double Mean, double Variance);

/// <summary>First-order and total Sobol indices of a <see cref="SaltelliDesign"/>.</summary>
/// <remarks>
/// First: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2 (b), on outputs less their mean, which takes the error that a large
/// mean would add. Total: Jansen 1999, Comput. Phys. Commun. 117, 35, doi:10.1016/S0010-4655(98)00154-4. The intervals are percentiles over
/// resampled blocks; blocks of a Sobol sequence spread more evenly than resampled ones, so from 64 blocks on the intervals cover 93 % or
/// more, up to all. With 8 to 32 blocks they cover as little as 80 %, so there are none.
/// </remarks>
public static class SobolIndices
{
    /// <summary>With fewer blocks there are no intervals: 64 less some with missing values.</summary>
    public const int MinBlocks = 50;

    private const ulong Salt = 0x736F626F6C69;

    /// <summary>Indices of the outputs of a whole design.</summary>
    /// <param name="outputs">One output a row, in the order of the design. A block with one that is not finite is left out.</param>
    /// <param name="dimensions">Number of factors.</param>
    /// <param name="bootstraps">Bootstrap samples, at least 40.</param>
    /// <param name="key">Key of the bootstrap.</param>
    /// <exception cref="ArgumentException">The outputs are no whole number of blocks, or a number lies outside its range.</exception>
    public static SobolIndexResult Of(ReadOnlySpan<double> outputs, int dimensions, int bootstraps, ulong key)
    {
        UnitPoints.CheckDimensions(dimensions);
        BootstrapInterval.CheckCount(bootstraps);
        int rows = SaltelliDesign.BlockRows(dimensions);
        if (outputs.IsEmpty || outputs.Length % rows != 0)
        {
            throw new ArgumentException($"a design of {dimensions} factors has blocks of {rows} rows: {outputs.Length} outputs do not fit",
                nameof(outputs));
        }

        var blocks = new SobolBlocks(outputs, dimensions);
        SobolIndex[] factors = new SobolIndex[dimensions];
        Array.Fill(factors, new SobolIndex(Estimate.None, Estimate.None));
        if (blocks.Count >= 2 && blocks.Varies)
        {
            Fill(factors, blocks, bootstraps, key);
        }

        return new SobolIndexResult(factors, blocks.Count, outputs.Length / rows - blocks.Count, blocks.Mean, blocks.Variance);
    }

    /// <summary>
    /// The indices that the first N/8, N/4, N/2 and N blocks give (as many as have two blocks): intervals that shrink around one place show
    /// that N is enough.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    /// <returns>The number of blocks and the indices of each, the whole design last.</returns>
    public static IReadOnlyList<(int BaseSamples, SobolIndexResult Result)> Convergence(ReadOnlySpan<double> outputs, int dimensions,
        int bootstraps, ulong key)
    {
        SobolIndexResult whole = Of(outputs, dimensions, bootstraps, key);
        int rows = SaltelliDesign.BlockRows(dimensions), all = outputs.Length / rows;
        var results = new List<(int, SobolIndexResult)>();
        foreach (int part in new[] { 8, 4, 2 })
        {
            if (all / part >= 2)
            {
                results.Add((all / part, Of(outputs[..(all / part * rows)], dimensions, bootstraps, key)));
            }
        }

        results.Add((all, whole));
        return results;
    }

    private static void Fill(SobolIndex[] factors, SobolBlocks blocks, int bootstraps, ulong key)
    {
        int count = blocks.Count, dimensions = factors.Length;
        var weights = new int[count];
        Array.Fill(weights, 1);
        (double[] first, double[] total) = (new double[dimensions], new double[dimensions]);
        blocks.Indices(weights, first, total);

        if (count < MinBlocks)
        {
            for (int d = 0; d < dimensions; d++)
            {
                factors[d] = new SobolIndex(Estimate.Without(first[d]), Estimate.Without(total[d]));
            }

            return;
        }

        var firsts = new double[dimensions, bootstraps];
        var totals = new double[dimensions, bootstraps];
        (double[] f, double[] t) = (new double[dimensions], new double[dimensions]);
        for (int b = 0; b < bootstraps; b++)
        {
            var stream = new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)b, 0, 0);
            Array.Clear(weights);
            for (int i = 0; i < count; i++)
            {
                weights[stream.NextInt(count)]++;
            }

            blocks.Indices(weights, f, t);
            for (int d = 0; d < dimensions; d++)
            {
                (firsts[d, b], totals[d, b]) = (f[d], t[d]);
            }
        }

        for (int d = 0; d < dimensions; d++)
        {
            (double firstLow, double firstHigh) = BootstrapInterval.Of(Row(firsts, d));
            (double totalLow, double totalHigh) = BootstrapInterval.Of(Row(totals, d));
            factors[d] = new SobolIndex(new(first[d], firstLow, firstHigh), new(total[d], totalLow, totalHigh));
        }

        static double[] Row(double[,] table, int d) => [.. Enumerable.Range(0, table.GetLength(1)).Select(b => table[d, b])];
    }
}
