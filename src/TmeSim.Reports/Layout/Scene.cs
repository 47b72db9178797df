using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>A rectangle in pixels, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double CenterX => (Left + Right) / 2;

    public double CenterY => (Top + Bottom) / 2;

    public bool Contains(Box other, double slack) =>
        other.Left >= Left - slack && other.Right <= Right + slack && other.Top >= Top - slack && other.Bottom <= Bottom + slack;

    public bool Overlaps(Box other, double slack) =>
        other.Left < Right - slack && other.Right > Left + slack && other.Top < Bottom - slack && other.Bottom > Top + slack;
}

/// <summary>A point in pixels.</summary>
internal readonly record struct Pixel(double X, double Y);

/// <summary>What a writer has to draw, in order: five kinds of shapes in pixels, nothing left to decide.</summary>
internal abstract record Shape;

internal sealed record PathShape(IReadOnlyList<IReadOnlyList<Pixel>> Parts, bool Closed, Rgb? Fill, double Opacity, Stroke? Stroke) : Shape;

internal sealed record RectShape(Box Box, Rgb? Fill, double Opacity, Stroke? Stroke) : Shape;

internal sealed record CircleShape(Pixel Center, double Radius, Rgb? Fill, Stroke? Stroke) : Shape;

internal sealed record RasterShape(Box Box, int Width, int Height, byte[] Rgba) : Shape;

/// <summary>One line of text. <see cref="Vertical"/> text reads upwards.</summary>
internal sealed record TextShape(Pixel At, string Text, double Size, TextAnchor Anchor, Rgb Color, bool Bold = false, bool Vertical = false, Rgb? Halo = null) : Shape
{
    /// <summary>The estimated room that the text takes.</summary>
    public Box Bounds
    {
        get
        {
            double width = TextMetrics.Width(Text, Size, Bold);
            double before = Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => width / 2, _ => width };
            double up = TextMetrics.Ascent * Size;
            double down = TextMetrics.Descent * Size;
            return Vertical
                ? new Box(At.X - up, At.Y - width + before, At.X + down, At.Y + before)
                : new Box(At.X - before, At.Y - up, At.X - before + width, At.Y + down);
        }
    }
}

/// <summary>Shapes cut off at a rectangle.</summary>
internal sealed record ClipShape(Box Box, IReadOnlyList<Shape> Shapes) : Shape;

/// <summary>Shapes that belong together: those of a group of the figure, of a panel, or both.</summary>
/// <param name="Shapes">Shapes.</param>
/// <param name="Group">Name of the group; null for none.</param>
/// <param name="Time">The time axis of a panel; null for none.</param>
internal sealed record GroupShape(IReadOnlyList<Shape> Shapes, string? Group, TimeAxis? Time = null) : Shape;

/// <summary>Where time runs in a panel: its plot area and the days at its left and right end.</summary>
internal readonly record struct TimeAxis(Box Plot, double FirstDay, double LastDay);

/// <summary>A laid-out figure.</summary>
internal sealed record Scene(double Width, double Height, string Title, string Description, IReadOnlyList<Shape> Shapes)
{
    /// <summary>All texts, those inside clips included.</summary>
    public IEnumerable<TextShape> Texts => Flatten(Shapes).OfType<TextShape>();

    private static IEnumerable<Shape> Flatten(IEnumerable<Shape> shapes) =>
        shapes.SelectMany(shape => shape switch { ClipShape clip => Flatten(clip.Shapes), GroupShape group => Flatten(group.Shapes), _ => [shape] });
}
