namespace TmeSim.Analysis.Outcomes;

/// <summary>Means of a combination, its parts and what they let expect, for any weights of the patients; higher outcomes are
/// better.</summary>
internal sealed class CombinationMeans
{
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _both;

    // Outcomes under both parts in one ascending order; those of the second part have n added.
    private readonly int[] _order;

    public CombinationMeans(double[] first, double[] second, double[] both)
    {
        (_first, _second, _both) = (first, second, both);
        double[] values = [.. first, .. second];
        _order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
    }

    /// <summary>First, second, both, independent action, Bliss, highest single agent, and both less each of the last three.</summary>
    /// <param name="weights">How often each patient counts; as many in all as there are patients.</param>
    public double[] Of(int[] weights)
    {
        int n = weights.Length;
        double first = 0, second = 0, both = 0, better = 0;
        for (int i = 0; i < n; i++)
        {
            first += weights[i] * _first[i];
            second += weights[i] * _second[i];
            both += weights[i] * _both[i];
            better += weights[i] * Math.Max(_first[i], _second[i]);
        }

        (first, second, both, better) = (first / n, second / n, both / n, better / n);
        double bliss = Pairs(weights) / ((double)n * n), highest = Math.Max(first, second);
        return [first, second, both, better, bliss, highest, both - better, both - bliss, both - highest];
    }

    // Sum of the better outcome over all pairs: each outcome counts as often as one of the other part lies before it.
    private double Pairs(int[] weights)
    {
        int n = weights.Length;
        double sum = 0;
        long firsts = 0, seconds = 0;
        foreach (int at in _order)
        {
            if (at < n)
            {
                sum += _first[at] * weights[at] * seconds;
                firsts += weights[at];
            }
            else
            {
                sum += _second[at - n] * weights[at - n] * firsts;
                seconds += weights[at - n];
            }
        }

        return sum;
    }
}
