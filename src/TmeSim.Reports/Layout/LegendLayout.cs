using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Sets legend entries in columns, wrapping long labels.</summary>
internal static class LegendLayout
{
    private const double Gap = 6;
    private const double ColumnSpace = 20;
    private const double WidestLabel = 330;
    private static readonly double Size = LayoutStyle.TickSize;

    /// <summary>Adds the legend below <paramref name="top"/> and returns where it ends.</summary>
    public static double Add(List<Shape> shapes, IReadOnlyList<LegendEntry> entries, double left, double top, double width)
    {
        if (entries.Count == 0)
        {
            return top;
        }

        double sample = entries.Any(entry => entry.Line is not null) ? 30 : 14;
        double room = Math.Min(WidestLabel, width - sample - Gap);
        IReadOnlyList<string>[] labels = [.. entries.Select(entry => TextWrap.Lines(entry.Label, room, Size))];
        double widest = labels.Max(lines => lines.Max(line => TextMetrics.Width(line, Size)));
        double step = sample + Gap + widest + ColumnSpace;
        int columns = Math.Clamp((int)((width + ColumnSpace) / step), 1, entries.Count);
        for (int first = 0; first < entries.Count; first += columns)
        {
            int end = Math.Min(first + columns, entries.Count);
            for (int i = first; i < end; i++)
            {
                double x = left + ((i - first) * step);
                var entry = new List<Shape>();
                AddSample(entry, entries[i], x, top + (LayoutStyle.Line(Size) / 2), sample);
                LayoutStyle.AddLines(entry, labels[i], x + sample + Gap, top, Size, LayoutStyle.Ink);
                shapes.AddRange(entries[i].Group is { } group ? [new GroupShape(entry, group)] : entry);
            }

            top += (labels[first..end].Max(lines => lines.Count) * LayoutStyle.Line(Size)) + 3;
        }

        return top;
    }

    private static void AddSample(List<Shape> shapes, LegendEntry entry, double x, double y, double width)
    {
        if (entry.Band is { } band)
        {
            shapes.Add(new RectShape(new Box(x, y - 5, x + width, y + 5), band, 0.2, null));
        }

        double left = x + (width / 2) - 6;
        var square = new Box(left, y - 6, left + 12, y + 6);
        if (entry.Box is { } box)
        {
            shapes.Add(new RectShape(square, box, 1, LayoutStyle.Frame));
        }

        if (entry.Hatch is { } hatch)
        {
            shapes.Add(new PathShape([.. TilePainter.Hatching(square)], false, null, 1, hatch));
        }

        if (entry.Line is { } line)
        {
            shapes.Add(new PathShape([[new Pixel(x, y), new Pixel(x + width, y)]], false, null, 1, line));
        }

        if (entry.Points is { } points)
        {
            shapes.Add(Markers.Shape(new Pixel(x + (width / 2), y), points));
        }
    }
}
