using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Rows of texts below the axis of x of a panel and columns of texts beside it: their room, and where each text stands.</summary>
/// <param name="panel">What has them.</param>
/// <param name="columnWidth">Width of the panel with all that is beside it [px].</param>
internal sealed class PanelTables(Panel panel, float columnWidth)
{
    private const float Gap = 12;
    private const float CellSpace = 8;
    private const float Size = PlotStyles.SmallSize;
    private const float LineRoom = Size * (float)TextMetrics.LineHeight;
    private const float FirstLine = Size * (PlotText.Ascent + 0.1f);
    private const float AboveHeading = 4;
    private const int MostLines = 4;
    private const float NarrowestCell = 20;
    private const double WidestLabel = 0.42;
    private const double WidestText = 0.3;

    private readonly (TextColumn Column, float Width)[] _columns =
        [.. panel.Columns.Select(column => (column, Width(column, columnWidth)))];

    /// <summary>Room of the columns left of the plot area [px].</summary>
    public float LeftColumns => _columns.Where(c => c.Column.IsLeft).Sum(c => c.Width + Gap);

    /// <summary>Room right of the plot area [px].</summary>
    public float Right => Math.Max(_columns.Where(c => !c.Column.IsLeft).Sum(c => c.Width + Gap), panel.AxisRows.Count == 0 ? 0 : HalfCell);

    /// <summary>Room that the labels of rows need left of the plot area [px].</summary>
    public float RowLabels => panel.AxisRows.Where(row => row.Cells.Count > 0)
        .Select(row => Math.Min(TextWidth(row.Label), columnWidth * (float)WidestLabel) + 1 + CellSpace + HalfCell).DefaultIfEmpty(0).Max();

    /// <summary>Height of the headings of columns [px].</summary>
    public float HeadingsHeight => _columns.Select(c => Heading(c).Count * LineRoom).DefaultIfEmpty(0).Max() is > 0 and var height
        ? height + 2 : 0;

    private float HalfCell => panel.AxisRows.SelectMany(row => row.Cells)
        .Where(cell => cell.Anchor == TextAnchor.Middle && cell.Text.Length > 0)
        .Select(cell => TextWidth(cell.Text) / 2).DefaultIfEmpty(0).Max();

    /// <summary>Ticks of which every second, third … is left out until neither they nor the texts below them crowd.</summary>
    /// <param name="values">Values of the ticks.</param>
    /// <param name="pixelsPerUnit">Scale of the axis.</param>
    public IReadOnlyList<double> Thinned(IReadOnlyList<double> values, double pixelsPerUnit)
    {
        double[] all = [.. values.Where(double.IsFinite).Distinct().Order()];
        float[] widths = [.. all.Select(value => panel.AxisRows.SelectMany(row => row.Cells).Where(cell => cell.At == value)
            .Select(cell => TextWidth(cell.Text)).Append((float)TextMetrics.Width(Numbers.Short(value), PlotStyles.TickSize)).Max())];
        for (int every = 1; every < all.Length; every++)
        {
            int[] kept = [.. Enumerable.Range(0, all.Length).Where(i => i % every == 0)];
            if (kept.Skip(1).Zip(kept, Fit).All(fits => fits))
            {
                return [.. kept.Select(i => all[i])];
            }
        }

        return all.Length == 0 ? [] : [all[0]];

        bool Fit(int b, int a) => (all[b] - all[a]) * pixelsPerUnit >= ((widths[a] + widths[b]) / 2) + CellSpace;
    }

    /// <summary>The rows below the axis and their height [px].</summary>
    /// <param name="left">Room left of the plot area [px].</param>
    /// <param name="right">Room right of the plot area [px].</param>
    /// <param name="plotWidth">Width of the plot area [px].</param>
    /// <param name="place">Distance of a value from the left side of the plot area [px].</param>
    /// <param name="isTick">A tick stands at the value.</param>
    public (IReadOnlyList<PlacedText> Texts, float Height) Below(float left, float right, float plotWidth, Func<double, float> place,
        Func<double, bool> isTick)
    {
        var texts = new List<PlacedText>();
        float top = 0;
        foreach ((int i, AxisRow row) in panel.AxisRows.Index())
        {
            bool isHeading = row.Cells.Count == 0;
            top += isHeading && i > 0 ? AboveHeading : 0;
            float indent = isHeading && row.Color is not null ? PlacedTexts.BoxRoom : 0, y = top + FirstLine;
            string label = row.Label.Length == 0 ? ""
                : TextWrap.Ellipsis(row.Label, isHeading ? left + plotWidth - indent : left - HalfCell - CellSpace, Size, isHeading);
            if (label.Length > 0)
            {
                texts.Add(new PlacedText(label, indent, y, TextAnchor.Start, isHeading)
                {
                    Group = row.Group, Box = indent > 0 ? PlotStyles.Of(row.Color!.Value) : null,
                });
            }

            int lines = 1;
            AxisCell[] shown = [.. row.Cells.Where(cell => cell.Text.Length > 0 && (cell.Anchor != TextAnchor.Middle || isTick(cell.At)))];
            foreach (AxisCell cell in shown)
            {
                float at = place(cell.At);
                float room = cell.Anchor == TextAnchor.Start ? plotWidth - at + right : at + (row.Label.Length == 0 ? left : 0);
                IReadOnlyList<string> wrapped = cell.Anchor == TextAnchor.Middle ? [PlainText.Drawn(cell.Text)]
                    : TextWrap.Lines(cell.Text, Math.Max(NarrowestCell, room), Size, maxLines: MostLines);
                texts.AddRange(wrapped.Select((line, k) => new PlacedText(line, left + at, y + (k * LineRoom), cell.Anchor, false)
                    { Group = row.Group }));
                lines = Math.Max(lines, wrapped.Count);
            }

            top += lines * LineRoom;
        }

        return (texts, top);
    }

    /// <summary>Texts of the columns and their headings.</summary>
    /// <param name="left">Room left of the plot area [px].</param>
    /// <param name="plotWidth">Width of the plot area [px].</param>
    /// <param name="plotHeight">Height of the plot area [px].</param>
    /// <param name="place">Distance of a row from the top of the plot area [px].</param>
    public IReadOnlyList<PlacedText> Beside(float left, float plotWidth, float plotHeight, Func<double, float> place)
    {
        var texts = new List<PlacedText>();
        float leftEdge = left - LeftColumns, rightEdge = left + plotWidth + Gap;
        foreach ((TextColumn Column, float Width) item in _columns)
        {
            float x = item.Column.IsLeft ? leftEdge : rightEdge;
            leftEdge += item.Column.IsLeft ? item.Width + Gap : 0;
            rightEdge += item.Column.IsLeft ? 0 : item.Width + Gap;
            IReadOnlyList<string> heading = Heading(item);
            texts.AddRange(heading.Select((line, k) => new PlacedText(line, x, HeadingsHeight - 2 - ((heading.Count - k) * LineRoom)
                + FirstLine, TextAnchor.Start, true)));
            int rows = item.Column.Texts.Count;
            int most = Math.Clamp((int)(plotHeight / Math.Max(1, rows) / LineRoom), 1, MostLines);
            foreach ((int i, string text) in item.Column.Texts.Index().Where(t => t.Item.Length > 0))
            {
                bool bold = i < item.Column.Bold.Count && item.Column.Bold[i];
                float indent = i < item.Column.Indents.Count ? (float)item.Column.Indents[i] : 0;
                IReadOnlyList<string> lines = TextWrap.Lines(text, item.Width - indent + 0.5f, Size, bold, most);
                float first = HeadingsHeight + place(rows - 1 - i) - (lines.Count * LineRoom / 2) + FirstLine;
                texts.AddRange(lines.Select((line, k) => new PlacedText(line, x + indent, first + (k * LineRoom), TextAnchor.Start, bold)));
            }
        }

        return texts;
    }

    /// <summary>Height that a row needs for the texts of columns [px], all rows alike.</summary>
    public static double RowHeight(IReadOnlyList<TextColumn> columns, double columnWidth) => columns.SelectMany(column =>
    {
        float width = Width(column, (float)columnWidth);
        return column.Texts.Select((text, i) => text.Length == 0 ? 1 : TextWrap.Lines(
            text, width - (i < column.Indents.Count ? column.Indents[i] : 0) + 0.5, Size, i < column.Bold.Count && column.Bold[i],
                MostLines).Count);
    }).DefaultIfEmpty(1).Max() * LineRoom;

    private static float Width(TextColumn column, float columnWidth)
    {
        float longest = column.Texts.Select((text, i) => text.Length == 0 ? 0 : (i < column.Indents.Count ? (float)column.Indents[i] : 0)
            + (float)TextMetrics.Width(PlainText.Drawn(text), Size, i < column.Bold.Count && column.Bold[i])).DefaultIfEmpty(0).Max();
        float word = column.Heading.Length == 0 ? 0
            : column.Heading.Split(' ').Max(w => (float)TextMetrics.Width(PlainText.Drawn(w), Size, true));
        return Math.Min(Math.Max(longest, word), columnWidth * (float)(column.IsLeft ? WidestLabel : WidestText));
    }

    private static IReadOnlyList<string> Heading((TextColumn Column, float Width) item) =>
        item.Column.Heading.Length == 0 ? [] : TextWrap.Lines(item.Column.Heading, item.Width + 0.5, Size, true, MostLines);

    private static float TextWidth(string text) => text.Length == 0 ? 0 : (float)TextMetrics.Width(PlainText.Drawn(text), Size);
}
