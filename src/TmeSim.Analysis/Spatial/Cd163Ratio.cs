namespace TmeSim.Analysis.Spatial;

/// <summary>CD163+ macrophages over CD8 T cells on a logarithmic scale.</summary>
public static class Cd163Ratio
{
    /// <summary>
    /// Added to both counts, so that a count of 0 has a logarithm and swapping the types only changes the sign (Haldane 1956, Ann. Hum.
    /// Genet. 20, 309).
    /// </summary>
    public const double Epsilon = 0.5;

    /// <summary>
    /// log2((CD163 + ½) / (CD8 + ½)): 0 for as many of either, +1 for twice as many CD163+ macrophages; NaN without both.
    /// </summary>
    /// <param name="cd163">CD163+ macrophages, zero or more.</param>
    /// <param name="cd8">CD8 T cells in the same region, zero or more.</param>
    public static double Log2(long cd163, long cd8) => cd163 == 0 && cd8 == 0 ? double.NaN : Math.Log2((cd163 + Epsilon) / (cd8 + Epsilon));
}
