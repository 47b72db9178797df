using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>The tests that share <see cref="ResponseScenario"/>.</summary>
[CollectionDefinition(nameof(ResponseScenario))]
public sealed class ResponseScenarioTests : ICollectionFixture<ResponseScenario>;

/// <summary>A run in which every response occurs: a nodule of 195 cells that doubles its volume in six days, visited every third day.</summary>
public sealed class ResponseScenario : IDisposable
{
    private const string Text = """
        schema: tmesim/1
        name: Responses
        preset: clinical
        seed: 7
        replicates: 1
        time: {burn_in: 4 d, duration: 12 d, record_every: 1 d}
        tissue: {size: [0.8 mm, 0.8 mm]}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.16 mm, doubling_time: 6 d}
            immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
            vessels: {density: 60 /mm2, maturity: 0.4}
        parameters: {endpoints.assessment_interval: 3 d}
        arms:
          - {name: Grows}
          - {name: Stays, parameters: {growth.loss_rate: 0.1 /d}}
          - {name: Falls, parameters: {growth.loss_rate: 0.2 /d, cd8.kill_rate: 3 /d}}
          - name: Cleared
            parameters: {growth.loss_rate: 0.2 /d, cd8.kill_rate: 20 /d}
            therapy: [{radiotherapy: {fractions: 3, dose: 20 Gy, every: 1 d, target: primary}}]
          - {name: Not seen, parameters: {endpoints.assessment_interval: 30 d}}
          - {name: Seen late, parameters: {endpoints.assessment_interval: 6 d}}
          - {name: Less rise, parameters: {endpoints.progression_increase: 0.15}}
          - {name: Fewer mm, parameters: {endpoints.progression_absolute: 4 mm}}
          - {name: Both less, parameters: {endpoints.progression_increase: 0.15, endpoints.progression_absolute: 4 mm}}
          - {name: At the wall, parameters: {endpoints.wall_distance: 180 um}}
        """;

    private readonly TemporaryFolder _folder = new();

    public ResponseScenario() => Folder = Run(Read(), _folder.Path);

    /// <summary>Folder of the run, without figures.</summary>
    public string Folder { get; }

    /// <summary>The run, opened.</summary>
    internal ScenarioRun Opened => new(FinishedRun.Open(Folder), FinishedRun.Open(Folder).Scenario([]));

    public static ScenarioDefinition Read(params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Text, overrides: new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    /// <summary>Runs arms of a scenario, all where none is named, and gives the folder.</summary>
    public static string Run(ScenarioDefinition scenario, string directory, params string[] arms) => RunSession.Execute(
        new RunRequest { Scenario = scenario, OutDirectory = directory, Figures = false, Arms = [.. scenario.Arms.Index().Where(a => arms.Contains(a.Item.Name)).Select(a => a.Index)] },
        new RunProgress(), TestContext.Current.CancellationToken).Folder;

    public void Dispose() => _folder.Dispose();
}
