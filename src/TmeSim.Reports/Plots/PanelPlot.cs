using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;
using TmeSim.Reports.Plots.Ticks;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>A panel as a plot, with the room around its plot area measured.</summary>
internal sealed class PanelPlot
{
    private const float WidestCategory = 190;
    private const float WidestNote = 230;
    private const int MaxLines = 6;
    private const float RailHeight = 14;
    private const float TickLength = 4;
    private const float LongestVertical = 150;
    private readonly float _columnWidth;
    private readonly PanelTables _tables;

    public PanelPlot(Panel panel, float columnWidth, bool forSvg)
    {
        (Panel, _columnWidth) = (panel, columnWidth);
        _tables = new PanelTables(panel, columnWidth);
        Plot = PlotStyles.New();
        Elements = new ElementPlots(Plot, panel, forSvg);
        Elements.AddAll();
        if (panel.ScaleBar is { } bar)
        {
            Plot.PlottableList.Add(Elements.Own(new ScaleMark(bar.Length, bar.Label)));
        }

        SetLimits();
        Rail = panel.DoseTracks.Count > 0 ? MakeRail(forSvg) : null;
        float height = panel.Aspect is { } aspect ? (float)(columnWidth * aspect) : (float)panel.PlotHeight;
        MakeYAxis(height);
        MakeNotes(height);
        PlotStyles.SetFrames(Plot, panel.X.Visible, panel.Y.Visible);
        if (panel.IsFrameless)
        {
            Plot.Axes.FrameWidth(0);
        }

        Plot.Grid.IsVisible = panel.Y.Visible && panel.Y.Categories is null;
        Left = Math.Max(PlotStyles.Size(Plot.Axes.Left, height) + _tables.LeftColumns, Rail is null ? 0 : PlotStyles.Size(Rail.Axes.Left, RailsHeight));
        Left = Math.Max(Left, _tables.RowLabels);
        Right = Math.Max(PlotStyles.Size(Plot.Axes.Right, height), Math.Max(6, _tables.Right));
    }

    public Panel Panel { get; }

    public Plot Plot { get; }

    public ElementPlots Elements { get; }

    /// <summary>Rails of doses above the plot area; null for none.</summary>
    public Plot? Rail { get; }

    /// <summary>Room left of the plot area [px].</summary>
    public float Left { get; }

    /// <summary>Room right of the plot area [px].</summary>
    public float Right { get; }

    /// <summary>Room below the plot area [px].</summary>
    public float Bottom { get; private set; }

    /// <summary>Texts of the rows below the axis, from the left of all beside the plot area and from the lower end of the axis [px].</summary>
    public IReadOnlyList<PlacedText> Rows { get; private set; } = [];

    /// <summary>Height of the rows below the axis [px].</summary>
    public float RowsHeight { get; private set; }

    /// <summary>Height of the headings of columns, above the plot area [px].</summary>
    public float HeadingsHeight => _tables.HeadingsHeight;

    /// <summary>Lines of the title.</summary>
    public IReadOnlyList<string> Title { get; private set; } = [];

    public float TitleHeight => TextBlock.HeightOf(Title.Count, PlotStyles.PanelTitleSize);

    public float RailsHeight => RailHeight * RailNames.Length;

    /// <summary>Room that rails and headings take between title and plot area, clear of the topmost label of the axis.</summary>
    public float RailsRoom => (Rail is null ? 0 : RailsHeight + 3) + HeadingsHeight;

    // Schedules of one drug share a rail.
    private string[] RailNames => [.. Panel.DoseTracks.Select(t => t.Label).Distinct()];

    /// <summary>Decides all that depends on the width of the plot area, and returns its height [px].</summary>
    public float Fit(float plotWidth)
    {
        Title = Panel.Title.Length == 0 ? [] : TextWrap.Lines(Panel.Title, plotWidth, PlotStyles.PanelTitleSize, bold: true, maxLines: 5);
        MakeXAxis(plotWidth);
        Bottom = PlotStyles.Size(Plot.Axes.Bottom, plotWidth);
        MakeRows(plotWidth);
        return Panel.Aspect is { } aspect ? (float)(plotWidth * aspect) : (float)Panel.PlotHeight;
    }

    /// <summary>Texts of the columns, from the left of all beside the plot area and from the top of the headings [px].</summary>
    /// <param name="width">Width of the plot area [px].</param>
    /// <param name="height">Height of the plot area [px].</param>
    /// <param name="left">Room left of the plot area [px].</param>
    public IReadOnlyList<PlacedText> Beside(float width, float height, float left)
    {
        AxisLimits limits = Plot.Axes.GetLimits();
        return _tables.Beside(left, width, height, row => (float)((limits.Top - row) / limits.VerticalSpan * height));
    }

    private void MakeRows(float width)
    {
        if (Panel.AxisRows.Count == 0)
        {
            return;
        }

        AxisLimits limits = Plot.Axes.GetLimits();
        Tick[] ticks = Plot.Axes.Bottom.TickGenerator.Ticks;
        double near = limits.HorizontalSpan * 1e-9;
        (Rows, RowsHeight) = _tables.Below(
            Left, Right, width, at => (float)((Elements.X(at) - limits.Left) / limits.HorizontalSpan * width),
            at => ticks.Any(tick => Math.Abs(tick.Position - Elements.X(at)) <= near));
    }

    private void SetLimits()
    {
        (double left, double right, double bottom, double top) = (double.NaN, double.NaN, double.NaN, double.NaN);
        Plot.Axes.ReplaceNullAxesWithDefaults();
        foreach (AxisLimits limits in Plot.PlottableList.Select(p => p.GetAxisLimits()))
        {
            (left, right) = (Min(left, limits.Left), Max(right, limits.Right));
            (bottom, top) = (Min(bottom, limits.Bottom), Max(top, limits.Top));
        }

        (double low, double high) x = AxisRange.Of(Panel.X, (left, right)), y = AxisRange.Of(Panel.Y, (bottom, top));
        Plot.Axes.SetLimits(x.low, x.high, y.low, y.high);

        static double Min(double a, double b) => !double.IsFinite(b) ? a : double.IsNaN(a) ? b : Math.Min(a, b);
        static double Max(double a, double b) => !double.IsFinite(b) ? a : double.IsNaN(a) ? b : Math.Max(a, b);
    }

    private void MakeYAxis(float height)
    {
        IYAxis axis = Plot.Axes.Left;
        if (!Panel.Y.Visible)
        {
            PlotStyles.Hide(axis);
            return;
        }

        axis.TickGenerator = Panel.Y.Categories is { } names
            ? new GivenTicks([.. names.Select((n, i) => ((double)i, Wrapped(n, height / Math.Max(1, names.Count), CategoryWidth(_columnWidth), PlotStyles.TickSize)))])
            : Numeric(Panel.Y);
        Caption(axis, Panel.Y, height);
    }

    private void MakeXAxis(float width)
    {
        IXAxis axis = Plot.Axes.Bottom;
        if (!Panel.X.Visible)
        {
            PlotStyles.Hide(axis);
            return;
        }

        if (Panel.X.Categories is { } names)
        {
            bool level = CategoryNames.Fit(names, width);
            float slot = width / Math.Max(1, names.Count);
            axis.TickGenerator = new GivenTicks(
            [
                .. names.Select((n, i) => ((double)i, level
                    ? string.Join('\n', TextWrap.Lines(n, slot - CategoryNames.Space, PlotStyles.TickSize, maxLines: 3))
                    : TextWrap.Ellipsis(n, LongestVertical, PlotStyles.TickSize))),
            ]);
            axis.TickLabelStyle.Rotation = level ? 0 : -90;
            axis.TickLabelStyle.Alignment = level ? Alignment.UpperCenter : Alignment.MiddleRight;
        }
        else
        {
            AxisLimits limits = Plot.Axes.GetLimits();
            axis.TickGenerator = Numeric(Panel.AxisRows.Count > 0 && Panel.X is { Scale: AxisScale.Linear, TickValues: { } values }
                ? Panel.X with { TickValues = _tables.Thinned(values, width / limits.HorizontalSpan) }
                : Panel.X);
        }

        Caption(axis, Panel.X, width);
    }

    private void MakeNotes(float height)
    {
        IYAxis axis = Plot.Axes.Right;
        if (Panel.RowNotes.Count == 0)
        {
            PlotStyles.Hide(axis);
            return;
        }

        float slot = height / Panel.RowNotes.Count;
        axis.Min = Plot.Axes.Left.Min;
        axis.Max = Plot.Axes.Left.Max;
        axis.TickGenerator = new GivenTicks(
            [.. Panel.RowNotes.Select((n, i) => ((double)i, Wrapped(n, slot, Math.Min(WidestNote, _columnWidth * 0.3f), PlotStyles.SmallSize)))]);
        axis.TickLabelStyle.FontSize = PlotStyles.SmallSize;
        axis.MajorTickStyle.Length = 4;
        axis.MajorTickStyle.Color = Colors.Transparent;
        axis.FrameLineStyle.IsVisible = false;
    }

    private Plot MakeRail(bool forSvg)
    {
        Plot rail = PlotStyles.New();
        float width = Math.Min(WidestCategory, _columnWidth * 0.4f);
        string[] names = RailNames;
        foreach (DoseTrack track in Panel.DoseTracks)
        {
            Color[] colors = track.Colors.Count == 0 ? [PlotStyles.Soft] : [.. track.Colors.Select(c => PlotStyles.Of(c))];
            var ticks = new DoseRail(names.Length - 1 - Array.IndexOf(names, track.Label), [.. track.Times.Select(Elements.X)], colors);
            rail.PlottableList.Add(forSvg && track.Group is { } group ? new Marked(ticks, Marked.Group, group) : ticks);
        }

        rail.Axes.ReplaceNullAxesWithDefaults();
        rail.Axes.SetLimits(Plot.Axes.Bottom.Min, Plot.Axes.Bottom.Max, -0.5, names.Length - 0.5);
        PlotStyles.Hide(rail.Axes.Bottom);
        rail.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. names.Select((n, i) => new Tick(names.Length - 1 - i, TextWrap.Ellipsis(n, width, PlotStyles.SmallSize)))]);
        rail.Axes.Left.TickLabelStyle.FontSize = PlotStyles.SmallSize;
        rail.Axes.Left.MajorTickStyle.Length = 0;
        foreach (IAxis axis in rail.Axes.GetAxes())
        {
            axis.FrameLineStyle.IsVisible = false;
        }

        rail.HideGrid();
        return rail;
    }

    private static ITickGenerator Numeric(Axis axis) => !axis.Labelled ? new BareTicks(Numeric(axis with { Labelled = true }))
        : axis.Scale == AxisScale.Log10 ? axis.TickValues is { } logs ? Given(logs.Where(v => v > 0), Math.Log10) : new LogTicks()
        : axis.TickValues is { } values ? Given(values, v => v)
        : axis.Steps is { } steps ? new SteppedTicks(steps)
        : new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Numbers.Tick, MinimumTickSpacing = 30 };

    private static GivenTicks Given(IEnumerable<double> values, Func<double, double> place) =>
        new([.. values.Where(double.IsFinite).Distinct().Order().Select(v => (place(v), Numbers.Short(v)))]);

    private static void Caption(IAxis axis, Axis given, float length)
    {
        string caption = given.Labelled ? given.Caption : "";
        axis.Label.Text = caption.Length == 0 ? "" : string.Join('\n', TextWrap.Lines(caption, length, PlotStyles.LabelSize));
        axis.Label.IsVisible = caption.Length > 0;
        if (!given.Labelled)
        {
            axis.TickLabelStyle.IsVisible = false;
        }
    }

    // As many lines as the row has room for.
    private static string Wrapped(string text, float slot, float width, float size) =>
        string.Join('\n', TextWrap.Lines(text, width, size, maxLines: Math.Clamp((int)(slot / TextBlock.HeightOf(1, size)), 1, MaxLines)));

    private static float CategoryWidth(float columnWidth) => Math.Min(WidestCategory, columnWidth * 0.36f);

    /// <summary>Height [px] that rows need for the names of categories and the texts beside them, all rows alike.</summary>
    public static double RowHeight(IEnumerable<string> names, IEnumerable<string> notes, double columnWidth)
    {
        int lines = names.Select(n => TextWrap.Lines(n, CategoryWidth((float)columnWidth), PlotStyles.TickSize, maxLines: MaxLines).Count).DefaultIfEmpty(1).Max();
        int noted = notes.Select(n => TextWrap.Lines(n, Math.Min(WidestNote, columnWidth * 0.3), PlotStyles.SmallSize, maxLines: MaxLines).Count).DefaultIfEmpty(1).Max();
        return Math.Max(TextBlock.HeightOf(lines, PlotStyles.TickSize), TextBlock.HeightOf(noted, PlotStyles.SmallSize)) + 8;
    }
}
