using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws the points of one category beside each other where they would overlap.</summary>
internal static class SwarmPainter
{
    private const double Smallest = 2.5;

    public static void Add(List<Shape> shapes, PanelLayout panel, SwarmElement swarm)
    {
        Pixel[] at =
        [
            .. swarm.Values.Select(value => swarm.Horizontal ? panel.At(value, swarm.Position) : panel.At(swarm.Position, value))
                .Where(pixel => !double.IsNaN(pixel.X + pixel.Y)),
        ];
        double[] along = [.. at.Select(pixel => swarm.Horizontal ? pixel.X : pixel.Y)];
        double room = swarm.Width * (swarm.Horizontal ? panel.Plot.Height : panel.Plot.Width) / (swarm.Horizontal ? panel.Y.High - panel.Y.Low : panel.X.High - panel.X.Low);
        double size = swarm.Style.Size;
        double[] aside = Spread(along, Distance(size));
        while (size > Smallest && aside.Length > 0 && aside.Max(Math.Abs) + (Distance(size) / 2) > room / 2)
        {
            size = Math.Max(Smallest, size * 0.85);
            aside = Spread(along, Distance(size));
        }

        double most = Math.Max(0, (room - Distance(size)) / 2);
        for (int i = 0; i < at.Length; i++)
        {
            double offset = Math.Clamp(aside[i], -most, most);
            Pixel moved = swarm.Horizontal ? new Pixel(at[i].X, at[i].Y + offset) : new Pixel(at[i].X + offset, at[i].Y);
            shapes.Add(Markers.Shape(moved, swarm.Style with { Size = size }));
        }
    }

    /// <summary>Offsets [px] that keep points at least <paramref name="distance"/> apart: each in turn takes the place nearest to the middle that is free.</summary>
    internal static double[] Spread(double[] along, double distance)
    {
        double[] aside = new double[along.Length];
        var placed = new List<int>(along.Length);
        foreach (int i in Enumerable.Range(0, along.Length).OrderBy(i => along[i]))
        {
            int[] near = [.. placed.Where(j => Math.Abs(along[j] - along[i]) < distance)];
            double[] reach = [.. near.Select(j => Math.Sqrt((distance * distance) - ((along[j] - along[i]) * (along[j] - along[i]))))];
            IEnumerable<double> places = [0, .. near.SelectMany((j, k) => new[] { aside[j] + reach[k], aside[j] - reach[k] })];
            aside[i] = places.OrderBy(Math.Abs).First(x => near.Select((j, k) => Math.Abs(aside[j] - x) >= reach[k] - 1e-9).All(free => free));
            placed.Add(i);
        }

        return aside;
    }

    // Room of a marker with its outline; pointed shapes reach a little over their size.
    private static double Distance(double size) => (size * 1.15) + 1.2;
}
