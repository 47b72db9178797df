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

    /// <summary>Portal tracts, which hold their matrix whatever a tumour does.</summary>
    Tract,

    /// <summary>Septa: dense too, and no parenchymal cell lives there.</summary>
    Septum,

    /// <summary>The capsule around the tumour as it stands; follows from the state and is in no map.</summary>
    Capsule,

    /// <summary>Added to the zone of a site: a sinusoidal track, where no tumour cell settles.</summary>
    Track = 8,
}

/// <summary>
/// Where fibroblasts stand. They neither move nor multiply, so their density follows from the plan and the place alone and takes
/// no memory per site; the matrix that they make is the state (<see cref="LesionState.Stroma"/>). Only structures of liver and tumour
/// (MODEL.md 7.12a) are kept, as a byte a site.
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

    // By site; null without structures.
    private readonly byte[]? _zones;

    /// <summary>A lesion that is not seeded yet: nothing anywhere.</summary>
    public StromaMap(LatticeShape shape) => (_shape, _inside, _ringFrom, _density) = (shape, -1, long.MaxValue, new float[8]);

    /// <param name="shape">The lattice.</param>
    /// <param name="plan">Planned radius, pattern and density.</param>
    /// <param name="startRadius">Radius of the nodule when it is seeded [sites].</param>
    /// <param name="structures">What liver and tumour are built of; null for nothing.</param>
    public StromaMap(LatticeShape shape, LesionPlan plan, double startRadius, TissueStructures? structures = null)
    {
        _shape = shape;
        double outer = (structures?.EdgeSites ?? plan.RadiusUm / shape.SpacingUm) + RingSites;
        _inside = Last(4 * outer * outer, squared => Distance(squared) <= outer);
        double inner = startRadius - RingSites / 2;
        _ringFrom = plan.Pattern != ImmunePattern.Excluded ? long.MaxValue
            : inner <= 0 ? 0 : Last(4 * inner * inner, squared => Distance(squared) < inner) + 1;
        double density = plan.StromaDensity;
        float fibrous = structures?.FibrousDensity ?? 0;
        _density = [(float)(density / 2), (float)density, (float)Math.Max(RingDensity, density), fibrous, fibrous, fibrous, 0, 0];
        _zones = structures is null ? null : Merge(structures.Zones);
        CapsuleSites = structures?.CapsuleSites ?? 0;
        (HasClosed, HasTracks) = (structures?.HasSepta == true || structures?.HasTracks == true, structures?.HasTracks == true);
    }

    /// <summary>No tumour cell settles at this site and none is pushed to it: a septum or a track.</summary>
    public bool IsClosed(int site) => _zones is { } zones && zones[site] >= (byte)StromaZone.Septum;

    /// <summary>A sinusoidal track.</summary>
    public bool IsTrack(int site) => _zones is { } zones && zones[site] >= (byte)StromaZone.Track;

    /// <summary>True where the tumour has septa or tracks.</summary>
    public bool HasClosed { get; }

    /// <summary>With tracks, vessels of the tumour bed stand in them or in septa; without, anywhere.</summary>
    public bool TakesVessel(int site) => !HasTracks || IsClosed(site);

    /// <summary>Matrix that a zone keeps at least: tracts keep all of theirs.</summary>
    public float Kept(StromaZone zone) => zone == StromaZone.Tract ? Density(zone) : 0;

    /// <summary>Some zone keeps matrix.</summary>
    public bool Keeps => _zones is not null;

    /// <summary>Thickness of the capsule that fibroblasts lay around the tumour [sites]; 0 for none.</summary>
    public double CapsuleSites { get; }

    private bool HasTracks { get; }

    /// <summary>Matrix density 0–1 that the fibroblasts of a zone hold while nothing disturbs them.</summary>
    public float Density(StromaZone zone) => _density[(int)zone];

    /// <summary>Zones of sites x to x + zones.Length − 1 of a lattice row, without tracks.</summary>
    public void Fill(int row, int x, Span<byte> zones)
    {
        if (_zones is not null)
        {
            int start = _shape.RowStart(row) + x;
            for (int i = 0; i < zones.Length; i++)
            {
                zones[i] = (byte)(_zones[start + i] & 7);
            }

            return;
        }

        FillPlain(row, x, zones);
    }

    private void FillPlain(int row, int x, Span<byte> zones)
    {
        long off = Axis(row % _shape.Ny, _shape.Ny) + Axis(row / _shape.Ny, _shape.Nz);
        for (int i = 0; i < zones.Length; i++)
        {
            long squared = off + Axis(x + i, _shape.Nx);
            zones[i] = (byte)(squared > _inside ? StromaZone.Liver : squared >= _ringFrom ? StromaZone.Ring : StromaZone.Bed);
        }
    }

    // Where no structure is the zone is that of the plain map; a track keeps it beneath.
    private byte[] Merge(byte[] structures)
    {
        byte[] plain = new byte[_shape.Nx];
        for (int row = 0; row < _shape.Rows; row++)
        {
            FillPlain(row, 0, plain);
            Span<byte> own = structures.AsSpan(_shape.RowStart(row), plain.Length);
            for (int x = 0; x < plain.Length; x++)
            {
                own[x] = (own[x] & 7) == 0 ? (byte)(own[x] | plain[x]) : own[x];
            }
        }

        return structures;
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

/// <summary>What liver and tumour are built of.</summary>
/// <param name="Zones"><see cref="StromaZone.Tract"/>, <see cref="StromaZone.Septum"/>, tracks, else 0, by site; taken over.</param>
/// <param name="EdgeSites">Distance from the centre that the tumour is planned to reach [sites].</param>
/// <param name="FibrousDensity">Matrix density of tracts, capsule and septa.</param>
/// <param name="CapsuleSites">Thickness of the capsule [sites]; 0 for none.</param>
/// <param name="HasSepta">The tumour has septa.</param>
/// <param name="HasTracks">The tumour has tracks.</param>
internal sealed record TissueStructures(byte[] Zones, double EdgeSites, float FibrousDensity, double CapsuleSites, bool HasSepta, bool HasTracks);
