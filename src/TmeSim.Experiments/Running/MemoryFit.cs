using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>
/// How a run fits into memory, decided before anything is allocated. States at t = 0 are kept in memory while they fit; with less
/// memory fewer replicates run at once; when one replicate with two states does not fit, they go to disk.
/// </summary>
/// <param name="Jobs">Replicates at once; 0 when not even one fits.</param>
/// <param name="Threads">Threads inside each.</param>
/// <param name="BranchOnDisk">The state at t = 0 goes to a file.</param>
/// <param name="NeedBytes">What the run takes as decided; of one replicate, branching through disk, when it does not fit [bytes].</param>
/// <param name="LimitBytes">What it may take [bytes].</param>
/// <param name="Notes">What the user should know: fewer jobs than asked for, states on disk.</param>
public sealed record MemoryFit(int Jobs, int Threads, bool BranchOnDisk, long NeedBytes, long LimitBytes, IReadOnlyList<string> Notes)
{
    /// <summary>The process without simulations: runtime, code, tables, report [bytes].</summary>
    public const long ProcessBytes = 150_000_000;

    /// <summary>Masks that a row of measures needs for a moment, of one bit a site each, and buffers of a snapshot [bytes/site].</summary>
    private const long ReadingBytesPerSite = 1;

    /// <summary>The run can be done.</summary>
    public bool Fits => Jobs > 0;

    /// <summary>Memory of one replicate [bytes].</summary>
    /// <param name="plan">What is simulated.</param>
    /// <param name="threads">Threads inside it, at least 1.</param>
    /// <param name="twoStates">The state at t = 0 is kept in memory for further arms.</param>
    public static long ReplicateBytes(SimulationPlan plan, int threads, bool twoStates)
    {
        SimulationMemory memory = SimulationMemory.Of(plan, threads);
        return memory.TotalBytes + (ReadingBytesPerSite * memory.Sites / plan.Lesions.Count) + (twoStates ? memory.CaptureBytes : 0);
    }

    /// <summary>Decides.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="jobs">Replicates at once as asked for, at least 1.</param>
    /// <param name="threads">Threads as asked for; null for 1 when several replicates run at once, else as many as cores.</param>
    /// <param name="severalArms">A replicate runs more than one arm.</param>
    /// <param name="limitBytes">What the run may take [bytes].</param>
    public static MemoryFit Plan(ScenarioDefinition scenario, int jobs, int? threads, bool severalArms, long limitBytes)
    {
        foreach (bool disk in severalArms ? (bool[])[false, true] : [false])
        {
            for (int tried = jobs; tried >= 1; tried--)
            {
                int each = threads ?? (tried > 1 ? 1 : MachineCores.Count);
                long need = Need(scenario, tried, each, severalArms && !disk);
                if (need <= limitBytes)
                {
                    return new MemoryFit(tried, each, disk, need, limitBytes, [.. Explain(scenario.Plan, jobs, tried, disk, limitBytes)]);
                }
            }
        }

        int alone = threads ?? MachineCores.Count;
        return new MemoryFit(0, alone, severalArms, Need(scenario, 1, alone, false), limitBytes, []);
    }

    /// <summary>Why the run is refused, with what would help.</summary>
    public string Refusal(SimulationPlan plan)
    {
        string helps = plan.Lesions.Count > 1 ? "make tissue.size smaller or take fewer lesions" : "make tissue.size smaller";
        return $"{Lattice(plan)} need {ByteSize.Format(NeedBytes)} of memory for one simulation ({NeedBytes} bytes), and "
            + $"{ByteSize.Format(LimitBytes)} may be used; "
            + $"{helps}, or give more with --memory if the machine has it";
    }

    private static long Need(ScenarioDefinition scenario, int jobs, int threads, bool twoStates)
    {
        // A hostile plan may be far beyond 2^63 bytes. Irradiated traits are not there at t = 0, so no second state holds them.
        Int128 each = (Int128)ReplicateBytes(scenario.Plan, threads, twoStates)
            + SimulationMemory.RadiationBytes(scenario.Plan, scenario.Arms);
        Int128 need = ProcessBytes + (jobs * each);
        return (long)Int128.Min(need, long.MaxValue);
    }

    private static IEnumerable<string> Explain(SimulationPlan plan, int asked, int jobs, bool disk, long limit)
    {
        if (jobs < asked)
        {
            yield return $"{jobs} of {asked} replicates at once: {Lattice(plan)}, {ByteSize.Format(limit)} of memory";
        }

        if (disk)
        {
            yield return $"arms branch through disk: {Lattice(plan)} fit once into {ByteSize.Format(limit)} of memory, not twice";
        }
    }

    private static string Lattice(SimulationPlan plan)
    {
        TissuePlan t = plan.Tissue;
        string times = plan.Lesions.Count > 1 ? $"{plan.Lesions.Count} lesions of " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{times}{t.Nx} x {t.Ny}{(t.Nz > 1 ? $" x {t.Nz}" : "")} sites");
    }
}

/// <summary>A scenario that does not fit into memory; nothing was allocated or written.</summary>
#pragma warning disable CA1032 // Without the amounts it would say nothing.
public sealed class MemoryRefusedException(string message) : Exception(message);
#pragma warning restore CA1032
