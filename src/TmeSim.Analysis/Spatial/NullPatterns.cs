using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Patterns without structure, to compare an observed one with. Draws are counter-based: pattern i of a seed is the same whatever was drawn
/// before.
/// </summary>
public static class NullPatterns
{
    private const ulong Salt = 0x6E756C6C70617474;

    /// <summary>The draws of one simulated pattern.</summary>
    /// <param name="seed">Seed of a set of patterns.</param>
    /// <param name="pattern">Number of the pattern, zero or more.</param>
    public static PhiloxStream Stream(ulong seed, int pattern) => new(RandomKey.Create(seed ^ Salt, 0, 0), (uint)pattern, 0, 0);

    /// <summary>CSR given the number: independent uniform points of the window (a binomial process).</summary>
    /// <param name="window">Where.</param>
    /// <param name="count">How many, zero or more.</param>
    /// <param name="stream">Draws.</param>
    public static TissuePoint[] Csr(StudyWindow window, int count, ref PhiloxStream stream)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var points = new TissuePoint[count];
        for (int i = 0; i < count; i++)
        {
            double u = stream.NextDouble(), v = stream.NextDouble();
            points[i] = window.Uniform(u, v, window.Dimensions == 3 ? stream.NextDouble() : 0);
        }

        return points;
    }

    /// <summary>
    /// Some of the places, each at most once, all choices alike. Of the sites of a lattice: CSR for cells that exclude each other.
    /// Of the pooled points of two types: random labelling, where the rest is the other type.
    /// </summary>
    /// <param name="places">Places to choose from; put into another order, the chosen ones first.</param>
    /// <param name="count">How many, at most as many as there are.</param>
    /// <param name="stream">Draws.</param>
    public static void Choose<T>(Span<T> places, int count, ref PhiloxStream stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, places.Length);
        for (int i = 0; i < count; i++)
        {
            int pick = i + stream.NextInt(places.Length - i);
            (places[i], places[pick]) = (places[pick], places[i]);
        }
    }

    /// <summary>
    /// Different numbers below a bound, all sets alike: CSR of cells on the sites of a lattice, without a list of the sites (Floyd's
    /// algorithm).
    /// </summary>
    /// <param name="bound">Numbers from 0 to below this.</param>
    /// <param name="count">How many, at most the bound.</param>
    /// <param name="stream">Draws.</param>
    public static int[] Sites(int bound, int count, ref PhiloxStream stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bound);
        var taken = new HashSet<int>(count);
        var sites = new int[count];
        for (int i = 0; i < count; i++)
        {
            int last = bound - count + i, pick = stream.NextInt(last + 1);
            sites[i] = taken.Add(pick) ? pick : last;
            taken.Add(sites[i]);
        }

        return sites;
    }
}
