using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis.Contrasts;

/// <summary>
/// Holds a claim against replicates that come in groups, and stops as soon as they tell: at each look a Student t interval of the mean, at a
/// level by which all looks together (and all parts of a claim) hold with 95 % (Bonferroni; Pocock 1977, doi:10.1093/biomet/64.2.191, spends
/// the same at every look too). False verdicts of normal values are 2 to 3 %; an
/// exponential one, more skewed than logarithms of counts are, is told wrongly in up to 13 % where it lies right at the end of what is claimed.
/// </summary>
/// <param name="claim">What is claimed of the mean.</param>
/// <param name="most">Most replicates, at least <see cref="First"/>.</param>
/// <param name="parts">Tests that a claim consists of, 1 or more.</param>
public sealed class SequentialTest(ClaimedRange claim, int most, int parts = 1)
{
    /// <summary>Replicates at the first look.</summary>
    public const int First = 4;

    private const double Alarms = 0.05, Growth = 1.6;

    /// <summary>Replicates at each look, ascending; the last is the most.</summary>
    public IReadOnlyList<int> Looks { get; } = LooksUpTo(most);

    /// <summary>Judges the replicates of a look.</summary>
    /// <param name="values">Value of each replicate; what is not finite is left out, and with more than half of them left out nothing is
    /// told.</param>
    /// <returns>The verdict, and the mean with the interval that it was made with.</returns>
    public (Verdict Verdict, Estimate Mean) Judge(ReadOnlySpan<double> values)
    {
        double[] known = [.. values.ToArray().Where(double.IsFinite)];
        double mean = known.Length == 0 ? double.NaN : known.Average();
        if (known.Length < First || 2 * known.Length < values.Length)
        {
            return (Verdict.Undecided, Estimate.Without(mean));
        }

        double error = Math.Sqrt(known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1) / known.Length);
        double half = error * StudentT.InvCDF(0, 1, known.Length - 1, 1 - (Alarms / (2.0 * Looks.Count * parts)));
        var interval = new Estimate(mean, mean - half, mean + half);
        return (claim.Of(interval), interval);
    }

    private static int[] LooksUpTo(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, First);
        List<int> looks = [];
        for (double next = First; next < most; next *= Growth)
        {
            looks.Add((int)Math.Round(next));
        }

        // A last look soon after the one before would spend without bringing much.
        return looks.Count > 1 && looks[^1] * 1.25 > most ? [.. looks[..^1], most] : [.. looks, most];
    }
}
