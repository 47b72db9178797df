using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Measures;

/// <summary>
/// The spatial measures of a row that are cheap enough for every day. Sums run in site order or over whole numbers, so values depend
/// on the state alone; nothing is kept per site but bits. The same in 3D, with cubes for squares.
/// </summary>
internal static class SpatialReadings
{
    /// <summary>Side of the quadrats of the Morisita-Horn index [µm].</summary>
    private const double QuadratUm = 100;

    public static readonly string[] Names =
    [
        "hypoxic_fraction_2_5", "vessels_perfused_per_mm2", "vessels_perfusion_per_mm2", "vessel_distance_mean_um",
        "cd8_tumor_nn_um", "tumor_cd8_nn_um", "cd8_margin_core_ratio", "cd8_phenotype", "cd163_cd8_log2_ratio",
        "morisita_horn_100um", "mixing_score", "cd8_engaged_per_mm2", "ifng_score",
    ];

    /// <summary>Values in the order of <see cref="Names"/>; not finite where they are not defined.</summary>
    public static double[] Of(LesionState lesion, TumorReadings tumor, TumorZones zones, ParameterSet parameters)
    {
        double bed = lesion.TumorBedSites * lesion.Shape.SiteAreaMm2;
        double engaged = lesion.Cd8.Target.Span.ToArray().Count(target => target != 0) / bed;
        (double perfused, double perfusion) = Perfused(lesion);
        var signature = new IfngComponents(tumor.Mean(FieldId.Ifng), tumor.Pdl1Mean, tumor.Mhc1Mean, tumor.Mean(FieldId.Cxcl), engaged);
        return
        [
            tumor.HypoxicFraction2, perfused / bed, perfusion / bed, SiteDistances.Mean(zones.Tumor, Points(lesion, zones, lesion.Vessels.Site.Span)),
            Cd8ToTumor(lesion, zones), SiteDistances.Mean(zones.Tumor, Points(lesion, zones, lesion.Cd8.Site.Span)),
            zones.Cd8.MarginToCoreRatio, PhenotypeRule.Of(zones.Cd8) is { } phenotype ? (double)phenotype : double.NaN, Cd163ToCd8(lesion, zones, parameters),
            Morisita(lesion, zones), Mixing(lesion), engaged, IfngScore.Of(signature),
        ];
    }

    private static (double Perfused, double Perfusion) Perfused(LesionState lesion)
    {
        int perfused = 0;
        long perfusion = 0; // fixed point: the order of the store must not show
        for (int i = 0; i < lesion.Vessels.Count; i++)
        {
            if (lesion.ParenchymaCodes[lesion.Vessels.Site[i]] != Parenchyma.Hepatocyte)
            {
                perfused += lesion.Vessels.Perfusion[i] > MeasureReader.PerfusedAbove ? 1 : 0;
                perfusion += (long)(lesion.Vessels.Perfusion[i] * (1 << 24));
            }
        }

        return (perfused, (double)perfusion / (1 << 24));
    }

    // Positions in the box of the tumour.
    private static TissuePoint[] Points(LesionState lesion, TumorZones zones, ReadOnlySpan<int> sites)
    {
        var points = new TissuePoint[sites.Length];
        double h = lesion.Shape.SpacingUm;
        for (int i = 0; i < points.Length; i++)
        {
            (int x, int y, int z) = lesion.Shape.Coordinates(sites[i]);
            points[i] = new TissuePoint((x - zones.Box.X + 0.5) * h, (y - zones.Box.Y + 0.5) * h, (z - zones.Box.Z + 0.5) * h);
        }

        return points;
    }

    // Squared distances are whole numbers; their roots are added in the order of their size.
    private static double Cd8ToTumor(LesionState lesion, TumorZones zones)
    {
        if (lesion.TumorCells == 0)
        {
            return double.NaN;
        }

        var squared = new long[lesion.Cd8.Count];
        for (int i = 0; i < squared.Length; i++)
        {
            (int x, int y, int z) = lesion.Shape.Coordinates(lesion.Cd8.Site[i]);
            squared[i] = NearestSite.Squared(zones.Tumor, x - zones.Box.X, y - zones.Box.Y, z - zones.Box.Z);
        }

        Array.Sort(squared);
        return squared.Sum(s => Math.Sqrt(s)) * lesion.Shape.SpacingUm / squared.Length;
    }

    private static double Cd163ToCd8(LesionState lesion, TumorZones zones, ParameterSet parameters)
    {
        float threshold = (float)parameters[Parameter.MacrophageCd163Threshold];
        var sites = new List<int>();
        for (int i = 0; i < lesion.Macrophages.Count; i++)
        {
            if (lesion.Macrophages.Score[i] > threshold)
            {
                sites.Add(lesion.Macrophages.Site[i]);
            }
        }

        return Cd163Ratio.Log2(zones.Count(sites.ToArray()).CoreCells, zones.Cd8.CoreCells);
    }

    private static double Morisita(LesionState lesion, TumorZones zones)
    {
        LatticeShape shape = lesion.Shape;
        int side = Math.Max(1, (int)Math.Round(QuadratUm / shape.SpacingUm)), nx = Quadrats(shape.Nx), ny = Quadrats(shape.Ny);
        var tumor = new int[nx * ny * Quadrats(shape.Nz)];
        var cd8 = new int[tumor.Length];
        for (int z = 0; z < zones.Box.Nz; z++)
        {
            for (int y = 0; y < zones.Box.Ny; y++)
            {
                int start = shape.Site(zones.Box.X, zones.Box.Y + y, zones.Box.Z + z);
                for (int x = 0; x < zones.Box.Nx; x++)
                {
                    if (lesion.ParenchymaCodes[start + x] == Parenchyma.Tumor && Quadrat(zones.Box.X + x, zones.Box.Y + y, zones.Box.Z + z) is >= 0 and int at)
                    {
                        tumor[at]++;
                    }
                }
            }
        }

        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            (int x, int y, int z) = shape.Coordinates(lesion.Cd8.Site[i]);
            if (Quadrat(x, y, z) is >= 0 and int at)
            {
                cd8[at]++;
            }
        }

        return MorisitaHorn.Of(tumor, cd8);

        // Whole quadrats only; an axis shorter than one is whole in all of them.
        int Quadrats(int sites) => Math.Max(1, sites / side);
        int Place(int at, int sites) => sites < side ? 0 : at / side < sites / side ? at / side : -1;
        int Quadrat(int x, int y, int z)
        {
            (int px, int py, int pz) = (Place(x, shape.Nx), Place(y, shape.Ny), Place(z, shape.Nz));
            return px < 0 || py < 0 || pz < 0 ? -1 : (((pz * ny) + py) * nx) + px;
        }
    }

    // The halo holds neither tumour nor immune cells, so the neighbours of every site can be read.
    private static double Mixing(LesionState lesion)
    {
        long mixed = 0, same = 0;
        Count(lesion.Cd8.Site.Span);
        Count(lesion.Macrophages.Site.Span);
        return new MixingScore(mixed, same / 2).Value;

        void Count(ReadOnlySpan<int> sites)
        {
            foreach (int site in sites)
            {
                mixed += lesion.ParenchymaCodes[site] == Parenchyma.Tumor ? 1 : 0;
                foreach (int offset in lesion.Shape.MooreOffsets)
                {
                    mixed += lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor ? 1 : 0;
                    same += lesion.Immune[site + offset] != 0 ? 1 : 0;
                }
            }
        }
    }
}
