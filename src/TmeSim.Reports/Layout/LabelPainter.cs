using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Finds places for texts among points.</summary>
internal static class LabelPainter
{
    private const double Air = 1.5;
    private const double Cap = 3;

    // Right, left, above, below, then the corners; a second round lies further out.
    private static readonly (double X, double Y)[] Sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (0.75, -0.75), (-0.75, -0.75), (0.75, 0.75), (-0.75, 0.75)];

    public static void Add(List<Shape> shapes, PanelLayout panel, LabelElement labels) => shapes.AddRange(Place(panel, labels).OfType<TextShape>());

    /// <summary>One text per label in the order given; null for one without room.</summary>
    public static IReadOnlyList<TextShape?> Place(PanelLayout panel, LabelElement labels)
    {
        var texts = new List<Shape>();
        foreach (TextElement text in panel.Panel.Elements.OfType<TextElement>())
        {
            ElementPainter.AddText(texts, panel, text);
        }

        List<Box> taken = [.. texts.OfType<TextShape>().Select(shape => shape.Bounds)];
        Box[] markers = [.. panel.Panel.Elements.OfType<PointElement>().SelectMany(points => MarkersOf(panel, points))];
        Box[] bars = [.. panel.Panel.Elements.OfType<PointElement>().SelectMany(points => BarsOf(panel, points))];

        // Those before it take their places first, each once.
        foreach (LabelElement other in panel.Panel.Elements.TakeWhile(element => !ReferenceEquals(element, labels)).OfType<LabelElement>())
        {
            _ = Place(panel, other, taken, markers, bars);
        }

        return Place(panel, labels, taken, markers, bars);
    }

    // What is placed joins what is taken.
    private static TextShape?[] Place(PanelLayout panel, LabelElement labels, List<Box> taken, Box[] markers, Box[] bars)
    {
        var placed = new TextShape?[labels.Labels.Count];
        foreach ((int i, PlacedLabel label) in labels.Labels.Index())
        {
            string text = PlainText.Clean(label.Text);
            TextShape[] free = [.. Candidates(panel, labels, label, text).Where(shape => IsFree(shape.Bounds, panel.Plot, taken, markers))];
            placed[i] = free.FirstOrDefault(shape => !bars.Any(bar => bar.Overlaps(shape.Bounds, 0))) ?? free.FirstOrDefault();
            if (placed[i] is { } shape)
            {
                taken.Add(shape.Bounds);
            }
        }

        return placed;
    }

    private static IEnumerable<TextShape> Candidates(PanelLayout panel, LabelElement labels, PlacedLabel label, string text)
    {
        double width = TextMetrics.Width(text, labels.Size);
        double height = (TextMetrics.Ascent + TextMetrics.Descent) * labels.Size;
        double drop = (TextMetrics.Ascent - TextMetrics.Descent) / 2 * labels.Size;
        double[] gaps = labels.Gap > 0 ? [labels.Gap, labels.Gap * 2] : [0];
        foreach (Pixel at in label.Places.Select(place => panel.At(place.X, place.Y)).Where(at => !double.IsNaN(at.X + at.Y)))
        {
            foreach (double gap in gaps)
            {
                foreach ((double x, double y) in gap > 0 ? Sides : [(0, 0)])
                {
                    double dx = x * gap, dy = (y * gap) + (Math.Sign(y) * height / 2);
                    TextAnchor anchor = x switch { > 0 => TextAnchor.Start, < 0 => TextAnchor.End, _ => TextAnchor.Middle };
                    yield return new TextShape(new Pixel(at.X + dx, at.Y + dy + drop), text, labels.Size, anchor, labels.Color, Halo: labels.Halo);
                }
            }
        }
    }

    private static bool IsFree(Box box, Box plot, List<Box> taken, Box[] markers) =>
        plot.Contains(box, -1) && !taken.Any(other => other.Overlaps(box, -Air)) && !markers.Any(marker => marker.Overlaps(box, 0));

    // Error bars with their caps; a label lies on one only where nothing else is free.
    private static IEnumerable<Box> BarsOf(PanelLayout panel, PointElement points)
    {
        for (int i = 0; i < Math.Min(points.X.Count, points.Y.Count); i++)
        {
            if (points.XErrorLow is { } left && points.XErrorHigh is { } right && i < left.Count && i < right.Count)
            {
                yield return Around(panel.At(left[i], points.Y[i]), panel.At(right[i], points.Y[i]));
            }

            if (points.ErrorLow is { } low && points.ErrorHigh is { } high && i < low.Count && i < high.Count)
            {
                yield return Around(panel.At(points.X[i], low[i]), panel.At(points.X[i], high[i]));
            }
        }

        static Box Around(Pixel a, Pixel b) => new(Math.Min(a.X, b.X) - Cap, Math.Min(a.Y, b.Y) - Cap, Math.Max(a.X, b.X) + Cap, Math.Max(a.Y, b.Y) + Cap);
    }

    private static IEnumerable<Box> MarkersOf(PanelLayout panel, PointElement points)
    {
        double r = (points.Style.Size / 2) + 0.6;
        return points.X.Zip(points.Y, panel.At).Where(at => !double.IsNaN(at.X + at.Y)).Select(at => new Box(at.X - r, at.Y - r, at.X + r, at.Y + r));
    }
}
