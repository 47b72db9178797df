using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis;

/// <summary>Difference between two arms with its Monte-Carlo error.</summary>
/// <param name="Count">Pairs, or for independent samples the smaller number of replicates.</param>
/// <param name="Mean">Mean difference, treated minus control; NaN for none.</param>
/// <param name="StandardError">Monte-Carlo standard error of the mean difference; NaN below two replicates.</param>
/// <param name="Lower">Lower end of the confidence interval; NaN below two replicates.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Needed">
/// Replicates with which a two-sided test at the level of the interval finds a difference as large as this one with a power of 80 %; null for a difference of 0
/// and below two replicates.
/// </param>
/// <param name="IsPaired">Replicates of both arms share their start and their random numbers.</param>
public readonly record struct ArmContrast(int Count, double Mean, double StandardError, double Lower, double Upper, int? Needed, bool IsPaired)
{
    /// <summary>Power that <see cref="Needed"/> asks for.</summary>
    public const double Power = 0.8;

    /// <summary>Paired difference with a t interval.</summary>
    /// <param name="treated">Values of the treated arm by replicate.</param>
    /// <param name="control">Values of the control in the same replicates, as many; a pair with a value that is not finite is left out.</param>
    /// <param name="confidence">Level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ArmContrast Paired(ReadOnlySpan<double> treated, ReadOnlySpan<double> control, double confidence = 0.95)
    {
        if (treated.Length != control.Length)
        {
            throw new ArgumentException($"pairs need as many values on both sides; given {treated.Length} and {control.Length}", nameof(control));
        }

        var differences = new List<double>(treated.Length);
        for (int i = 0; i < treated.Length; i++)
        {
            if (double.IsFinite(treated[i]) && double.IsFinite(control[i]))
            {
                differences.Add(treated[i] - control[i]);
            }
        }

        var sample = MonteCarloError.Of([.. differences]);
        if (sample.Count < 2)
        {
            return new ArmContrast(sample.Count, sample.Mean, double.NaN, double.NaN, double.NaN, null, true);
        }

        double half = StudentT.InvCDF(0, 1, sample.Count - 1, 0.5 + (confidence / 2)) * sample.StandardError;
        int? needed = sample.Mean == 0 ? null : MonteCarloError.PairsToResolve(sample.StandardDeviation, sample.Mean, Power, 1 - confidence);
        return new ArmContrast(sample.Count, sample.Mean, sample.StandardError, sample.Mean - half, sample.Mean + half, needed, true);
    }

    /// <summary>Difference of independent samples with Welch's t interval (Biometrika 34 (1947) 28, doi:10.1093/biomet/34.1-2.28).</summary>
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
            return new ArmContrast(count, mean, double.NaN, double.NaN, double.NaN, null, false);
        }

        double ea = a.StandardError * a.StandardError, eb = b.StandardError * b.StandardError, error = Math.Sqrt(ea + eb);
        double freedom = error == 0 ? count - 1 : (ea + eb) * (ea + eb) / ((ea * ea / (a.Count - 1)) + (eb * eb / (b.Count - 1)));
        double half = StudentT.InvCDF(0, 1, freedom, 0.5 + (confidence / 2)) * error;
        double spread = Math.Sqrt((a.StandardDeviation * a.StandardDeviation) + (b.StandardDeviation * b.StandardDeviation));
        int? needed = mean == 0 ? null : MonteCarloError.PairsToResolve(spread, mean, Power, 1 - confidence);
        return new ArmContrast(count, mean, error, mean - half, mean + half, needed, false);
    }

    private static double[] Finite(ReadOnlySpan<double> values) => [.. values.ToArray().Where(double.IsFinite)];
}
