using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;
using TmeSim.Reports.Writers;
using SP = ScottPlot;

namespace TmeSim.Reports.Plots;

/// <summary>
/// Figures through ScottPlot 5.1 as PNG. The layout is that of the SVG figures: every panel becomes a plot of its own at the same place, in
/// units of pixels and with the ticks of the layout, so that ranges, logarithms and categories agree in both. A first plot is the white paper,
/// a last one holds what lies around and over the panels: title, legend, dose tracks, scale bars, colour bar, note.
/// </summary>
public sealed class ScottPlotBackend : IFigureBackend
{
    public string Name => "scottplot";
    public string Extension => "png";

    public void Write(Figure figure, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(stream);
        var panels = new List<PanelLayout>();
        Scene scene = FigureLayout.Arrange(figure, (shapes, panel) =>
        {
            panels.Add(panel);
            AddAround(shapes, panel);
        });
        var whole = new Box(0, 0, scene.Width, scene.Height);
        var places = new Places();
        var page = new SP.Multiplot(places.Add(new SP.Plot(), whole)) { Layout = places };
        foreach (PanelLayout panel in panels)
        {
            page.Subplots.Add(places.Add(PanelPlot.Create(panel), PanelPlot.Area(panel)));
        }

        SP.Plot paper = places.Plots[0], around = new();
        foreach (SP.Plot plot in (SP.Plot[])[paper, around])
        {
            plot.Axes.Frameless();
            plot.HideGrid();
        }

        around.Axes.SetLimits(0, scene.Width, -scene.Height, 0);
        Ink.Add(around, scene.Shapes);
        page.Subplots.Add(places.Add(around, whole));

        // Plots take the background of the first when they are added; only that one is opaque.
        foreach (SP.Plot plot in places.Plots.Skip(1))
        {
            plot.FigureBackground.Color = SP.Colors.Transparent;
        }

        using SP.Image image = SP.IMultiplotExtensions.Render(page, (int)Math.Ceiling(scene.Width), (int)Math.Ceiling(scene.Height));
        stream.Write(image.GetImageBytes());
    }

    // Titles above a panel, dose tracks, notes beside rows and scale bar are drawn as they are in SVG.
    private static void AddAround(List<Shape> shapes, PanelLayout panel)
    {
        double top = LayoutStyle.AddLines(shapes, panel.Title, panel.Plot.Left, panel.Plot.Top - panel.Top, LayoutStyle.PanelTitleSize, LayoutStyle.Ink, bold: true);
        foreach (DoseTrack track in panel.Panel.DoseTracks)
        {
            DoseTrackPainter.Add(shapes, panel, track, top);
            top += LayoutStyle.TrackHeight;
        }

        PanelPainter.AddRowNotes(shapes, panel);
        if (panel.Panel.ScaleBar is { } bar)
        {
            ScaleBarPainter.Add(shapes, panel, bar);
        }
    }

    /// <summary>Puts every plot where the layout has it.</summary>
    private sealed class Places : SP.IMultiplotLayout
    {
        private readonly List<SP.PixelRect> _areas = [];

        public List<SP.Plot> Plots { get; } = [];

        public SP.Plot Add(SP.Plot plot, Box area)
        {
            Plots.Add(plot);
            _areas.Add(new SP.PixelRect((float)area.Left, (float)area.Right, (float)area.Bottom, (float)area.Top));
            return plot;
        }

        public SP.PixelRect[] GetSubplotRectangles(SP.SubplotCollection subplots, SP.PixelRect figureRect) => [.. _areas];
    }
}
