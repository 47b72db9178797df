using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws a placed panel: title, dose tracks, grid, elements, axes, scale bar.</summary>
internal static class PanelPainter
{
    private const double CurveMargin = 3.5;

    public static void Add(List<Shape> shapes, PanelLayout panel)
    {
        TimeAxis? time = panel.Panel.DaysPerX is { } days ? new TimeAxis(panel.Plot, panel.X.Low * days, panel.X.High * days) : null;
        if (panel.Panel.Group is null && time is null)
        {
            AddAll(shapes, panel);
            return;
        }

        var inside = new List<Shape>();
        AddAll(inside, panel);
        shapes.Add(new GroupShape(inside, panel.Panel.Group, time));
    }

    private static void AddAll(List<Shape> shapes, PanelLayout panel)
    {
        double top = panel.Plot.Top - panel.Top;
        top = LayoutStyle.AddLines(shapes, panel.Title, panel.Plot.Left, top, LayoutStyle.PanelTitleSize, LayoutStyle.Ink, bold: true);
        foreach (DoseTrack track in panel.Panel.DoseTracks)
        {
            var ticks = new List<Shape>();
            DoseTrackPainter.Add(ticks, panel, track, top);
            shapes.AddRange(Grouped(ticks, track.Group));
            top += LayoutStyle.TrackHeight;
        }

        if (panel.Panel.Y.Visible && panel.Panel.Y.Categories is null)
        {
            AddGrid(shapes, panel);
        }

        // Axes lie below the data, and curves may be half a line wider than the plot area: a curve at 0 stays visible.
        AddAxes(shapes, panel);
        bool framed = !panel.Panel.X.Visible && !panel.Panel.Y.Visible;
        double margin = framed ? 0 : CurveMargin;
        var inside = new List<Shape>();
        ElementPainter.Add(inside, panel);
        if (inside.Count > 0)
        {
            shapes.Add(new ClipShape(new Box(panel.Plot.Left - margin, panel.Plot.Top - margin, panel.Plot.Right + margin, panel.Plot.Bottom + margin), inside));
        }

        if (framed)
        {
            shapes.Add(new RectShape(panel.Plot, null, 1, LayoutStyle.Frame));
        }

        AddRowNotes(shapes, panel);
        if (panel.Panel.ScaleBar is { } bar)
        {
            ScaleBarPainter.Add(shapes, panel, bar);
        }
    }

    private static void AddGrid(List<Shape> shapes, PanelLayout panel)
    {
        foreach (double tick in panel.Y.Ticks)
        {
            double y = panel.Plot.Bottom - (panel.Y.Fraction(tick) * panel.Plot.Height);
            Segment(shapes, panel.Plot.Left, y, panel.Plot.Right, y, LayoutStyle.Grid);
        }
    }

    private static void AddAxes(List<Shape> shapes, PanelLayout panel)
    {
        Box plot = panel.Plot;
        if (panel.Panel.X.Visible)
        {
            Segment(shapes, plot.Left, plot.Bottom, plot.Right, plot.Bottom, LayoutStyle.AxisLine);
            AddXLabels(shapes, panel);
        }

        if (panel.Panel.Y.Visible)
        {
            Segment(shapes, plot.Left, plot.Top, plot.Left, plot.Bottom, LayoutStyle.AxisLine);
            AddYLabels(shapes, panel);
        }
    }

    private static void AddXLabels(List<Shape> shapes, PanelLayout panel)
    {
        Box plot = panel.Plot;
        double top = plot.Bottom + LayoutStyle.TickLength + 3;
        for (int i = 0; i < panel.X.Ticks.Count; i++)
        {
            double x = plot.Left + (panel.X.Fraction(panel.X.Ticks[i]) * plot.Width);
            IReadOnlyList<string> lines = panel.XLabels.Lines[i];
            var tick = new List<Shape>();
            Segment(tick, x, plot.Bottom, x, plot.Bottom + (lines.Count > 0 ? LayoutStyle.TickLength : LayoutStyle.TickLength / 2), LayoutStyle.AxisLine);
            if (panel.XLabels.Vertical && lines.Count > 0)
            {
                tick.Add(new TextShape(new Pixel(x + (LayoutStyle.TickSize * 0.36), top), lines[0], LayoutStyle.TickSize, TextAnchor.End, LayoutStyle.Ink, Vertical: true));
            }
            else
            {
                LayoutStyle.AddLines(tick, lines, x, top, LayoutStyle.TickSize, LayoutStyle.Ink, anchor: TextAnchor.Middle);
            }

            shapes.AddRange(Grouped(tick, GroupOf(panel.Panel.X, i)));
        }

        LayoutStyle.AddLines(shapes, panel.XCaption, plot.CenterX, top + panel.XLabels.Height + 3, LayoutStyle.LabelSize, LayoutStyle.Ink, anchor: TextAnchor.Middle);
    }

    private static void AddYLabels(List<Shape> shapes, PanelLayout panel)
    {
        Box plot = panel.Plot;
        double right = plot.Left - LayoutStyle.TickLength - 4;
        for (int i = 0; i < panel.Y.Ticks.Count; i++)
        {
            double y = plot.Bottom - (panel.Y.Fraction(panel.Y.Ticks[i]) * plot.Height);
            var tick = new List<Shape>();
            Segment(tick, plot.Left - LayoutStyle.TickLength, y, plot.Left, y, LayoutStyle.AxisLine);
            double height = panel.YLabels[i].Count * LayoutStyle.Line(LayoutStyle.TickSize);
            LayoutStyle.AddLines(tick, panel.YLabels[i], right, y - (height / 2), LayoutStyle.TickSize, LayoutStyle.Ink, anchor: TextAnchor.End);
            shapes.AddRange(Grouped(tick, GroupOf(panel.Panel.Y, i)));
        }

        double line = LayoutStyle.Line(LayoutStyle.LabelSize);
        double x = right - panel.YLabelWidth - 8 - ((panel.YCaption.Count - 1) * line) - (LayoutStyle.LabelSize * TextMetrics.Descent);
        foreach (string text in panel.YCaption)
        {
            shapes.Add(new TextShape(new Pixel(x, plot.CenterY), text, LayoutStyle.LabelSize, TextAnchor.Middle, LayoutStyle.Ink, Vertical: true));
            x += line;
        }
    }

    public static void AddRowNotes(List<Shape> shapes, PanelLayout panel)
    {
        for (int i = 0; i < panel.RowNotes.Count; i++)
        {
            double y = panel.Plot.Bottom - (panel.Y.Fraction(i) * panel.Plot.Height);
            double height = panel.RowNotes[i].Count * LayoutStyle.Line(LayoutStyle.SmallSize);
            var note = new List<Shape>();
            LayoutStyle.AddLines(note, panel.RowNotes[i], panel.Plot.Right + 8, y - (height / 2), LayoutStyle.SmallSize, LayoutStyle.Ink);
            shapes.AddRange(Grouped(note, GroupOf(panel.Panel.Y, i)));
        }
    }

    private static string? GroupOf(Axis axis, int category) => axis.CategoryGroups is { } groups && category < groups.Count ? groups[category] : null;

    private static List<Shape> Grouped(List<Shape> shapes, string? group) =>
        group is null || shapes.Count == 0 ? shapes : [new GroupShape(shapes, group)];

    private static void Segment(List<Shape> shapes, double x1, double y1, double x2, double y2, Stroke stroke) =>
        shapes.Add(new PathShape([[new Pixel(x1, y1), new Pixel(x2, y2)]], false, null, 1, stroke));
}
