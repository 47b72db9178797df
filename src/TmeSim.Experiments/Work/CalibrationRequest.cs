using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Running;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Experiments.Work;

/// <summary>A calibration to run and where to put it.</summary>
public sealed record CalibrationRequest
{
    /// <summary>A scenario with a <c>calibrate:</c> block.</summary>
    public required ScenarioDefinition Scenario { get; init; }

    /// <summary>Folder that holds the folders of calibrations.</summary>
    public string OutDirectory { get; init; } = "runs";

    /// <summary>Folder of the calibration itself, wherever it stands; null for its place in <see cref="OutDirectory"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Simulations at once; null for as many as cores.</summary>
    public int? Jobs { get; init; }

    /// <summary>Memory that may be taken [bytes]; null for <see cref="MachineMemory.Limit"/>.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Draw figures and report.</summary>
    public bool Figures { get; init; } = true;

    /// <summary>What draws the files in figures/.</summary>
    public IFigureBackend Plots { get; init; } = new SvgBackend();

    /// <summary>Command that repeats the calibration, for manifest and report.</summary>
    public string Command { get; init; } = "tmesim calibrate";

    /// <summary>Warnings of the scenario, for manifest and report.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How a calibration came out.</summary>
/// <param name="Status">Finished, or interrupted before its end.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Stop">Why it ended; <see cref="AbcStop.None"/> when it did not.</param>
/// <param name="Generations">Complete generations.</param>
/// <param name="Simulations">Simulations in the journals, those of incomplete generations among them.</param>
/// <param name="Parameters">Fitted keys of the last complete generation; empty without one.</param>
/// <param name="ScenarioPath">Scenario with the posterior medians; null without a complete generation.</param>
/// <param name="ReportPath">The report; null when none was drawn.</param>
public sealed record CalibrationOutcome(
    RunStatus Status, string Folder, AbcStop Stop, int Generations, int Simulations, IReadOnlyList<FittedParameter> Parameters, string? ScenarioPath, string? ReportPath);
