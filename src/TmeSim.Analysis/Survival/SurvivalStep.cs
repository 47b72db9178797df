namespace TmeSim.Analysis.Survival;

/// <summary>One time of a Kaplan-Meier curve at which somebody leaves. Events come before losses at the same time.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">Patients followed up to this time, before anybody leaves.</param>
/// <param name="Events">Events at this time.</param>
/// <param name="Censored">Patients lost to sight at this time.</param>
/// <param name="Survival">Share without the event after this time, 0 to 1.</param>
/// <param name="StandardError">Standard error of the share (Greenwood 1926); NaN where all had the event.</param>
/// <param name="Low">Lower end of the 95 % interval; NaN at a share of 0 or 1, as in R.</param>
/// <param name="High">Upper end.</param>
public readonly record struct SurvivalStep(
    double Time, int AtRisk, int Events, int Censored, double Survival, double StandardError, double Low, double High);
