using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>A panel with the room around its plot area measured, and later its place.</summary>
internal sealed class PanelLayout
{
    private const double WidestCategory = 190;
    private const double WidestNote = 230;
    private const int MostLines = 6;
    private const double NoteGap = 8;
    private readonly DataRange _data;

    public PanelLayout(Panel panel, double columnWidth)
    {
        Panel = panel;
        _data = new DataRange(panel);
        double height = panel.Aspect is { } aspect ? columnWidth * aspect : panel.PlotHeight;
        Y = AxisMap.Create(panel.Y, _data.Y, Math.Max(2, (int)(height / LayoutStyle.ClosestYTicks)));
        double slot = height / Math.Max(1, Y.Labels.Count);
        YLabels = [.. Y.Labels.Select((label, i) => !panel.Y.Labelled ? [] : panel.Y.Categories is null ? [label] : Rows(label, i, slot, CategoryWidth(columnWidth), LayoutStyle.TickSize))];
        RowNotes = [.. panel.RowNotes.Take(Y.Labels.Count).Select((note, i) => Rows(note, i, slot, NoteWidth(columnWidth), LayoutStyle.SmallSize))];
        YCaption = Caption(panel.Y, height);
        TrackLabelWidth = Math.Min(LayoutStyle.TrackLabelWidth, columnWidth * 0.35);
        Left = Math.Max(LeftOfAxis(), panel.DoseTracks.Select(WidthBesideTrack).DefaultIfEmpty(0).Max());
        double notes = RowNotes.SelectMany(l => l).Select(l => NoteGap + TextMetrics.Width(l, LayoutStyle.SmallSize)).DefaultIfEmpty(0).Max();
        X = AxisMap.Create(panel.X, _data.X, XIntervals(columnWidth - Left - notes));
        Right = Math.Max(notes, X.Labels.Count == 0 || !panel.X.Visible || !panel.X.Labelled || panel.X.Categories is not null ? 1 : RightOverhang(columnWidth - Left));
        XLabels = new TickLabels([], false, 0);
        XCaption = [];
    }

    public Panel Panel { get; }

    public AxisMap X { get; private set; }

    public AxisMap Y { get; }

    public TickLabels XLabels { get; private set; }

    public IReadOnlyList<IReadOnlyList<string>> YLabels { get; }

    /// <summary>Lines of the texts right of the plot area.</summary>
    public IReadOnlyList<IReadOnlyList<string>> RowNotes { get; }

    /// <summary>Room for the names of dose tracks [px].</summary>
    public double TrackLabelWidth { get; }

    public IReadOnlyList<string> XCaption { get; private set; }

    public IReadOnlyList<string> YCaption { get; }

    /// <summary>Room left of the plot area [px].</summary>
    public double Left { get; }

    /// <summary>Room right of the plot area [px].</summary>
    public double Right { get; }

    public double Top { get; private set; }

    public double Bottom { get; private set; }

    /// <summary>Width of the labels beside the y axis [px].</summary>
    public double YLabelWidth => Panel.Y.Visible ? YLabels.SelectMany(l => l).Select(l => TextMetrics.Width(l, LayoutStyle.TickSize)).DefaultIfEmpty(0).Max() : 0;

    public Box Plot { get; private set; }

    public IReadOnlyList<string> Title { get; private set; } = [];

    /// <summary>Decides all that depends on the width of the plot area.</summary>
    public double Fit(double plotWidth)
    {
        X = AxisMap.Create(Panel.X, _data.X, XIntervals(plotWidth));
        Title = Panel.Title.Length == 0 ? [] : TextWrap.Lines(Panel.Title, plotWidth, LayoutStyle.PanelTitleSize, bold: true, maxLines: 5);
        Top = (Title.Count * LayoutStyle.Line(LayoutStyle.PanelTitleSize)) + (Panel.DoseTracks.Count * LayoutStyle.TrackHeight) + (Panel.DoseTracks.Count > 0 ? 6 : 4);
        if (Panel.X.Visible)
        {
            XLabels = Panel.X.Labelled ? TickLabels.Create(X, plotWidth) : new TickLabels([.. X.Labels.Select(_ => Array.Empty<string>())], false, 0);
            XCaption = Caption(Panel.X, plotWidth);
            Bottom = LayoutStyle.TickLength + (Panel.X.Labelled ? 3 + XLabels.Height + 3 + (XCaption.Count * LayoutStyle.Line(LayoutStyle.LabelSize)) : 0);
        }

        return Panel.Aspect is { } aspect ? plotWidth * aspect : Panel.PlotHeight;
    }

    public void Place(double left, double top, double width, double height) => Plot = new Box(left, top, left + width, top + height);

    /// <summary>Pixel of a point in data coordinates; NaN where it has no place.</summary>
    public Pixel At(double x, double y) => new(Plot.Left + (X.Fraction(x) * Plot.Width), Plot.Bottom - (Y.Fraction(y) * Plot.Height));

    private static IReadOnlyList<string> Caption(Axis axis, double length) =>
        axis.Visible && axis.Labelled && axis.Caption.Length > 0 ? TextWrap.Lines(axis.Caption, length, LayoutStyle.LabelSize, maxLines: 3) : [];

    private static int XIntervals(double width) => Math.Max(2, (int)(width / 48));

    /// <summary>Height [px] that rows need for the names of categories and the texts beside them, all rows alike.</summary>
    public static double RowHeight(IEnumerable<string> names, IEnumerable<string> notes, double columnWidth)
    {
        int lines = names.Select(name => TextWrap.Lines(name, CategoryWidth(columnWidth), LayoutStyle.TickSize, maxLines: MostLines).Count).DefaultIfEmpty(1).Max();
        int noted = notes.Select(note => TextWrap.Lines(note, NoteWidth(columnWidth), LayoutStyle.SmallSize, maxLines: MostLines).Count).DefaultIfEmpty(1).Max();
        return Math.Max(lines * LayoutStyle.Line(LayoutStyle.TickSize), noted * LayoutStyle.Line(LayoutStyle.SmallSize)) + 8;
    }

    private static double CategoryWidth(double columnWidth) => Math.Min(WidestCategory, columnWidth * 0.36);

    private static double NoteWidth(double columnWidth) => Math.Min(WidestNote, columnWidth * 0.3);

    // As many lines as the row has room for; where even one is too many, only every second, third … row is named.
    private static IReadOnlyList<string> Rows(string text, int row, double slot, double width, double size)
    {
        int every = Math.Max(1, (int)Math.Ceiling(LayoutStyle.Line(size) / slot));
        return row % every == 0 ? TextWrap.Lines(text, width, size, maxLines: Math.Clamp((int)(slot / LayoutStyle.Line(size)), 1, MostLines)) : [];
    }

    private double WidthBesideTrack(DoseTrack track) =>
        Math.Min(TrackLabelWidth, TextMetrics.Width(PlainText.Clean(track.Label), LayoutStyle.SmallSize)) + 8;

    private double LeftOfAxis() => Panel.Y.Visible
        ? LayoutStyle.TickLength + (Panel.Y.Labelled ? 4 : 0) + YLabelWidth + (YCaption.Count == 0 ? 0 : 8 + (YCaption.Count * LayoutStyle.Line(LayoutStyle.LabelSize)))
        : 1;

    private double RightOverhang(double width)
    {
        double half = TextMetrics.Width(X.Labels[^1], LayoutStyle.TickSize) / 2;
        return Math.Max(6, half - ((1 - X.Fraction(X.Ticks[^1])) * width));
    }
}
