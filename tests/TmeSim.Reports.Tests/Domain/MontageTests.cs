using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Tests.Plots;

namespace TmeSim.Reports.Tests.Domain;

public class MontageTests
{
    private static readonly ArmLooks Looks = new(["A", "B"]);

    [Fact]
    public void Tissue_ArmsAndTimes_FormRowsAndColumns()
    {
        Figure figure = TissueFigure.Create([Samples.Tissue("A", 42), Samples.Tissue("A", 0), Samples.Tissue("B", 42)], true, Looks, new FigureOptions("t"));
        Assert.Equal(2, figure.Columns);
        Assert.Equal(["A", "B"], figure.RowTitles);
        Assert.Equal(["t = 0 d", "t = 6 weeks", "t = 0 d", "t = 6 weeks"], figure.Panels.Select(panel => panel!.Title));
        Assert.Equal(["600 µm", "not recorded"], [$"{figure.Panels[0]!.X.Max} µm", figure.Panels[2]!.Elements.OfType<TextElement>().Single().Text]);
    }

    [Fact]
    public void Tissue_StartOfAllArms_IsDrawnOnce()
    {
        TissueFrame[] Frames(params double[] days) => [.. from arm in new[] { "A", "B" } from day in days select Samples.Tissue(arm, day)];
        Assert.Equal(["t = 0 d, all arms", "t = 3 d", "t = 6 weeks", null, "t = 3 d", "t = 6 weeks"], TissueFigure.Create(Frames(0, 3, 42), true, Looks, new FigureOptions()).Panels.Select(panel => panel?.Title));
        Assert.Equal(["t = 0 d, all arms", "A, t = 6 weeks", "B, t = 6 weeks"], TissueFigure.Create(Frames(0, 42), true, Looks, new FigureOptions()).Panels.Select(panel => panel?.Title));
        Figure single = TissueFigure.Create(Frames(42), true, Looks, new FigureOptions());
        Assert.Equal(("Tissue, t = 6 weeks", "A"), (single.Title, single.Panels[0]!.Title));
    }

    [Fact]
    public void Tissue_FramesOfOneSizeInARow_ShareAScaleBar()
    {
        TissueFrame[] frames = [.. from arm in new[] { "A", "B" } from day in new[] { 1.0, 3, 42 } select Samples.Tissue(arm, day)];
        bool[] Bars(params TissueFrame[] shown) => [.. TissueFigure.Create(shown, true, Looks, new FigureOptions()).Panels.Select(panel => panel!.ScaleBar is not null)];
        Assert.Equal([true, false, false, true, false, false], Bars(frames));
        Assert.Equal([true, true, false, true, false, false], Bars([frames[0], frames[1] with { SpacingUm = 40 }, .. frames[2..]]));
    }

    /// <summary>At 89 mm one label is too long for two columns, and is wrapped.</summary>
    [Fact]
    public void Tissue_LegendOfAJournalColumn_HasTwoColumns()
    {
        Figure figure = TissueFigure.Create([Samples.Tissue("A", 42)], true, Looks, new FigureOptions("t", Width: 336));
        double[] lefts = [.. SvgTexts.Of(SvgFile.Write(figure)).Texts.Where(t => figure.Legend.Any(e => e.Label == t.Content)).Select(t => Math.Round(t.Left)).Distinct()];
        Assert.Equal(2, lefts.Length);
    }

    [Fact]
    public void Tissue_Panels_BelongToTheirArms()
    {
        Figure figure = TissueFigure.Create([Samples.Tissue("B", 42), Samples.Tissue("A", 0), Samples.Tissue("A", 42)], true, Looks, new FigureOptions());
        Assert.Equal(["A", "A", "B", "B"], figure.Panels.Select(panel => panel!.Group));
    }

    [Fact]
    public void Tissue_ColumnsAsked_CountForArmsAtOneTime()
    {
        TissueFrame[] frames = [.. Enumerable.Range(0, 5).Select(i => Samples.Tissue($"A{i}", 0))];
        Assert.Equal(3, TissueFigure.Create(frames, true, Looks, new FigureOptions()).Columns);
        Assert.Equal(2, TissueFigure.Create(frames, true, Looks, new FigureOptions(Columns: 2)).Columns);
        Assert.Equal(2, TissueFigure.Create(frames, true, Looks, new FigureOptions(Columns: 5, Width: 240)).Columns);
    }

    [Theory]
    [InlineData(300, 100, "100 µm")]
    [InlineData(2000, 500, "500 µm")]
    [InlineData(4000, 1000, "1 mm")]
    [InlineData(20, 5, "5 µm")]
    public void ScaleBar_AnyWidth_IsRound(double widthUm, double length, string label) => Assert.Equal(new ScaleBar(length, label), Montage.ScaleBar(widthUm));

    [Fact]
    public void Raster_EachLayer_HasItsColourInTheMiddleOfTheSite()
    {
        TissueFrame frame = new("A", 0, 3, 1, 20, [2, 1, 4], [0, 1, 0], [1, float.NaN, float.NaN]);
        byte[] pixels = TissueRaster.Paint(frame, true, 1, 8);
        Assert.Equal(CellPalette.Vessel, At(pixels, 24, 4, 4));
        Assert.Equal(CellPalette.Cd8, At(pixels, 24, 12, 4));
        Assert.Equal(CellPalette.Necrotic, At(pixels, 24, 22, 4));
        Assert.Equal(CellPalette.Tumor, At(TissueRaster.Paint(frame, false, 1, 8), 24, 2, 4));
    }

    [Fact]
    public void Raster_SitesWithoutCells_AreHatchedWhereAsked()
    {
        TissueFrame frame = new("A", 0, 3, 3, 20, new byte[9], new byte[9], [.. Enumerable.Repeat(float.NaN, 9)]);
        bool Hatched(bool asked) => TissueRaster.Paint(frame, true, 1, 8, asked).Chunk(4).Any(p => new Rgb(p[0], p[1], p[2]) == TissueRaster.Hatch);
        Assert.Equal((true, false), (Hatched(true), Hatched(false)));
    }

    [Fact]
    public void Frames_ArraysThatDoNotFit_AreRefusedWithTheSizeNeeded()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TissueFigure.Create([Samples.Tissue("A", 0) with { Immune = [1] }], true, Looks, new FigureOptions("t")));
        Assert.Contains("600 values, 1 given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Field_ColourRange_IsSharedByAllFrames()
    {
        FieldFrame low = Samples.Field("A", 0) with { Values = [.. Enumerable.Repeat(1f, 600)] };
        FieldFrame high = Samples.Field("B", 0) with { Values = [.. Enumerable.Repeat(40f, 600)] };
        Figure figure = FieldFigure.Create([low, high], "Oxygen", "mmHg", Looks, new FigureOptions("t"));
        Assert.All(figure.Panels, panel => Assert.Equal((0, 40), Range(panel!.Elements.OfType<HeatMapElement>().Single())));
        Assert.Equal((0, 40), (figure.ColorBar!.Min, figure.ColorBar.Max));
        static (double, double) Range(HeatMapElement map) => (map.Min, map.Max);
    }

    [Fact]
    public void Outline_Disc_IsOneClosedLineAroundItsArea()
    {
        byte[] parenchyma = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(Math.Pow((i % 100) - 49.5, 2) + Math.Pow((i / 100) - 49.5, 2) < 900 ? 2 : 1))];
        LineElement line = Assert.Single(TumorOutline.Create(parenchyma, 100, 100, 1, ArmPalette.Line(0)));
        double area = 0;
        for (int i = 0; i < line.X.Count; i++)
        {
            int j = (i + 1) % line.X.Count;
            area += ((line.X[i] * line.Y[j]) - (line.X[j] * line.Y[i])) / 2;
        }

        Assert.InRange(Math.Abs(area), Math.PI * 900 * 0.97, Math.PI * 900 * 1.03);
    }

    [Fact]
    public void Outline_TumourAtTheWall_IsStillClosed() =>
        Assert.All(TumorOutline.Create([.. Enumerable.Repeat((byte)2, 50)], 10, 5, 20, ArmPalette.Line(0)), line => Assert.True(line.Closed && line.X.Count > 3));

    private static Rgb At(byte[] pixels, int width, int x, int y)
    {
        int at = ((y * width) + x) * 4;
        return new Rgb(pixels[at], pixels[at + 1], pixels[at + 2]);
    }
}
