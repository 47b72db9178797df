namespace TmeSim.Analysis.Trees;

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
