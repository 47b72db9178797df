using TmeSim.Engine.Cells;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine;

/// <summary>Lays out the tissue at the start of the burn-in: a round nodule in liver, vessels, stroma and immune cells by pattern.</summary>
internal sealed class Seeder(LesionState lesion, LesionPlan plan, ParameterSet parameters, RandomKey key)
{
    private const int StromaRingSites = 8;
    private const double RingDensity = 0.8;
    private readonly LatticeShape _shape = lesion.Shape;

    /// <summary>Tumour cells that the nodule has at t = 0: sites within its radius.</summary>
    public static int CellsAt(LatticeShape shape, double radiusUm)
    {
        double r = radiusUm / shape.SpacingUm;
        double sites = shape.Dimensions switch { 3 => 4.0 / 3 * Math.PI * r * r * r, 2 => Math.PI * r * r, 1 => 2 * r, _ => 1 };
        return (int)Math.Clamp(Math.Round(sites), 1, shape.SiteCount);
    }

    /// <param name="tumorCells">Tumour cells to start with.</param>
    public void Seed(int tumorCells)
    {
        List<(double Distance, ulong Rank, int Site)> sites = SitesFromCentre();
        double startRadius = sites[Math.Min(tumorCells, sites.Count) - 1].Distance;
        SeedTumor(sites, tumorCells);
        SeedStroma(sites, startRadius);
        SeedVessels();
        SeedImmune(sites, tumorCells, startRadius);
        lesion.TumorCells = tumorCells;
        lesion.Hepatocytes = (int)_shape.SiteCount - tumorCells;
    }

    // Sites by distance from the centre of the lattice, ties by hash, so that the nodule has the exact count and is the same
    // on every lattice that holds it.
    private List<(double, ulong, int)> SitesFromCentre()
    {
        var sites = new List<(double, ulong, int)>((int)_shape.SiteCount);
        double cx = (_shape.Nx - 1) / 2.0, cy = (_shape.Ny - 1) / 2.0, cz = (_shape.Nz - 1) / 2.0;
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int x = 0; x < _shape.Nx; x++)
            {
                int site = _shape.RowStart(row) + x;
                (int _, int y, int z) = _shape.Coordinates(site);
                double squared = (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz);
                sites.Add((Math.Sqrt(squared), Rank(site, 0), site));
            }
        }

        sites.Sort();
        return sites;
    }

    private ulong Rank(int site, ulong what)
    {
        // Relative to the centre: the same nodule on a larger lattice gets the same ranks.
        // A plane of rows gets the same ranks whether its rows lie along y or along z.
        (int x, int y, int z) = _shape.Coordinates(site);
        (int ny, int nz) = (_shape.Ny, _shape.Nz);
        if (ny == 1)
        {
            (y, ny, z, nz) = (z, nz, 0, 1);
        }

        ulong place = ((ulong)(uint)(2 * x - _shape.Nx) << 40) ^ ((ulong)(uint)(2 * y - ny) << 20) ^ (uint)(2 * z - nz);
        return Mix.Hash(place, ((ulong)key.K1 << 32) | key.K0, ((ulong)Purpose.Seeding << 32) | what);
    }

    private void SeedTumor(List<(double, ulong, int Site)> sites, int tumorCells)
    {
        for (int i = 0; i < tumorCells; i++)
        {
            int site = sites[i].Site;
            lesion.ParenchymaCodes[site] = Parenchyma.Tumor;
            lesion.Mhc1[site] = 1;
            lesion.Pdl1[site] = (float)parameters[Parameter.Pdl1Base];
        }

        // Clones take the cells with the lowest hash of a second ranking: exact fractions, well mixed.
        var ranked = new List<(ulong, int)>(tumorCells);
        for (int i = 0; i < tumorCells; i++)
        {
            ranked.Add((Rank(sites[i].Site, 1), sites[i].Site));
        }

        ranked.Sort();
        int next = 0;
        for (int c = 0; c < plan.Clones.Count; c++)
        {
            int cells = (int)Math.Min(Math.Round(plan.Clones[c].Fraction * tumorCells), tumorCells - next);
            for (int k = 0; k < cells; k++)
            {
                lesion.CloneIndex[ranked[next++].Item2] = (ushort)(c + 1);
            }
        }
    }

    // Tumour stroma inside and just outside; in the excluded pattern a dense ring from the edge to where the edge will grow.
    private void SeedStroma(List<(double Distance, ulong, int Site)> sites, double startRadius)
    {
        double finalRadius = plan.RadiusUm / _shape.SpacingUm;
        foreach ((double distance, ulong _, int site) in sites)
        {
            bool inside = distance <= finalRadius + StromaRingSites;
            bool ring = plan.Pattern == ImmunePattern.Excluded && distance >= startRadius - StromaRingSites / 2 && inside;
            double density = ring ? Math.Max(RingDensity, plan.StromaDensity) : inside ? plan.StromaDensity : plan.StromaDensity / 2;
            lesion.Stroma[site] = (float)density;
        }
    }

    private void SeedVessels()
    {
        int wanted = (int)Math.Round(plan.VesselsPerMm2 * _shape.SiteAreaMm2 * _shape.SiteCount);
        var ranked = new List<(ulong, int)>((int)_shape.SiteCount);
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int x = 0; x < _shape.Nx; x++)
            {
                int site = _shape.RowStart(row) + x;
                ranked.Add((Rank(site, 2), site));
            }
        }

        ranked.Sort();
        double exclusion = Sprouting.ExclusionUm(parameters, plan.VesselsPerMm2) / _shape.SpacingUm;
        double immature = parameters[Parameter.VesselsImmaturePerfusion];
        for (int placed = 0; placed < wanted && exclusion > 0.1; exclusion *= 0.8)
        {
            // A denser packing than random placement allows gets a smaller exclusion radius.
            foreach ((ulong _, int site) in ranked)
            {
                if (placed < wanted && Sprouting.IsFree(lesion, _shape, site, exclusion))
                {
                    float maturity = lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte ? 1 : (float)plan.VesselMaturity;
                    lesion.Vessels.Add(site, 1, maturity, (float)(immature + (1 - immature) * maturity));
                    lesion.VesselMark[site] = 1;
                    placed++;
                }
            }
        }
    }

    private void SeedImmune(List<(double Distance, ulong, int Site)> sites, int tumorCells, double startRadius)
    {
        double perSite = _shape.SiteAreaMm2 * tumorCells;
        int macrophages = (int)Math.Round(plan.MacrophagesPerMm2 * perSite);
        int cd8 = (int)Math.Round(plan.Cd8PerMm2 * perSite);
        var bed = new List<(ulong, int)>(tumorCells);
        var margin = new List<(ulong, int)>(tumorCells);
        for (int i = 0; i < tumorCells; i++)
        {
            (double distance, ulong _, int site) = sites[i];
            bed.Add((Rank(site, 3), site));
            if (distance >= startRadius - StromaRingSites)
            {
                margin.Add((Rank(site, 4), site));
            }
        }

        bed.Sort();
        margin.Sort();
        var setup = new StepContext(key, uint.MaxValue, 1, default, 1, 1);
        int placed = 0;
        foreach ((ulong rank, int site) in bed)
        {
            if (placed == macrophages)
            {
                break;
            }

            PhiloxBlock block = setup.Draw(rank, Purpose.MacrophageBirth);
            float score = placed < plan.Cd163Fraction * macrophages ? 0.7f : 0.3f;
            Occupancy.AddMacrophage(lesion, rank, site, score, MacrophageProcess.Polarisability(parameters, block));
            placed++;
        }

        placed = 0;
        foreach ((ulong rank, int site) in plan.Pattern == ImmunePattern.Excluded ? margin : bed)
        {
            if (placed == cd8)
            {
                break;
            }

            if (Occupancy.IsFree(lesion, site))
            {
                bool reactive = Draws.Uniform(setup.Draw(rank, Purpose.Cd8Birth).X0) < parameters[Parameter.Cd8ReactiveFraction];
                Occupancy.AddCd8(lesion, Mix.Hash(rank, (ulong)Purpose.Cd8Birth), site, 0, 0, reactive ? (byte)1 : (byte)0);
                placed++;
            }
        }

        lesion.Ledger.Add(Booking.MacrophageEntries, lesion.Macrophages.Count);
        lesion.Ledger.Add(Booking.Cd8Entries, lesion.Cd8.Count);
        lesion.Ledger.Add(Booking.VesselsSprouted, lesion.Vessels.Count);
    }
}
