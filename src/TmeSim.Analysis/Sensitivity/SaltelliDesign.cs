namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Points for variance-based indices: pairs of independent points A and B, and A with one coordinate after the other taken from B.
/// </summary>
/// <remarks>Saltelli et al. 2010, Comput. Phys. Commun. 181, 259, doi:10.1016/j.cpc.2009.09.018; A and B are the halves of a scrambled
/// Sobol sequence.</remarks>
public static class SaltelliDesign
{
    /// <summary>Largest number of factors: half of the dimensions of a Sobol sequence.</summary>
    public const int MaximumDimensions = SobolSequence.MaximumDimensions / 2;

    /// <summary>Rows of a block: A, one for each factor, B.</summary>
    public static int BlockRows(int dimensions) => dimensions + 2;

    /// <summary>
    /// The rows of a key in blocks of k + 2: A, then A with factor 1 from B, …, A with factor k from B, then B. The blocks of a smaller
    /// design are the first ones of a larger.
    /// </summary>
    /// <param name="baseSamples">Number of blocks N, a power of two.</param>
    /// <param name="dimensions">Number of factors k, 1 to 512.</param>
    /// <param name="key">Key of the scrambling.</param>
    /// <returns>Row-major (N (k + 2)) × k, in (0, 1).</returns>
    /// <exception cref="ArgumentException">N is not a power of two, k lies outside its range, or the points do not fit an
    /// array.</exception>
    public static double[] Points(int baseSamples, int dimensions, ulong key)
    {
        SobolSequence.CheckCount(baseSamples, nameof(baseSamples));
        if (dimensions > MaximumDimensions)
        {
            throw new ArgumentException($"a Saltelli design is possible up to {MaximumDimensions} factors, not {dimensions}",
                nameof(dimensions));
        }

        double[] points = UnitPoints.Allocate((long)baseSamples * BlockRows(dimensions), dimensions);
        double[] pairs = SobolSequence.Points(baseSamples, 2 * dimensions, key);
        Span<double> target = points;
        for (int i = 0; i < baseSamples; i++)
        {
            ReadOnlySpan<double> a = pairs.AsSpan(2 * i * dimensions, dimensions), b = pairs.AsSpan((2 * i + 1) * dimensions, dimensions);
            a.CopyTo(target);
            target = target[dimensions..];
            for (int d = 0; d < dimensions; d++)
            {
                a.CopyTo(target);
                target[d] = b[d];
                target = target[dimensions..];
            }

            b.CopyTo(target);
            target = target[dimensions..];
        }

        return points;
    }
}
