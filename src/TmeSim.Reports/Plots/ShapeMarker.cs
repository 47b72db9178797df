using ScottPlot;
using SkiaSharp;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots;

/// <summary>
/// Shapes of points but for circles. Those of ScottPlot 5.1.59 let the collector free their path while it is being drawn, which ends the process; here it is
/// held to the end.
/// </summary>
/// <param name="shape">Shape.</param>
internal sealed class ShapeMarker(Figures.Marker shape) : IMarker
{
    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        SKPoint[] corners = [.. Corners().Select(c => new SKPoint(center.X + (c.X * size / 2), center.Y + (c.Y * size / 2)))];
        using var path = new SKPath();
        bool isOpen = shape is Figures.Marker.Cross or Figures.Marker.Tick;
        if (isOpen)
        {
            for (int i = 0; i < corners.Length; i += 2)
            {
                path.MoveTo(corners[i]);
                path.LineTo(corners[i + 1]);
            }
        }
        else
        {
            path.AddPoly(corners, close: true);
        }

        using var brush = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill, Color = markerStyle.FillColor.ToSKColor() };
        if (!isOpen)
        {
            canvas.DrawPath(path, brush);
        }

        brush.Style = SKPaintStyle.Stroke;
        brush.Color = markerStyle.OutlineColor.ToSKColor();
        brush.StrokeWidth = markerStyle.OutlineWidth;
        if (markerStyle.OutlineWidth > 0)
        {
            canvas.DrawPath(path, brush);
        }
    }

    private (float X, float Y)[] Corners() => shape switch
    {
        Figures.Marker.Triangle => [(0, -1), (0.9f, 0.72f), (-0.9f, 0.72f)],
        Figures.Marker.TriangleDown => [(0, 1), (0.9f, -0.72f), (-0.9f, -0.72f)],
        Figures.Marker.Diamond => [(0, -1), (1, 0), (0, 1), (-1, 0)],
        Figures.Marker.Star => [.. Enumerable.Range(0, 10).Select(Ray)],
        Figures.Marker.Tick => [(0, -1), (0, 1)],
        Figures.Marker.Cross => [(-1, -1), (1, 1), (-1, 1), (1, -1)],
        _ => [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    };

    private static (float X, float Y) Ray(int corner)
    {
        float reach = corner % 2 == 0 ? 1 : 0.42f;
        (float sin, float cos) = MathF.SinCos(corner * MathF.PI / 5);
        return (reach * sin, -reach * cos);
    }
}
