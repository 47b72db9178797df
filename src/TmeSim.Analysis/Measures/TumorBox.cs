using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// The part of the lattice that holds all sites of some parenchyma codes, widened by some sites as far as the lattice goes.
/// </summary>
internal readonly record struct TumorBox(int X, int Y, int Z, int Nx, int Ny, int Nz)
{
    /// <summary>One site when there is no tumour.</summary>
    public static TumorBox Of(LesionState lesion, int margin) => Of(lesion, margin, [Parenchyma.Tumor]);

    /// <summary>One site when no site has one of the codes.</summary>
    public static TumorBox Of(LesionState lesion, int margin, ReadOnlySpan<byte> wanted)
    {
        LatticeShape shape = lesion.Shape;
        (int x0, int x1, int y0, int y1, int z0, int z1) = (int.MaxValue, -1, int.MaxValue, -1, int.MaxValue, -1);
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<byte> codes = lesion.ParenchymaCodes.Span.Slice(shape.RowStart(row), shape.Nx);
            int first = codes.IndexOfAny(wanted);
            if (first >= 0)
            {
                (x0, x1) = (Math.Min(x0, first), Math.Max(x1, codes.LastIndexOfAny(wanted)));
                (y0, y1) = (Math.Min(y0, row % shape.Ny), Math.Max(y1, row % shape.Ny));
                (z0, z1) = (Math.Min(z0, row / shape.Ny), row / shape.Ny);
            }
        }

        if (x1 < 0)
        {
            return new TumorBox(0, 0, 0, 1, 1, 1);
        }

        (x0, y0, z0) = (Math.Max(0, x0 - margin), Math.Max(0, y0 - margin), Math.Max(0, z0 - margin));
        return new TumorBox(
            x0, y0, z0, Math.Min(shape.Nx, x1 + margin + 1) - x0, Math.Min(shape.Ny, y1 + margin + 1) - y0,
            Math.Min(shape.Nz, z1 + margin + 1) - z0);
    }

    public bool Contains(int x, int y, int z) => (uint)(x - X) < (uint)Nx && (uint)(y - Y) < (uint)Ny && (uint)(z - Z) < (uint)Nz;
}
