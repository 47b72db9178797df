using ScottPlot;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>Points of one category, moved aside by as little as keeps them apart; too many for the room get smaller.</summary>
/// <param name="position">Place of the category on the axis of positions.</param>
/// <param name="values">Values on the other axis; those that are not finite are left out.</param>
/// <param name="width">Room for all of them in units of the axis of positions.</param>
/// <param name="marker">How a point is drawn.</param>
/// <param name="isHorizontal">Values run along x, positions along y.</param>
public sealed class Swarm(double position, IReadOnlyList<double> values, double width, MarkerStyle marker, bool isHorizontal = false) : PlottableBase
{
    private const float MinSize = 2.5f;
    private readonly double[] _values = [.. values.Where(double.IsFinite)];

    public override AxisLimits GetAxisLimits()
    {
        if (_values.Length == 0)
        {
            return AxisLimits.NoLimits;
        }

        (double low, double high) = (position - (width / 2), position + (width / 2));
        return isHorizontal ? new AxisLimits(_values.Min(), _values.Max(), low, high) : new AxisLimits(low, high, _values.Min(), _values.Max());
    }

    public override void Render(RenderPack rp)
    {
        float given = marker.Size;
        (IReadOnlyList<Pixel> places, marker.Size) = Places();
        foreach (Pixel place in places.Where(p => float.IsFinite(p.X + p.Y)))
        {
            marker.Render(rp, place);
        }

        marker.Size = given;
    }

    /// <summary>Where the points lie on the axes of the plot, NaN for a missing one, and their size [px].</summary>
    internal (IReadOnlyList<Pixel> At, float Size) Places()
    {
        double[] along = [.. _values.Select(v => (double)(isHorizontal ? Axes.GetPixelX(v) : Axes.GetPixelY(v)))];
        float at = isHorizontal ? Axes.GetPixelY(position) : Axes.GetPixelX(position);
        double room = Math.Abs((isHorizontal ? Axes.GetPixelY(position + width) : Axes.GetPixelX(position + width)) - at);
        float size = marker.Size;
        double[] aside = Spread(along, Distance(size));
        while (size > MinSize && aside.Length > 0 && aside.Max(Math.Abs) + (Distance(size) / 2) > room / 2)
        {
            size = Math.Max(MinSize, size * 0.85f);
            aside = Spread(along, Distance(size));
        }

        double reach = Math.Max(0, (room - Distance(size)) / 2);
        int next = 0;
        return ([.. values.Select(v => double.IsFinite(v) ? Place(next++) : Pixel.NaN)], size);

        Pixel Place(int i)
        {
            float moved = at + (float)Math.Clamp(aside[i], -reach, reach);
            return isHorizontal ? new Pixel((float)along[i], moved) : new Pixel(moved, (float)along[i]);
        }
    }

    /// <summary>Offsets [px] that keep points at least a distance apart: each in turn takes the place nearest to the middle that is free.</summary>
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
