using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Shares of patients, such as response rates, and their differences.</summary>
public static class Proportion
{
    /// <summary>A share with Wilson's score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953), without continuity
    /// correction.</summary>
    /// <param name="hits">Patients with the outcome.</param>
    /// <param name="count">All patients; for none the share is not defined (NaN).</param>
    /// <param name="level">Level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more hits than patients, a number is negative, or the level lies outside its
    /// range.</exception>
    public static Estimate Wilson(int hits, int count, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        double z2 = Tail.Z(level) * Tail.Z(level);
        if (count == 0)
        {
            return Estimate.None;
        }

        double n = count, share = hits / n, middle = (hits + (0.5 * z2)) / (n + z2);
        double half = Math.Sqrt(z2 * ((n * share * (1 - share)) + (0.25 * z2))) / (n + z2);

        // At the ends the formula gives 0 and 1 but for rounding.
        return new Estimate(share, hits == 0 ? 0 : middle - half, hits == count ? 1 : middle + half);
    }

    /// <summary>
    /// Difference of two independent shares, first less second, with the interval made of both Wilson intervals (Newcombe 1998, method 10,
    /// doi:10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I).
    /// </summary>
    /// <param name="hits">Patients of the first group with the outcome.</param>
    /// <param name="count">All patients of the first group.</param>
    /// <param name="otherHits">Patients of the second group with the outcome.</param>
    /// <param name="otherCount">All patients of the second group.</param>
    /// <param name="level">Level of the interval, in (0, 1).</param>
    /// <inheritdoc cref="Wilson" path="/exception"/>
    public static Estimate Difference(int hits, int count, int otherHits, int otherCount, double level = 0.95)
    {
        Estimate a = Wilson(hits, count, level), b = Wilson(otherHits, otherCount, level);
        double difference = a.Value - b.Value;
        return new Estimate(difference, difference - Length(a.Value - a.Low, b.High - b.Value),
            difference + Length(a.High - a.Value, b.Value - b.Low));

        static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
    }
}
