using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Entries of a legend in as many columns as have room, each as wide as its labels, long ones wrapped.</summary>
internal static class Legends
{
    private const float Gap = 6;
    private const float ColumnSpace = 20;
    private const float WidestLabel = 330;
    // More entries than this stand in two columns where their labels then take no more than two lines.
    private const int LongestColumn = 4;
    private const float NarrowestLabel = 95;

    /// <summary>The block and its height [px].</summary>
    public static (LegendBlock Block, float Height) Of(IReadOnlyList<LegendEntry> entries, float width, bool forSvg)
    {
        float symbol = entries.Any(entry => entry.Line is not null) ? 30 : 14;
        IReadOnlyList<string>[] Labels(float room) => [.. entries.Select(entry => TextWrap.Lines(entry.Label, room, PlotStyles.TickSize))];
        float half = ((width - ColumnSpace) / 2) - symbol - Gap;
        IReadOnlyList<string>[] labels = Labels(Math.Min(WidestLabel, width - symbol - Gap));
        (int columns, float[] lefts) = Columns(labels, symbol, width);
        if (columns == 1 && entries.Count > LongestColumn && half >= NarrowestLabel && Labels(half) is var halves && halves.All(lines => lines.Count <= 2))
        {
            labels = halves;
            (columns, lefts) = Columns(labels, symbol, width);
        }

        var tops = new List<float>();
        float top = 0;
        for (int first = 0; first < entries.Count; first += columns)
        {
            tops.Add(top);
            top += TextBlock.HeightOf(labels[first..Math.Min(first + columns, entries.Count)].Max(lines => lines.Count), PlotStyles.TickSize) + 4;
        }

        LegendSample[] samples = [.. entries.Select((e, i) => new LegendSample(Item(e, labels[i]), Line(e, forSvg), forSvg ? e.Line?.Dash : null, forSvg ? e.Group : null)
        {
            Hatch = e.Hatch is { } hatch ? PlotStyles.Line(hatch) : null,
        })];
        return (new LegendBlock(samples, lefts, tops, symbol), top);
    }

    // The largest number of columns that have room, and where they begin.
    private static (int Columns, float[] Lefts) Columns(IReadOnlyList<string>[] labels, float symbol, float width)
    {
        float[] needed = [.. labels.Select(lines => symbol + Gap + (float)lines.Max(line => TextMetrics.Width(line, PlotStyles.TickSize)) + ColumnSpace)];
        float[] Widths(int columns) => [.. Enumerable.Range(0, columns).Select(c => needed.Where((_, i) => i % columns == c).Max())];
        int columns = Enumerable.Range(1, labels.Length).Last(c => c == 1 || Widths(c).Sum() <= width + ColumnSpace);
        float[] widths = Widths(columns);
        return (columns, [.. widths.Select((_, c) => widths[..c].Sum())]);
    }

    private static LineStyle? Line(LegendEntry entry, bool forSvg) =>
        entry.Line is not { } line ? null : forSvg ? PlotStyles.Solid(line) : PlotStyles.Line(line);

    private static LegendItem Item(LegendEntry entry, IReadOnlyList<string> lines)
    {
        var item = new LegendItem { LabelText = string.Join('\n', lines), LineStyle = LineStyle.None, MarkerStyle = MarkerStyle.None };
        if (entry.Band is { } band)
        {
            item.FillColor = PlotStyles.Of(band, 0.2);
        }

        if (entry.Box is { } box)
        {
            item.FillColor = PlotStyles.Of(box);
            item.OutlineStyle = new LineStyle(1, PlotStyles.Frame);
        }

        if (entry.Points is { } points)
        {
            item.MarkerStyle = PlotStyles.Marker(points);
        }

        return item;
    }
}
