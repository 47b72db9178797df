using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>What the burn-in steers, measured on one lesion. Densities are per mm² of tumour bed (all sites that are not liver); NaN without a bed.</summary>
/// <param name="Cd8PerMm2">CD8 T cells on tumour-bed sites per mm².</param>
/// <param name="MacrophagesPerMm2">Macrophages on tumour-bed sites per mm².</param>
/// <param name="Cd163Fraction">Fraction of those macrophages with a score above the threshold; NaN without macrophages.</param>
/// <param name="VesselsPerMm2">Vessels on tumour-bed sites per mm².</param>
/// <param name="VesselMaturity">Mean maturity of those vessels; NaN without vessels.</param>
public sealed record Baseline(double Cd8PerMm2, double MacrophagesPerMm2, double Cd163Fraction, double VesselsPerMm2, double VesselMaturity)
{
    /// <summary>Measures a lesion. Order of cells does not matter: counts, and sums in fixed point.</summary>
    public static Baseline Measure(LesionState lesion, ParameterSet parameters)
    {
        double area = lesion.TumorBedSites * lesion.Shape.SiteAreaMm2;
        if (area <= 0)
        {
            return new Baseline(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        int cd8 = 0, macrophages = 0, positive = 0, vessels = 0;
        long maturity = 0;
        float threshold = (float)parameters[Parameter.MacrophageCd163Threshold];
        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            cd8 += InBed(lesion, lesion.Cd8.Site[i]) ? 1 : 0;
        }

        for (int i = 0; i < lesion.Macrophages.Count; i++)
        {
            if (InBed(lesion, lesion.Macrophages.Site[i]))
            {
                macrophages++;
                positive += lesion.Macrophages.Score[i] > threshold ? 1 : 0;
            }
        }

        for (int i = 0; i < lesion.Vessels.Count; i++)
        {
            if (InBed(lesion, lesion.Vessels.Site[i]))
            {
                vessels++;
                maturity += (long)(lesion.Vessels.Maturity[i] * (1 << 24));
            }
        }

        return new Baseline(
            cd8 / area,
            macrophages / area,
            macrophages == 0 ? double.NaN : (double)positive / macrophages,
            vessels / area,
            vessels == 0 ? double.NaN : (double)maturity / (1 << 24) / vessels);
    }

    private static bool InBed(LesionState lesion, int site) => lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte;
}
