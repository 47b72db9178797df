using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>Ranking of assumptions: who has a part, over which range, and that it goes on where it stopped.</summary>
public sealed class ScreeningSessionTests : IDisposable
{
    private const string Question = """
        schema: tmesim/1
        name: Small question
        seed: 3
        replicates: 1
        time: {burn_in: 1 d, duration: 4 d, record_every: 1 d}
        tissue: {size: [0.6 mm, 0.6 mm]}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.14 mm, doubling_time: 60 d}
            immune: {pattern: inflamed, cd8: 300 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
            vessels: {density: 60 /mm2, maturity: 0.4}
        arms:
          - name: Control
          - name: Beam
            therapy: [{radiotherapy: {fractions: 1, dose: 8 Gy}}]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-screening-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Assumptions_AreRankedByWhatTheyDo()
    {
        ScreeningRequest request = new([("beam", Question)])
        {
            OutDirectory = _folder, Trajectories = 6, Jobs = 2, Keys = ["radiation.alpha", "atr.damp_gain", "cd8.sub_steps",
                "cd8.chemotaxis", "radiation.max_divisions"],
        };
        IReadOnlyList<ScreenedParameter> ranking = ScreeningSession.Execute(request, new RunProgress(),
            TestContext.Current.CancellationToken);
        ScreenedParameter[] effects = [.. ranking.Where(p => p.Output == ScreeningSession.Ranked)];
        Assert.Equal("radiation.alpha", effects[0].Factor.Entry.Key);
        Assert.Equal(["cd8.chemotaxis", "radiation.alpha", "radiation.max_divisions"],
            effects.Where(p => p.Count > 0).Select(p => p.Factor.Entry.Key).Order(StringComparer.Ordinal));
        ScreeningFactor chemotaxis = effects.Single(p => p.Factor.Entry.Key == "cd8.chemotaxis").Factor;
        Assert.Equal((0.1, 0.4), (effects[0].Factor.From, effects[0].Factor.To));
        Assert.Equal((0.5, 2), (chemotaxis.From, chemotaxis.To));
        Assert.True(effects[0].Mean.High < 0 && effects[0].MeanAbsolute.Low > 0, "more cells die of a steeper survival curve");
        Assert.Equal("has no part in it", effects.Single(p => p.Factor.Entry.Key == "atr.damp_gain").Factor.Left);
        Assert.Equal("is 0", effects.Single(p => p.Factor.Entry.Key == "cd8.sub_steps").Factor.Left);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "ranking.csv"));
        Assert.StartsWith("beam,effect on tumor_volume_change,1,radiation.alpha,0.1,0.4,/Gy,", lines[1], StringComparison.Ordinal);

        // What is finished is not run again.
        string[] journals = [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(f =>
            f.Contains("journal", StringComparison.Ordinal))];
        Assert.NotEmpty(journals);
        Dictionary<string, string> before = journals.ToDictionary(f => f, File.ReadAllText);
        IReadOnlyList<ScreenedParameter> again = ScreeningSession.Execute(request, new RunProgress(),
            TestContext.Current.CancellationToken);
        Assert.Equal(ranking.Select(p => p.MeanAbsolute), again.Select(p => p.MeanAbsolute));
        Assert.All(before, b => Assert.Equal(b.Value, File.ReadAllText(b.Key)));
    }

    [Fact]
    public void QuestionThatIsNotValid_IsRefused() => Assert.Throws<ScenarioRefusedException>(() => ScreeningSession.Execute(
        new ScreeningRequest([("x", Question)]) { OutDirectory = _folder, Sets = ["time.duration=-1 d"] }, new RunProgress(),
            TestContext.Current.CancellationToken));
}
