namespace TmeSim.Analysis.Survival;

/// <summary>One group of a <see cref="LogRank"/> test.</summary>
/// <param name="Count">Patients.</param>
/// <param name="Observed">Events.</param>
/// <param name="Expected">Events expected if all groups had the same hazard.</param>
public readonly record struct LogRankGroup(int Count, double Observed, double Expected);
