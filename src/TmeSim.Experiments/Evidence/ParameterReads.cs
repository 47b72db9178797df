using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>Which parameters a simulation reads, by simulating.</summary>
public static class ParameterReads
{
    // Small, and long enough for visits.
    private static readonly string[] Short =
    [
        "tissue.size=[0.78 mm, 0.74 mm]", "time={burn_in: 3 d, duration: 1 d, record_every: 12 h}", "lesions[primary].tumor.radius=0.22 mm",
        "patient={nlr: 4, weight: 70 kg, child_pugh: A, mean_liver_dose: 25 Gy}", "parameters.endpoints.assessment_interval=12 h",
    ];

    /// <summary>What is read where every mechanism acts; any other parameter is read by nothing.</summary>
    /// <exception cref="ScenarioRefusedException">The scenario is not valid: a fault of the build.</exception>
    public static IReadOnlySet<Parameter> OfEveryMechanism()
    {
        ScenarioResult read = ScenarioReader.ReadText(EvidenceLibrary.EveryMechanism(), "every-mechanism.yaml",
            overrides: new ScenarioOverrides { Sets = Short });
        return Of(read.Definition ?? throw new ScenarioRefusedException(read.Diagnostics));
    }

    /// <summary>What the first replicate of a scenario reads in its burn-in, in all arms, and for its rows.</summary>
    public static IReadOnlySet<Parameter> Of(ScenarioDefinition scenario)
    {
        bool[] seen = new bool[ParameterTable.Count];
        ParameterSet Watched(ParameterSet set) => set.Watched(p => Volatile.Write(ref seen[(int)p], true));
        SimulationPlan plan = scenario.Plan with { Parameters = Watched(scenario.Plan.Parameters) };
        using var simulation = new Simulation(plan, 0);
        while (simulation.InBurnIn)
        {
            simulation.Step();
        }

        using var start = new MemoryStream();
        simulation.WriteState(start);
        foreach (ArmPlan arm in scenario.Arms.Select(a => a with { Parameters = Watched(a.Parameters) }))
        {
            start.Position = 0;
            simulation.ReadState(start);
            simulation.BeginArm(arm);
            var rows = new MeasureReader(new MeasureColumns(scenario), simulation);
            for (long step = new RunSchedule(scenario).Steps; step > 0 && !simulation.HasEnded; step--)
            {
                simulation.Step();
            }

            for (int lesion = 0; lesion < simulation.Lesions.Count; lesion++)
            {
                rows.Read(simulation, lesion, arm.Parameters);
            }
        }

        return ParameterTable.All.Select(p => p.Id).Where(p => seen[(int)p]).ToHashSet();
    }
}
