using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// The capsule: liver that lies within its thickness of the edge of the tumour as it stands now. Fibroblasts of liver answer to the tumour
/// beside them, so the capsule follows an edge that moves, and what it leaves behind decays (MODEL.md 7.12a).
/// </summary>
internal sealed class CapsuleMask(LatticeShape shape, double thicknessSites)
{
    /// <summary>Tumour cells that an edge cell has beside it, at least: stray cells in liver get no capsule.</summary>
    private const int LeastNeighbours = 2;

    private readonly ExclusionBall _ball = new(shape, thicknessSites);

    /// <summary>Sets the bits of all sites within the thickness of the edge; those that hold a hepatocyte are the capsule.</summary>
    public void Mark(LesionState lesion, SiteBits bits)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            ReadOnlySpan<byte> codes = lesion.ParenchymaCodes.Span.Slice(start, shape.Nx);
            for (int x = codes.IndexOf(Parenchyma.Tumor), next; x >= 0; x = next < 0 ? -1 : x + 1 + next)
            {
                if (IsEdge(lesion, start + x))
                {
                    _ball.Mark(bits, start + x);
                }

                next = codes[(x + 1)..].IndexOf(Parenchyma.Tumor);
            }
        }
    }

    private bool IsEdge(LesionState lesion, int site)
    {
        bool besideLiver = false;
        foreach (int offset in shape.FaceOffsets)
        {
            besideLiver |= lesion.ParenchymaCodes[site + offset] == Parenchyma.Hepatocyte;
        }

        if (!besideLiver)
        {
            return false;
        }

        int tumor = 0;
        foreach (int offset in shape.MooreOffsets)
        {
            tumor += lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor ? 1 : 0;
        }

        return tumor >= Math.Min(LeastNeighbours, shape.Dimensions);
    }
}
