using ScottPlot;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>A filled arrowhead whose tip is at a point, in the direction in which a line comes from another.</summary>
/// <param name="from">Where the line comes from.</param>
/// <param name="tip">Where the tip lies.</param>
/// <param name="color">Colour.</param>
/// <param name="size">Length [px], positive.</param>
public sealed class ArrowHead(Coordinates from, Coordinates tip, Color color, float size) : PlottableBase
{
    public override void Render(RenderPack rp)
    {
        Pixel start = Axes.GetPixel(from), end = Axes.GetPixel(tip);
        float length = MathF.Sqrt(((end.X - start.X) * (end.X - start.X)) + ((end.Y - start.Y) * (end.Y - start.Y)));
        if (!(length > 1e-3f))
        {
            return;
        }

        (float x, float y) = ((end.X - start.X) / length * size, (end.Y - start.Y) / length * size);
        Pixel[] head =
        [
            end, new(end.X - x - (y * 0.42f), end.Y - y + (x * 0.42f)), new(end.X - (x * 0.75f), end.Y - (y * 0.75f)), new(end.X - x + (y * 0.42f), end.Y - y - (x * 0.42f)),
        ];
        Drawing.FillPath(rp.Canvas, rp.Paint, head, new FillStyle { Color = color });
    }
}
