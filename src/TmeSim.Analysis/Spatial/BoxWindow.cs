namespace TmeSim.Analysis.Spatial;

/// <summary>A rectangle, or a box in three dimensions, along the axes.</summary>
public sealed class BoxWindow : StudyWindow
{
    private readonly TissuePoint _low;
    private readonly TissuePoint _high;

    private BoxWindow(TissuePoint low, TissuePoint high, int dimensions)
    {
        (_low, _high, Dimensions) = (low, high, dimensions);
        double dx = high.X - low.X, dy = high.Y - low.Y, dz = dimensions == 3 ? high.Z - low.Z : 0;
        if (!(dx > 0 && dy > 0 && (dimensions == 2 || dz > 0)) || !double.IsFinite(dx + dy + dz))
        {
            throw new ArgumentException($"a window needs positive, finite sides, not {dx} x {dy}{(dimensions == 3 ? $" x {dz}" : "")} um",
                nameof(high));
        }

        Size = dx * dy * (dimensions == 3 ? dz : 1);
        LargestRadius = 0.5 * Math.Sqrt(dx * dx + dy * dy + dz * dz);
    }

    public override int Dimensions { get; }

    public override double Size { get; }

    public override double LargestRadius { get; }

    /// <summary>Corner with the smallest coordinates [µm].</summary>
    public TissuePoint Low => _low;

    /// <summary>Corner with the largest coordinates [µm].</summary>
    public TissuePoint High => _high;

    /// <summary>A rectangle between two corners [µm].</summary>
    /// <exception cref="ArgumentException">A side is not positive.</exception>
    public static BoxWindow Rectangle(double lowX, double lowY, double highX, double highY) =>
        new(new TissuePoint(lowX, lowY), new TissuePoint(highX, highY), 2);

    /// <summary>A box between two corners [µm].</summary>
    /// <exception cref="ArgumentException">A side is not positive.</exception>
    public static BoxWindow Box(TissuePoint low, TissuePoint high) => new(low, high, 3);

    public override bool Contains(TissuePoint point) =>
        point.X >= _low.X && point.X <= _high.X && point.Y >= _low.Y && point.Y <= _high.Y
            && (Dimensions == 2 || (point.Z >= _low.Z && point.Z <= _high.Z));

    public override double EdgeDistance(TissuePoint point)
    {
        double plane = Math.Min(Math.Min(point.X - _low.X, _high.X - point.X), Math.Min(point.Y - _low.Y, _high.Y - point.Y));
        return Dimensions == 2 ? plane : Math.Min(plane, Math.Min(point.Z - _low.Z, _high.Z - point.Z));
    }

    public override double Overlap(double dx, double dy, double dz)
    {
        double plane = Math.Max(0, _high.X - _low.X - Math.Abs(dx)) * Math.Max(0, _high.Y - _low.Y - Math.Abs(dy));
        return Dimensions == 2 ? plane : plane * Math.Max(0, _high.Z - _low.Z - Math.Abs(dz));
    }

    /// <remarks>
    /// Each side nearer than the radius hides an arc of ± acos(distance / radius) around its normal. In the quarter between two sides the
    /// hidden arcs add, up to the whole quarter when the corner lies inside the circle.
    /// </remarks>
    public override double CircleShare(TissuePoint centre, double radius)
    {
        RequireCorrection(EdgeCorrection.Isotropic);
        double left = Hidden(centre.X - _low.X, radius), right = Hidden(_high.X - centre.X, radius);
        double down = Hidden(centre.Y - _low.Y, radius), up = Hidden(_high.Y - centre.Y, radius);
        if (left + right + down + up == 0)
        {
            return 1;
        }

        const double quarter = Math.PI / 2;
        double hidden = Math.Min(quarter, left + down) + Math.Min(quarter, left + up) + Math.Min(quarter, right + down)
            + Math.Min(quarter, right + up);
        return 1 - hidden / (2 * Math.PI);
    }

    public override TissuePoint Uniform(double u, double v, double w) => new(
        _low.X + u * (_high.X - _low.X), _low.Y + v * (_high.Y - _low.Y), Dimensions == 2 ? _low.Z : _low.Z + w * (_high.Z - _low.Z));

    private static double Hidden(double distance, double radius) => distance >= radius ? 0 : Math.Acos(distance / radius);
}
