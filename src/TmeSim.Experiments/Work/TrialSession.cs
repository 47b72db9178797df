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

    /// <summary>Changes of the scenario, <c>path=value</c>, that make it one patient of its cohort: a run with them gives the bits of the
    /// trial.</summary>
    /// <param name="scenario">Scenario with a cohort.</param>
    /// <param name="patient">Name of the patient.</param>
    /// <exception cref="ScenarioRefusedException">There is no cohort, or no such patient.</exception>
    public static IReadOnlyList<string> Patient(ScenarioDefinition scenario, string patient)
    {
        SweepPlan plan = Of(new SweepRequest { Scenario = scenario }).Scenario.Sweep!;
        int at = scenario.Cohort!.Patients.Select(p => p.Id).ToList().IndexOf(patient);
        return at < 0
            ? throw new ScenarioRefusedException($"error: no patient is called '{patient}'; they are {scenario.Cohort.Patients[0].Id} to {scenario.Cohort.Patients[^1].Id}")
            : [.. plan.Factors.Where(f => f.Levels[at].Text.Length > 0).SelectMany(f => f.Keys.Select(k => $"{k}={f.Levels[at].Text}"))];
    }
}
