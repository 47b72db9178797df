using System.Runtime.InteropServices;
using TmeSim.Analysis.Shapes;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// Core and margin of a lesion: <see cref="TumorMask"/> of the living cells, band of ±100 µm around its edge, in the box that holds both.
/// </summary>
internal sealed class TumorZones
{
    private readonly LatticeShape _shape;
    private readonly MaskBits _core;
    private readonly MaskBits _margin;

    public TumorZones(LesionState lesion)
    {
        _shape = lesion.Shape;

        // Farther than the band from every tumour cell nothing is counted: the box of the tumour is enough.
        Box = TumorBox.Of(lesion, CoreMargin.ReachSites(CoreMargin.BandUm, _shape.SpacingUm) + 1);
        Tumor = new MaskBits(new MaskGrid(Box.Nx, Box.Ny, Box.Nz, _shape.SpacingUm));
        for (int z = 0; z < Box.Nz; z++)
        {
            for (int y = 0; y < Box.Ny; y++)
            {
                int start = _shape.Site(Box.X, Box.Y + y, Box.Z + z);
                for (int x = 0; x < Box.Nx; x++)
                {
                    if (lesion.ParenchymaCodes[start + x] == Parenchyma.Tumor)
                    {
                        Tumor[x, y, z] = true;
                    }
                }
            }
        }

        (_core, _margin) = CoreMargin.Split(TumorMask.Build(Tumor), CoreMargin.BandUm);
        Cd8 = Count(lesion.Cd8.Site.Span);
    }

    /// <summary>Where the masks lie on the lattice.</summary>
    public TumorBox Box { get; }

    /// <summary>Living tumour cells, in the box.</summary>
    public MaskBits Tumor { get; }

    /// <summary>CD8 T cells of core and margin.</summary>
    public CoreMarginResult Cd8 { get; }

    /// <summary>Whether a site of the lattice lies in the core, and whether in the margin.</summary>
    public (bool Core, bool Margin) At(int x, int y, int z) =>
        Box.Contains(x, y, z) ? (_core[x - Box.X, y - Box.Y, z - Box.Z], _margin[x - Box.X, y - Box.Y, z - Box.Z]) : (false, false);

    /// <summary>
    /// CD8 T cells per site of stroma over those per living tumour cell. Stroma are the sites of core and margin without a living tumour cell:
    /// gaps, dead cells, and the band around the tumour. Not finite without either, or without CD8 T cells on tumour cells.
    /// </summary>
    public double Cd8StromaToParenchyma(ReadOnlySpan<int> cd8)
    {
        long inStroma = 0, inTumor = 0, stroma = -Tumor.Count() + _core.Count() + _margin.Count();
        foreach (int site in cd8)
        {
            (int x, int y, int z) = _shape.Coordinates(site);
            if (Box.Contains(x, y, z))
            {
                (x, y, z) = (x - Box.X, y - Box.Y, z - Box.Z);
                bool tumor = Tumor[x, y, z];
                inTumor += tumor ? 1 : 0;
                inStroma += !tumor && (_core[x, y, z] || _margin[x, y, z]) ? 1 : 0;
            }
        }

        return (double)inStroma / stroma / ((double)inTumor / Tumor.Count());
    }

    /// <summary>Areas, and cells of core and margin.</summary>
    /// <param name="sites">Site of each cell on the lattice.</param>
    public CoreMarginResult Count(ReadOnlySpan<int> sites)
    {
        var inBox = new List<int>(sites.Length);
        foreach (int site in sites)
        {
            (int x, int y, int z) = _shape.Coordinates(site);
            if (Box.Contains(x, y, z))
            {
                inBox.Add(Tumor.Grid.Index(x - Box.X, y - Box.Y, z - Box.Z));
            }
        }

        return CoreMargin.Measure(_core, _margin, CollectionsMarshal.AsSpan(inBox));
    }
}
