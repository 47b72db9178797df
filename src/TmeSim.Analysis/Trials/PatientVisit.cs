using TmeSim.Engine.Patient;

namespace TmeSim.Analysis.Trials;

/// <summary>One assessment.</summary>
/// <param name="Day">Day after the start of treatment [d].</param>
/// <param name="SumMm">Sum of measured diameters of the lesions of the baseline [mm]; NaN for a missed visit.</param>
/// <param name="TrueMm">Sum of their diameters without error of measurement [mm].</param>
/// <param name="NewLesions">New lesions seen so far.</param>
/// <param name="Response">Judgement of this visit.</param>
/// <param name="Albi">ALBI score.</param>
public sealed record PatientVisit(double Day, double SumMm, double TrueMm, int NewLesions, RecistResponse Response, double Albi);

/// <summary>Why something ended.</summary>
public enum EndReason : byte
{
    /// <summary>The analysis, or the end of the simulation: nothing had happened.</summary>
    CutOff,

    /// <summary>Lost to follow-up.</summary>
    DropOut,

    /// <summary>The lesions of the baseline grew.</summary>
    Growth,

    /// <summary>A new lesion was seen.</summary>
    NewLesion,

    /// <summary>Death from the tumour or a failing liver.</summary>
    TumorDeath,

    /// <summary>Death from another cause.</summary>
    OtherDeath,
}

/// <summary>What a patient came to in one arm.</summary>
public sealed record PatientCourse
{
    /// <summary>Visits after the baseline, in order, up to death, loss or the analysis.</summary>
    public required IReadOnlyList<PatientVisit> Visits { get; init; }

    /// <summary>Sum of measured diameters at the baseline [mm].</summary>
    public required double BaselineMm { get; init; }

    /// <summary>Best response.</summary>
    public required RecistResponse Best { get; init; }

    /// <summary>Best change of the sum of diameters, relative; NaN without a visit.</summary>
    public required double BestChange { get; init; }

    /// <summary>First visit with a response [d]; NaN for none.</summary>
    public required double ResponseDay { get; init; }

    /// <summary>Visit with progression [d]; NaN for none.</summary>
    public required double ProgressionDay { get; init; }

    /// <summary>Death [d]; NaN when alive at the end of follow-up.</summary>
    public required double DeathDay { get; init; }

    /// <summary>End of follow-up [d]: death, loss, or the analysis.</summary>
    public required double LastDay { get; init; }

    /// <summary>Time of progression or death, or of the last visit that shows neither [d].</summary>
    public required double ProgressionFreeDay { get; init; }

    /// <summary>Last assessment that showed no progression, none having been seen before it [d]; 0 for the baseline.</summary>
    public required double LastFreeDay { get; init; }

    /// <summary>From here on the burden is extrapolated [d]; +∞ where the simulation reached its end.</summary>
    public required double SimulatedUntilDay { get; init; }

    /// <summary>Progression or death was seen.</summary>
    public bool HasProgressedOrDied => !double.IsNaN(ProgressionDay) || (!double.IsNaN(DeathDay) && ProgressionFreeDay == DeathDay);

    /// <summary>Died within follow-up.</summary>
    public bool HasDied => !double.IsNaN(DeathDay);

    /// <summary>What ended progression-free survival.</summary>
    public required EndReason ProgressionReason { get; init; }

    /// <summary>What ended follow-up.</summary>
    public required EndReason LastReason { get; init; }

    /// <summary>ALBI score at the baseline.</summary>
    public required double Albi { get; init; }
}
