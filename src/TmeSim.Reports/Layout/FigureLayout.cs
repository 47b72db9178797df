using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>
/// Turns a figure into a scene: title, legend, then rows of panels with their plot areas aligned, colour bar to the right,
/// note below. Heights follow from the content.
/// </summary>
internal static class FigureLayout
{
    /// <param name="figure">What to draw.</param>
    /// <param name="addPanel">Draws a placed panel; null for <see cref="PanelPainter"/>.</param>
    public static Scene Arrange(Figure figure, Action<List<Shape>, PanelLayout>? addPanel = null)
    {
        var shapes = new List<Shape>();
        double width = Math.Max(240, figure.Width);
        double inner = width - (2 * LayoutStyle.Padding);
        double top = LayoutStyle.Padding;
        if (figure.Title.Length > 0)
        {
            IReadOnlyList<string> title = TextWrap.Lines(figure.Title, inner, LayoutStyle.TitleSize, bold: true, maxLines: 3);
            top = LayoutStyle.AddLines(shapes, title, LayoutStyle.Padding, top, LayoutStyle.TitleSize, LayoutStyle.Ink, bold: true) + 6;
        }

        top = LegendLayout.Add(shapes, figure.Legend, LayoutStyle.Padding, top, inner) + 4;
        ColorBarLayout? bar = figure.ColorBar is null ? null : new ColorBarLayout(figure.ColorBar);
        double bottom = AddGrid(shapes, figure, top, inner - (bar?.Width ?? 0), addPanel ?? PanelPainter.Add, out double firstPlot);
        if (bar is not null)
        {
            bottom = bar.Add(shapes, width - LayoutStyle.Padding - bar.Width, firstPlot, bottom);
        }

        if (figure.Note.Length > 0)
        {
            IReadOnlyList<string> note = TextWrap.Lines(figure.Note, inner, LayoutStyle.SmallSize, maxLines: 6);
            bottom = LayoutStyle.AddLines(shapes, note, LayoutStyle.Padding, bottom + 8, LayoutStyle.SmallSize, LayoutStyle.Soft);
        }

        return new Scene(width, Math.Ceiling(bottom + LayoutStyle.Padding), PlainText.Clean(figure.Title), figure.Description, shapes);
    }

    private static double AddGrid(List<Shape> shapes, Figure figure, double top, double width, Action<List<Shape>, PanelLayout> addPanel, out double firstPlot)
    {
        int columns = Math.Max(1, figure.Columns);
        int rows = (figure.Panels.Count + columns - 1) / columns;
        double columnWidth = (width - ((columns - 1) * LayoutStyle.ColumnGap)) / columns;
        PanelLayout?[] panels = [.. figure.Panels.Select(panel => panel is null ? null : new PanelLayout(panel, columnWidth))];
        IEnumerable<PanelLayout> Column(int c) => Enumerable.Range(0, rows).Select(r => (r * columns) + c).Where(i => i < panels.Length).Select(i => panels[i]).OfType<PanelLayout>();
        double[] lefts = [.. Enumerable.Range(0, columns).Select(c => Column(c).Select(p => p.Left).DefaultIfEmpty(0).Max())];
        double[] rights = [.. Enumerable.Range(0, columns).Select(c => Column(c).Select(p => p.Right).DefaultIfEmpty(0).Max())];
        double even = Math.Max(1, (width - ((columns - 1) * LayoutStyle.ColumnGap) - lefts.Sum() - rights.Sum()) / columns);
        double[] plots = [.. Enumerable.Range(0, columns).Select(c => figure.EvenPlots ? even : columnWidth - lefts[c] - rights[c])];
        double PlotLeft(int c) => figure.EvenPlots
            ? LayoutStyle.Padding + (c * (even + LayoutStyle.ColumnGap)) + lefts[..(c + 1)].Sum() + rights[..c].Sum()
            : LayoutStyle.Padding + (c * (columnWidth + LayoutStyle.ColumnGap)) + lefts[c];
        firstPlot = top;
        for (int row = 0; row < rows; row++)
        {
            if (row < figure.RowTitles.Count)
            {
                IReadOnlyList<string> title = TextWrap.Lines(figure.RowTitles[row], width, LayoutStyle.LabelSize, bold: true, maxLines: 3);
                var lines = new List<Shape>();
                string?[] groups = [.. figure.Panels.Skip(row * columns).Take(columns).OfType<Panel>().Select(panel => panel.Group).Distinct()];
                top = LayoutStyle.AddLines(lines, title, LayoutStyle.Padding, top, LayoutStyle.LabelSize, LayoutStyle.Ink, bold: true) + 2;
                shapes.AddRange(groups is [{ } group] ? [new GroupShape(lines, group)] : lines);
            }

            int first = row * columns;
            int count = Math.Min(columns, panels.Length - first);
            double[] heights = [.. Enumerable.Range(0, count).Select(c => panels[first + c]?.Fit(plots[c]) ?? 0)];
            PanelLayout[] used = [.. panels[first..(first + count)].OfType<PanelLayout>()];
            double above = used.Select(p => p.Top).DefaultIfEmpty(0).Max();
            if (row == 0)
            {
                firstPlot = top + above;
            }

            for (int c = 0; c < count; c++)
            {
                if (panels[first + c] is { } panel)
                {
                    panel.Place(PlotLeft(c), top + above, plots[c], heights[c]);
                    addPanel(shapes, panel);
                }
            }

            double below = used.Select((p, i) => p.Plot.Height + p.Bottom).DefaultIfEmpty(0).Max();
            top += above + below + (row < rows - 1 ? LayoutStyle.RowGap : 0);
        }

        return top;
    }
}
