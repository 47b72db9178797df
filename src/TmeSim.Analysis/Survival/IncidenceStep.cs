namespace TmeSim.Analysis.Survival;

/// <summary>One step of a cumulative incidence.</summary>
/// <param name="Time">Time of events, of any cause.</param>
/// <param name="AtRisk">Patients followed up to this time.</param>
/// <param name="Events">Events of the cause at this time.</param>
/// <param name="Incidence">Share with an event of the cause by this time, 0 to 1.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="Low">Lower end of the 95 % interval; NaN at a share of 0 or 1.</param>
/// <param name="High">Upper end.</param>
public readonly record struct IncidenceStep(
    double Time, int AtRisk, int Events, double Incidence, double Variance, double Low, double High);
