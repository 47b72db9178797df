using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// What stands around CD8 T cells of the tumour bed, by the kernel of the functional cell neighbourhood (FunCN): of each, the share of a type
/// among the other cells, weighted by a Gaussian of their distance and cut off at three times its width.
/// </summary>
/// <remarks>
/// Cells are living tumour cells, hepatocytes and immune cells. Those on one site are at distance 0; in 3D all around count, not those of one
/// section. Weights are whole numbers and shares are added in the order of their size, so that the order of the store does not show.
/// </remarks>
internal sealed class CellSurroundings
{
    /// <summary>Width of the kernel [µm].</summary>
    private const double SigmaUm = 20;

    private const double Cut = 3, One = 1 << 24;

    private readonly LesionState _lesion;
    private readonly (int X, int Y, int Z, long Weight)[] _near;

    public CellSurroundings(LesionState lesion)
    {
        _lesion = lesion;
        _near = [.. Near(lesion.Shape)];
        List<double> tumor = [], macrophages = [];
        foreach (int site in lesion.Cd8.Site.Span)
        {
            if (lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)
            {
                Add(site, tumor, macrophages);
            }
        }

        (Tumor, Macrophages) = (Mean(tumor), Mean(macrophages));
    }

    /// <summary>Mean share of living tumour cells; NaN without CD8 T cells in the bed that have others around them.</summary>
    public double Tumor { get; }

    /// <summary>Mean share of macrophages; NaN as <see cref="Tumor"/>.</summary>
    public double Macrophages { get; }

    private static IEnumerable<(int X, int Y, int Z, long Weight)> Near(LatticeShape shape)
    {
        int reach = (int)(Cut * SigmaUm / shape.SpacingUm);
        IEnumerable<int> Axis(int sites) => sites == 1 ? [0] : Enumerable.Range(-reach, (2 * reach) + 1);
        return from z in Axis(shape.Nz)
               from y in Axis(shape.Ny)
               from x in Axis(shape.Nx)
               let d = Math.Sqrt((x * x) + (y * y) + (z * z)) * shape.SpacingUm / SigmaUm
               where d <= Cut
               select (x, y, z, (long)Math.Round(One * Math.Exp(-d * d / 2)));
    }

    private static double Mean(List<double> shares)
    {
        shares.Sort();
        return shares.Sum() / shares.Count;
    }

    private void Add(int center, List<double> tumor, List<double> macrophages)
    {
        LatticeShape shape = _lesion.Shape;
        (int x, int y, int z) = shape.Coordinates(center);
        long all = 0, ofTumor = 0, ofMacrophages = 0;
        foreach ((int dx, int dy, int dz, long weight) in _near)
        {
            if (!shape.Contains(x + dx, y + dy, z + dz))
            {
                continue;
            }

            int site = shape.Site(x + dx, y + dy, z + dz);
            byte code = _lesion.ParenchymaCodes[site];
            if (code is Parenchyma.Tumor or Parenchyma.Hepatocyte)
            {
                all += weight;
                ofTumor += code == Parenchyma.Tumor ? weight : 0;
            }

            if (site != center && _lesion.Immune[site] is not 0 and int immune)
            {
                all += weight;
                ofMacrophages += ImmuneCode.Kind(immune) == ImmuneKinds.Macrophages ? weight : 0;
            }
        }

        if (all > 0)
        {
            tumor.Add((double)ofTumor / all);
            macrophages.Add((double)ofMacrophages / all);
        }
    }
}
