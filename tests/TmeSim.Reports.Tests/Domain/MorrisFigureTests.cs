using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class MorrisFigureTests
{
    [Fact]
    public void Create_FewFactors_AreNamedBesideTheirPoints()
    {
        Figure figure = Draw(("weak", Effect(new(1, 0.5, 1.5), 0.2)), ("strong", Effect(new(10, 9, 11), 4)));
        Assert.Equal(["strong", "weak"], Labels(figure));
        Assert.Equal(3, figure.Legend.Count);
        PointElement points = figure.Panels[0]!.Elements.OfType<PointElement>().Single();
        Assert.Equal([10.0, 1.0, 4.0, 0.2], [.. points.X, .. points.Y]);
    }

    [Fact]
    public void Create_CrowdedFactors_LargestAreNamedAndTheNoteSaysSo()
    {
        Figure figure = Draw([.. Enumerable.Range(0, 40).Select(i => ($"a long name of factor {i}", Effect(Estimate.Without(100 + (i * 0.01)), 100)))]);
        Assert.Equal("a long name of factor 39", Labels(figure)[0]);
        Assert.Equal(3, figure.Legend.Count);
        Assert.Contains("points that crowd have none", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ReferenceLines_HaveTheirSlopes()
    {
        LineElement[] lines = [.. Draw(("f", Effect(new(10, 9, 11), 4))).Panels[0]!.Elements.OfType<LineElement>()];
        Assert.Equal([1, 0.5, 0.1], lines.Select(line => Math.Round(line.Y[1] / line.X[1], 9)));
    }

    private static string[] Labels(Figure figure) => [.. figure.Panels[0]!.Elements.OfType<LabelElement>().Single().Labels.Select(label => label.Text)];

    private static MorrisEffect Effect(Estimate muStar, double sigma) => new(Estimate.None, muStar, sigma, 20);

    private static Figure Draw(params IReadOnlyList<(string Factor, MorrisEffect Effect)> factors) => MorrisFigure.Create([new MorrisPanel("x", "%", factors)], "95 % interval", "", new ArmLooks([]), new FigureOptions());
}
