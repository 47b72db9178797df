using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws an error bar with caps between two pixels of one column or row.</summary>
internal static class ErrorBars
{
    private const double Cap = 3;

    public static void Add(List<Shape> shapes, Pixel low, Pixel high, Rgb color)
    {
        if (double.IsNaN(low.X + low.Y + high.X + high.Y))
        {
            return;
        }

        (double x, double y) = Math.Abs(high.Y - low.Y) >= Math.Abs(high.X - low.X) ? (Cap, 0.0) : (0.0, Cap);
        Pixel[] stem = [low, high];
        Pixel[] lowCap = [new(low.X - x, low.Y - y), new(low.X + x, low.Y + y)];
        Pixel[] highCap = [new(high.X - x, high.Y - y), new(high.X + x, high.Y + y)];
        shapes.Add(new PathShape([stem, lowCap, highCap], false, null, 1, new Stroke(color, 1.2)));
    }
}
