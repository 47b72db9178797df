using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class PosteriorPredictiveFigureTests
{
    [Fact]
    public void Create_Number_ShowsObservedOverPredicted()
    {
        Panel panel = Draw([], [new PredictiveTarget("CD8", "/mm²", new(180, 150, 210), [100, 200, 300]) { Weights = [1, 2, 1] }]).Panels.Single()!;
        Assert.Equal(["predicted", "observed"], panel.Y.Categories);
        PointElement[] points = [.. panel.Elements.OfType<PointElement>()];
        Assert.Equal([200, 100, 300], [points[0].X[0], points[0].XErrorLow![0], points[0].XErrorHigh![0]]);
        Assert.Equal([180, 150, 210], [points[1].X[0], points[1].XErrorLow![0], points[1].XErrorHigh![0]]);
        Assert.Contains(200, panel.Elements.OfType<SwarmElement>().Single().Values);
    }

    [Fact]
    public void Create_TimeCourse_HasBandsBelowObservedPointsInUnitsOfTheAxis()
    {
        var observed = new ObservedPoints("trial", "A", [14], [5]) { Low = [4], High = [6] };
        Panel panel = Draw([new PredictiveSeries("volume", "%", [0, 182], [0, 9], [-1, 8], [1, 10], observed) { InnerLow = [-0.5, 8.5], InnerHigh = [0.5, 9.5], Arm = "A" }], []).Panels.Single()!;
        Assert.Equal(("A", 7.0), (panel.Group, panel.DaysPerX));
        Assert.Equal(2, panel.Elements.OfType<BandElement>().Count());
        PointElement points = panel.Elements.OfType<PointElement>().Single();
        Assert.Equal([2.0, 5.0, 4.0, 6.0], [points.X[0], points.Y[0], points.ErrorLow![0], points.ErrorHigh![0]]);
        Assert.Same(points, panel.Elements[^1]);
    }

    [Fact]
    public void Create_CoursesAndNumbers_StartRowsOfTheirOwn()
    {
        var course = new PredictiveSeries("v", "", [0], [0], [0], [0], new ObservedPoints("", null, [], []));
        Figure figure = Draw([course], [new PredictiveTarget("a", "", new(1, 0, 2), [1])]);
        Assert.Equal([true, false, true], figure.Panels.Select(panel => panel is not null));
    }

    [Fact]
    public void Create_WeightsOfAnotherLength_AreAnError() =>
        Assert.Contains("1 weights for 2 values", Assert.Throws<ArgumentException>(() => Draw([], [new PredictiveTarget("a", "", new(1, 0, 2), [1, 2]) { Weights = [1] }])).Message, StringComparison.Ordinal);

    private static Figure Draw(IReadOnlyList<PredictiveSeries> series, IReadOnlyList<PredictiveTarget> targets) =>
        PosteriorPredictiveFigure.Create(series, targets, "standard error", "", new ArmLooks(["A"]), new FigureOptions());
}
