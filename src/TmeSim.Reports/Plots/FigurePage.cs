using ScottPlot;
using SkiaSharp;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>
/// A figure as plots on a page: title, legend, then rows of panels with their plot areas aligned, colour bar to the right, note below. Heights follow
/// from the content.
/// </summary>
public sealed class FigurePage
{
    internal const float Padding = 14;
    internal const float ColumnGap = 22;
    private const float RowGap = 16;
    private const float TitleGap = 4;
    private readonly List<(Plot Plot, PixelRect Rect)> _plots = [];
    private readonly List<(PanelPlot Panel, PixelRect Area)> _panels = [];

    private readonly bool _forSvg;

    private FigurePage(Figure figure, bool forSvg)
    {
        _forSvg = forSvg;
        (Figure, Width) = (figure, (float)Math.Max(240, figure.Width));
    }

    /// <summary>What it shows.</summary>
    public Figure Figure { get; }

    /// <summary>Width [px of 1/96 inch].</summary>
    public float Width { get; }

    /// <summary>Height [px of 1/96 inch].</summary>
    public float Height { get; private set; }

    /// <summary>The plots of the panels, row by row; each can be drawn or changed by itself.</summary>
    public IReadOnlyList<Plot> Panels => [.. _panels.Select(p => p.Panel.Plot)];

    /// <summary>Texts among points that find no room; the page is drawn for it, on no canvas.</summary>
    public int CountLabelsLeftOut()
    {
        Multiplot plots = Multiplot();
        PageDrawing.Rehearse(plots, this);
        using var canvas = new SKNoDrawCanvas((int)Width, (int)Height);
        plots.Render(canvas, new PixelRect(0, Width, Height, 0));
        return _panels.SelectMany(p => p.Panel.Plot.PlottableList.Select(Marked.Content).OfType<LabelSet>()).Sum(l => l.LeftOut);
    }

    /// <summary>Panels with their plot areas [px].</summary>
    internal IEnumerable<(PanelPlot Panel, PixelRect Area)> PanelPlaces => _panels;

    /// <summary>Arranges a figure.</summary>
    /// <param name="figure">What to show.</param>
    /// <param name="forSvg">Dashes become attributes, as vectors keep them only so; other formats draw them.</param>
    public static FigurePage Of(Figure figure, bool forSvg = false)
    {
        ArgumentNullException.ThrowIfNull(figure);
        PlotFont.Install();
        var page = new FigurePage(figure, forSvg);
        page.Arrange();
        return page;
    }

    /// <summary>All plots at their places, the paper first.</summary>
    public Multiplot Multiplot()
    {
        var places = new Places([.. _plots.Select(p => p.Rect)]);
        var multiplot = new Multiplot(_plots[0].Plot) { Layout = places };
        multiplot.Subplots.PlotAddedAction = _ => { };
        foreach ((Plot plot, _) in _plots.Skip(1))
        {
            multiplot.Subplots.Add(plot);
        }

        return multiplot;
    }

    private void Arrange()
    {
        float inner = Width - (2 * Padding), top = Padding;
        if (Figure.Title.Length > 0)
        {
            top = Add(TextWrap.Lines(Figure.Title, inner, PlotStyles.TitleSize, bold: true, maxLines: 3), Padding, top, PlotStyles.TitleSize, PlotStyles.Ink, true) + 6;
        }

        top = AddLegend(top, inner) + 4;
        ColorScale? scale = Figure.ColorBar is null ? null : new ColorScale(Figure.ColorBar);
        float bottom = AddGrid(top, inner - (scale is null ? 0 : scale.Width + ColumnGap), out PixelRect area);
        if (scale is not null)
        {
            float height = Math.Max(area.Height, ColorScale.MinHeight);
            _plots.Add((scale.Plot, new PixelRect(Width - Padding - scale.Width, Width - Padding, area.Top + height, area.Top)));
            bottom = Math.Max(bottom, area.Top + height + 6);
        }

        if (Figure.Note.Length > 0)
        {
            bottom = Add(TextWrap.Lines(Figure.Note, inner, PlotStyles.SmallSize, maxLines: 10), Padding, bottom + 8, PlotStyles.SmallSize, PlotStyles.Soft);
        }

        Height = MathF.Ceiling(bottom + Padding);
        var paper = new Plot();
        paper.FigureBackground.Color = Colors.White;
        paper.Axes.Frameless();
        paper.HideGrid();
        _plots.Insert(0, (paper, new PixelRect(0, Width, Height, 0)));
    }

    private float Add(IReadOnlyList<string> lines, float left, float top, float size, Color color, bool bold = false, string? group = null)
    {
        float bottom = top + TextBlock.HeightOf(lines.Count, size);
        if (lines.Count > 0)
        {
            _plots.Add((PlotStyles.Blank(new TextBlock(lines, color, size, bold, _forSvg ? group : null)), new PixelRect(left, Width, bottom + 2, top)));
        }

        return bottom;
    }

    private float AddLegend(float top, float inner)
    {
        if (Figure.Legend.Count == 0)
        {
            return top;
        }

        (LegendBlock block, float height) = Legends.Of(Figure.Legend, inner, _forSvg);
        _plots.Add((PlotStyles.Blank(block), new PixelRect(Padding, Width - Padding, top + height, top)));
        return top + height;
    }

    private float AddGrid(float top, float width, out PixelRect area)
    {
        int columns = Math.Max(1, Figure.Columns), rows = (Figure.Panels.Count + columns - 1) / columns;
        float columnWidth = (width - ((columns - 1) * ColumnGap)) / columns;
        PanelPlot?[] panels = [.. Lettered().Select(panel => panel is null ? null : new PanelPlot(panel, columnWidth, _forSvg))];
        IEnumerable<PanelPlot> Column(int c) => Enumerable.Range(0, rows).Select(r => (r * columns) + c).Where(i => i < panels.Length).Select(i => panels[i]).OfType<PanelPlot>();
        float[] lefts = [.. Enumerable.Range(0, columns).Select(c => Column(c).Select(p => p.Left).DefaultIfEmpty(0).Max())];
        float[] rights = [.. Enumerable.Range(0, columns).Select(c => Column(c).Select(p => p.Right).DefaultIfEmpty(0).Max())];
        float even = Math.Max(1, (width - ((columns - 1) * ColumnGap) - lefts.Sum() - rights.Sum()) / columns);
        float[] plots = [.. Enumerable.Range(0, columns).Select(c => Figure.EvenPlots ? even : columnWidth - lefts[c] - rights[c])];
        float PlotLeft(int c) => Padding + (Figure.EvenPlots
            ? (c * (even + ColumnGap)) + lefts[..(c + 1)].Sum() + rights[..c].Sum()
            : (c * (columnWidth + ColumnGap)) + lefts[c]);
        (float firstTop, float lastBottom) = (float.NaN, top);
        for (int row = 0; row < rows; row++)
        {
            int first = row * columns, count = Math.Min(columns, panels.Length - first);
            top = AddRowTitle(row, first, columns, width, top);
            float[] heights = [.. Enumerable.Range(0, count).Select(c => panels[first + c]?.Fit(plots[c]) ?? 0)];
            PanelPlot[] used = [.. panels[first..(first + count)].OfType<PanelPlot>()];
            float rails = used.Select(p => p.RailsRoom).DefaultIfEmpty(0).Max(), below = 0;
            float above = used.Select(p => p.TitleHeight + rails + TitleGap).DefaultIfEmpty(0).Max();
            firstTop = float.IsNaN(firstTop) ? top + above : firstTop;
            for (int c = 0; c < count; c++)
            {
                if (panels[first + c] is { } panel)
                {
                    var place = new PixelRect(PlotLeft(c), PlotLeft(c) + plots[c], top + above + heights[c], top + above);
                    AddPanel(panel, place, rails);
                    lastBottom = Math.Max(lastBottom, place.Bottom);
                    below = Math.Max(below, heights[c] + panel.Bottom + panel.RowsHeight);
                }
            }

            top += above + below + (row < rows - 1 ? RowGap : 0);
        }

        area = new PixelRect(0, Width, lastBottom, float.IsNaN(firstTop) ? top : firstTop);
        return top;
    }

    private IEnumerable<Panel?> Lettered()
    {
        int letter = 0;
        foreach (Panel? panel in Figure.Panels)
        {
            yield return panel is null || !Figure.IsLettered ? panel : panel with { Title = $"{Letter(letter++)}  {panel.Title}".TrimEnd() };
        }

        static string Letter(int number) => (number < 26 ? "" : Letter((number / 26) - 1)) + (char)('a' + (number % 26));
    }

    private float AddRowTitle(int row, int first, int columns, float width, float top)
    {
        if (row >= Figure.RowTitles.Count)
        {
            return top;
        }

        string?[] groups = [.. Figure.Panels.Skip(first).Take(columns).OfType<Panel>().Select(panel => panel.Group).OfType<string>().Distinct()];
        IReadOnlyList<string> lines = TextWrap.Lines(Figure.RowTitles[row], width, PlotStyles.LabelSize, bold: true, maxLines: 3);
        return Add(lines, Padding, top, PlotStyles.LabelSize, PlotStyles.Ink, true, groups is [{ } group] ? group : null) + 2;
    }

    // Titles of a row stand level, whichever of its panels have rails.
    private void AddPanel(PanelPlot panel, PixelRect area, float railsOfRow)
    {
        float top = area.Top - TitleGap - panel.RailsRoom;
        Add(panel.Title, area.Left, area.Top - TitleGap - railsOfRow - panel.TitleHeight, PlotStyles.PanelTitleSize, PlotStyles.Ink, true, panel.Panel.Group);
        if (panel.Rail is { } rail)
        {
            rail.Layout.Fixed(new PixelPadding(panel.Left, panel.Right, 0, 0));
            _plots.Add((rail, new PixelRect(area.Left - panel.Left, area.Right + panel.Right, top + panel.RailsHeight, top)));
        }

        AddTables(panel, area);
        const float room = 2;
        panel.Plot.Layout.Fixed(new PixelPadding(panel.Left, panel.Right, panel.Bottom, room));
        _plots.Add((panel.Plot, new PixelRect(area.Left - panel.Left, area.Right + panel.Right, area.Bottom + panel.Bottom, area.Top - room)));
        _panels.Add((panel, area));
    }

    private void AddTables(PanelPlot panel, PixelRect area)
    {
        float left = area.Left - panel.Left, right = area.Right + panel.Right;
        if (panel.Panel.Columns.Count > 0)
        {
            // Above a panel with rails the headings stand below them.
            var texts = new PlacedTexts(panel.Beside(area.Width, area.Height, panel.Left), PlotStyles.Ink, PlotStyles.SmallSize);
            _plots.Add((PlotStyles.Blank(texts), new PixelRect(left, right, area.Bottom, area.Top - panel.HeadingsHeight)));
        }

        if (panel.Rows.Count > 0)
        {
            float top = area.Bottom + panel.Bottom;
            _plots.Add((PlotStyles.Blank(new PlacedTexts(panel.Rows, PlotStyles.Ink, PlotStyles.SmallSize)), new PixelRect(left, right, top + panel.RowsHeight, top)));
        }
    }

    private sealed class Places(PixelRect[] rects) : IMultiplotLayout
    {
        public PixelRect[] GetSubplotRectangles(SubplotCollection subplots, PixelRect figureRect) => rects;
    }
}
