using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class ResponseCurveFigureTests
{
    private static readonly SweepAxis Dose = new("dose", "mg/kg", true);
    private static readonly SweepAxis Value = new("volume", "%");
    private static readonly ArmLooks Looks = new(["A", "B"]);

    [Fact]
    public void Create_ValuesInAnyOrder_MakeARisingLineWithBandAndBars()
    {
        Panel panel = Draw(Dose, new ResponseCurve("A", [10, 1], [2, 1]) { Low = [1, 0], High = [4, 3], StandardErrors = [0.5, 0.25] });
        Assert.Equal([1, 10], panel.Elements.OfType<LineElement>().Single().X);
        BandElement band = panel.Elements.OfType<BandElement>().Single();
        Assert.Equal([0.0, 1.0, 3.0, 4.0], [.. band.Low, .. band.High]);
        PointElement points = panel.Elements.OfType<PointElement>().Single();
        Assert.Equal([0.75, 1.5, 1.25, 2.5], [.. points.ErrorLow!, .. points.ErrorHigh!]);
        Assert.All(panel.Elements.Where(element => element is not RuleElement), element => Assert.Equal("A", element.Group));
    }

    [Fact]
    public void Create_Words_ArmsStandBesideEachOtherWithoutLine()
    {
        var words = new SweepAxis("suppression", "", false, ["off", "on"]);
        Panel panel = Draw(words, new ResponseCurve("A", [0, 1], [1, 2]) { Low = [0, 1], High = [2, 3] }, new ResponseCurve("B", [0, 1], [1, 2]));
        PointElement[] points = [.. panel.Elements.OfType<PointElement>()];
        Assert.True(points[0].X[0] < 0 && points[1].X[0] > 0 && points[1].X[0] < points[0].X[1]);
        Assert.Empty(panel.Elements.OfType<BandElement>());
        Assert.Equal(2, panel.Elements.OfType<LineElement>().Count());
    }

    [Fact]
    public void Create_ValueBetweenGaps_ShowsItsSpread()
    {
        Panel panel = Draw(Dose, new ResponseCurve("A", [1, 2, 4], [1, double.NaN, 2]) { Low = [0, double.NaN, 1], High = [2, double.NaN, 3] });
        Assert.Equal([1.0, 4.0], panel.Elements.OfType<LineElement>().Where(line => line.Stroke.Opacity < 1).Select(line => line.X[0]));
    }

    [Fact]
    public void Create_SameScale_AllPanelsHaveOneAxis()
    {
        Figure figure = ResponseCurveFigure.Create([new ResponsePanel("1", Value, [new ResponseCurve("A", [1], [5])]), new ResponsePanel("2", Value, [new ResponseCurve("A", [1], [500])])], Dose, true, "", Looks, new FigureOptions());
        Assert.Equal(figure.Panels[0]!.Y.Max, figure.Panels[1]!.Y.Max);
        Assert.True(figure.Panels[0]!.Y.Max >= 500);
    }

    [Fact]
    public void Create_BandBelowZeroOnALogScale_StaysVisible()
    {
        Panel panel = ResponseCurveFigure.Create([new ResponsePanel("", Value with { IsLog = true }, [new ResponseCurve("A", [1, 2], [10, 20]) { Low = [-5, 1], High = [30, 40] }])], Dose, false, "", Looks, new FigureOptions()).Panels[0]!;
        Assert.Equal([1.0, 1.0], panel.Elements.OfType<BandElement>().Single().Low);
    }

    [Fact]
    public void Create_BadCurve_SaysWhatToWrite()
    {
        Assert.Contains("1 values for 2", Assert.Throws<ArgumentException>(() => Draw(Dose, new ResponseCurve("A", [1, 2], [1]))).Message, StringComparison.Ordinal);
        Assert.Contains("both or none", Assert.Throws<ArgumentException>(() => Draw(Dose, new ResponseCurve("A", [1], [1]) { Low = [1] })).Message, StringComparison.Ordinal);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => Draw(Dose, new ResponseCurve("A", [0], [1]))).Message, StringComparison.Ordinal);
    }

    private static Panel Draw(SweepAxis x, params IReadOnlyList<ResponseCurve> curves) =>
        ResponseCurveFigure.Create([new ResponsePanel("", Value, curves)], x, false, "", Looks, new FigureOptions()).Panels.Single()!;
}
