using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Outlines of points.</summary>
internal static class Markers
{
    public static Shape Shape(Pixel at, PointStyle style)
    {
        double r = style.Size / 2;
        var stroke = new Stroke(style.Outline, 1.2);
        Pixel P(double x, double y) => new(at.X + (x * r), at.Y + (y * r));
        return style.Shape switch
        {
            Marker.Circle => new CircleShape(at, r, style.Fill, stroke),
            Marker.Cross => new PathShape([[P(-1, -1), P(1, 1)], [P(-1, 1), P(1, -1)]], false, null, 1, stroke),
            Marker.Triangle => Polygon([P(0, -1.1), P(1, 0.8), P(-1, 0.8)]),
            Marker.TriangleDown => Polygon([P(0, 1.1), P(1, -0.8), P(-1, -0.8)]),
            Marker.Star => Polygon([.. Enumerable.Range(0, 10).Select(i => P(Ray(i) * Math.Sin(i * Math.PI / 5), -Ray(i) * Math.Cos(i * Math.PI / 5)))]),
            Marker.Diamond => Polygon([P(0, -1.25), P(1.25, 0), P(0, 1.25), P(-1.25, 0)]),
            _ => Polygon([P(-0.9, -0.9), P(0.9, -0.9), P(0.9, 0.9), P(-0.9, 0.9)]),
        };

        static double Ray(int corner) => corner % 2 == 0 ? 1.3 : 0.55;
        PathShape Polygon(Pixel[] corners) => new([corners], true, style.Fill, 1, stroke);
    }
}
