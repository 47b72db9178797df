namespace TmeSim.Analysis.Trees;

/// <summary>When a <see cref="ConditionalTree"/> splits; defaults are those of ctree of R.</summary>
public sealed record TreeSettings
{
    /// <summary>Most levels that a category may have in a node that is divided: all divisions are tried.</summary>
    public const int MostLevels = 16;

    /// <summary>A node is split where 1 − p of its best feature lies above, in (0, 1).</summary>
    public double MinCriterion { get; init; } = 0.95;

    /// <summary>Patients that a node needs to be split, at least 2.</summary>
    public int MinSplit { get; init; } = 20;

    /// <summary>Patients that each side of a split keeps at least, 1 or more.</summary>
    public int MinBucket { get; init; } = 7;

    /// <summary>The same as a share of the patients of the node, 0 to ½; the larger counts.</summary>
    public double MinShare { get; init; } = 0.01;

    /// <summary>Splits from the root to a leaf at most; 0 for a root alone.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>p values are corrected for the number of features that are tested in a node.</summary>
    public bool Corrected { get; init; } = true;

    /// <summary>Permutations for p values; 0 for the chi-square distribution, which holds for many patients.</summary>
    public int Permutations { get; init; }

    /// <summary>Key of the permutations.</summary>
    public ulong Key { get; init; }

    /// <exception cref="ArgumentException">A setting lies outside its range.</exception>
    internal void Check()
    {
        if (!(MinCriterion > 0 && MinCriterion < 1) || MinSplit < 2 || MinBucket < 1 || !(MinShare >= 0 && MinShare <= 0.5) || MaxDepth < 0
            || Permutations < 0)
        {
            throw new ArgumentException("a tree needs a criterion between 0 and 1, nodes of 2 or more to split and of 1 or more to keep, "
                + $"a share of at most ½, and no negative depth or permutations: {this}");
        }
    }
}
