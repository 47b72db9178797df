using System.Text.Json;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Trees;

public class ConditionalTreeTests
{
    private static readonly TrialData Traits = new("traits.csv");
    private static readonly string[] All = ["size", "cd8", "age", "noise", "type", "sex"];

    /// <summary>Splits, sizes, statistics and p values of every node are those of ctree in R.</summary>
    [Theory]
    [InlineData("numeric")]
    [InlineData("survival")]
    [InlineData("classes")]
    [InlineData("holes")]
    [InlineData("loose")]
    [InlineData("shallow")]
    [InlineData("numeric.deep")]
    [InlineData("survival.deep")]
    [InlineData("classes.deep")]
    public void Tree_IsThatOfR(string name)
    {
        bool isDeep = name.EndsWith(".deep", StringComparison.Ordinal);
        TreeSettings settings = isDeep ? new() { MinCriterion = 0.05, MinSplit = 10, MinBucket = 4 }
            : name == "loose" ? new() { MinCriterion = 0.5, MinSplit = 30, MinBucket = 12 }
            : new() { MaxDepth = name == "shallow" ? 2 : int.MaxValue };
        TreeResponse response = name.StartsWith("survival", StringComparison.Ordinal) ? TreeResponse.Survival(Traits.Patients)
            : name.StartsWith("classes", StringComparison.Ordinal) ? TreeResponse.Classes(Traits.Words("best")) : TreeResponse.Numeric(Traits.Column("change"));
        string[] names = name == "holes" ? ["size", "holes", "age", "sex"]
            : name == "survival.deep" ? [.. All.Except(["noise"])]
            : isDeep ? [.. All.Select(n => n == "cd8" ? "holes" : n)] : All;
        ConditionalTree tree = ConditionalTree.Fit(Features(names), response, settings);
        string[][] expected =
            [.. File.ReadLines(TrialGolden.Name("trees.csv")).Skip(2).Select(l => l.Split(',')).Where(r => r[0] == name)];
        Assert.Equal(expected.Length, tree.Nodes.Count);
        foreach ((TreeNode node, string[] row) in tree.Nodes.Zip(expected))
        {
            string what = $"{name}, node {node.Id}";
            Assert.True(row[1] == $"{node.Id}" && row[2] == $"{node.Count}" && row[3] == (node.Split?.Feature ?? ""), $"{what}: {node}");
            Assert.Equal(row[5], string.Join(';', node.Split?.Left ?? []));
            TrialGolden.Near(TrialGolden.Number(row[4]), node.Split?.Threshold ?? double.NaN, 1e-12, what);

            // Of a split, its feature: the best one may have no split that keeps enough on both sides.
            TreeTest? best = node.Tests.Where(t => t.P is not null).OrderBy(t => t.P).FirstOrDefault();
            TreeTest? test = node.Split is { } split ? node.Tests.First(t => t.Feature == split.Feature) : best;
            Assert.Equal(best?.P, node.P);
            TrialGolden.Near(TrialGolden.Number(row[6]), test?.Statistic ?? double.NaN, 1e-9, what);
            TrialGolden.Near(TrialGolden.Number(row[7]), test?.P ?? double.NaN, 1e-8, what);
        }
    }

    [Fact]
    public void Leaves_AreThoseOfTheWalk()
    {
        TreeFeature[] features = Features(All);
        ConditionalTree tree = ConditionalTree.Fit(features, TreeResponse.Numeric(Traits.Column("change")));
        Assert.Equal(tree.LeafIds, tree.Assign(features));
        Assert.All(tree.Nodes.Where(n => n.Split is null), n => Assert.Equal(n.Count, tree.LeafIds.Count(id => id == n.Id)));
        double[] change = Traits.Column("change");
        Assert.All(tree.Nodes.Where(n => n.Split is null), n =>
            Assert.Equal(change.Where((_, i) => tree.LeafIds[i] == n.Id).Average(), n.Response.Mean!.Value, 1e-9));

        // What the tree does not know goes with the larger side: node 2 has 180 of 300.
        TreeFeature[] strange = [TreeFeature.Categorical("type", [null, "new", "mixed"]), TreeFeature.Numeric("cd8", [100, 173, double.NaN])];
        Assert.Equal([3, 4, 6], tree.Assign(strange));
        Assert.Throws<ArgumentException>(() => tree.Assign([strange[0]]));
        Assert.Throws<ArgumentException>(() => tree.Assign([strange[0], TreeFeature.Categorical("cd8", ["a", "b", "c"])]));
    }

    [Fact]
    public void Nodes_SayWhatTheirPatientsHaveInCommon()
    {
        TreeNode root = ConditionalTree.Fit(Features(All), TreeResponse.Classes(Traits.Words("best"))).Root;
        Assert.Equal(1, root.Response.Shares!.Values.Sum(), 1e-12);
        Assert.Equal(Traits.Words("best").GroupBy(c => c).MaxBy(g => g.Count())!.Key, root.Response.Class);
        TreeNode times = ConditionalTree.Fit(Features(All), TreeResponse.Survival(Traits.Patients)).Root;
        Assert.Equal(KaplanMeier.Of(Traits.Patients).Median.Value, times.Response.Median);
        Assert.Contains("\"Threshold\":148", JsonSerializer.Serialize(times), StringComparison.Ordinal);
    }

    [Fact]
    public void BinaryResponse_IsTwoClasses()
    {
        bool[] good = [.. Traits.Column("change").Select(c => c < -10)];
        TreeNode a = ConditionalTree.Fit(Features(All), TreeResponse.Binary(good)).Root;
        TreeNode b = ConditionalTree.Fit(Features(All), TreeResponse.Numeric([.. good.Select(g => g ? 1.0 : 0)])).Root;
        Assert.Equal(b.Tests[0].Statistic!.Value, a.Tests[0].Statistic!.Value, 1e-9);
        Assert.Equal(b.Response.Mean!.Value, a.Response.Shares!["yes"], 1e-12);
    }

    /// <summary>The statistic of two groups with log-rank scores, by its definition.</summary>
    [Fact]
    public void PermutationP_AgreesWithTheChiSquareOne()
    {
        var settings = new TreeSettings { Permutations = 1999, Key = 5, MaxDepth = 1, Corrected = false };
        TreeResponse response = TreeResponse.Numeric(Traits.Column("change"));
        TreeFeature[] features = Features("size", "age", "sex");
        foreach ((TreeTest drawn, TreeTest exact) in ConditionalTree.Fit(features, response, settings).Root.Tests
            .Zip(ConditionalTree.Fit(features, response, settings with { Permutations = 0 }).Root.Tests))
        {
            // Four standard errors of 1999 draws and what the approximation misses at 300 patients.
            double p = exact.P!.Value;
            Assert.Equal(p, drawn.P!.Value, (4 * Math.Sqrt(p * (1 - p) / 1999)) + 0.01);
            Assert.Equal(exact.Statistic, drawn.Statistic);
        }

        Assert.Equal(JsonSerializer.Serialize(ConditionalTree.Fit(features, response, settings).Root),
            JsonSerializer.Serialize(ConditionalTree.Fit(features, response, settings).Root));
    }

    /// <summary>Three against three: of 20 divisions two are as extreme.</summary>
    [Fact]
    public void PermutationP_OfSixPatients_IsTheExactOne()
    {
        var settings = new TreeSettings { Permutations = 4999, MinSplit = 2, MinBucket = 1 };
        TreeTest test = ConditionalTree.Fit([TreeFeature.Categorical("g", ["a", "a", "a", "b", "b", "b"])], TreeResponse.Numeric([1, 2, 3, 4, 5, 6]),
            settings).Root.Tests[0];
        Assert.Equal(0.1, test.P!.Value, 4 * Math.Sqrt(0.09 / 5000));
    }

    [Fact]
    public void FeaturesAndResponsesThatDoNotVary_AreNotTested()
    {
        double[] same = [.. Enumerable.Repeat(0.1, 40)], counted = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        TreeFeature[] features = [TreeFeature.Numeric("same", same), TreeFeature.Numeric("counted", counted),
            TreeFeature.Numeric("missing", [.. same.Select(_ => double.NaN)])];
        TreeNode root = ConditionalTree.Fit(features, TreeResponse.Numeric(counted)).Root;
        Assert.Equal([false, true, false], root.Tests.Select(t => t.P is not null));
        Assert.Equal(19, root.Split!.Threshold);
        Assert.Null(ConditionalTree.Fit(features, TreeResponse.Numeric(same)).Root.P);
        Assert.Null(ConditionalTree.Fit(features, TreeResponse.Survival([.. same.Select(t => new FollowUp(t, false))])).Root.Split);
    }

    [Fact]
    public void OneOrFewPatients_AreALeaf()
    {
        TreeNode root = ConditionalTree.Fit([TreeFeature.Numeric("x", [1])], TreeResponse.Numeric([2])).Root;
        Assert.Equal((1, 1, 2.0), (root.Id, root.Count, root.Response.Mean!.Value));
        Assert.True(root.Split is null && root.P is null && root.Response.Deviation is null && root.Tests.Count == 0);
    }

    [Fact]
    public void InputThatDoesNotFit_IsRefused()
    {
        TreeFeature x = TreeFeature.Numeric("x", [1, 2]);
        Assert.Throws<ArgumentException>(() => ConditionalTree.Fit([x], TreeResponse.Numeric([1])));
        Assert.Throws<ArgumentException>(() => ConditionalTree.Fit([], TreeResponse.Numeric([1])));
        Assert.Contains("x", Assert.Throws<ArgumentException>(() => ConditionalTree.Fit([x, x], TreeResponse.Numeric([1, 2]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConditionalTree.Fit([x], TreeResponse.Numeric([1, 2]), new() { MinCriterion = 1 }));
        Assert.Contains("response 1", Assert.Throws<ArgumentException>(() => TreeResponse.Numeric([1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("patient 0", Assert.Throws<ArgumentException>(() => TreeResponse.Survival([new(-1, true)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TreeFeature.Numeric("x", [double.PositiveInfinity]));
        string[] levels = [.. Enumerable.Range(0, 170).Select(i => $"{i % 17:00}")];
        Assert.Contains("17 levels", Assert.Throws<ArgumentException>(() => ConditionalTree.Fit([TreeFeature.Categorical("site", levels)],
            TreeResponse.Numeric([.. Enumerable.Range(0, 170).Select(i => (double)(i % 17))]))).Message, StringComparison.Ordinal);
    }

    /// <summary>Of null trials, 5 % or a little less are split, for every kind of response, with features of many and of few values.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void NullTrials_AreSplitAtTheLevel(int kind)
    {
        var coverage = new Coverage("roots left whole");
        for (int k = 0; k < 600; k++)
        {
            var s = new PhiloxStream(RandomKey.Create(0x54726565, 0, 0), (uint)k, (uint)kind, 0);
            (double[] x, double[] y, string[] z) = (new double[60], new double[60], new string[60]);
            for (int i = 0; i < 60; i++)
            {
                (x[i], y[i], z[i]) = (s.NextNormal(), s.NextDouble(), $"{s.NextInt(4)}");
            }

            TreeResponse response = kind == 0 ? TreeResponse.Numeric(y) : kind == 1 ? TreeResponse.Binary([.. y.Select(v => v < 0.4)])
                : TreeResponse.Survival([.. y.Select((v, i) => new FollowUp(Math.Ceiling(10 * v), i % 4 != 0))]);
            coverage.Add(ConditionalTree.Fit([TreeFeature.Numeric("x", x), TreeFeature.Categorical("z", z)], response, new() { MaxDepth = 1 })
                .Root.Split is null);
        }

        coverage.IsBetween(0.945, 0.965);
    }

    private static TreeFeature[] Features(params string[] names) =>
    [
        .. names.Select(n => n is "type" or "sex" ? TreeFeature.Categorical(n, Traits.Words(n)) : TreeFeature.Numeric(n, Traits.Column(n))),
    ];
}
