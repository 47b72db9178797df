using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Trees;

/// <summary>
/// Conditional inference tree (Hothorn, Hornik and Zeileis 2006, doi:10.1198/106186006X133933): in each node every feature is tested
/// against the response by a permutation test; where the smallest p value, corrected for the number of features, lies below 1 −
/// criterion, the node is split by that feature where its sides differ most. Features with many values are not preferred, and no pruning
/// is needed. As ctree of R (partykit) with quadratic statistics and majority = TRUE.
/// </summary>
/// <param name="Features">Names of the features.</param>
/// <param name="Root">The tree.</param>
/// <param name="LeafIds">Leaf of each patient that it was made from.</param>
public sealed record ConditionalTree(IReadOnlyList<string> Features, TreeNode Root, IReadOnlyList<int> LeafIds)
{
    private const ulong Salt = 0x63747265655F;

    // Features that may be tried for a split where the best has none that keeps enough on both sides.
    private const int Tries = 2;

    /// <summary>All nodes: depth first, left before right, in the order of their numbers.</summary>
    public IReadOnlyList<TreeNode> Nodes => [.. Root.Walk()];

    /// <summary>Grows a tree.</summary>
    /// <param name="features">Features, each for all patients, with names that differ. A patient of whom a feature is missing is left out
    /// of its test and search and goes to the side with more of the others.</param>
    /// <param name="response">The response of all patients, at least one.</param>
    /// <param name="settings">Settings; null for those of ctree.</param>
    /// <exception cref="ArgumentException">There is no feature or patient, numbers of patients differ, a name is there twice, a setting
    /// lies outside its range, or a category has too many levels to be divided (16).</exception>
    public static ConditionalTree Fit(IReadOnlyList<TreeFeature> features, TreeResponse response, TreeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(response);
        settings ??= new TreeSettings();
        settings.Check();
        if (features.Count == 0 || response.Count == 0 || features.FirstOrDefault(f => f.Count != response.Count) is not null)
        {
            throw new ArgumentException($"a tree needs features and a response of the same patients: {response.Count} of the response, "
                + string.Join(", ", features.Select(f => $"{f.Count} of {f.Name}")), nameof(features));
        }

        if (features.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two features are called {twice.Key}", nameof(features));
        }

        int id = 0;
        TreeNode root = Grow([.. Enumerable.Range(0, response.Count)], 0);
        return new ConditionalTree([.. features.Select(f => f.Name)], root, Assign(root, features));

        TreeNode Grow(int[] members, int depth)
        {
            id++;
            var node = new TreeNode(id, depth, members.Length, response.Summary(members), [], null, null, null, null);
            if (members.Length < settings.MinSplit || depth >= settings.MaxDepth)
            {
                return node;
            }

            TreeTest[] tests = Tests(features, response.Scores, members, settings, id);
            TreeTest[] ranked = [.. tests.Where(t => t.P is not null).OrderBy(t => t.P).ThenByDescending(t => t.Statistic)];
            node = node with { Tests = tests, P = ranked.Length == 0 ? null : ranked[0].P };
            int least = Math.Max(settings.MinBucket, (int)Math.Ceiling(members.Length * settings.MinShare));
            foreach (TreeTest test in ranked.Take(Tries).Where(t => t.P < 1 - settings.MinCriterion))
            {
                TreeFeature feature = features.First(f => f.Name == test.Feature);
                if (SplitSearch.Best(feature, Known(feature, members), response.Scores, least) is { } split)
                {
                    ILookup<bool, int> sides = members.ToLookup(i => GoesLeft(split, feature, i));
                    TreeNode left = Grow([.. sides[true]], depth + 1), right = Grow([.. sides[false]], depth + 1);
                    return node with { Split = split, Left = left, Right = right };
                }
            }

            return node;
        }
    }

    /// <summary>Leaf that patients fall into.</summary>
    /// <param name="features">Features of any patients, found by their names; those that the tree does not split by may be missing.</param>
    /// <returns>Number of the leaf of each patient.</returns>
    /// <exception cref="ArgumentException">A feature of the tree is not there, is of the other kind, or numbers of patients
    /// differ.</exception>
    public IReadOnlyList<int> Assign(IReadOnlyList<TreeFeature> features) => Assign(Root, features);

    private static int[] Assign(TreeNode root, IReadOnlyList<TreeFeature> features)
    {
        int count = features.Count == 0 ? 0 : features[0].Count;
        foreach (TreeSplit split in root.Walk().Select(n => n.Split).OfType<TreeSplit>())
        {
            TreeFeature? feature = features.FirstOrDefault(f => f.Name == split.Feature);
            if (feature is null || feature.Count != count || (feature.Levels is null) != (split.Left is null))
            {
                throw new ArgumentException($"the tree splits by {split.Feature}, a {(split.Left is null ? "number" : "category")}: it is "
                    + "needed for every patient", nameof(features));
            }
        }

        var leaves = new int[count];
        for (int i = 0; i < count; i++)
        {
            TreeNode node = root;
            while (node.Split is { } split)
            {
                node = GoesLeft(split, features.First(f => f.Name == split.Feature), i) ? node.Left! : node.Right!;
            }

            leaves[i] = node.Id;
        }

        return leaves;
    }

    private static TreeTest[] Tests(IReadOnlyList<TreeFeature> features, double[][] scores, int[] members, TreeSettings settings, int node)
    {
        var tests = new TreeTest[features.Count];
        for (int f = 0; f < tests.Length; f++)
        {
            int[] known = Known(features[f], members);
            var test = new ConditionalTest(Numbers(features[f], known), [.. known.Select(i => scores[i])]);
            var key = RandomKey.Create(settings.Key ^ Salt, node, f);
            tests[f] = test.Freedom == 0 ? new TreeTest(features[f].Name, null, 0, null)
                : new TreeTest(features[f].Name, test.Statistic, test.Freedom,
                    test.P(settings.Permutations, draw => new PhiloxStream(key, draw, 0, 0)));
        }

        int tested = settings.Corrected ? tests.Count(t => t.P is not null) : 1;
        return [.. tests.Select(t => t with { P = t.P is { } p ? Tail.OfSmallest(p, tested) : null })];
    }

    private static int[] Known(TreeFeature feature, int[] members) => [.. members.Where(i => !double.IsNaN(feature.Values[i]))];

    // A category is one column for each of its levels that is there.
    private static double[][] Numbers(TreeFeature feature, int[] members)
    {
        double[] there = [.. members.Select(i => feature.Values[i]).Distinct().Order()];
        return feature.Levels is null ? [.. members.Select(i => (double[])[feature.Values[i]])]
            : [.. members.Select(i => there.Select(l => feature.Values[i] == l ? 1.0 : 0).ToArray())];
    }

    private static bool GoesLeft(TreeSplit split, TreeFeature feature, int patient)
    {
        double value = feature.Values[patient];
        if (double.IsNaN(value) || split.Threshold is not null)
        {
            return double.IsNaN(value) ? split.MissingLeft : value <= split.Threshold;
        }

        string level = feature.Levels![(int)value];
        return split.Left!.Contains(level) || (split.MissingLeft && !split.Right!.Contains(level));
    }
}
