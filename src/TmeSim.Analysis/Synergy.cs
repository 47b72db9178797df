using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis;

/// <summary>A value with the ends of its 95 % interval.</summary>
/// <param name="Value">Estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High);

/// <summary>
/// Effect of a combination against what its two parts let expect. Effects are shares of the control that are lost, E = 1 − mean volume / mean volume of
/// the control. Bliss independence expects E_a + E_b − E_a·E_b (Bliss 1939, doi:10.1111/j.1744-7348.1939.tb06990.x), the highest single agent
/// (HSA; Berenbaum 1989) the larger of E_a and E_b. Intervals are percentiles of a bootstrap over replicates that keeps the arms of a replicate
/// together, with fixed draws: the same data give the same interval.
/// </summary>
/// <param name="Replicates">Replicates that all four arms have.</param>
/// <param name="First">Effect of the first part.</param>
/// <param name="Second">Effect of the second part.</param>
/// <param name="Both">Effect of the combination.</param>
/// <param name="Bliss">Effect expected by Bliss independence.</param>
/// <param name="Hsa">Effect expected from the highest single agent.</param>
/// <param name="BlissExcess">Effect of the combination less that of Bliss independence; above 0 is synergy.</param>
/// <param name="HsaExcess">Effect of the combination less that of the better part.</param>
/// <param name="BlissExcessError">Standard deviation of the bootstrap of the excess, its Monte-Carlo standard error; NaN below two replicates.</param>
public sealed record Synergy(
    int Replicates, Estimate First, Estimate Second, Estimate Both, Estimate Bliss, Estimate Hsa, Estimate BlissExcess, Estimate HsaExcess, double BlissExcessError)
{
    /// <summary>Resamples of the bootstrap.</summary>
    public const int Resamples = 4000;

    private static readonly RandomKey Key = RandomKey.Create(0x626C697373, 0, 0);

    /// <summary>Estimates all effects.</summary>
    /// <param name="control">Volumes (zero or more, any unit) of the control by replicate; their mean above 0.</param>
    /// <param name="first">Volumes under the first part in the same replicates.</param>
    /// <param name="second">Volumes under the second part.</param>
    /// <param name="both">Volumes under the combination.</param>
    /// <returns>The estimates; intervals are NaN with a single replicate.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there is no replicate, a volume is negative or not finite, or the control is 0.</exception>
    public static Synergy Of(double[] control, double[] first, double[] second, double[] both)
    {
        double[][] arms = [control, first, second, both];
        int n = control.Length;
        if (n == 0 || arms.Any(a => a.Length != n) || arms.Any(a => a.Any(v => !(v >= 0 && double.IsFinite(v)))) || !(control.Sum() > 0))
        {
            throw new ArgumentException("synergy needs the same replicates in four arms, volumes of zero or more and a control above 0", nameof(control));
        }

        double[] point = Effects(arms, [.. Enumerable.Range(0, n)]);
        var draws = new double[point.Length][];
        for (int q = 0; q < draws.Length; q++)
        {
            draws[q] = new double[Resamples];
        }

        var of = new int[n];
        for (int k = 0; n > 1 && k < Resamples; k++)
        {
            for (int i = 0; i < n; i++)
            {
                of[i] = (int)(Draws.Uniform(Philox4x32.Block((uint)i, 0, (uint)k, 1, Key.K0, Key.K1).X0) * n);
            }

            double[] effects = Effects(arms, of);
            for (int q = 0; q < draws.Length; q++)
            {
                draws[q][k] = effects[q];
            }
        }

        Estimate[] e = [.. point.Select((value, q) => n > 1 ? Interval(value, draws[q]) : new Estimate(value, double.NaN, double.NaN))];
        double error = n > 1 ? MonteCarloError.Of([.. draws[5].Where(double.IsFinite)]).StandardDeviation : double.NaN;
        return new Synergy(n, e[0], e[1], e[2], e[3], e[4], e[5], e[6], error);
    }

    // Resamples whose control is 0 have no effect to speak of and are left out.
    private static Estimate Interval(double value, double[] draws)
    {
        double[] sorted = [.. draws.Where(double.IsFinite).Order()];
        return new Estimate(value, sorted[(int)(0.025 * sorted.Length)], sorted[Math.Max(0, (int)(0.975 * sorted.Length) - 1)]);
    }

    private static double[] Effects(double[][] arms, int[] of)
    {
        double whole = Sum(arms[0], of);
        double a = 1 - (Sum(arms[1], of) / whole), b = 1 - (Sum(arms[2], of) / whole), both = 1 - (Sum(arms[3], of) / whole);
        double bliss = a + b - (a * b), hsa = Math.Max(a, b);
        return [a, b, both, bliss, hsa, both - bliss, both - hsa];
    }

    private static double Sum(double[] values, int[] of)
    {
        double sum = 0;
        foreach (int i in of)
        {
            sum += values[i];
        }

        return sum;
    }
}
