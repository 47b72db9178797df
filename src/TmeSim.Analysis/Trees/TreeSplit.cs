namespace TmeSim.Analysis.Trees;

/// <summary>How a node is split. Patients of whom the feature or the level is not known go to the side with more of the others.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Threshold">Numbers up to and including it go left; null for a category.</param>
/// <param name="Left">Levels that go left; null for a number.</param>
/// <param name="Right">Levels that go right; null for a number.</param>
/// <param name="MissingLeft">Those not known go left.</param>
/// <param name="Statistic">Standardised statistic of the split, the largest of all splits of the feature: a chi-square statistic if the
/// split had been chosen before.</param>
public sealed record TreeSplit(
    string Feature, double? Threshold, IReadOnlyList<string>? Left, IReadOnlyList<string>? Right, bool MissingLeft, double Statistic);
