using TmeSim.Engine;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Bench;

namespace TmeSim.Benchmarks;

/// <summary>
/// The scene of <c>tmesim bench</c> with what the processes of a step are built from, so that one of them can be timed alone and started
/// from the same state again. All that benchmarks know of the engine's inside is in this folder.
/// </summary>
internal sealed class KernelScene : IDisposable
{
    private readonly Simulation _simulation;
    private readonly SimulationSnapshot _start;
    private readonly RowRunner _runner = new();

    /// <param name="sites">Sites along each axis.</param>
    /// <param name="days">Days of burn-in, and again of therapy.</param>
    /// <param name="cells">CD8 T cells and macrophages to keep of each; 0 for all.</param>
    public KernelScene(int sites, double days, int cells)
    {
        _simulation = BenchScene.At(sites, days, days, 1, CancellationToken.None, SignalSpacing.Fine);
        Lesion = _simulation.Lesions[0];
        SimulationPlan plan = _simulation.Plan;
        Setup = new ProcessSetup(Lesion, plan.Lesions[0], plan.Parameters, plan.Mechanisms, _runner, new LesionWorkspace(Lesion.Shape, _runner));
        while (cells > 0 && Lesion.Cd8.Count > cells)
        {
            Occupancy.Remove(Lesion, ImmuneKinds.Cd8, Lesion.Cd8.Count - 1);
        }

        while (cells > 0 && Lesion.Macrophages.Count > cells)
        {
            Occupancy.Remove(Lesion, ImmuneKinds.Macrophages, Lesion.Macrophages.Count - 1);
        }

        if (Lesion.Cd8.Count < cells || Lesion.Macrophages.Count < cells)
        {
            throw new InvalidOperationException($"the scene has {Lesion.Cd8.Count} CD8 and {Lesion.Macrophages.Count} macrophages, {cells} are wanted of each");
        }

        _start = _simulation.Capture();
    }

    public LesionState Lesion { get; }

    public ProcessSetup Setup { get; }

    /// <summary>Step <paramref name="i"/> from now, an hour each, without drugs.</summary>
    public StepContext Context(int i) => new(RandomKey.Create(1, 0, 0), (uint)(_simulation.StepIndex + i), 1, default, 1, 1);

    /// <summary>Brings the first state back.</summary>
    public void Restore() => _simulation.Restore(_start);

    /// <summary>
    /// Calls each several times, with a pause for the compiler: with one call to an iteration the benchmark alone would measure code
    /// that is not yet optimised.
    /// </summary>
    public void WarmUp(params ReadOnlySpan<Action> work)
    {
        for (int round = 0; round < 4; round++)
        {
            foreach (Action action in work)
            {
                Restore();
                action();
            }

            Thread.Sleep(200);
        }

        Restore();
    }

    /// <summary>Throws where a plain loop and the engine come to different ends.</summary>
    public static void Same(string what, long plain, long engine)
    {
        if (plain != engine)
        {
            throw new InvalidOperationException($"{what}: the plain loop has {plain}, the engine {engine}");
        }
    }

    public void Dispose()
    {
        Setup.Workspace.Dispose();
        _runner.Dispose();
        _start.Dispose();
        _simulation.Dispose();
    }
}
