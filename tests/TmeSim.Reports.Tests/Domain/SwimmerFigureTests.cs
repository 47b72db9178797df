using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SwimmerFigureTests
{
    [Fact]
    public void Create_Lanes_StandByTimeToProgressionWithTherapyAndMarks()
    {
        SwimmerLane[] lanes = [new(28, 14, double.NaN, 14, "SD"), new(28, double.PositiveInfinity, 7, double.NaN, "PR"), new(20, double.NaN, double.NaN, 20, "PD")];
        Figure figure = SwimmerFigure.Create([new SwimmerArm("B", []), new SwimmerArm("A", lanes)], "Rules.", new ArmLooks(["A", "B"]), new FigureOptions());
        Assert.Equal(["A", "B"], figure.Panels.Select(panel => panel!.Group));
        Panel panel = figure.Panels[0]!;
        Assert.Equal(["SD", "PD", "PR"], panel.RowNotes);
        BarElement[] bars = [.. panel.Elements.OfType<BarElement>()];
        Assert.Equal([28, 20, 28.0], bars[0].Value);
        Assert.Equal([28, double.NaN, 14], bars[1].Value);
        ArrowElement arrow = Assert.Single(panel.Elements.OfType<ArrowElement>());
        Assert.Equal((28, bars[0].Position[0]), (arrow.FromX, arrow.Y));
        Assert.InRange(arrow.X, 28.1, panel.X.Max!.Value);
        Assert.Contains("arrows: it goes on", figure.Note, StringComparison.Ordinal);
        PointElement[] marks = [.. panel.Elements.OfType<PointElement>()];
        Assert.Equal([7, double.NaN, double.NaN], marks[0].X);
        Assert.Equal([double.NaN, 20, 14], marks[1].X);
        Assert.Equal("Progression in 2 of 3 replicates of A, 0 of 0 of B", figure.Title);
        Assert.EndsWith("Rules.", figure.Note, StringComparison.Ordinal);
    }
}
