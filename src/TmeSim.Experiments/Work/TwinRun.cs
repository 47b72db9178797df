using TmeSim.Engine;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What two simulations of one arm on this machine, with different numbers of threads, came to.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="UntilD">Time up to which they were simulated [d].</param>
/// <param name="PartD">End of the first step after which they differ [d]; null where they do not.</param>
/// <param name="Lesion">Its lesion, the first one; empty for the patient.</param>
/// <param name="Process">The process in which they part; empty where they do not.</param>
/// <param name="Part">The part of the state that it left different, the first one.</param>
public sealed record TwinOutcome(string Arm, int Replicate, double UntilD, double? PartD, string Lesion, string Process, string Part);

/// <summary>
/// Two simulations side by side, whose states are compared after every process of every step from a time on, so that the step, the lesion and
/// the process are known in which they part.
/// </summary>
internal static class TwinRun
{
    /// <summary>Compares.</summary>
    /// <param name="one">Scenario of the first.</param>
    /// <param name="other">Scenario of the second.</param>
    /// <param name="arm">Index of the arm in both.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="fromD">Time after t = 0 from which on processes are looked at [d].</param>
    /// <param name="untilD">Time after t = 0 up to which is simulated [d].</param>
    /// <param name="progress">Counts steps.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static TwinOutcome Of(
        ScenarioDefinition one, ScenarioDefinition other, int arm, int replicate, (int One, int Other) threads, double fromD, double untilD,
        RunProgress progress, CancellationToken cancellation)
    {
        using var first = new Simulation(one.Plan, replicate, threads.One);
        using var second = new Simulation(other.Plan, replicate, threads.Other);
        (Simulation Simulation, ScenarioDefinition Scenario, Trace Trace)[] twins = [(first, one, new Trace(first)), (second, other, new Trace(second))];
        while (first.InBurnIn)
        {
            Step();
        }

        foreach ((Simulation simulation, ScenarioDefinition scenario, _) in twins)
        {
            simulation.BeginArm(scenario.Arms[arm]);
        }

        string name = one.Arms[arm].Name;
        while (first.TimeHours / 24 < untilD - 1e-9 && !first.HasEnded && !second.HasEnded)
        {
            if (first.TimeHours / 24 >= fromD - 1e-9 && first.Probe is null)
            {
                // They may have parted in the burn-in already, or before what was recorded.
                (first.Probe, second.Probe) = (twins[0].Trace, twins[1].Trace);
                if (first.StateHash() != second.StateHash())
                {
                    return Parted(first.TimeHours / 24, Differing(first.StateParts(), second.StateParts()), null);
                }
            }

            Step();
            if (first.Probe is not null && Trace.Parting(twins[0].Trace, twins[1].Trace) is { } parting)
            {
                return Parted(first.TimeHours / 24, parting.Part, parting.Phase);
            }
        }

        return new TwinOutcome(name, replicate, first.TimeHours / 24, null, "", "", "");

        TwinOutcome Parted(double day, string part, StepPhase? phase) => new(
            name, replicate, day, day, part.Contains('/', StringComparison.Ordinal) ? part[..part.IndexOf('/', StringComparison.Ordinal)] : "",
            phase is { } p ? PartWriters.Name(p) : "a step before", part);

        void Step()
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((Simulation simulation, _, Trace trace) in twins)
            {
                trace.Clear();
                simulation.Step();
            }

            progress.Advance(2);
        }
    }

    private static string Differing(IReadOnlyList<StatePart> one, IReadOnlyList<StatePart> other) =>
        one.Zip(other).FirstOrDefault(p => p.First != p.Second).First.Name ?? "";

    /// <summary>The parts of the state after each process of a step.</summary>
    private sealed class Trace(Simulation simulation) : IStepProbe
    {
        private readonly List<(StepPhase? Before, IReadOnlyList<StatePart> Parts)> _states = [];
        private StepPhase? _phase;

        public void Clear()
        {
            _states.Clear();
            _phase = null;
        }

        public void Begin(StepPhase phase)
        {
            _states.Add((_phase, simulation.StateParts()));
            _phase = phase;
        }

        public void EndStep(Simulation simulation) => _states.Add((_phase, simulation.StateParts()));

        public static (StepPhase? Phase, string Part)? Parting(Trace one, Trace other)
        {
            foreach ((var a, var b) in one._states.Zip(other._states))
            {
                if (Differing(a.Parts, b.Parts) is { Length: > 0 } part)
                {
                    return (a.Before, part);
                }
            }

            return null;
        }
    }
}
