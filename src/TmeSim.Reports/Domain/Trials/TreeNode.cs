using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>How a node is divided.</summary>
/// <param name="Feature">What divides it.</param>
/// <param name="P">Adjusted p value of the split, 0–1; NaN for none.</param>
/// <param name="LowEdge">Which patients go to the first branch ("≤ 3.2").</param>
/// <param name="HighEdge">Which patients go to the second.</param>
/// <param name="Low">First branch.</param>
/// <param name="High">Second branch.</param>
public sealed record TreeSplit(string Feature, double P, string LowEdge, string HighEdge, TreeNode Low, TreeNode High)
{
    /// <summary>A split at a threshold.</summary>
    /// <param name="feature">What divides it.</param>
    /// <param name="p">Adjusted p value, 0–1; NaN for none.</param>
    /// <param name="threshold">Largest value of the first branch.</param>
    /// <param name="low">Patients at or below it.</param>
    /// <param name="high">Patients above it.</param>
    public static TreeSplit At(string feature, double p, double threshold, TreeNode low, TreeNode high) =>
        new(feature, p, "≤\u00A0" + Numbers.Short(threshold), ">\u00A0" + Numbers.Short(threshold), low, high);
}

/// <summary>Patients of a node of a tree.</summary>
/// <param name="Count">Patients, 0 or more.</param>
/// <param name="Positive">Those with the outcome, 0 to all.</param>
public sealed record TreeNode(int Count, int Positive)
{
    /// <summary>How it is divided; null for an end of the tree.</summary>
    public TreeSplit? Split { get; init; }

    internal IEnumerable<TreeNode> Leaves => Split is null ? [this] : Split.Low.Leaves.Concat(Split.High.Leaves);

    internal int Depth => Split is null ? 0 : 1 + Math.Max(Split.Low.Depth, Split.High.Depth);
}
