using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Contrasts;

/// <summary>How well replicates of a stochastic run pin down a mean.</summary>
/// <param name="Count">Number of replicates.</param>
/// <param name="Mean">Sample mean; NaN for none.</param>
/// <param name="StandardDeviation">Sample standard deviation (n − 1); NaN below two replicates.</param>
public readonly record struct MonteCarloError(int Count, double Mean, double StandardDeviation)
{
    /// <summary>Standard error of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Count);

    /// <summary>Mean, spread and error of a sample, in two passes so that a large mean costs no digits.</summary>
    public static MonteCarloError Of(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double mean = values.IsEmpty ? double.NaN : sum / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new MonteCarloError(values.Length, mean, values.Length < 2 ? double.NaN : Math.Sqrt(squares / (values.Length - 1)));
    }

    /// <summary>
    /// Replicates that bring the standard error of the mean to <paramref name="standardError"/> (positive, unit of the values).
    /// </summary>
    public int ReplicatesForError(double standardError)
    {
        if (!(standardError > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "the wanted standard error must be positive");
        }

        double ratio = StandardDeviation / standardError;
        return ToCount(ratio * ratio);
    }

    /// <summary>
    /// Pairs of replicates (same seed in both arms) with which a two-sided paired test finds a true mean difference.
    /// </summary>
    /// <param name="sdOfDifferences">Standard deviation of the paired differences, zero or more.</param>
    /// <param name="difference">True mean difference to be found, not 0, in the same unit.</param>
    /// <param name="power">Wanted probability of finding it, in (0, 1).</param>
    /// <param name="level">Two-sided level of the test, in (0, 1).</param>
    /// <remarks>
    /// Normal approximation with Guenther's correction for the t distribution, z²/2 (Am. Stat. 35 (1981) 243,
    /// doi:10.1080/00031305.1981.10479363): within one pair of the exact power. At least 2; a sign-flip test at 5 % needs 6 pairs to reject
    /// at all.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static int PairsToResolve(double sdOfDifferences, double difference, double power = 0.8, double level = 0.05)
    {
        if (!(sdOfDifferences >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(sdOfDifferences), sdOfDifferences, "the standard deviation must not be negative");
        }

        if (!(Math.Abs(difference) > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference,
                "the difference must not be 0: no number of replicates resolves it");
        }

        if (!(power > 0 && power < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "the power must lie between 0 and 1, ends excluded");
        }

        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "the level must lie between 0 and 1, ends excluded");
        }

        double z = Draws.NormalQuantile(1 - level / 2);
        double ratio = Math.Max(0, z + Draws.NormalQuantile(power)) * sdOfDifferences / difference;
        return ToCount(ratio * ratio + z * z / 2);
    }

    private static int ToCount(double pairs) =>
        double.IsNaN(pairs) ? throw new InvalidOperationException("the spread is unknown: fewer than two replicates")
        : pairs >= int.MaxValue ? int.MaxValue : Math.Max(2, (int)Math.Ceiling(pairs));
}
