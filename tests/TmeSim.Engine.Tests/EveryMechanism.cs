using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios;

namespace TmeSim.Engine.Tests;

/// <summary>The scenario in which every mechanism has something to do (tests/scenarios/every-mechanism.yaml), on lattices of any shape.</summary>
internal static class EveryMechanism
{
    private static readonly ScenarioDefinition Scenario = Read();

    /// <summary>The plan on a lattice of this shape, with a burn-in of so many hours.</summary>
    public static SimulationPlan Plan(int nx, int ny, int nz, double burnInHours = 72) => Scenario.Plan with
    {
        Tissue = Scenario.Plan.Tissue with { Nx = nx, Ny = ny, Nz = nz },
        Time = Scenario.Plan.Time with { BurnInHours = burnInHours },
    };

    /// <summary>The treated arm, with other switches where given.</summary>
    public static ArmPlan Arm(MechanismSet? mechanisms = null) =>
        Scenario.Arms[0] with { Mechanisms = mechanisms ?? Scenario.Arms[0].Mechanisms };

    /// <summary>Burn-in on one thread, then the arm; the hash at its end and the most blocks that a pass of the arm was split into.</summary>
    public static (string Hash, int Blocks) Run(SimulationPlan plan, int threads, int armSteps, RowSplit split = default)
    {
        using var simulation = new Simulation(plan, 0, threads);
        simulation.Runner.Split = new RowSplit(int.MaxValue);
        simulation.RunBurnIn();
        simulation.Runner.Split = split;
        simulation.BeginArm(Arm());
        for (int i = 0; i < armSteps; i++)
        {
            simulation.Step();
        }

        return (simulation.StateHash(), simulation.Runner.MaxBlocks);
    }

    private static ScenarioDefinition Read()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml");
        ScenarioResult read = ScenarioReader.ReadFile(file);
        Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
        return read.Definition!;
    }
}
