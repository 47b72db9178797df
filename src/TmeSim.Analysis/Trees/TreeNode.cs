namespace TmeSim.Analysis.Trees;

/// <summary>How a node is split. Patients of whom the feature or the level is not known go to the side with more of the others.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Threshold">Numbers up to and including it go left; null for a category.</param>
/// <param name="Left">Levels that go left; null for a number.</param>
/// <param name="Right">Levels that go right; null for a number.</param>
/// <param name="MissingLeft">Those not known go left.</param>
/// <param name="Statistic">Standardised statistic of the split, the largest of all splits of the feature: a chi-square statistic if the
/// split
/// had been chosen before.</param>
public sealed record TreeSplit(
    string Feature, double? Threshold, IReadOnlyList<string>? Left, IReadOnlyList<string>? Right, bool MissingLeft, double Statistic);

/// <summary>The test of a feature in a node.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Statistic">Chi-square statistic; null where the feature or the response does not vary.</param>
/// <param name="Freedom">Its degrees of freedom.</param>
/// <param name="P">p value, corrected where the settings say so; null where there is no statistic.</param>
public sealed record TreeTest(string Feature, double? Statistic, int Freedom, double? P);

/// <summary>A node of a tree; plain values, to be written as JSON as they are.</summary>
/// <param name="Id">Number in the order of the walk, from 1.</param>
/// <param name="Depth">Splits above.</param>
/// <param name="Count">Patients.</param>
/// <param name="Response">Their response.</param>
/// <param name="Tests">Tests of all features in their order; none where the node was too small or too deep to be tested.</param>
/// <param name="P">Smallest p value of the tests; null without.</param>
/// <param name="Split">The split; null for a leaf.</param>
/// <param name="Left">Node of those that go left; null for a leaf.</param>
/// <param name="Right">Node of those that go right; null for a leaf.</param>
public sealed record TreeNode(
    int Id, int Depth, int Count, TreeSummary Response, IReadOnlyList<TreeTest> Tests, double? P, TreeSplit? Split, TreeNode? Left,
    TreeNode? Right)
{
    /// <summary>This node and all below: depth first, left before right.</summary>
    public IEnumerable<TreeNode> Walk() => [this, .. Left?.Walk() ?? [], .. Right?.Walk() ?? []];
}
