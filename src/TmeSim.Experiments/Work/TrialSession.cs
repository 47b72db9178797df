using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// A trial is a list of patients: its simulations run, stop, go on, are spread and counted as those of a sweep
/// (<see cref="SweepSession"/>), and what is made of them are patients.
/// </summary>
public static class TrialSession
{
    /// <summary>The request for the simulations of a trial.</summary>
    /// <param name="request">Request with a scenario that has a cohort.</param>
    /// <exception cref="ScenarioRefusedException">There is no cohort, or a replicate more than one.</exception>
    public static SweepRequest Of(SweepRequest request)
    {
        ScenarioDefinition scenario = request.Scenario;
        if (scenario.Trial is not { } trial)
        {
            throw new ScenarioRefusedException("error: the scenario has no `cohort:` block; write for example "
                + "`cohort: {patients: 100, traits: {patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}}}`");
        }

        if (scenario.Replicates != 1)
        {
            throw new ScenarioRefusedException($"error: replicates: {scenario.Replicates} of each patient; a patient is one replicate, more patients are what a trial takes");
        }

        return request with { Scenario = scenario with { Sweep = trial.Sweep, SweepSpace = scenario.TrialSpace },
            Product = new TrialWriter() };
    }
}
