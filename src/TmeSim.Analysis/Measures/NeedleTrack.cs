using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// Where a core needle runs through a tissue: a strip, in 3D a cylinder, from wall to wall. Its direction is that of a random point of the unit disc (ball), and it runs
/// through a random point of the disc around the centre of the living tumour cells that keeps it inside a disc of as many sites; through the centre where that disc is
/// narrower than the needle. Both follow from seed, replicate and tissue, so arms and times of a tissue share the needle, and no draw of the model is used.
/// </summary>
internal sealed class NeedleTrack
{
    /// <summary>
    /// Width of the strip, in 3D diameter of the cylinder [µm]. Assumption: a section of an 18-gauge core is about 0.8 mm wide where it is whole, and cores are often
    /// fragmented; of the tissue of a small lattice a wider needle would take nearly all.
    /// </summary>
    public const double WidthUm = 400;

    // Keeps these draws apart from those of the model, whose keys are made of the seed itself.
    private const ulong Salt = 0x4E65_6564_6C65_0001;

    private readonly (double X, double Y, double Z) _point;
    private readonly (double X, double Y, double Z) _direction;
    private readonly double _squared;

    private NeedleTrack((double, double, double) point, (double, double, double) direction, double halfWidth) =>
        (_point, _direction, _squared) = (point, direction, halfWidth * halfWidth);

    /// <summary>Unit vector along the needle; 0 on axes with one site.</summary>
    public (double X, double Y, double Z) Direction => _direction;

    /// <summary>A point on the middle line [sites].</summary>
    public (double X, double Y, double Z) Point => _point;

    /// <summary>The needle of a tissue; null without living tumour cells, at which it is aimed.</summary>
    /// <param name="reading">Tissue.</param>
    /// <param name="widthUm">Width, above 0 [µm].</param>
    public static NeedleTrack? Of(LesionReading reading, double widthUm)
    {
        LesionState lesion = reading.State;
        TumorZones zones = reading.Zones;
        long cells = 0, x = 0, y = 0, z = 0; // whole numbers: the order of the sum does not show
        for (int k = 0; k < zones.Box.Nz; k++)
        {
            for (int j = 0; j < zones.Box.Ny; j++)
            {
                for (int i = 0; i < zones.Box.Nx; i++)
                {
                    if (zones.Tumor[i, j, k])
                    {
                        cells++;
                        (x, y, z) = (x + zones.Box.X + i, y + zones.Box.Y + j, z + zones.Box.Z + k);
                    }
                }
            }
        }

        if (cells == 0)
        {
            return null;
        }

        double half = 0.5 * widthUm / lesion.Shape.SpacingUm;
        double radius = lesion.Shape.Dimensions switch { 3 => Math.Cbrt(cells * 0.75 / Math.PI), 2 => Math.Sqrt(cells / Math.PI), _ => 0.5 * cells };
        double room = Math.Max(0, radius - half);
        PhiloxStream draws = Draws(reading, reading.Tissue);
        (double X, double Y, double Z) direction = InBall(lesion.Shape, ref draws, hasLength: true), aside = InBall(lesion.Shape, ref draws, hasLength: false);
        double length = Math.Sqrt((direction.X * direction.X) + (direction.Y * direction.Y) + (direction.Z * direction.Z));
        return new NeedleTrack(
            (((double)x / cells) + (room * aside.X), ((double)y / cells) + (room * aside.Y), ((double)z / cells) + (room * aside.Z)),
            (direction.X / length, direction.Y / length, direction.Z / length), half);
    }

    /// <summary>The tile of a lesion that its needle hits.</summary>
    public static int Tile(LesionReading reading)
    {
        int tiles = reading.Simulation.Plan.Tissue.Tiles;
        PhiloxStream draws = Draws(reading, ~reading.Lesion);
        return draws.NextInt(tiles);
    }

    /// <summary>The middle of a site lies in the needle.</summary>
    public bool Contains(int x, int y, int z)
    {
        (double dx, double dy, double dz) = (x - _point.X, y - _point.Y, z - _point.Z);
        double along = (dx * _direction.X) + (dy * _direction.Y) + (dz * _direction.Z);
        return (dx * dx) + (dy * dy) + (dz * dz) - (along * along) <= _squared;
    }

    /// <summary>Sites of a row along x outside which none is in the needle; the end is not included.</summary>
    public (int First, int End) Reach(int y, int z, int nx)
    {
        (double dy, double dz) = (y - _point.Y, z - _point.Z);
        double along = (dy * _direction.Y) + (dz * _direction.Z), a = 1 - (_direction.X * _direction.X);
        if (a < 1e-9)
        {
            return (0, nx);
        }

        double b = _direction.X * along, root = (b * b) - (a * ((dy * dy) + (dz * dz) - (along * along) - _squared));
        if (root < -1e-6)
        {
            return (0, 0);
        }

        // A site more on either side than the roots say: rounding must not decide what belongs.
        root = Math.Sqrt(Math.Max(0, root));
        return ((int)Math.Clamp(Math.Floor(_point.X + ((b - root) / a)) - 1, 0, nx), (int)Math.Clamp(Math.Ceiling(_point.X + ((b + root) / a)) + 2, 0, nx));
    }

    private static PhiloxStream Draws(LesionReading reading, int of) =>
        new(RandomKey.Create(Mix.Hash(reading.Simulation.Plan.Seed, Salt), reading.Simulation.Replicate, of), 0, 0, 0);

    // Uniform in the unit ball of the open axes, by rejection; for a direction not at its middle.
    private static (double X, double Y, double Z) InBall(LatticeShape shape, ref PhiloxStream draws, bool hasLength)
    {
        while (shape.Dimensions > 0)
        {
            double x = Signed(ref draws, shape.Nx), y = Signed(ref draws, shape.Ny), z = Signed(ref draws, shape.Nz), squared = (x * x) + (y * y) + (z * z);
            if (squared <= 1 && (!hasLength || squared > 1e-3))
            {
                return (x, y, z);
            }
        }

        return hasLength ? (1, 0, 0) : (0, 0, 0);
    }

    private static double Signed(ref PhiloxStream draws, int sites) => sites > 1 ? (2 * draws.NextDouble()) - 1 : 0;
}
