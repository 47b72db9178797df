namespace TmeSim.Analysis.Contrasts;

/// <summary>
/// Effect of a combination against what its two parts let expect. Effects are shares of the control that are lost, E = 1 − mean volume /
/// mean volume of the control. Bliss independence expects E_a + E_b − E_a·E_b (Bliss 1939, doi:10.1111/j.1744-7348.1939.tb06990.x), the
/// highest single agent (HSA; Berenbaum 1989) the larger of E_a and E_b.
/// </summary>
/// <remarks>
/// Intervals: leave-one-out over replicates, which keeps the arms of a replicate together, with Student's t for the logs of ratios of mean
/// volumes (see <see cref="RatioJackknife"/>). Over log-normal volumes (sd of logs 0.1 to 0.5, correlated or not, effects up to 0.99) they
/// cover 93 to 97 % from four replicates on; 91 to 95 % where all treated arms scatter five times as much as the control. Which part is the
/// better one is not known: an HSA interval runs from the smaller to the smaller of the ends against either part, and while the data do not
/// tell the parts apart each gets half of the tail on that side. The same data give the same interval.
/// </remarks>
/// <param name="Replicates">Replicates that all four arms have.</param>
/// <param name="First">Effect of the first part.</param>
/// <param name="Second">Effect of the second part.</param>
/// <param name="Both">Effect of the combination.</param>
/// <param name="Bliss">Effect expected by Bliss independence.</param>
/// <param name="Hsa">Effect expected from the highest single agent.</param>
/// <param name="BlissExcess">Effect of the combination less that of Bliss independence; above 0 is synergy.</param>
/// <param name="HsaExcess">Effect of the combination less that of the better part.</param>
/// <param name="BlissExcessError">Jackknife standard error of the excess over Bliss, its Monte-Carlo error; NaN with too few
/// replicates.</param>
public sealed record Synergy(
    int Replicates, Estimate First, Estimate Second, Estimate Both, Estimate Bliss, Estimate Hsa, Estimate BlissExcess, Estimate HsaExcess,
    double BlissExcessError)
{
    /// <summary>With fewer replicates there are no intervals and no errors.</summary>
    public const int MinReplicates = 4;

    private const int LatticePoints = 2000;
    private const double Tail = 0.025;

    // Powers of the means of control, first, second and both.
    private static readonly int[] A = [-1, 1, 0, 0], B = [-1, 0, 1, 0], Together = [-1, 0, 0, 1], Product = [-2, 1, 1, 0];

    /// <summary>Replicates that resolve the excess over Bliss; null where these are too few to tell.</summary>
    public int? Needed => double.IsNaN(BlissExcessError) ? null
        : ReplicatesNeeded.Of(BlissExcess.Value, BlissExcessError, BlissExcessError * Math.Sqrt(Replicates), Replicates,
            Replicates - 1) is { } needed ? Math.Max(MinReplicates, needed) : null;

    /// <summary>Estimates all effects.</summary>
    /// <param name="control">Volumes (zero or more, any unit) of the control by replicate; their mean above 0.</param>
    /// <param name="first">Volumes under the first part in the same replicates.</param>
    /// <param name="second">Volumes under the second part.</param>
    /// <param name="both">Volumes under the combination.</param>
    /// <returns>The estimates; intervals and error are NaN below <see cref="MinReplicates"/>, and where a single replicate holds all
    /// that the control has.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there is no replicate, a volume is negative or not finite, or the control is
    /// 0.</exception>
    public static Synergy Of(double[] control, double[] first, double[] second, double[] both) =>
        Of(control, first, second, both, LatticePoints);

    /// <inheritdoc cref="Of(double[], double[], double[], double[])"/>
    internal static Synergy Of(double[] control, double[] first, double[] second, double[] both, int points)
    {
        double[][] arms = [control, first, second, both];
        int n = control.Length;
        if (n == 0 || arms.Any(a => a.Length != n) || arms.Any(a => a.Any(v => !(v >= 0 && double.IsFinite(v)))) || !(control.Sum() > 0))
        {
            throw new ArgumentException("synergy needs the same replicates in four arms, volumes of zero or more and a control above 0",
                nameof(control));
        }

        double whole = control.Average(), a = 1 - (first.Average() / whole), b = 1 - (second.Average() / whole),
            observed = 1 - (both.Average() / whole);
        double bliss = a + b - (a * b), hsa = Math.Max(a, b);
        if (n < MinReplicates || control.Count(v => v > 0) < 2)
        {
            return new Synergy(n, Estimate.Without(a), Estimate.Without(b), Estimate.Without(observed), Estimate.Without(bliss),
                Estimate.Without(hsa), Estimate.Without(observed - bliss),
                Estimate.Without(observed - hsa), double.NaN);
        }

        var ratios = new RatioJackknife(arms, points);
        double tail = ratios.AreAlike(A, B) ? Tail / 2 : Tail;
        return new Synergy(
            n, Lost(a, ratios.Interval(A, Tail, Tail)), Lost(b, ratios.Interval(B, Tail, Tail)),
            Lost(observed, ratios.Interval(Together, Tail, Tail)),
            Lost(bliss, ratios.Interval(Product, Tail, Tail)),
            Lost(hsa, Smaller(ratios.Interval(A, Tail, tail), ratios.Interval(B, Tail, tail))),
            Around(observed - bliss, ratios.Interval(Product, Together, Tail, Tail)),
            Around(observed - hsa, Smaller(ratios.Interval(A, Together, Tail, tail), ratios.Interval(B, Together, Tail, tail))),
            ratios.Error(Product, Together));
    }

    private static Estimate Around(double value, (double Low, double High) ends) => new(value, ends.Low, ends.High);

    // What is left of the control turns into what is lost.
    private static Estimate Lost(double value, (double Low, double High) left) => new(value, 1 - left.High, 1 - left.Low);

    private static (double Low, double High) Smaller((double Low, double High) a, (double Low, double High) b) =>
        (Math.Min(a.Low, b.Low), Math.Min(a.High, b.High));
}
