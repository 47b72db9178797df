using System.Runtime.InteropServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Cells that arrive from the blood through vessels, placed in the order of their lineage hash.</summary>
/// <param name="lesion">The lesion.</param>
/// <param name="purpose">What its draws are for.</param>
/// <param name="runner">Threads that draw for vessels; none given = the caller's.</param>
internal sealed class Influx(LesionState lesion, Purpose purpose, RowRunner? runner = null)
{
    // Far above the rounding of 1 − m and of exp(−m), far below any mean that matters.
    private const double Slack = 1e-9;

    // Vessels that are drawn for at a time.
    private const int Group = 64;

    // Vessels that a thread should have to draw for: below, waking it costs more than it saves.
    private const int VesselsPerBlock = 8 * Group;

    private readonly List<(ulong Id, int Vessel)> _arrivals = new(64);
    private readonly (int First, int Count)[] _blocks = new (int, int)[runner?.Threads ?? 1];
    private int[] _candidates = [];
    private int _blocksEnded;

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
    public ReadOnlySpan<int> Candidates(double maxMean, in StepContext context)
    {
        if (!(maxMean > 0))
        {
            return [];
        }

        int vessels = lesion.Vessels.Count;
        if (_candidates.Length < vessels)
        {
            _candidates = new int[lesion.Vessels.Capacity];
        }

        _blocksEnded = 0;
        var drawing = new Drawing(this, context, (uint)(Math.Max(0, 1 - Slack - maxMean) * (1UL << 32)));
        if (runner is null)
        {
            drawing.Run(0, vessels);
        }
        else
        {
            runner.Run(drawing, vessels, VesselsPerBlock);
        }

        return _candidates.AsSpan(0, Join());
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

    // Lists those of a block from its first place on.
    private unsafe void Draw(int first, int end, in StepContext context, uint enough)
    {
        ulong* sites = stackalloc ulong[Group];
        uint* words = stackalloc uint[4 * Group];
        ReadOnlySpan<int> all = lesion.Vessels.Site.Span;
        int[] candidates = _candidates;
        int count = first;
        for (int from = first; from < end; from += Group)
        {
            ReadOnlySpan<int> group = all[from..Math.Min(from + Group, end)];
            for (int i = 0; i < group.Length; i++)
            {
                sites[i] = (uint)group[i];
            }

            // The first word is the high one of u, which is below (word + 1) / 2³².
            PhiloxBatch.Lineages(words, sites, group.Length, context.Step, (uint)purpose << 16, context.Key);
            for (int i = 0; i < group.Length; i++)
            {
                candidates[count] = from + i;
                count += words[4 * i] >= enough ? 1 : 0;
            }
        }

        _blocks[Interlocked.Increment(ref _blocksEnded) - 1] = (first, count - first);
    }

    // Closes the gaps between the lists of blocks; returns how many there are.
    private int Join()
    {
        Span<(int First, int Count)> blocks = _blocks.AsSpan(0, _blocksEnded);
        blocks.Sort();
        _blocksEnded = 0;
        int all = 0;
        foreach ((int first, int count) in blocks)
        {
            _candidates.AsSpan(first, count).CopyTo(_candidates.AsSpan(all));
            all += count;
        }

        return all;
    }

    private readonly struct Drawing(Influx influx, StepContext context, uint enough) : IRowKernel
    {
        public void Run(int first, int end) => influx.Draw(first, end, context, enough);
    }
}
