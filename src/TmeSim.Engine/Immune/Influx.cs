using System.Runtime.InteropServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Cells that arrive from the blood through vessels, placed in the order of their lineage hash.</summary>
internal sealed class Influx(LesionState lesion, Purpose purpose)
{
    // Far above the rounding of 1 − m and of exp(−m), far below any mean that matters.
    private const double Slack = 1e-9;

    // Vessels that are drawn for at a time.
    private const int Group = 64;

    private readonly List<(ulong Id, int Vessel)> _arrivals = new(64);
    private int[] _candidates = [];

    /// <summary>Cells that arrived in this step, placed or not, in placing order.</summary>
    public ReadOnlySpan<(ulong Id, int Vessel)> Arrivals => CollectionsMarshal.AsSpan(_arrivals);

    public void Clear() => _arrivals.Clear();

    /// <summary>
    /// Vessels, by place in the store, at which <see cref="Draw"/> may find an arrival; at the others it finds none whatever their mean.
    /// Good until the next call.
    /// </summary>
    /// <param name="maxMean">No vessel has a larger mean.</param>
    /// <param name="context">The step.</param>
    /// <remarks>
    /// None arrives when the uniform number u of a vessel is below exp(−m), and 1 − m ≤ exp(−m): most vessels are settled by their u
    /// before anybody asks what they admit.
    /// </remarks>
    public unsafe ReadOnlySpan<int> Candidates(double maxMean, in StepContext context)
    {
        if (!(maxMean > 0))
        {
            return [];
        }

        VesselStore vessels = lesion.Vessels;
        if (_candidates.Length < vessels.Count)
        {
            _candidates = new int[vessels.Capacity];
        }

        ulong* sites = stackalloc ulong[Group];
        uint* words = stackalloc uint[4 * Group];
        uint enough = (uint)(Math.Max(0, 1 - Slack - maxMean) * (1UL << 32));
        ReadOnlySpan<int> all = vessels.Site.Span;
        int count = 0;
        for (int first = 0; first < all.Length; first += Group)
        {
            ReadOnlySpan<int> group = all.Slice(first, Math.Min(Group, all.Length - first));
            for (int i = 0; i < group.Length; i++)
            {
                sites[i] = (uint)group[i];
            }

            // The first word is the high one of u, which is below (word + 1) / 2³².
            PhiloxBatch.Lineages(words, sites, group.Length, context.Step, (uint)purpose << 16, context.Key);
            for (int i = 0; i < group.Length; i++)
            {
                _candidates[count] = first + i;
                count += words[4 * i] >= enough ? 1 : 0;
            }
        }

        return _candidates.AsSpan(0, count);
    }

    /// <summary>Draws the Poisson number of arrivals at a vessel.</summary>
    public void Draw(int vesselSite, double mean, in StepContext context)
    {
        if (!(mean > 0))
        {
            return;
        }

        var stream = new PhiloxStream(context.Key, (uint)vesselSite, 0, context.Step, (uint)purpose << 16);
        int number = Draws.Poisson(mean, ref stream);
        for (uint ordinal = 0; ordinal < number; ordinal++)
        {
            _arrivals.Add((context.NewId((ulong)vesselSite, purpose, ordinal), vesselSite));
        }
    }

    /// <summary>
    /// Puts the arrivals into order; each takes the free site of the vessel's neighbourhood that <see cref="SiteFor"/> gives.
    /// </summary>
    public void Order() => _arrivals.Sort();

    /// <summary>A free site for an arrival, or −1: it returns to the blood.</summary>
    public int SiteFor((ulong Id, int Vessel) arrival) =>
        Occupancy.FreeSiteNear(lesion, lesion.Shape, arrival.Vessel, arrival.Id);
}
