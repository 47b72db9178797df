using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Observers;

/// <summary>Distance of the tumour from the wall of the tissue.</summary>
internal static class WallDistance
{
    /// <summary>Distance [µm] of the tumour site nearest to a wall of an open axis, or the limit when none is nearer.</summary>
    internal static double Um(LesionState lesion, double limitUm)
    {
        LatticeShape shape = lesion.Shape;
        int band = (int)Math.Ceiling(limitUm / shape.SpacingUm);
        int nearest = band;
        for (int row = 0; row < shape.Rows; row++)
        {
            (int _, int y, int z) = shape.Coordinates(shape.RowStart(row));
            int across = Math.Min(Margin(y, shape.Ny), Margin(z, shape.Nz));
            ReadOnlySpan<byte> codes = lesion.ParenchymaCodes.Span.Slice(shape.RowStart(row), shape.Nx);
            if (across < nearest && codes.Contains(Parenchyma.Tumor))
            {
                nearest = across;
            }

            for (int x = 0; shape.Nx > 1 && x < Math.Min(nearest, shape.Nx); x++)
            {
                if (codes[x] == Parenchyma.Tumor || codes[shape.Nx - 1 - x] == Parenchyma.Tumor)
                {
                    nearest = x;
                }
            }
        }

        return nearest >= band ? limitUm : nearest * shape.SpacingUm;
    }

    private static int Margin(int at, int size) => size == 1 ? int.MaxValue : Math.Min(at, size - 1 - at);
}
