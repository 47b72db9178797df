using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis.Contrasts;

/// <summary>How many replicates a mean takes until its 95 % interval (Student's t) is as narrow as is asked for.</summary>
/// <param name="Count">Replicates with a finite value.</param>
/// <param name="Mean">Their mean; NaN for none.</param>
/// <param name="HalfWidth">Half of its interval; NaN below two.</param>
/// <param name="Needed">Replicates with which the half-width would be as asked if the spread is as seen, 2 or more; null where two are not
/// there or more than a million are.</param>
public readonly record struct StableMean(int Count, double Mean, double HalfWidth, int? Needed)
{
    private const int Most = 1_000_000;

    /// <summary>Looks at replicates.</summary>
    /// <param name="values">Value of each; what is not finite is left out.</param>
    /// <param name="wanted">Half-width that is asked for, above 0, in the unit of the values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wanted"/> is not positive.</exception>
    public static StableMean Of(IEnumerable<double> values, double wanted)
    {
        if (!(wanted > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "the half-width that is asked for must be positive");
        }

        MonteCarloError error = MonteCarloError.Of([.. values.Where(double.IsFinite)]);
        return error.Count < 2 ? new StableMean(error.Count, error.Mean, double.NaN, null)
            : new StableMean(error.Count, error.Mean, Half(error.StandardDeviation, error.Count),
                Smallest(error.StandardDeviation, wanted));
    }

    private static double Half(double spread, int count) => StudentT.InvCDF(0, 1, count - 1, 0.975) * spread / Math.Sqrt(count);

    private static int? Smallest(double spread, double wanted)
    {
        int low = 1, high = 2;
        while (Half(spread, high) > wanted)
        {
            (low, high) = (high, 2 * high);
            if (high > Most)
            {
                return null;
            }
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Half(spread, middle) > wanted ? (middle, high) : (low, middle);
        }

        return Math.Max(2, high);
    }
}
