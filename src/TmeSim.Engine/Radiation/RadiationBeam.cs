using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Radiation;

/// <summary>
/// The field of one course: a half-plane cut through the tumour so that the asked share of its cells at t = 0 lies inside, with a penumbra.
/// The cut has a random direction that depends on seed, replicate and lesion alone, so arms that differ in coverage or dose are cut alike. A course
/// with a dose map has no cut.
/// </summary>
internal sealed class RadiationBeam
{
    // The normal quantile of 0.8: an edge that falls as the normal distribution has its 80 % and 20 % points that far from the middle.
    private const double EightyPercent = 0.84162123357291441;
    private readonly LatticeShape _shape;
    private readonly DoseMap? _map;
    private readonly double _sigmaUm;
    private double _x, _y, _z, _cutUm;

    public RadiationBeam(LesionState lesion, RadiationCourse course, RandomKey key)
    {
        (_shape, _map) = (lesion.Shape, course.Map);
        _sigmaUm = course.PenumbraUm / (2 * EightyPercent);
        (_x, _y, _z) = Direction(key);
        _cutUm = course.Coverage >= 1 || _map is not null ? double.PositiveInfinity : course.Coverage <= 0 ? double.NegativeInfinity
            : Cut(lesion, course.Coverage);
    }

    /// <summary>Share of the fraction dose at a site: 0 to 1, with a map up to <see cref="DoseMap.MostShare"/>.</summary>
    public double Share(int site)
    {
        if (_map is not null)
        {
            (int x, int y, int z) = _shape.Coordinates(site);
            return _map.At((x + 0.5) * _shape.SpacingUm, (y + 0.5) * _shape.SpacingUm, (z + 0.5) * _shape.SpacingUm);
        }

        double distance = _cutUm - Along(site);
        return double.IsInfinity(distance) || _sigmaUm == 0 ? (distance >= 0 ? 1 : 0) : DetMath.NormalCdf(distance / _sigmaUm);
    }

    /// <summary>The cut, which was laid on the tumour of t = 0 and so does not follow from a later state.</summary>
    public void Visit(StateVisitor visitor) =>
        (_x, _y, _z, _cutUm) = (visitor.Aside(_x), visitor.Aside(_y), visitor.Aside(_z), visitor.Aside(_cutUm));

    // A point inside the unit sphere of the open axes, by rejection, brought to its surface.
    private (double X, double Y, double Z) Direction(RandomKey key)
    {
        var draws = new PhiloxStream(key, 0, 0, 0, (uint)Purpose.RadiationField << 16);
        while (_shape.Dimensions > 0)
        {
            double x = Signed(ref draws, _shape.Nx), y = Signed(ref draws, _shape.Ny), z = Signed(ref draws, _shape.Nz);
            double squared = x * x + y * y + z * z;
            if (squared is > 1e-3 and <= 1)
            {
                double length = DetMath.Sqrt(squared);
                return (x / length, y / length, z / length);
            }
        }

        return (1, 0, 0);
    }

    private static double Signed(ref PhiloxStream draws, int sites) => sites > 1 ? 2 * draws.NextDouble() - 1 : 0;

    // The quantile of the tumour cells along the direction.
    private double Cut(LesionState lesion, double coverage)
    {
        var places = new List<double>(lesion.TumorCells);
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int site = _shape.RowStart(row), end = site + _shape.Nx; site < end; site++)
            {
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    places.Add(Along(site));
                }
            }
        }

        if (places.Count == 0)
        {
            return double.PositiveInfinity;
        }

        places.Sort();
        int inside = (int)Math.Round(coverage * places.Count);
        return inside >= places.Count ? double.PositiveInfinity
            : inside <= 0 ? double.NegativeInfinity
            : 0.5 * (places[inside - 1] + places[inside]);
    }

    private double Along(int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        return _shape.SpacingUm * (x * _x + y * _y + z * _z);
    }
}
