using System.Runtime.InteropServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Cells that arrive from the blood through vessels, placed in the order of their lineage hash.</summary>
internal sealed class Influx(LesionState lesion, Purpose purpose)
{
    private readonly List<(ulong Id, int Vessel)> _arrivals = new(64);

    /// <summary>Cells that arrived in this step, placed or not, in placing order.</summary>
    public ReadOnlySpan<(ulong Id, int Vessel)> Arrivals => CollectionsMarshal.AsSpan(_arrivals);

    public void Clear() => _arrivals.Clear();

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
