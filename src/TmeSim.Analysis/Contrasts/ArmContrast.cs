using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis.Contrasts;

/// <summary>Difference between two arms with its Monte-Carlo error.</summary>
/// <param name="Count">Pairs, or for independent samples the smaller number of replicates.</param>
/// <param name="Mean">Mean difference, treated minus control; NaN for none.</param>
/// <param name="StandardError">Monte-Carlo standard error of the mean difference; NaN below two replicates.</param>
/// <param name="Lower">Lower end of the confidence interval; NaN below two replicates.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="IsPaired">Replicates of both arms share their start and their random numbers.</param>
public readonly record struct ArmContrast(int Count, double Mean, double StandardError, double Lower, double Upper, bool IsPaired)
{
    /// <summary>
    /// Replicates with which a two-sided test at the level of the interval finds the difference with a power of 80 %, taken cautiously (see
    /// <see cref="ReplicatesNeeded"/>); null where these replicates are too few to tell, and for a difference of 0.
    /// </summary>
    public int? Needed => Count < 2 ? null : ReplicatesNeeded.Of(Mean, StandardError, Spread, Count, Freedom, Level);

    /// <summary>There is a difference, but these replicates are too few to say how many resolve it.</summary>
    public bool HasTooFew => Count > 0 && Mean != 0 && Needed is null;

    private double Spread { get; init; }

    private double Freedom { get; init; }

    private double Level { get; init; }

    /// <summary>Paired difference with a t interval.</summary>
    /// <param name="treated">Values of the treated arm by replicate.</param>
    /// <param name="control">Values of the control in the same replicates, as many; a pair with a value that is not finite is left
    /// out.</param>
    /// <param name="confidence">Level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ArmContrast Paired(ReadOnlySpan<double> treated, ReadOnlySpan<double> control, double confidence = 0.95)
    {
        if (treated.Length != control.Length)
        {
            throw new ArgumentException($"pairs need as many values on both sides; given {treated.Length} and {control.Length}",
                nameof(control));
        }

        var differences = new double[treated.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = treated[i] - control[i];
        }

        return Of(differences, confidence);
    }

    /// <summary>Mean of paired differences with a t interval.</summary>
    /// <param name="differences">Differences by replicate, or values that are to be told from 0; those that are not finite are left
    /// out.</param>
    /// <param name="confidence">Level of the interval, in (0, 1).</param>
    public static ArmContrast Of(ReadOnlySpan<double> differences, double confidence = 0.95)
    {
        var sample = MonteCarloError.Of(Finite(differences));
        if (sample.Count < 2)
        {
            return new ArmContrast(sample.Count, sample.Mean, double.NaN, double.NaN, double.NaN, true);
        }

        double half = StudentT.InvCDF(0, 1, sample.Count - 1, 0.5 + (confidence / 2)) * sample.StandardError;
        return new ArmContrast(sample.Count, sample.Mean, sample.StandardError, sample.Mean - half, sample.Mean + half, true)
        {
            Spread = sample.StandardDeviation, Freedom = sample.Count - 1, Level = 1 - confidence,
        };
    }

    /// <summary>
    /// Difference of independent samples with Welch's t interval (Biometrika 34 (1947) 28, doi:10.1093/biomet/34.1-2.28).
    /// </summary>
    /// <param name="treated">Values of the treated arm; those that are not finite are left out.</param>
    /// <param name="control">Values of the control.</param>
    /// <param name="confidence">Level of the interval, in (0, 1).</param>
    public static ArmContrast Independent(ReadOnlySpan<double> treated, ReadOnlySpan<double> control, double confidence = 0.95)
    {
        var a = MonteCarloError.Of(Finite(treated));
        var b = MonteCarloError.Of(Finite(control));
        int count = Math.Min(a.Count, b.Count);
        double mean = a.Mean - b.Mean;
        if (count < 2)
        {
            return new ArmContrast(count, mean, double.NaN, double.NaN, double.NaN, false);
        }

        double ea = a.StandardError * a.StandardError, eb = b.StandardError * b.StandardError, error = Math.Sqrt(ea + eb);
        double freedom = error == 0 ? count - 1 : (ea + eb) * (ea + eb) / ((ea * ea / (a.Count - 1)) + (eb * eb / (b.Count - 1)));
        double half = StudentT.InvCDF(0, 1, freedom, 0.5 + (confidence / 2)) * error;
        double spread = Math.Sqrt((a.StandardDeviation * a.StandardDeviation) + (b.StandardDeviation * b.StandardDeviation));
        return new ArmContrast(count, mean, error, mean - half, mean + half, false) { Spread = spread, Freedom = freedom,
            Level = 1 - confidence };
    }

    private static double[] Finite(ReadOnlySpan<double> values) => [.. values.ToArray().Where(double.IsFinite)];
}
