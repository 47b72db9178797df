using System.Diagnostics;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Work;

public sealed class SweepForecastTests : IDisposable
{
    // A mouse tumour that fills the tile: to go on after the burn-in without an arm is another, far slower simulation.
    private const string Growing = """
        schema: tmesim/1
        name: Growing
        preset: murine
        seed: 3
        replicates: 2
        time: {burn_in: 6 d, duration: 6 d, record_every: 1 d}
        tissue: {size: [1.2 mm, 1.2 mm]}
        lesions:
          - name: primary
            diameter: 8 mm
            tumor: {radius: 0.2 mm, doubling_time: 2 d}
        arms:
          - name: Control
          - {name: Treated, therapy: [{drug: atezolizumab, dose: 10 mg/kg, every: 3 d}]}
        sweep:
          vary: {"arms[Treated].therapy[atezolizumab].dose": [1 mg/kg, 2 mg/kg, 5 mg/kg, 10 mg/kg]}
          outputs: [tumor_volume_change@end]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Forecast_OfASweep_IsWithinHalfOfWhatItTakes()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ScenarioResult read = ScenarioReader.ReadText(Growing);
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        var request = new SweepRequest { Scenario = read.Definition!, Folder = Path.Combine(_folder.Path, "sweep"), Jobs = 1, Figures = false };

        // Once before, so that nothing is compiled within what is measured.
        SweepSession.Execute(request with { Folder = Path.Combine(_folder.Path, "before") }, new RunProgress(), cancellation);
        var forecast = SweepForecast.Of(request, cancellation);

        // With one job all work is done on this thread, whatever else the machine does.
        double before = ThreadClock.Seconds();
        SweepSession.Execute(request, new RunProgress(), cancellation);
        double took = ThreadClock.Seconds() - before;

        Assert.InRange(forecast.Seconds!.Value / took, 1 / 1.5, 1.5);
    }

    [Fact]
    public void Seconds_OfTasks_CountSharedBurnInsEarlyEndsAndWhoIsFree()
    {
        SweepTask Task(params int[] arms) => new(0, [.. arms.Select((a, i) => (default(RunId), new PointArm(i, a)))]);
        var pace = new SweepPace(BurnInStep: 0.5, ArmStep: 1, CoreShare: 1, new Dictionary<int, double> { [1] = 0.25 });
        SweepTask[] tasks = [Task(0, 1), Task(0), Task(1), Task(1)];

        // 10 + 8 + 2, 10 + 8, 10 + 2, 10 + 2: alone in a row, then by two.
        Assert.Equal(62, pace.Seconds(tasks, _ => (20, 8), 1), 9);
        Assert.Equal(32, pace.Seconds(tasks, _ => (20, 8), 2), 9);
        Assert.Equal(20, pace.Seconds(tasks, _ => (20, 8), 9), 9);
    }

    [Fact]
    public void Steps_OfPoints_AreThoseOfTheirTimes()
    {
        string text = Growing[..Growing.IndexOf("sweep:", StringComparison.Ordinal)] + "sweep: {vary: {time.burn_in: [1 d, 2 d], time.duration: [3 d, 6 d]}, outputs: [tumor_cells@3 d]}\n";
        ScenarioDefinition scenario = ScenarioReader.ReadText(text).Definition!;
        var points = SweepPoints.Of(scenario.SweepSpace!, SweepDesign.Of(scenario.Sweep!), TestContext.Current.CancellationToken);

        Assert.Equal([(24, 72), (24, 144), (48, 72), (48, 144)], Enumerable.Range(0, 4).Select(points.Steps));
    }

    [Fact]
    public void ThreadClock_OfAThreadThatSleeps_StandsStill()
    {
        Assert.SkipUnless(ThreadClock.KnowsWaiting, "this system does not tell waiting from working");
        double before = ThreadClock.Seconds();
        Thread.Sleep(200);

        Assert.InRange(ThreadClock.Seconds() - before, 0, 0.1);
    }

    // A clock that moves by the ticks of the system stands still over some steps of a small simulation.
    [Fact]
    public void ThreadClock_OfAThreadThatWorks_MovesWithinAMillisecond()
    {
        for (int i = 0; i < 1000; i++)
        {
            (double before, var watch) = (ThreadClock.Seconds(), Stopwatch.StartNew());
            while (watch.Elapsed.TotalMicroseconds < 20)
            {
            }

            Assert.True(ThreadClock.Seconds() > before);
        }
    }
}
