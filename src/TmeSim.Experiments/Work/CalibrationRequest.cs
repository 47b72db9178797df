using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;

namespace TmeSim.Experiments.Work;

/// <summary>A calibration: a scenario with a <c>calibrate:</c> block.</summary>
public sealed record CalibrationRequest : WorkRequest
{
    public CalibrationRequest() => Command = "tmesim calibrate";
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
    RunStatus Status, string Folder, AbcStop Stop, int Generations, int Simulations, IReadOnlyList<FittedParameter> Parameters,
    string? ScenarioPath, string? ReportPath);
