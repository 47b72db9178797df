using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// The spatial measures of a row that are cheap enough for every day. Sums run in site order or over whole numbers, so values depend
/// on the state alone; nothing is kept per site but bits. The same in 3D, with cubes for squares.
/// </summary>
internal static class SpatialReadings
{
    /// <summary>Side of the quadrats of the Morisita-Horn index [µm].</summary>
    private const double QuadratUm = 100;

    /// <summary>Mean distance from living tumour cells to the nearest vessel [µm]; not finite without either.</summary>
    public static double TumorToVesselUm(LesionReading r) =>
        SiteDistances.Mean(r.Zones.Tumor, Points(r.State, r.Zones, r.State.Vessels.Site.Span));

    /// <summary>Mean distance from living tumour cells to the nearest CD8 T cell [µm]; not finite without either.</summary>
    public static double TumorToCd8Um(LesionReading r) =>
        SiteDistances.Mean(r.Zones.Tumor, Points(r.State, r.Zones, r.State.Cd8.Site.Span));

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

    /// <summary>Mean distance from CD8 T cells to the nearest living tumour cell [µm]; NaN without either.</summary>
    /// <remarks>Squared distances are whole numbers; their roots are added in the order of their size.</remarks>
    public static double Cd8ToTumorUm(LesionReading r)
    {
        (LesionState lesion, TumorZones zones) = (r.State, r.Zones);
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

    /// <summary>log2 of CD163+ macrophages over CD8 T cells in the core; NaN where it holds neither.</summary>
    public static double Cd163ToCd8Log2(LesionReading r)
    {
        (LesionState lesion, TumorZones zones) = (r.State, r.Zones);
        float threshold = (float)r.Parameters[Parameter.MacrophageCd163Threshold];
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

    /// <summary>Morisita-Horn index of CD8 T cells and tumour cells in quadrats; NaN where either is missing.</summary>
    public static double Morisita(LesionReading r)
    {
        (LesionState lesion, TumorZones zones) = (r.State, r.Zones);
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
                    if (lesion.ParenchymaCodes[start + x] == Parenchyma.Tumor
                        && Quadrat(zones.Box.X + x, zones.Box.Y + y, zones.Box.Z + z) is >= 0 and int at)
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

    /// <summary>Mixing score; NaN without contacts of immune cells.</summary>
    /// <remarks>The halo holds neither tumour nor immune cells, so the neighbours of every site can be read.</remarks>
    public static double Mixing(LesionReading r)
    {
        LesionState lesion = r.State;
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
