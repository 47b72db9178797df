using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Drawing;

/// <summary>A saved figure of a section says by itself which replicate it shows, and how it was computed.</summary>
[Collection(nameof(ResponseScenario))]
public sealed class SectionNoteTests(ResponseScenario run)
{
    [Fact]
    public void TissueAndField_NameTheirReplicate()
    {
        var maps = new TissueMaps(new ResultSet("t", [run.Opened]));
        foreach (FigureRequest request in (FigureRequest[])[new() { Kind = FigureKind.Tissue, Arms = ["Stays"] }, new() { Kind = FigureKind.Field, Field = "oxygen", Arms = ["Stays"] }])
        {
            Assert.StartsWith("Replicate 0.", Assert.Single(maps.Draw(request, new Omissions())).Figure.Figure.Note, StringComparison.Ordinal);
        }
    }

    /// <summary>Where L is 0, as there are no pairs yet, no curve runs along −r.</summary>
    [Fact]
    public void Spatial_NamesItsMethodAndCells_AndBeginsWithTheFirstPairs()
    {
        var request = new FigureRequest { Kind = FigureKind.Spatial, Arms = ["Stays"], TimesHours = [0] };
        using var folder = new TemporaryFolder();
        FinishedRun inflamed = FinishedRun.Open(ResponseScenario.Run(
            ResponseScenario.Read("lesions[primary].immune.cd8=900 /mm2", "time.duration=1 d"), folder.Path, "Stays"));
        var results = new ResultSet("t", [new ScenarioRun(inflamed, inflamed.Scenario([]))]);
        Figure figure = Assert.Single(new SpatialFigures(results).Draw(request, new Omissions())).Figure.Figure;
        Assert.Contains("Replicate 0. Edge correction: translation. Null patterns: ", figure.Note, StringComparison.Ordinal);
        Assert.Matches(@"Cells in the tumour region: Stays \d+ CD8, \d+ tumour\.$", figure.Note);
        LineElement[] curves = [.. figure.Panels.SelectMany(p => p!.Elements).OfType<LineElement>().Where(l => l.Group is not null)];
        Assert.NotEmpty(curves);
        Assert.All(curves, curve => Assert.DoesNotContain(curve.X.Zip(curve.Y), point => point.First > 0 && point.Second <= -point.First));
    }
}
