using System.Diagnostics;
using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Bench;

/// <summary>
/// The tissue that speed is measured on: a square of liver, all fields, under atezolizumab + bevacizumab. In its third week of therapy
/// tumour covers two fifths and more, with at least 200 CD8 T cells and 300 macrophages per mm² of it; therapy more than triples
/// the CD8 T cells, so fewer are asked for at the start.
/// </summary>
public static class BenchScene
{
    /// <summary>Days of a patient-year.</summary>
    public const double YearDays = 365;

    private const double SpacingUm = 20;
    private const double TumorShare = 0.5;

    /// <summary>The scenario of the scene.</summary>
    /// <param name="sites">Sites along each axis.</param>
    /// <param name="burnInDays">Length of the burn-in [d]; 0 starts from the seeded cells.</param>
    public static ScenarioDefinition Scenario(int sites, double burnInDays)
    {
        double sizeMm = sites * SpacingUm / 1000;
        double radiusMm = sizeMm * Math.Sqrt(TumorShare / Math.PI);
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            schema: tmesim/1
            name: Benchmark scene
            seed: 1
            replicates: 1
            time: {burn_in: {{burnInDays}} d, duration: 52 weeks, step: 1 h}
            tissue: {size: [{{sizeMm}} mm, {{sizeMm}} mm], spacing: 20 um}
            lesions:
              - name: primary
                diameter: 45 mm
                tumor: {radius: {{radiusMm:F4}} mm, doubling_time: 290 d}
                immune: {pattern: inflamed, cd8: 70 /mm2, macrophages: 300 /mm2, cd163_fraction: 0.4}
            parameters: {endpoints.wall_distance: 20 um}
            arms:
              - name: A+B
                therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
            """);
        ScenarioResult read = ScenarioReader.ReadText(text, "benchmark scene");
        return read.Definition ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics));
    }

    /// <summary>A simulation of the scene, run to a time after the start of therapy.</summary>
    /// <param name="sites">Sites along each axis.</param>
    /// <param name="burnInDays">Length of the burn-in [d].</param>
    /// <param name="days">Days under therapy.</param>
    /// <param name="threads">Threads inside a step.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="signals">Lattice of the signals.</param>
    public static Simulation At(int sites, double burnInDays, double days, int threads, CancellationToken cancellation,
        SignalSpacing signals = SignalSpacing.Auto)
    {
        ScenarioDefinition scenario = Scenario(sites, burnInDays);
        var simulation = new Simulation(
            scenario.Plan with { Tissue = scenario.Plan.Tissue with { Signals = signals } }, 0, threads);
        simulation.RunBurnIn(cancellation);
        simulation.BeginArm(scenario.Arms[0]);
        while (simulation.TimeHours < days * 24)
        {
            cancellation.ThrowIfCancellationRequested();
            simulation.Step();
        }

        return simulation;
    }

    /// <summary>Seconds of the therapy of one patient over a year, scaled up from fewer days; burn-in and start are not in it. One thread.</summary>
    /// <param name="sites">Sites along each axis.</param>
    /// <param name="days">Days to simulate, above 0.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static double PatientYear(int sites, double days, CancellationToken cancellation)
    {
        using Simulation simulation = At(sites, 7, 0, 1, cancellation);
        return Seconds(simulation, (int)(days * 24), cancellation) * YearDays / days;
    }

    /// <summary>Seconds of so many steps.</summary>
    /// <param name="simulation">What to go on with.</param>
    /// <param name="steps">Steps, at least 0.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static double Seconds(Simulation simulation, int steps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            simulation.Step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
