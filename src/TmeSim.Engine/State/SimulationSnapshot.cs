using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.State;

/// <summary>The whole state of a simulation at one time, apart from drugs: the branching point of arms.</summary>
public sealed class SimulationSnapshot : IDisposable
{
    private readonly List<IDisposable> _arrays = [];
    private readonly MemoryStream _rest = new();

    internal SimulationSnapshot(int replicate) => Replicate = replicate;

    /// <summary>Number of the replicate that it is of.</summary>
    internal int Replicate { get; }

    /// <summary>Takes up what it visits, or gives it back.</summary>
    internal StateTransfer Copy(bool reads)
    {
        _rest.Position = 0;
        return new Copying(this, reads);
    }

    public void Dispose()
    {
        foreach (IDisposable array in _arrays)
        {
            array.Dispose();
        }

        _rest.Dispose();
    }

    /// <summary>Arrays over sites as such, everything else as a stream.</summary>
    private sealed class Copying(SimulationSnapshot snapshot, bool reads) : StateTransfer(snapshot._rest, reads)
    {
        private int _next;

        public override void Sites<T>(SiteArray<T> sites)
        {
            if (Restores)
            {
                sites.CopyFrom((SiteArray<T>)snapshot._arrays[_next++]);
                return;
            }

            var copy = new SiteArray<T>(sites.Length);
            copy.CopyFrom(sites);
            snapshot._arrays.Add(copy);
        }
    }
}
