using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>
/// The simulation of a replicate, brought to t = 0 by whichever way is shortest: the state that is kept for its arms, one on disk, or the
/// burn-in.
/// </summary>
internal sealed class ReplicateStart(
    ScenarioDefinition scenario, int replicate, int threads, RunProgress progress, RunPlaces places, CheckpointClock clock) : IDisposable
{
    private Simulation? _simulation;
    private BranchPoint? _point;
    private bool _isUsed;

    /// <summary>A simulation that nothing was done with, in place of the one before.</summary>
    public Simulation Fresh()
    {
        if (_isUsed || _simulation is null)
        {
            _simulation?.Dispose();
            _simulation = null;
            _simulation = new Simulation(scenario.Plan, replicate, threads) { Probe = progress.NewProbe() };
        }

        _isUsed = true;
        return _simulation;
    }

    /// <summary>The simulation at t = 0.</summary>
    /// <param name="keeps">Other arms come after the one that begins now.</param>
    /// <param name="cancellation">Stops the burn-in between steps, whose state is then kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="SimulationException">The burn-in cannot go on.</exception>
    /// <exception cref="RunFolderException">The state at t = 0 cannot be kept or read back.</exception>
    public Simulation AtZero(bool keeps, CancellationToken cancellation)
    {
        if (_point is not null)
        {
            _isUsed = true;
            _point.Restore(_simulation!);
            return _simulation!;
        }

        Simulation simulation = places.Checkpoints?.ContinueBurnIn(replicate, Fresh) ?? Fresh();
        progress.Advance(simulation.StepIndex);
        bool simulated = simulation.InBurnIn;
        BurnIn(simulation, cancellation);
        if (keeps)
        {
            if (simulated)
            {
                places.Checkpoints?.SaveStart(simulation, clock);
            }

            _point = BranchPoint.Of(simulation, places.BranchFile);
        }

        return simulation;
    }

    public void Dispose()
    {
        _point?.Dispose();
        _simulation?.Dispose();
    }

    private void BurnIn(Simulation simulation, CancellationToken cancellation)
    {
        while (simulation.InBurnIn)
        {
            bool isDue = clock.Tick();
            if (places.Checkpoints is { } checkpoints && (cancellation.IsCancellationRequested || isDue) && simulation.StepIndex > 0)
            {
                checkpoints.SaveBurnIn(simulation, clock);
            }

            cancellation.ThrowIfCancellationRequested();
            simulation.Step();
            progress.Advance();
        }
    }
}
