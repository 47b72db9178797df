using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>From the coordinates of a table to the lattice: unit, crop, rotation in the plane of x and y, and where the piece is put.</summary>
internal sealed class TableFrame
{
    private readonly double _unit, _cos, _sin;
    private readonly double[]? _crop;
    private readonly bool _centred;
    private readonly TissuePlan _tissue;

    private TableFrame(MapValue block, TissuePlan tissue)
    {
        Unit micrometres = Unit.Of("um");
        _tissue = tissue;
        _unit = block.In("unit", micrometres);
        double angle = block.Number("rotate");

        // Quarter turns are exact, so that a table that is turned four times is the same again.
        (_cos, _sin) = (((angle % 360) + 360) % 360) switch { 0 => (1, 0), 90 => (0, 1), 180 => (-1, 0), 270 => (0, -1), _ => (Math.Cos(angle * Math.PI / 180), Math.Sin(angle * Math.PI / 180)) };
        _crop = block["crop"] is ListValue { IsGood: true } crop ? [.. crop.Scalars.Select(s => s.In(micrometres))] : null;
        _centred = block.Text("place") == "centred";
    }

    public static TableFrame Of(MapValue block, TissuePlan tissue) => new(block, tissue);

    /// <summary>A place in um, turned counter-clockwise; null outside the crop, whose edges are in the coordinates of the table.</summary>
    public (double X, double Y, double Z)? Turned((double X, double Y, double Z) place)
    {
        (double x, double y, double z) = (place.X * _unit, place.Y * _unit, place.Z * _unit);
        return _crop is [var x0, var y0, var x1, var y1, ..] && !(x >= x0 && x <= x1 && y >= y0 && y <= y1) ? null
            : ((x * _cos) - (y * _sin), (x * _sin) + (y * _cos), z);
    }

    /// <summary>Places on the lattice: as they are, or the middle of their box in the middle of the lattice.</summary>
    public List<(double X, double Y, double Z)> Moved(List<(double X, double Y, double Z)> places)
    {
        double h = _tissue.SpacingUm;
        double Shift(Func<(double X, double Y, double Z), double> axis, int sites) =>
            (sites * h / 2) - ((places.Min(axis) + places.Max(axis)) / 2);
        if (!_centred)
        {
            return places;
        }

        (double dx, double dy, double dz) = (Shift(p => p.X, _tissue.Nx), Shift(p => p.Y, _tissue.Ny), Shift(p => p.Z, _tissue.Nz));
        return [.. places.Select(p => (p.X + dx, p.Y + dy, p.Z + dz))];
    }
}
