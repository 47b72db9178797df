using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Vessels;

/// <summary>
/// A vessel sprouts with hazard k · V²/(1 + V²) and opens a new section between the exclusion radius and the sprout's reach,
/// in the tumour bed and out of the exclusion radius of every other vessel. Sprouts take ground in the order of their hash.
/// </summary>
internal sealed class Sprouting
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly LatticeShape _shape;
    private readonly double _exclusionSites;
    private readonly ExclusionBall _exclusion;
    private readonly double _reachSites;
    private readonly List<(ulong Rank, int Site, int Parent)> _sprouts = new(64);

    public Sprouting(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _shape = _lesion.Shape;
        _exclusionSites = ExclusionUm(setup.Parameters, setup.Plan.VesselsPerMm2) / _shape.SpacingUm;
        _exclusion = new ExclusionBall(_shape, _exclusionSites);
        _reachSites = Math.Max(setup.Value(Parameter.VesselsSproutReach) / _shape.SpacingUm, _exclusionSites + 2);
    }

    /// <summary>Exclusion radius [µm]: the library's, or 0.6 mean spacings where the asked density is too high for it.</summary>
    public static double ExclusionUm(ParameterSet parameters, double vesselsPerMm2) =>
        Math.Min(parameters[Parameter.VesselsExclusionRadius], 0.6 * 1000 / Math.Sqrt(Math.Max(vesselsPerMm2, 1)));

    /// <summary>Hazard of a sprout in a step from a full vessel at saturating VEGF; 0 when vessels do not sprout.</summary>
    public float Rate(in StepContext context) => !_setup.IsOn(Mechanism.VesselsSprouting) ? 0
        : (float)(_setup.Parameters.Rate(Parameter.VesselsSproutRate) * context.StepHours * _lesion.Multipliers[Multiplier.Sprouting]);

    /// <summary>Forgets the sprouts of the last step.</summary>
    public void Clear() => _sprouts.Clear();

    /// <summary>A vessel would open a section at a site.</summary>
    public void Add(int vesselSite, int site, in StepContext context) =>
        _sprouts.Add((context.Rank((ulong)vesselSite, Purpose.SproutClaim), site, vesselSite));

    /// <summary>Opens the sections that keep their distance, in the order of their hash.</summary>
    public void Commit(VesselRates rates)
    {
        VesselStore vessels = _lesion.Vessels;
        _sprouts.Sort();
        float density = (float)_setup.Value(Parameter.VesselsInitialDensity);
        foreach ((ulong _, int site, int _) in _sprouts)
        {
            if (_exclusion.IsFree(_lesion.VesselMark, site))
            {
                vessels.Add(site, density, 0, rates.Perfusion(density, 0));
                _lesion.VesselMark[site] = true;
                _lesion.Ledger.Add(Booking.VesselsSprouted);
            }
        }
    }

    /// <summary>
    /// Where a sprout of the vessel at a site goes, 0 for nowhere: a lattice point drawn uniformly from the box around it, kept when it
    /// lies in the shell and in the tumour bed. In a plane the second axis takes the second draw, be it y or z.
    /// </summary>
    public int Place(int site, uint first, uint second)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        int reach = (int)_reachSites;
        int span = 2 * reach + 1;
        int dx = _shape.Nx > 1 ? (int)((first >> 16) * (uint)span >> 16) - reach : 0;
        int dy = _shape.Ny > 1 ? (int)((first & 0xFFFF) * (uint)span >> 16) - reach : 0;
        uint third = _shape.Ny > 1 ? second >> 16 : first & 0xFFFF;
        int dz = _shape.Nz > 1 ? (int)(third * (uint)span >> 16) - reach : 0;
        int squared = dx * dx + dy * dy + dz * dz;
        if (squared <= _exclusionSites * _exclusionSites || squared > _reachSites * _reachSites || !_shape.Contains(x + dx, y + dy, z + dz))
        {
            return 0;
        }

        int to = _shape.Site(x + dx, y + dy, z + dz);
        return _lesion.ParenchymaCodes[to] == Parenchyma.Hepatocyte || !_lesion.StromaMap.TakesVessel(to) ? 0 : to;
    }
}
