using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>Class of a tumour by where its CD8 T cells are; the numbers are those of the column cd8_phenotype.</summary>
public enum ImmunePhenotype : byte
{
    /// <summary>Few in core and margin together.</summary>
    Desert = 0,

    /// <summary>Few in the core, more than rho times as many per area in the margin.</summary>
    Excluded = 1,

    /// <summary>Few in the core, enough with the margin, and no steep step between them: the rule names no class.</summary>
    Intermediate = 2,

    /// <summary>Enough in the core.</summary>
    Infiltrated = 3,
}

/// <summary>
/// Desert, excluded or infiltrated: infiltrated from c1 per mm² of core on; else desert below c0 per mm² of core and margin together; else
/// excluded when the margin holds more than rho times as many per area as the core.
/// </summary>
/// <remarks>c1 = 93/mm² is the cut-off for the tumour centre that separated prognosis in 449 patients with HCC (Sun et al. 2015, PMID
/// 26415232). c0 = 20/mm², about one cell in a microscope field of 0.05 mm², and rho = 2 are assumptions: a desert has scarce T cells, not
/// merely fewer than a good prognosis takes. All three cut a continuum: report the densities too.</remarks>
public static class PhenotypeRule
{
    /// <summary>CD8 per mm² of core that count as infiltrated.</summary>
    public const double DefaultCorePerMm2 = 93;

    /// <summary>CD8 per mm² of core and margin below which a tumour that is not infiltrated is a desert.</summary>
    public const double DefaultDesertPerMm2 = 20;

    /// <summary>Ratio of densities, margin over core, that counts as excluded.</summary>
    public const double DefaultRatio = 2;

    /// <summary>The class; null for a tumour without a core or without a margin.</summary>
    /// <param name="zones">Areas and counts of CD8 T cells.</param>
    /// <param name="corePerMm2">c1 [/mm²], positive.</param>
    /// <param name="ratio">rho, positive.</param>
    /// <param name="desertPerMm2">c0 [/mm²], positive.</param>
    public static ImmunePhenotype? Of(CoreMarginResult zones, double corePerMm2 = DefaultCorePerMm2, double ratio = DefaultRatio,
        double desertPerMm2 = DefaultDesertPerMm2)
    {
        if (!(zones.CoreAreaMm2 > 0 && zones.MarginAreaMm2 > 0))
        {
            return null;
        }

        double both = (zones.CoreCells + zones.MarginCells) / (zones.CoreAreaMm2 + zones.MarginAreaMm2);
        return zones.CoreDensity >= corePerMm2 ? ImmunePhenotype.Infiltrated
            : both < desertPerMm2 ? ImmunePhenotype.Desert
            : zones.MarginToCoreRatio > ratio ? ImmunePhenotype.Excluded
            : ImmunePhenotype.Intermediate;
    }
}
