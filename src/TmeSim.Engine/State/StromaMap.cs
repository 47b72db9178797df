using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>Part of the tissue with one density of fibroblasts.</summary>
internal enum StromaZone : byte
{
    /// <summary>Farther out than the tumour is planned to grow: half the asked density.</summary>
    Liver,

    /// <summary>Tumour stroma: the asked density.</summary>
    Bed,

    /// <summary>The dense ring of the excluded pattern.</summary>
    Ring,
}

/// <summary>
/// Where fibroblasts stand. They neither move nor multiply, so their density follows from the plan and the place alone and takes
/// no memory per site; the matrix that they make is the state (<see cref="LesionState.Stroma"/>).
/// </summary>
internal sealed class StromaMap
{
    /// <summary>
    /// Reach of the tumour's stroma beyond the planned edge; the ring begins half of this inside the starting edge [sites].
    /// </summary>
    public const int RingSites = 8;

    private const double RingDensity = 0.8;
    private readonly LatticeShape _shape;
    private readonly long _ringFrom;
    private readonly long _inside;
    private readonly float[] _density;

    /// <param name="shape">The lattice.</param>
    /// <param name="plan">Planned radius, pattern and density.</param>
    /// <param name="startRadius">Radius of the nodule when it is seeded [sites].</param>
    public StromaMap(LatticeShape shape, LesionPlan plan, double startRadius)
    {
        _shape = shape;
        double outer = plan.RadiusUm / shape.SpacingUm + RingSites;
        _inside = Last(4 * outer * outer, squared => Distance(squared) <= outer);
        double inner = startRadius - RingSites / 2;
        _ringFrom = plan.Pattern != ImmunePattern.Excluded ? long.MaxValue
            : inner <= 0 ? 0 : Last(4 * inner * inner, squared => Distance(squared) < inner) + 1;
        double density = plan.StromaDensity;
        _density = [(float)(density / 2), (float)density, (float)Math.Max(RingDensity, density)];
    }

    /// <summary>Matrix density 0–1 that the fibroblasts of a zone hold while nothing disturbs them.</summary>
    public float Density(StromaZone zone) => _density[(int)zone];

    /// <summary>Zones of sites x to x + zones.Length − 1 of a lattice row.</summary>
    public void Fill(int row, int x, Span<byte> zones)
    {
        long off = Axis(row % _shape.Ny, _shape.Ny) + Axis(row / _shape.Ny, _shape.Nz);
        for (int i = 0; i < zones.Length; i++)
        {
            long squared = off + Axis(x + i, _shape.Nx);
            zones[i] = (byte)(squared > _inside ? StromaZone.Liver : squared >= _ringFrom ? StromaZone.Ring : StromaZone.Bed);
        }
    }

    // As in NoduleOutline: twice the offset from the centre, squared, is a whole number.
    private static long Axis(int at, int size) => (2L * at - (size - 1)) * (2L * at - (size - 1));

    private static double Distance(long squared) => Math.Sqrt(squared / 4.0);

    /// <summary>The largest whole number for which something monotone holds, found near a guess.</summary>
    private static long Last(double guess, Func<long, bool> holds)
    {
        long value = (long)guess;
        while (value > 0 && !holds(value))
        {
            value--;
        }

        while (holds(value + 1))
        {
            value++;
        }

        return value;
    }
}
