using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Start;

/// <summary>Lays out vessels: in hash order, no two within the exclusion radius, and where a layout says so in tracts, septa and tracks.</summary>
internal sealed class VesselSeeder(
    LesionState lesion, LesionPlan plan, ParameterSet parameters, SiteRanking ranking, TissueLayout? layout)
{
    private readonly LatticeShape _shape = lesion.Shape;

    /// <summary>Vessels for the whole lattice.</summary>
    /// <param name="bedSites">Sites that hold no hepatocyte.</param>
    public void Seed(int bedSites)
    {
        if (layout is not { PlacesVessels: true })
        {
            PlaceVessels(Wanted(plan.VesselsPerMm2, _shape.SiteCount), plan.VesselsPerMm2);
            return;
        }

        // Those of tracts and septa are part of the asked numbers.
        int inBed = Wanted(plan.VesselsPerMm2, bedSites);
        double inLiver = layout.LiverVesselsPerMm2 ?? plan.VesselsPerMm2;
        int left = Wanted(inLiver, _shape.SiteCount - bedSites);
        left -= PlaceInLobules(left);
        inBed -= PlaceVessels((int)Math.Round(layout.SeptumShare * inBed), plan.VesselsPerMm2, layout.IsSeptum);
        PlaceVessels(
            inBed, plan.VesselsPerMm2,
            site => lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte && lesion.StromaMap.TakesVessel(site));
        PlaceVessels(left, inLiver, site => lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte);
    }

    private int Wanted(double perMm2, long sites) => (int)Math.Round(perMm2 * _shape.SiteAreaMm2 * sites);

    private int PlaceInLobules(int most)
    {
        int placed = 0;
        foreach ((int x, int y, int z) in layout!.LobuleVessels(parameters[Parameter.VesselsExclusionRadius] / _shape.SpacingUm))
        {
            if (placed < most && _shape.Contains(x, y, z) && _shape.Site(x, y, z) is int site && !lesion.VesselMark[site]
                && lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte)
            {
                AddVessel(site);
                placed++;
            }
        }

        return placed;
    }

    private int PlaceVessels(int wanted, double perMm2, Func<int, bool>? takes = null)
    {
        if (wanted <= 0)
        {
            return 0;
        }

        double exclusion = Sprouting.ExclusionUm(parameters, perMm2) / _shape.SpacingUm;
        ranking.Sort(2, takes);
        int placed = 0;
        for (; placed < wanted && exclusion > 0.1; exclusion *= 0.8)
        {
            // A denser packing than random placement allows gets a smaller exclusion radius.
            placed += PlaceApart(wanted - placed, exclusion);
        }

        return placed;
    }

    private int PlaceApart(int wanted, double exclusionSites)
    {
        var exclusion = new ExclusionBall(_shape, exclusionSites);
        using var taken = new SiteBits(_shape.Length);
        for (int vessel = 0; vessel < lesion.Vessels.Count; vessel++)
        {
            exclusion.Mark(taken, lesion.Vessels.Site[vessel]);
        }

        int placed = 0;
        foreach ((ulong _, int site) in ranking.InOrder(taken))
        {
            if (placed == wanted)
            {
                break;
            }

            if (!taken[site])
            {
                exclusion.Mark(taken, site);
                AddVessel(site);
                placed++;
            }
        }

        return placed;
    }

    private void AddVessel(int site)
    {
        double immature = parameters[Parameter.VesselsImmaturePerfusion];
        float maturity = lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte ? 1 : (float)plan.VesselMaturity;
        lesion.Vessels.Add(site, 1, maturity, (float)(immature + (1 - immature) * maturity));
        lesion.VesselMark[site] = true;
    }
}
