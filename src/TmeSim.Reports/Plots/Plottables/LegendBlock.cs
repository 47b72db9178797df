using ScottPlot;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>An entry of a legend.</summary>
/// <param name="Item">Label, area and marker.</param>
/// <param name="Line">Line below the marker; null for none.</param>
/// <param name="Dash">Dashes of the line that become an attribute; null for none.</param>
/// <param name="Group">What the entry stands for (an arm, say); null for none.</param>
public sealed record LegendSample(LegendItem Item, LineStyle? Line, IReadOnlyList<double>? Dash, string? Group)
{
    /// <summary>Slanting lines over the area; null for none.</summary>
    public LineStyle? Hatch { get; init; }
}

/// <summary>
/// Entries of a legend in columns from the upper left corner of a plot without axes. Each is a <see cref="Legend"/> of its own, so that it
/// can belong to a group.
/// </summary>
/// <param name="entries">Entries.</param>
/// <param name="lefts">Left side of each column right of that of the plot [px].</param>
/// <param name="rowTops">Top of each row below that of the plot [px].</param>
/// <param name="symbolWidth">Width of a sample [px].</param>
public sealed class LegendBlock(
    IReadOnlyList<LegendSample> entries, IReadOnlyList<float> lefts, IReadOnlyList<float> rowTops, float symbolWidth) : PlottableBase
{
    // Top and bottom of the area of an entry of one line.
    private const float AreaTop = 4;
    private const float AreaBottom = 10.6f;

    public override void Render(RenderPack rp)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            LegendSample entry = entries[i];
            float left = rp.DataRect.Left + lefts[i % lefts.Count], top = rp.DataRect.Top + rowTops[i / lefts.Count];
            Marked.Around(rp, Marked.Group, entry.Group, () => Draw(rp, entry, left, top));
        }
    }

    private void Draw(RenderPack rp, LegendSample entry, float left, float top)
    {
        // The line is drawn by itself, so that only it is dashed.
        if (entry.Line is { } line)
        {
            var item = new LegendItem { LabelText = entry.Item.LabelText, LabelFontColor = Colors.Transparent, LineStyle = line, MarkerStyle = MarkerStyle.None };
            Marked.Around(rp, Marked.Dash, entry.Dash is { } dash ? Marked.DashText(dash) : null, () => Draw(rp, item, left, top));
        }

        Draw(rp, entry.Item, left, top);

        // Hatches of ScottPlot are lost in SVG.
        entry.Hatch?.Render(
            rp.Canvas, [.. TileSet.Hatching(new PixelRect(left + 1.5f, left + symbolWidth + 0.5f, top + AreaBottom, top + AreaTop))], rp.Paint);
    }

    private void Draw(RenderPack rp, LegendItem item, float left, float top)
    {
        var legend = new Legend(rp.Plot)
        {
            ManualItems = [item], DisplayPlottableLegendItems = false, OutlineWidth = 0, BackgroundColor = Colors.Transparent,
            ShadowColor = Colors.Transparent, Padding = new PixelPadding(0), Margin = new PixelPadding(0), SymbolWidth = symbolWidth,
            FontSize = PlotStyles.TickSize, FontName = PlotFont.Family, FontColor = item.LabelFontColor == Colors.Transparent ? Colors.Transparent : PlotStyles.Ink,
            InterItemPadding = new PixelPadding(0), SymbolPadding = 6,
        };
        var room = new PixelRect(left, 2 * rp.DataRect.Right, rp.DataRect.Bottom + 200, top);
        legend.Render(rp.Canvas, rp.Paint, room, Alignment.UpperLeft);
    }
}
