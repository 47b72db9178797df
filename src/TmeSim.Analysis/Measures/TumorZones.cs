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
