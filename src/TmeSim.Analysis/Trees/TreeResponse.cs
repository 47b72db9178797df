using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Trees;

/// <summary>What a tree explains: numbers, classes or times to an event.</summary>
public sealed class TreeResponse
{
    private readonly Func<int[], TreeSummary> _summary;

    private TreeResponse(double[][] scores, Func<int[], TreeSummary> summary) => (Scores, _summary) = (scores, summary);

    /// <summary>Number of patients.</summary>
    public int Count => Scores.Length;

    /// <summary>Influence of each patient: the number, membership in each class, or log-rank score.</summary>
    internal double[][] Scores { get; }

    /// <summary>A number, such as the best change.</summary>
    /// <exception cref="ArgumentException">A value is not finite; the message has its index.</exception>
    public static TreeResponse Numeric(IReadOnlyList<double> values)
    {
        double[] own = [.. values];
        int wrong = Array.FindIndex(own, v => !double.IsFinite(v));
        return wrong >= 0 ? throw new ArgumentException($"response {wrong} (counted from 0) is {own[wrong]}", nameof(values))
            : new TreeResponse([.. own.Select(v => (double[])[v])], members => TreeSummary.OfNumbers([.. members.Select(i => own[i])]));
    }

    /// <summary>A class, such as the best response.</summary>
    public static TreeResponse Classes(IReadOnlyList<string> classes)
    {
        string[] own = [.. classes], known = [.. own.Distinct().Order(StringComparer.Ordinal)];
        return new TreeResponse([.. own.Select(c => known.Select(k => k == c ? 1.0 : 0).ToArray())],
            members => TreeSummary.OfClasses(known, [.. known.Select(k => members.Count(i => own[i] == k))]));
    }

    /// <summary>Yes or no, as the classes "no" and "yes".</summary>
    public static TreeResponse Binary(IReadOnlyList<bool> values) => Classes([.. values.Select(v => v ? "yes" : "no")]);

    /// <summary>A time to an event. Scores are those of the log-rank test over all patients of the tree, made once (as coin in
    /// R).</summary>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    public static TreeResponse Survival(IReadOnlyList<FollowUp> patients)
    {
        FollowUp[] own = [.. patients];
        KaplanMeier curve = KaplanMeier.Of(own);
        var hazards = new Dictionary<double, double>();
        double sum = 0;
        foreach (SurvivalStep step in curve.Steps)
        {
            sum += (double)step.Events / step.AtRisk;
            hazards[step.Time] = sum;
        }

        return new TreeResponse([.. own.Select(p => (double[])[hazards[p.Time] - (p.Event ? 1 : 0)])],
            members => TreeSummary.OfTimes([.. members.Select(i => own[i])]));
    }

    /// <summary>What the patients of a node have in common.</summary>
    internal TreeSummary Summary(int[] members) => _summary(members);
}
