namespace TmeSim.Analysis.Trials;

/// <summary>Which diameters decide about response.</summary>
public enum ResponseCriteria : byte
{
    /// <summary>RECIST 1.1 (Eisenhauer et al. 2009, doi:10.1016/j.ejca.2008.10.026): all of a lesion, dead tissue among it.</summary>
    Recist,

    /// <summary>mRECIST (Lencioni and Llovet 2010, doi:10.1055/s-0030-1247132): the living part of a lesion.</summary>
    Mrecist,
}

/// <summary>How patients are watched and what happens to them outside their simulated lesions. MODEL.md 12 has sources and
/// grades.</summary>
public sealed record ClinicalRules
{
    /// <summary>Days of assessments.</summary>
    public required ImagingSchedule Imaging { get; init; }

    /// <summary>Which diameters decide.</summary>
    public required ResponseCriteria Criteria { get; init; }

    /// <summary>Standard deviation of the logarithm of a measured diameter, 0 or more.</summary>
    public required double MeasurementError { get; init; }

    /// <summary>Diameter below which a lesion is not seen [mm], 0 or more.</summary>
    public required double DetectionMm { get; init; }

    /// <summary>Share of visits that are missed.</summary>
    public required double MissedVisits { get; init; }

    /// <summary>New lesions.</summary>
    public required NewLesionRules NewLesions { get; init; }

    /// <summary>Liver function and death.</summary>
    public required SurvivalRules Survival { get; init; }

    /// <summary>Patients lost per year of follow-up, 0 or more.</summary>
    public required double DropOutPerYear { get; init; }

    /// <summary>Time over which patients enter evenly [d], 0 or more.</summary>
    public required double AccrualDays { get; init; }

    /// <summary>Time from the entry of the first patient to the analysis [d]; patients are followed until then, or to the end of their
    /// simulation.</summary>
    public required double CutOffDays { get; init; }
}

/// <summary>
/// Lesions that become visible. Deposits too small to see are shed by the tumour and grow as it does, so that their number passes the size
/// of detection at a rate of (burden) × (growth): none where the tumour shrinks.
/// </summary>
/// <param name="PerYear">New lesions per year in a patient whose lesions add up to 60 mm and whose volume doubles in 140 d; 0 or
/// more.</param>
/// <param name="Power">Power of the sum of diameters, relative to 60 mm.</param>
/// <param name="DiameterMm">Diameter of a new lesion when it is seen [mm].</param>
public sealed record NewLesionRules(double PerYear, double Power, double DiameterMm);

/// <summary>Liver function as an ALBI score that burden and irradiation worsen, and the hazard of death that follows from burden, its
/// growth and that score.</summary>
public sealed record SurvivalRules
{
    /// <summary>Score at the baseline: mean.</summary>
    public required double AlbiMean { get; init; }

    /// <summary>Score at the baseline: standard deviation.</summary>
    public required double AlbiSd { get; init; }

    /// <summary>Rise of the score per year with lesions of 60 mm in sum; in proportion to that sum.</summary>
    public required double AlbiPerYear { get; init; }

    /// <summary>Rise of the score after radiation-induced liver disease.</summary>
    public required double AlbiOfLiverDisease { get; init; }

    /// <summary>Deaths per year from other causes.</summary>
    public required double BackgroundPerYear { get; init; }

    /// <summary>Deaths per year in a patient with lesions of 60 mm in sum that do not grow and a score of −2.6: fitted to the sorafenib
    /// arm.</summary>
    public required double HazardPerYear { get; init; }

    /// <summary>Power of the sum of diameters, relative to 60 mm, in the hazard.</summary>
    public required double BurdenPower { get; init; }

    /// <summary>Logarithm of the hazard ratio per point of the score.</summary>
    public required double AlbiLogHazard { get; init; }

    /// <summary>Logarithm of the hazard ratio per doubling of the volume in a month.</summary>
    public required double GrowthLogHazard { get; init; }
}
