namespace TmeSim.Analysis.Outcomes;

/// <summary>One cut of a score.</summary>
/// <param name="Threshold">Scores from here on are called positive; +∞ for none.</param>
/// <param name="FalsePositives">Share of those without the outcome that are called positive (1 − specificity).</param>
/// <param name="TruePositives">Share of those with the outcome that are called positive (sensitivity).</param>
public readonly record struct RocPoint(double Threshold, double FalsePositives, double TruePositives);
