using TmeSim.Analysis.Sensitivity;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>What a calibration has found so far.</summary>
/// <param name="Scenario">Scenario with its <c>calibrate:</c> block.</param>
/// <param name="Generations">Complete generations; the last one is the posterior.</param>
/// <param name="Parameters">Fitted keys of the last one; empty without one.</param>
/// <param name="Stop">Why it ended; <see cref="AbcStop.None"/> when it did not.</param>
/// <param name="Simulations">Simulations in the journals, those of incomplete generations among them.</param>
/// <param name="Warnings">What a reader must know: warnings of the scenario, and vectors that could not be compared.</param>
/// <param name="Command">Command that repeats the calibration.</param>
internal sealed record CalibrationFit(
    ScenarioDefinition Scenario,
    IReadOnlyList<CalibratedGeneration> Generations,
    IReadOnlyList<FittedParameter> Parameters,
    AbcStop Stop,
    int Simulations,
    IReadOnlyList<string> Warnings,
    string Command);

/// <summary>A complete generation with what its particles gave.</summary>
/// <param name="Abc">The generation.</param>
/// <param name="Simulated">Simulated counterparts of the targets, particle by particle.</param>
internal sealed record CalibratedGeneration(AbcGeneration Abc, IReadOnlyList<double[]> Simulated);

/// <summary>A fitted key.</summary>
/// <param name="Path">Path.</param>
/// <param name="Label">Short name.</param>
/// <param name="Unit">Unit of the numbers; "1" for pure numbers.</param>
/// <param name="Median">Posterior median.</param>
/// <param name="Low">2.5 % of the posterior.</param>
/// <param name="High">97.5 % of the posterior.</param>
/// <param name="Mean">Posterior mean.</param>
/// <param name="Sd">Posterior standard deviation.</param>
public sealed record FittedParameter(string Path, string Label, string Unit, double Median, double Low, double High,
    double Mean, double Sd);
