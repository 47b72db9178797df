using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class PharmacokineticsFigureTests
{
    private static readonly ArmLooks Looks = new(["Control", "A"]);

    [Fact]
    public void Create_Drugs_HaveRoundDecadesAndTheirOwnDoses()
    {
        Figure figure = Draw(new DrugLevels("anti-PD-L1", "µg/mL", [Series(300, 20, 1.5, 0)]), new DrugLevels("TKI", "nM", [Series(80, 1e-30)]));
        Panel[] panels = [.. figure.Panels.OfType<Panel>()];
        Assert.Equal(["anti-PD-L1", "TKI", "PD-1"], panels.Select(panel => panel.Title));
        Assert.Equal((1, 1000), (panels[0].Y.Min, panels[0].Y.Max));
        Assert.Equal("blood concentration [µg/mL]", panels[0].Y.Caption);
        Assert.Equal(1e-3, panels[1].Y.Min!.Value, 12);
        Assert.Equal(100, panels[1].Y.Max);
        Assert.Equal("anti-PD-L1", Assert.Single(panels[0].DoseTracks).Label);
        Assert.Empty(panels[1].DoseTracks);
        Assert.Equal((0, 103, 100.0), (panels[2].Y.Min, panels[2].Y.Max, panels[2].Y.TickValues![^1]));
        Assert.All(panels, panel => Assert.Equal(1, panel.DaysPerX));
        Assert.All(panels.SelectMany(panel => panel.Elements), element => Assert.Equal("A", element.Group));
    }

    [Fact]
    public void Create_Targets_StartANewRow()
    {
        var drug = new DrugLevels("d", "nM", [Series(1)]);
        Figure figure = PharmacokineticsFigure.Create([drug, drug, drug], [new TargetOccupancy("t", [Series(0.5)])], [], Looks, new FigureOptions());
        Assert.Equal(["d", "d", "d", null, "t"], figure.Panels.Select(panel => panel?.Title));
    }

    [Fact]
    public void Create_NoDrug_SaysSo() =>
        Assert.Equal("no drug", Draw(new DrugLevels("d", "nM", [Series(0, 0)])).Panels[0]!.Elements.OfType<TextElement>().Single().Text);

    private static ArmSeries Series(params double[] values) => new("A", [[.. values.Select((_, i) => i * 7.0)]], [values]);

    private static Figure Draw(params IReadOnlyList<DrugLevels> drugs) =>
        PharmacokineticsFigure.Create(drugs, [new TargetOccupancy("PD-1", [Series(0.9, 0.5)])], [new DoseMark("A", "anti-PD-L1", 0)], Looks, new FigureOptions());
}
