using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class CloneFigureTests
{
    [Fact]
    public void Create_Bands_StackToOne()
    {
        Figure figure = CloneFigure.Create(
            [new CloneCourse("Control", [0, 7, 14], [new("founder", ClonePalette.Founder, [0.9, 0.7, 0.2]), new("B2M", ClonePalette.Color(0), [0.1, 0.3, 0.8])])],
            [new DoseMark("Control", "drug", 0)], "Mean.", new ArmLooks(["Control"]), new FigureOptions());
        Panel panel = Assert.Single(figure.Panels)!;
        BandElement[] bands = [.. panel.Elements.OfType<BandElement>()];
        Assert.Equal([90, 70, 20.0], bands[0].High.Select(v => Math.Round(v, 9)));
        Assert.Equal("B2M: from 10 to 80\u00A0% of living tumour cells", figure.Title);
        Assert.Equal(bands[0].High, bands[1].Low);
        Assert.All(bands[1].High, v => Assert.Equal(100, v, 1e-9));
        Assert.Equal(["founder", "B2M"], figure.Legend.Select(l => l.Label));
        Assert.Single(panel.DoseTracks);
        Assert.Equal((0, 100), (panel.Y.Min, panel.Y.Max));
    }

    [Fact]
    public void Palette_GenesAndFounder_Differ()
    {
        Rgb[] colors = [ClonePalette.Founder, .. Enumerable.Range(0, 10).Select(ClonePalette.Color), .. Enumerable.Range(0, 5).Select(ClonePalette.Pale)];
        Assert.Equal(colors.Length, colors.Distinct().Count());
    }
}
