using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis.Contrasts;

/// <summary>
/// Intervals of products of mean ratios, and of differences of two such products, from leaving out one replicate after the other with all
/// its arms (jackknife; Tukey 1958). Logarithms of ratios of means spread evenly where the ratios themselves are skewed, so they are taken
/// to follow Student's t, jointly for the two sides of a difference: a product ends at exp(log ± t · error), a difference at quantiles over
/// a lattice of both logs. Where leaving out a replicate leaves nothing of an arm (cleared tumours) there is no log, and the t interval is
/// that of the plain scale.
/// </summary>
internal sealed class RatioJackknife
{
    // exp stays finite; such spreads say nothing anyway.
    private const double LargestLog = 300;

    // Of all ratios the golden one spreads directions most evenly.
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    private readonly double[] _means;
    private readonly double[][] _without;
    private readonly Lazy<(double[] X, double[] Y)> _lattice;

    /// <param name="arms">Values by arm and replicate, zero or more, two replicates at least.</param>
    /// <param name="points">Points of the lattice for the intervals of differences.</param>
    public RatioJackknife(double[][] arms, int points)
    {
        int n = arms[0].Length;
        _means = [.. arms.Select(a => a.Average())];
        _without = [.. Enumerable.Range(0, n).Select(left => arms.Select(a => MeanWithout(a, left)).ToArray())];
        _lattice = new(() => StudentPairs(n - 1, points));
    }

    /// <summary>Product of powers of the mean of each arm.</summary>
    public double Value(int[] powers) => Product(_means, powers);

    /// <summary>Jackknife standard error of a difference of two products.</summary>
    public double Error(int[] a, int[] b) => Math.Sqrt(Squares(Deviations(means => Product(means, a) - Product(means, b))));

    /// <summary>Interval of a product.</summary>
    /// <param name="powers">Power of each arm's mean.</param>
    /// <param name="lowTail">Probability below the lower end.</param>
    /// <param name="highTail">Probability above the upper end.</param>
    public (double Low, double High) Interval(int[] powers, double lowTail, double highTail)
    {
        if (!HasLog(powers))
        {
            (double low, double high) = Plain(means => Product(means, powers), lowTail, highTail);
            return (Math.Max(0, low), high);
        }

        double value = Value(powers), error = LogError(powers);
        return (value * Math.Exp(-Quantile(lowTail) * error), value * Math.Exp(Quantile(highTail) * error));
    }

    /// <summary>Interval of product a less product b.</summary>
    public (double Low, double High) Interval(int[] a, int[] b, double lowTail, double highTail)
    {
        if (!HasLog(a) || !HasLog(b))
        {
            return Plain(means => Product(means, a) - Product(means, b), lowTail, highTail);
        }

        double[] da = LogDeviations(a), db = LogDeviations(b);
        double aa = Math.Sqrt(Squares(da)), along = aa > 0 ? da.Zip(db, (x, y) => x * y).Sum() / aa : 0,
            across = Math.Sqrt(Math.Max(0, Squares(db) - (along * along)));
        double valueA = Value(a), valueB = Value(b);
        (double[] x, double[] y) = _lattice.Value;
        var differences = new double[x.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = (valueA * Exp(aa * x[i])) - (valueB * Exp((along * x[i]) + (across * y[i])));
        }

        double[] ends = Quantiles.Of(differences, lowTail, 1 - highTail);
        return (ends[0], ends[1]);
    }

    /// <summary>Whether the two-sided 95 % interval of log a − log b includes 0; true where there is none.</summary>
    public bool AreAlike(int[] a, int[] b)
    {
        int[] ratio = [.. a.Zip(b, (x, y) => x - y)];
        return !HasLog(ratio) || Math.Abs(Math.Log(Value(ratio))) <= Quantile(0.025) * LogError(ratio);
    }

    private static double Product(double[] means, int[] powers)
    {
        double product = 1;
        for (int arm = 0; arm < powers.Length; arm++)
        {
            for (int k = 0; k < Math.Abs(powers[arm]); k++)
            {
                product = powers[arm] > 0 ? product * means[arm] : product / means[arm];
            }
        }

        return product;
    }

    // Summed anew, so that nothing of a value that is left out remains by rounding.
    private static double MeanWithout(double[] values, int left)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += i == left ? 0 : values[i];
        }

        return sum / (values.Length - 1);
    }

    private static double Squares(double[] values) => values.Sum(v => v * v);

    private static double Exp(double log) => Math.Exp(Math.Clamp(log, -LargestLog, LargestLog));

    // Points that spread as a pair of Student's t with a common denominator does: a lattice in the tail probability of the distance and in
    // the direction, which keeps the tails that random draws would miss by several percent. P(distance² > r²) = (1 + r²/n)^(−n/2).
    private static (double[] X, double[] Y) StudentPairs(int freedom, int points)
    {
        (double[] x, double[] y) = (new double[points], new double[points]);
        for (int i = 0; i < points; i++)
        {
            double distance = Math.Sqrt(freedom * (Math.Pow((i + 0.5) / points, -2.0 / freedom) - 1)), turn = i * Golden % 1;
            (y[i], x[i]) = (distance * Math.Sin(2 * Math.PI * turn), distance * Math.Cos(2 * Math.PI * turn));
        }

        return (x, y);
    }

    private bool HasLog(int[] powers) => _without.All(means => powers.Index().All(p => p.Item == 0 || means[p.Index] > 0));

    private double[] LogDeviations(int[] powers) => Deviations(means => Math.Log(Product(means, powers)));

    private double LogError(int[] powers) => Math.Sqrt(Squares(LogDeviations(powers)));

    // Of the leave-one-out values from their mean, scaled so that their squares add up to the variance.
    private double[] Deviations(Func<double[], double> of)
    {
        double[] values = [.. _without.Select(of)];
        double mean = values.Average(), scale = Math.Sqrt((values.Length - 1.0) / values.Length);
        return [.. values.Select(v => scale * (v - mean))];
    }

    private (double Low, double High) Plain(Func<double[], double> of, double lowTail, double highTail)
    {
        double value = of(_means), error = Math.Sqrt(Squares(Deviations(of)));
        return (value - (Quantile(lowTail) * error), value + (Quantile(highTail) * error));
    }

    private double Quantile(double tail) => StudentT.InvCDF(0, 1, _without.Length - 1, 1 - tail);
}
