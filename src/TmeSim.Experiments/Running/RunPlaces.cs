using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;

namespace TmeSim.Experiments.Running;

/// <summary>Where a run puts what it does not keep in memory.</summary>
public sealed record RunPlaces
{
    /// <summary>File for the state at t = 0 of a replicate, by its number; null keeps it in memory.</summary>
    public Func<int, string>? BranchFile { get; init; }

    /// <summary>States that a killed run goes on from; null for none.</summary>
    internal RunCheckpoints? Checkpoints { get; init; }

    /// <summary>
    /// Writes the tissue of a lesion now: simulation, index of the lesion, index of the arm. Called from the thread of the
    /// simulation, which stands still meanwhile; null for no snapshots.
    /// </summary>
    public Action<Simulation, int, int>? Snapshot { get; init; }
}
