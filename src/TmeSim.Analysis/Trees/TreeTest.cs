namespace TmeSim.Analysis.Trees;

/// <summary>The test of a feature in a node.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Statistic">Chi-square statistic; null where the feature or the response does not vary.</param>
/// <param name="Freedom">Its degrees of freedom.</param>
/// <param name="P">p value, corrected where the settings say so; null where there is no statistic.</param>
public sealed record TreeTest(string Feature, double? Statistic, int Freedom, double? P);
