using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Spatial;

/// <summary>What an IFN-γ signature reads from a tumour, each as a multiple of a fixed reference.</summary>
/// <param name="Ifng">Mean IFN-γ at tumour cells [half-maximal constants].</param>
/// <param name="Pdl1PerUm2">Mean PD-L1 of tumour cells [molecules/µm²].</param>
/// <param name="Mhc1">Mean MHC-I of tumour cells relative to rest.</param>
/// <param name="Cxcl">Mean CXCL9/10 at tumour cells [half-maximal constants].</param>
/// <param name="IfngCd8PerMm2">CD8 T cells that secrete IFN-γ [/mm² of tumour bed].</param>
public readonly record struct IfngComponents(double Ifng, double Pdl1PerUm2, double Mhc1, double Cxcl, double IfngCd8PerMm2);

/// <summary>
/// IFN-γ score of a tumour. One fixed formula for every patient, arm and time, so values compare; over a cohort its parts can be put on
/// one scale. Never normalised per patient: that would remove the difference between patients.
/// </summary>
/// <remarks>In the manner of the IFN-γ signature of Ayers et al. 2017, J. Clin. Invest. 127, 2930, doi:10.1172/JCI91190. References: PD-L1
/// 200/µm², CD8 93/mm².</remarks>
public static class IfngScore
{
    /// <summary>PD-L1 that counts as 1 [molecules/µm²].</summary>
    public const double Pdl1Reference = 200;

    /// <summary>Density of secreting CD8 T cells that counts as 1 [/mm²].</summary>
    public const double Cd8Reference = 93;

    /// <summary>Mean of ln(1 + x) over the five parts, zero or more; NaN when a part is not defined.</summary>
    public static double Of(IfngComponents components) => Parts(components).Average();

    /// <summary>
    /// Scores over a cohort: each part's ln(1 + x) becomes a z-score (n − 1) over all samples, the score is the mean of the z-scores. A
    /// part that is the same in all samples counts 0. Samples with a part that is not defined are left out of the scale and score NaN.
    /// </summary>
    /// <param name="cohort">One entry a sample: every patient, arm and time that is to be compared.</param>
    public static double[] OverCohort(IReadOnlyList<IfngComponents> cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        double[][] parts = [.. cohort.Select(Parts)];
        double[][] defined = [.. parts.Where(p => p.All(double.IsFinite))];
        MonteCarloError[] scale = [.. Enumerable.Range(0, 5).Select(k => MonteCarloError.Of([.. defined.Select(p => p[k])]))];
        return [.. parts.Select(p => p.Select((x, k) => !double.IsFinite(x) ? double.NaN : Spreads(scale[k])
            ? (x - scale[k].Mean) / scale[k].StandardDeviation : 0).Average())];
    }

    // Equal values may leave a spread of rounding errors.
    private static bool Spreads(MonteCarloError scale) => scale.StandardDeviation > 1e-12 * Math.Abs(scale.Mean);

    private static double[] Parts(IfngComponents c) =>
    [
        Log(c.Ifng), Log(c.Pdl1PerUm2 / Pdl1Reference), Log(c.Mhc1), Log(c.Cxcl), Log(c.IfngCd8PerMm2 / Cd8Reference),
    ];

    private static double Log(double x) => Math.Log(1 + x);
}
