namespace TmeSim.Analysis.Survival;

/// <summary>How long one patient was followed and which of several events ended it.</summary>
/// <param name="Time">Time from the origin, finite, zero or more.</param>
/// <param name="Cause">0 for lost to sight; 1 and on for the first event.</param>
public readonly record struct CompetingFollowUp(double Time, int Cause);
