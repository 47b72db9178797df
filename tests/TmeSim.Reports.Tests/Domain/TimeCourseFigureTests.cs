using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class TimeCourseFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B"]);
    private static readonly FigureOptions Titled = new("t");

    [Theory]
    [InlineData(10, "d", 10)]
    [InlineData(182, "weeks", 26)]
    public void Create_TimeAxis_TakesDaysOrWeeksByLength(int days, string unit, double end)
    {
        Figure figure = TimeCourseFigure.Create([Samples.Measure("x", ["A"], days: days)], [], Looks, Titled);
        Assert.Equal("time since start of therapy", figure.Panels[0]!.X.Label);
        Assert.Equal(unit, figure.Panels[0]!.X.Unit);
        Assert.Equal(end, figure.Panels[0]!.X.Max);
    }

    [Fact]
    public void Create_OneReplicate_DrawsNoBand()
    {
        Assert.Empty(TimeCourseFigure.Create([Samples.Measure("x", ["A"], 1)], [], Looks, Titled).Panels[0]!.Elements.OfType<BandElement>());
        Assert.Single(TimeCourseFigure.Create([Samples.Measure("x", ["A"], 2)], [], Looks, Titled).Panels[0]!.Elements.OfType<BandElement>());
    }

    [Fact]
    public void Create_ArmMissingInOnePanel_KeepsItsColour()
    {
        Figure figure = TimeCourseFigure.Create([Samples.Measure("x", ["A", "B"]), Samples.Measure("y", ["B"])], [], Looks, Titled);
        Assert.Equal(ArmPalette.Line(1), figure.Panels[1]!.Elements.OfType<LineElement>().Single().Stroke);
    }

    [Fact]
    public void Create_SubsetOfArms_KeepsTheirLooks()
    {
        Figure figure = TimeCourseFigure.Create([Samples.Measure("x", ["B"])], [new DoseMark("B", "drug", 0)], Looks, Titled);
        Assert.Equal(ArmPalette.Line(1), figure.Legend[0].Line);
        Assert.Equal([ArmPalette.Color(1)], figure.Panels[0]!.DoseTracks[0].Colors);
        Assert.Equal("B", figure.Panels[0]!.DoseTracks[0].Group);
    }

    [Fact]
    public void Create_ArmWithoutData_IsNamedSo()
    {
        MeasureSeries measure = Samples.Measure("x", ["A"]) with { Observed = [] };
        Figure figure = TimeCourseFigure.Create([measure with { Arms = [.. measure.Arms, new ArmSeries("B", [], [])] }], [], Looks, Titled);
        Assert.Equal(["A", "B (no data)"], figure.Legend.Select(entry => entry.Label));
    }

    [Fact]
    public void Create_ObservedWithInterval_HasErrorBars()
    {
        ObservedPoints observed = new("trial", "A", [0, 10], [1, 2]) { Low = [0.5, double.NaN], High = [1.5, double.NaN] };
        Figure figure = TimeCourseFigure.Create([Samples.Measure("x", ["A"]) with { Observed = [observed] }], [], Looks, Titled);
        PointElement points = Assert.Single(figure.Panels[0]!.Elements.OfType<PointElement>());
        Assert.Equal([0.5, double.NaN], points.ErrorLow!);
        Assert.Equal([1.5, double.NaN], points.ErrorHigh!);
        Assert.Equal("A", points.Group);
    }

    [Fact]
    public void Create_ArmThatEndsEarly_IsMarkedWithARing()
    {
        MeasureSeries measure = Samples.Measure("x", ["A"]) with { Observed = [] };
        ArmSeries early = new("B", [[0, 10]], [[1, 2]]);
        Figure figure = TimeCourseFigure.Create([measure with { Arms = [.. measure.Arms, early] }], [], Looks, Titled);
        PointElement ring = Assert.Single(figure.Panels[0]!.Elements.OfType<PointElement>());
        Assert.Equal(10 / 7.0, ring.X.Single(), 12);
        Assert.Contains("Rings", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FewReplicatesEndEarly_HasNeitherRingNorRemark()
    {
        ArmSeries most = new("A", [[0, 10, 20], [0, 10, 20], [0, 10]], [[1, 2, 3], [1, 2, 3], [1, 2]]);
        Figure figure = TimeCourseFigure.Create([new MeasureSeries("x", "x", "", [most], [])], [], Looks, Titled);
        Assert.Empty(figure.Panels[0]!.Elements.OfType<PointElement>());
        Assert.DoesNotContain("Rings", figure.Note, StringComparison.Ordinal);
    }

    /// <summary>Two of three go on: a line is drawn, but it is the median of another set than before.</summary>
    [Fact]
    public void Create_WhereReplicatesHaveEnded_SaysWhoseMedianItIs()
    {
        double[] whole = [0, 1, 2, 3], cut = [0, 1];
        string Note(params double[][] times) => TimeCourseFigure.Create(
            [Samples.Measure("x", ["A"]) with { Arms = [new ArmSeries("A", times, [.. times.Select(t => t.Select(_ => 1.0).ToArray())])], Observed = [] }], [], Looks, Titled).Note!;

        Assert.Contains("Where replicates have ended, the median is that of those that go on.", Note(whole, cut, whole), StringComparison.Ordinal);
        Assert.DoesNotContain("those that go on", Note(whole, whole), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ValueThatIsUndefinedAtTheEnd_HasNoRing()
    {
        MeasureSeries measure = Samples.Measure("x", ["A"]) with { Observed = [] };
        double[] times = measure.Arms[0].TimesDaysPerReplicate[0];
        ArmSeries cleared = new("B", [times], [[.. times.Select((_, i) => i < times.Length / 2 ? 1 : double.NaN)]]);
        Figure figure = TimeCourseFigure.Create([measure with { Arms = [.. measure.Arms, cleared] }], [], Looks, Titled);
        Assert.Empty(figure.Panels[0]!.Elements.OfType<PointElement>());
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(12, 4)]
    public void Create_ManyArms_HaveMarkersAtPlacesOfTheirOwn(int count, int perArm)
    {
        string[] arms = [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        Figure figure = TimeCourseFigure.Create([Samples.Measure("x", arms) with { Observed = [] }], [], new ArmLooks(arms), Titled);
        double[] places = [.. figure.Panels[0]!.Elements.OfType<PointElement>().SelectMany(points => points.X)];
        Assert.Equal(count * perArm, places.Distinct().Count());
        Assert.Equal(perArm > 0, figure.Legend[0].Points is not null);
    }

    [Fact]
    public void Create_Doses_ShareATrackWhereSchedulesAgree()
    {
        DoseMark[] doses = [new("A", "drug", 0), new("A", "drug", 21), new("B", "drug", 0), new("B", "drug", 21), new("B", "other", 7)];
        IReadOnlyList<DoseTrack> tracks = TimeCourseFigure.Create([Samples.Measure("x", ["A", "B"])], doses, Looks, Titled).Panels[0]!.DoseTracks;
        Assert.Equal(["drug", "other"], tracks.Select(track => track.Label));
        Assert.Equal([0, 3.0], tracks[0].Times);
        Assert.Equal([ArmPalette.Color(0), ArmPalette.Color(1)], tracks[0].Colors);
        Assert.Equal([ArmPalette.Color(1)], tracks[1].Colors);
    }
}
