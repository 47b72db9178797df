using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>
/// What the set-points are read from: counts of one lesion, on its tumour bed (all sites that are not liver). Densities are NaN without a
/// bed.
/// </summary>
/// <param name="TumorCells">Living tumour cells.</param>
/// <param name="BedSites">Sites of the tumour bed.</param>
/// <param name="SiteAreaMm2">Area of a site [mm²].</param>
/// <param name="Cd8">CD8 T cells.</param>
/// <param name="Macrophages">Macrophages.</param>
/// <param name="Cd163Positive">Macrophages with a score above the threshold.</param>
/// <param name="Vessels">Vessels.</param>
/// <param name="Maturity">Sum of the maturity of the vessels.</param>
public readonly record struct Baseline(
    int TumorCells, int BedSites, double SiteAreaMm2, int Cd8, int Macrophages, int Cd163Positive, int Vessels, double Maturity)
{
    /// <summary>Growth rate of the count of tumour cells [1/d] that is expected at t = 0; NaN where nothing was counted.</summary>
    public double GrowthPerDay { get; init; } = double.NaN;

    /// <summary>Births per cell and division rate at the end of the burn-in; NaN where nothing was counted.</summary>
    public double DivisionCapacity { get; init; } = double.NaN;

    /// <summary>Area of the tumour bed [mm²]; in 3D of all layers together.</summary>
    public double AreaMm2 => BedSites * SiteAreaMm2;

    /// <summary>CD8 T cells per mm².</summary>
    public double Cd8PerMm2 => Cd8 / AreaMm2;

    /// <summary>Macrophages per mm².</summary>
    public double MacrophagesPerMm2 => Macrophages / AreaMm2;

    /// <summary>CD163+ fraction of the macrophages; NaN without macrophages.</summary>
    public double Cd163Fraction => (double)Cd163Positive / Macrophages;

    /// <summary>Vessels per mm².</summary>
    public double VesselsPerMm2 => Vessels / AreaMm2;

    /// <summary>Mean maturity of the vessels; NaN without vessels.</summary>
    public double VesselMaturity => Maturity / Vessels;

    /// <summary>The baseline of several tissues together, at least one; growth and capacity are those of the mean.</summary>
    public static Baseline Sum(IReadOnlyList<Baseline> tissues) => new(
        tissues.Sum(t => t.TumorCells), tissues.Sum(t => t.BedSites), tissues[0].SiteAreaMm2, tissues.Sum(t => t.Cd8),
        tissues.Sum(t => t.Macrophages), tissues.Sum(t => t.Cd163Positive), tissues.Sum(t => t.Vessels), tissues.Sum(t => t.Maturity))
    {
        GrowthPerDay = tissues.Average(t => t.GrowthPerDay), DivisionCapacity = tissues.Average(t => t.DivisionCapacity),
    };

    /// <summary>Counts a lesion. Order of cells does not matter: counts, and a sum in fixed point.</summary>
    public static Baseline Measure(LesionState lesion, ParameterSet parameters)
    {
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
            lesion.TumorCells, lesion.TumorBedSites, lesion.Shape.SiteAreaMm2, cd8, macrophages, positive, vessels,
            (double)maturity / (1 << 24));
    }

    private static bool InBed(LesionState lesion, int site) => lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte;
}
