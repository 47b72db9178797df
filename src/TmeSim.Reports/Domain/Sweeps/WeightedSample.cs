using TmeSim.Analysis.Contrasts;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Values with weights that add up to 1. What cannot be shown and what weighs nothing is left out.</summary>
internal sealed class WeightedSample
{
    private WeightedSample(double[] values, double[] weights, int[] indices)
    {
        Values = values;
        Weights = weights;
        Indices = indices;
    }

    /// <summary>Values in the order given.</summary>
    public double[] Values { get; }

    public double[] Weights { get; }

    /// <summary>Place of each value in the list given.</summary>
    public int[] Indices { get; }

    /// <summary>Effective sample size, (Σw)² / Σw²; 0 when empty.</summary>
    public double EffectiveSize => Values.Length == 0 ? 0 : 1 / Weights.Sum(w => w * w);

    /// <summary>A sample.</summary>
    /// <param name="values">Values.</param>
    /// <param name="weights">Weights, 0 or more; null for equal ones.</param>
    /// <param name="holds">Which values can be shown.</param>
    public static WeightedSample Of(IReadOnlyList<double> values, IReadOnlyList<double>? weights, Func<double, bool> holds)
    {
        int[] kept = [.. Enumerable.Range(0, values.Count).Where(i => holds(values[i]) && (weights?[i] ?? 1) > 0)];
        double most = kept.Select(i => weights?[i] ?? 1).DefaultIfEmpty(1).Max();
        double sum = kept.Sum(i => (weights?[i] ?? 1) / most);
        return new WeightedSample([.. kept.Select(i => values[i])], [.. kept.Select(i => (weights?[i] ?? 1) / most / sum)], kept);
    }

    /// <summary>Checks that there is one weight per value, each finite and 0 or more.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void Check(string what, int count, IReadOnlyList<double>? weights)
    {
        if (weights is not null && (weights.Count != count || weights.Any(w => !(w >= 0) || double.IsInfinity(w))))
        {
            throw new ArgumentException($"{what}: {weights.Count} weights for {count} values; give one each, finite and 0 or more, or none at all");
        }
    }

    /// <summary>The smallest value up to which at least this part of the weight lies; NaN when empty.</summary>
    public double Quantile(double part)
    {
        double below = 0;
        double last = double.NaN;
        foreach (int i in Enumerable.Range(0, Values.Length).OrderBy(i => Values[i]))
        {
            below += Weights[i];
            last = Values[i];
            if (below >= part - 1e-12)
            {
                break;
            }
        }

        return last;
    }

    /// <summary>Median with the middle 95 %.</summary>
    public Estimate Summary() => new(Quantile(0.5), Quantile(0.025), Quantile(0.975));

    /// <summary>How often each value is drawn when <paramref name="count"/> are taken in even steps of the weight (systematic resampling).</summary>
    public int[] Draws(int count)
    {
        int[] draws = new int[Values.Length];
        double sum = 0;
        int taken = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            sum += Weights[i];
            int upTo = Math.Clamp((int)Math.Ceiling((sum * count) - 0.5 - 1e-9), taken, count);
            draws[i] = upTo - taken;
            taken = upTo;
        }

        return draws;
    }
}
