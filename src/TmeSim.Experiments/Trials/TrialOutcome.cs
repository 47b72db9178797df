using TmeSim.Analysis.Survival;
using TmeSim.Engine.Patient;

namespace TmeSim.Experiments.Trials;

/// <summary>What became of a patient in an arm. Days count from the start of treatment; NaN where something did not happen or is not
/// known.</summary>
public sealed record TrialOutcome
{
    /// <summary>Best response up to progression; null where the table does not say.</summary>
    public RecistResponse? Best { get; init; }

    /// <summary>Best change of the sum of diameters, relative.</summary>
    public double BestChange { get; init; } = double.NaN;

    /// <summary>First visit with a response [d].</summary>
    public double ResponseDay { get; init; } = double.NaN;

    /// <summary>Visit with progression [d].</summary>
    public double ProgressionDay { get; init; } = double.NaN;

    /// <summary>Progression-free survival: progression, death, or the last visit without either [d].</summary>
    public double PfsDay { get; init; } = double.NaN;

    /// <summary>Progression or death was seen.</summary>
    public bool PfsEvent { get; init; }

    /// <summary>growth, new_lesion, tumor_death, other_death, drop_out or cut_off.</summary>
    public string PfsReason { get; init; } = "";

    /// <summary>Overall survival: death, or the end of follow-up [d].</summary>
    public double OsDay { get; init; } = double.NaN;

    /// <summary>Died.</summary>
    public bool OsEvent { get; init; }

    /// <summary>tumor_death, other_death, drop_out or cut_off.</summary>
    public string OsReason { get; init; } = "";

    /// <summary>Sum of measured diameters at the baseline [mm].</summary>
    public double BaselineMm { get; init; } = double.NaN;

    /// <summary>New lesions seen up to the last visit.</summary>
    public int NewLesions { get; init; }

    /// <summary>The tumour came near the wall; its growth goes on by extrapolation.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>Why there is no outcome; empty where there is one.</summary>
    public string Error { get; init; } = "";

    /// <summary>Complete or partial response.</summary>
    public bool Responds => Best is RecistResponse.Complete or RecistResponse.Partial;

    /// <summary>Progression-free survival as survival statistics take it.</summary>
    public FollowUp Pfs => new(PfsDay, PfsEvent);

    /// <summary>Overall survival as survival statistics take it.</summary>
    public FollowUp Os => new(OsDay, OsEvent);

    /// <summary>Last assessment without progression [d]; NaN where the table does not say.</summary>
    public double LastFreeDay { get; init; } = double.NaN;

    /// <summary>From here on the burden is extrapolated [d]; NaN where the simulation reached its end.</summary>
    public double SimulatedUntilDay { get; init; } = double.NaN;

    /// <summary>Progression-free survival seen from within the simulation: cut where extrapolation begins.</summary>
    public FollowUp SimulatedPfs => Cut(Pfs);

    /// <summary>The same of overall survival.</summary>
    public FollowUp SimulatedOs => Cut(Os);

    /// <summary>Progression, or death that is not from another cause, within so many days. False needs an assessment without progression at most
    /// <see cref="NearDays"/> before the end of that time (where the table does not tell assessments: follow-up without progression so
    /// far). Null for a patient of whom neither is known, and for one that died of another cause.</summary>
    /// <param name="days">Time of primary refractoriness [d].</param>
    public bool? IsRefractory(double days)
    {
        if (PfsEvent && PfsDay <= days)
        {
            return DiedOtherwise ? null : true;
        }

        double seen = double.IsFinite(LastFreeDay) ? LastFreeDay : PfsEvent ? days : PfsDay;
        return PfsDay > days - NearDays && seen >= days - NearDays ? false : null;
    }

    /// <summary>Progression that was seen within so many days; deaths before it are not classed, however they came.</summary>
    /// <inheritdoc cref="IsRefractory"/>
    public bool? HasProgressedBy(double days) => IsRefractory(days) is not true ? IsRefractory(days)
        : double.IsFinite(ProgressionDay) && ProgressionDay <= days ? true : null;

    /// <summary>Most days that the last assessment may lie before the end of the time of refractoriness: the visit before it of a schedule of six
    /// weeks lies two weeks before six months.</summary>
    public const double NearDays = 30;

    private bool DiedOtherwise => PfsReason == "other_death" || (PfsReason.Length == 0 && OsReason == "other_death" && OsDay == PfsDay);

    private FollowUp Cut(FollowUp whole) => double.IsFinite(SimulatedUntilDay) && whole.Time > SimulatedUntilDay
        ? new FollowUp(SimulatedUntilDay, false) : whole;
}
