using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Trees;

/// <summary>The response of the patients of a node; what does not belong to the kind of response is null, and so is what is not
/// defined.</summary>
/// <param name="Mean">Mean of numbers.</param>
/// <param name="Deviation">Their standard deviation (divisor n − 1).</param>
/// <param name="Shares">Share of each class that the tree knows.</param>
/// <param name="Class">The most frequent class; of equal ones the first.</param>
/// <param name="Events">Events among times.</param>
/// <param name="Median">Median time; null where it is not reached.</param>
public sealed record TreeSummary(
    double? Mean = null, double? Deviation = null, IReadOnlyDictionary<string, double>? Shares = null, string? Class = null,
    int? Events = null, double? Median = null)
{
    internal static TreeSummary OfNumbers(double[] values)
    {
        var sample = MonteCarloError.Of(values);
        return new TreeSummary(Mean: sample.Mean, Deviation: values.Length > 1 ? sample.StandardDeviation : null);
    }

    internal static TreeSummary OfClasses(string[] names, int[] counts)
    {
        double all = counts.Sum();
        return new TreeSummary(Shares: names.Zip(counts).ToDictionary(p => p.First, p => p.Second / all, StringComparer.Ordinal),
            Class: names[Array.IndexOf(counts, counts.Max())]);
    }

    internal static TreeSummary OfTimes(FollowUp[] patients)
    {
        KaplanMeier curve = KaplanMeier.Of(patients);
        double median = curve.Median.Value;
        return new TreeSummary(Events: curve.Events, Median: double.IsFinite(median) ? median : null);
    }
}
