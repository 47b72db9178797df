using TmeSim.Experiments.Running;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What all work on a scenario is asked for with: what to run, with how much of the machine, and where to put it.</summary>
public abstract record WorkRequest
{
    public required ScenarioDefinition Scenario { get; init; }

    /// <summary>Folder that holds folders of results.</summary>
    public string OutDirectory { get; init; } = "runs";

    /// <summary>Folder of the work itself, wherever it stands; null for its place in <see cref="OutDirectory"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Simulations at once; null for as many as cores.</summary>
    public int? Jobs { get; init; }

    /// <summary>Threads inside a simulation; null for 1 when several run at once; a run of one takes as many as cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Memory that may be taken [bytes]; null for <see cref="MachineMemory.Limit"/>.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Draw figures and the report.</summary>
    public bool Figures { get; init; } = true;

    /// <summary>What draws the files in figures/; the report holds SVG in any case.</summary>
    public IReadOnlyList<FigureFormat> Plots { get; init; } = [FigureFormat.Svg];

    /// <summary>Command that repeats the work, for manifest and report.</summary>
    public string Command { get; init; } = "tmesim";

    /// <summary>Warnings of the scenario, for manifest and report.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the work fits into memory.</summary>
    /// <param name="largest">Of the scenarios that run, the one that takes most memory.</param>
    /// <param name="tasks">How much can be done at once, at least 0.</param>
    /// <param name="threads">Threads inside a simulation; null to leave it to the fit.</param>
    /// <param name="severalArms">Some replicate runs more than one arm.</param>
    /// <param name="onDisk">What is said where only states on disk would make it fit; null where they may go there.</param>
    /// <exception cref="MemoryRefusedException">It does not fit.</exception>
    internal MemoryFit Fit(ScenarioDefinition largest, int tasks, int? threads, bool severalArms, Func<MemoryFit, string>? onDisk)
    {
        (int jobs, int? inside, string? note) = MachineCores.Share(Jobs, threads, MachineCores.Count);
        var fit = MemoryFit.Plan(largest, Math.Min(jobs, Math.Max(1, tasks)), inside, severalArms, MemoryBytes ?? MachineMemory.Limit);
        fit = note is null ? fit : fit with { Notes = [note, .. fit.Notes] };
        return !fit.Fits ? throw new MemoryRefusedException(fit.Refusal(largest.Plan))
            : fit.BranchOnDisk && onDisk is not null ? throw new MemoryRefusedException(onDisk(fit))
            : fit;
    }
}
