using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class RankCorrelationFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B"]);

    [Fact]
    public void Create_Factors_StandSortedBySizeWithTheirIntervals()
    {
        Panel panel = Draw(new RankCorrelationArm("A", 64, [("small", R(0.1, -0.1, 0.3)), ("large", R(-0.8, -0.9, -0.7))]));
        Assert.Equal(["small", "large"], panel.Y.Categories);
        PointElement[] points = [.. panel.Elements.OfType<PointElement>()];
        Assert.Equal([-0.9, -0.8, -0.7, 1], [points[0].XErrorLow!.Single(), points[0].X.Single(), points[0].XErrorHigh!.Single(), points[0].Y.Single()]);
        Assert.Equal([Looks.Color("A"), Rgb.White], points.Select(point => point.Style.Fill!.Value));
        Assert.Equal((-1, 1), (panel.X.Min, panel.X.Max));
        Assert.Equal(2, panel.RowNotes.Count);
    }

    [Fact]
    public void Create_SignificanceGiven_GoesBeforeTheInterval()
    {
        Panel panel = Draw(new RankCorrelationArm("A", 64, [("f", R(0.3, 0.1, 0.5) with { P = 0.3 })]));
        Assert.Equal(Rgb.White, panel.Elements.OfType<PointElement>().Single().Style.Fill);
    }

    [Fact]
    public void Create_TwoArms_StandBesideEachOtherInARow()
    {
        Panel panel = Draw(new RankCorrelationArm("B", 64, [("f", R(0.5, 0.4, 0.6))]), new RankCorrelationArm("A", 64, [("f", R(0.2, 0.1, 0.3)), ("g", R(0.1, 0, 0.2))]));
        PointElement[] row = [.. panel.Elements.OfType<PointElement>().Where(point => point.Y.Single() > 0.5)];
        Assert.Equal(["A", "B"], row.Select(point => point.Group));
        Assert.True(row[0].Y[0] > row[1].Y[0] && row[0].Y[0] - row[1].Y[0] < 1);
    }

    [Theory]
    [InlineData(64, 64, "n = 64 runs per arm.")]
    [InlineData(64, 32, "Runs: A n = 64, B n = 32.")]
    public void Create_Runs_AreSaid(int a, int b, string expected) =>
        Assert.EndsWith(expected, RankCorrelationFigure.Create([new("x", [new("A", a, []), new("B", b, [])])], "i", "", Looks, new FigureOptions()).Note, StringComparison.Ordinal);

    [Fact]
    public void Create_FactorTwice_IsAnError() =>
        Assert.Contains("'f' comes twice", Assert.Throws<ArgumentException>(() => Draw(new RankCorrelationArm("A", 1, [("f", R(0, 0, 0)), ("f", R(0, 0, 0))]))).Message, StringComparison.Ordinal);

    private static RankCorrelation R(double value, double low, double high) => new(new(value, low, high), double.NaN, 64);

    private static Panel Draw(params IReadOnlyList<RankCorrelationArm> arms) => RankCorrelationFigure.Create([new("x", arms)], "95 % interval", "", Looks, new FigureOptions()).Panels.Single()!;
}
