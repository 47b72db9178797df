using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Cd8;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Experiments.Bench;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Benchmarks;

/// <summary>Steps of the whole model on tissues of the size that other simulators report, all nine fields and all processes on.</summary>
internal static class TissueWork
{
    private const int HoursPerDay = 24;

    /// <summary>A lattice with a round tumour of so many cells, seeded, fields settled, no burn-in.</summary>
    public static Simulation Tissue(Grid grid, int tumorCells, int cd8, int macrophages, int threads)
    {
        double radius = grid.Nz == 1 ? Math.Sqrt(tumorCells / Math.PI) : Math.Cbrt(tumorCells * 3 / (4 * Math.PI));
        double tumorMm2 = tumorCells * 0.02 * 0.02;
        string z = grid.Nz == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {grid.Nz * 0.02} mm");
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            schema: tmesim/1
            name: Tissue of a peer
            seed: 1
            replicates: 1
            time: {burn_in: 0 d, duration: 52 weeks, step: 1 h}
            tissue: {size: [{{grid.Nx * 0.02}} mm, {{grid.Ny * 0.02}} mm{{z}}], spacing: 20 um}
            lesions:
              - name: primary
                diameter: 45 mm
                tumor: {radius: {{radius * 0.02:F4}} mm, doubling_time: 290 d}
                immune: {pattern: inflamed, cd8: {{cd8 / tumorMm2:F3}} /mm2, macrophages: {{macrophages / tumorMm2:F3}} /mm2, cd163_fraction: 0.4}
            parameters: {endpoints.wall_distance: 20 um}
            arms: [{name: Control}]
            """);
        ScenarioResult read = ScenarioReader.ReadText(text, "tissue of a peer");
        ScenarioDefinition scenario = read.Definition ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics));
        var simulation = new Simulation(scenario.Plan, 0, threads);
        simulation.BeginArm(scenario.Arms[0]);
        return simulation;
    }

    /// <summary>Seconds of one step (an hour): means of whole days, so that what is done once a day is in each.</summary>
    public static BatchTimes SecondsPerStep(Simulation simulation, Timing timing, int threads) => timing.Measure(
        () => BenchScene.Seconds(simulation, HoursPerDay, CancellationToken.None) / HoursPerDay,
        threads);

    /// <summary>Million sub-steps a second of CD8 T cells and steps of macrophages, whole processes, on the scene of <c>tmesim bench</c>; by days.</summary>
    public static (BatchTimes Cd8, BatchTimes Macrophages) ImmuneRates(Timing timing)
    {
        using Simulation simulation = BenchScene.At(256, timing.Quick ? 3 : 7, 7, 1, CancellationToken.None);
        LesionState lesion = simulation.Lesions[0];
        int subSteps = Cd8Motion.SubSteps(simulation.Plan.Parameters, simulation.Plan.Time.StepHours, lesion.Shape.SpacingUm);
        double Day(StepPhase phase, Func<int> cells, int perStep)
        {
            var profile = new StepProfile();
            simulation.Probe = profile;
            double steps = 0;
            for (int i = 0; i < HoursPerDay; i++)
            {
                simulation.Step();
                steps += (double)cells() * perStep;
            }

            return steps * 1000 / (profile.NsPerSite(phase) * profile.SiteSteps);
        }

        return (timing.Measure(() => Day(StepPhase.Cd8, () => lesion.Cd8.Count, subSteps)),
            timing.Measure(() => Day(StepPhase.Macrophages, () => lesion.Macrophages.Count, 1)));
    }
}
