using TmeSim.Reports.Domain.Trials;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Tests.Plots;

namespace TmeSim.Reports.Tests.Domain.Trials;

public class KaplanMeierFigureTests
{
    private static readonly RiskRow[] Rows = [new(0, 4, 0, 0), new(3, 3, 0, 1), new(6, 1, 1, 2)];

    private static readonly SurvivalArm Arm = new("A", [new(2, 0.75, 0.4, 0.9), new(5, 0.375, 0.1, 0.8)], [4, 6.5], Rows)
    {
        Median = new MedianTime(5, 2, double.PositiveInfinity),
    };

    [Fact]
    public void Create_Curve_StartsAtAllAliveAndGoesOnToTheLastCensoring()
    {
        Panel panel = Draw(Arm).Panels[0]!;
        StepElement curve = Assert.Single(panel.Elements.OfType<StepElement>());
        Assert.Equal([0, 2, 5, 6.5], curve.X);
        Assert.Equal([100, 75, 37.5, 37.5], curve.Y);
        PointElement censored = Assert.Single(panel.Elements.OfType<PointElement>());
        Assert.Equal([4, 6.5], censored.X);
        Assert.Equal([75, 37.5], censored.Y);
    }

    [Fact]
    public void Create_Band_HasTwoCornersAtEachStep()
    {
        BandElement band = Assert.Single(Draw(Arm).Panels[0]!.Elements.OfType<BandElement>());
        Assert.Equal([0, 2, 2, 5, 5, 6.5, 6.5], band.X);
        Assert.Equal([100, 100, 40, 40, 10, 10, 10], band.Low);
    }

    [Fact]
    public void Create_Median_IsDroppedFromOneHalf()
    {
        LineElement[] lines = [.. Draw(Arm).Panels[0]!.Elements.OfType<LineElement>()];
        Assert.Equal([([0.0, 5.0], [50.0, 50.0]), ([5.0, 5.0], [50.0, 0.0])], lines.Select(l => (l.X.ToArray(), l.Y.ToArray())));
        Assert.Equal("Survival: median 5.0\u00A0months in A", Draw(Arm).Title);
        Assert.Equal("Survival: median not reached in A", Draw(Arm with { Median = new MedianTime(double.NaN) }).Title);
    }

    [Fact]
    public void Create_Table_HasAtRiskCensoredAndEventsBelowTheTicks()
    {
        Panel panel = Draw(Arm).Panels[0]!;
        Assert.Equal(["A", "At risk", "Censored", "Events"], panel.AxisRows.Select(row => row.Label));
        Assert.Equal([0, 3, 6], panel.X.TickValues);
        Assert.Equal(["4", "3", "1"], panel.AxisRows[1].Cells.Select(cell => cell.Text));
        Assert.Equal(["0", "0", "1"], panel.AxisRows[2].Cells.Select(cell => cell.Text));
        Assert.Equal(["0", "1", "2"], panel.AxisRows[3].Cells.Select(cell => cell.Text));
        Assert.All(panel.AxisRows, row => Assert.Equal("A", row.Group));
    }

    [Theory]
    [InlineData(760)]
    [InlineData(240)]
    public void Svg_CountsStandBelowTheirTicks_OneForEach(double width)
    {
        RiskRow[] rows = [.. Enumerable.Range(0, 13).Select(i => new RiskRow(i * 3, 2000 - i, 3000 + i, 4000 + i))];
        SvgText[] texts = SvgTexts.Of(SvgFile.Write(Draw(Arm with { Rows = rows }, new FigureOptions(Width: width)))).Texts;
        SvgText label = texts.Single(t => t.Content == "At risk");
        SvgText[] counts = [.. texts.Where(t => Math.Abs(t.Top - label.Top) < 0.1 && t != label).OrderBy(t => t.Left)];
        Assert.InRange(counts.Length, 2, 13);
        Assert.True(width > 300 || counts.Length < 13);
        Assert.All(counts, count =>
        {
            int tick = (2000 - int.Parse(count.Content)) * 3;
            SvgText number = texts.First(t => t.Content == tick.ToString() && t.Top < label.Top);
            Assert.Equal((number.Left + number.Right) / 2, (count.Left + count.Right) / 2, 1.0);
        });
    }

    [Fact]
    public void Values_HaveCurveCensoringTableAndMedian()
    {
        var values = FigureValues.Of(Draw(Arm));
        Assert.Equal("time_months", values.Columns[2]);
        Assert.Equal(["curve", "curve", "censored", "censored", "table", "table", "table", "median"], values.Rows.Select(row => row[1].Text));
        Assert.Equal([6, 1, 1, 2], new[] { 2, 6, 7, 8 }.Select(column => values.Rows[6][column].Number));
    }

    [Fact]
    public void Ticks_AreMultiplesThatReachTheEnd()
    {
        Assert.Equal([0, 3, 6, 9, 12, 15, 18, 21, 24, 27], TrialTime.Months.Ticks(26));
        Assert.Equal([0, 1, 2], TrialTime.Months.Ticks(1.5));
        Assert.Equal([0, 12, 24], TrialTime.Weeks.Ticks(24).Where(t => t % 12 == 0));
        Assert.InRange(TrialTime.Months.Ticks(1e6).Count, 2, 11);
        Assert.Equal([0, 1], TrialTime.Months.Ticks(double.NaN));
    }

    private static Figure Draw(SurvivalArm arm, FigureOptions? options = null) =>
        KaplanMeierFigure.Create([arm], "Survival", TrialTime.Months, "", 0.95, new ArmLooks(["A"]), options ?? new FigureOptions());
}
