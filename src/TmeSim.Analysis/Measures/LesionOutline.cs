using TmeSim.Analysis.Shapes;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// The mass that an image of the lesion would show: sites in whose box of 5 × 5 (× 5) sites at least half hold a tumour cell, living,
/// dying or necrotic, or an immune cell; closed and filled as <see cref="TumorMask"/>. Infiltrate counts with the mass, liver with a usual
/// number of immune cells does not. Farther than 12 sites (240 µm at 20 µm) from the last tumour cell, living or dead, nothing is
/// looked at.
/// </summary>
internal sealed class LesionOutline
{
    private const int Reach = 2;
    private const int Beyond = 12;
    private readonly TumorBox _box;
    private readonly MaskGrid _grid;

    public LesionOutline(LesionState lesion)
    {
        ReadOnlySpan<byte> codes = [Parenchyma.Tumor, Parenchyma.Dying, Parenchyma.Necrotic];
        _box = TumorBox.Of(lesion, Beyond, codes);
        _grid = new MaskGrid(_box.Nx, _box.Ny, _box.Nz, lesion.Shape.SpacingUm);
        byte[] counts = Occupied(lesion, codes), work = new byte[counts.Length];
        AddAlong(counts, work, 1, _box.Nx);
        AddAlong(work, counts, _box.Nx, _box.Ny);
        AddAlong(counts, work, _box.Nx * _box.Ny, _box.Nz);
        Sites = TumorMask.Build(Dense(work)).Count();
    }

    /// <summary>Sites of the mass.</summary>
    public long Sites { get; }

    private byte[] Occupied(LesionState lesion, ReadOnlySpan<byte> codes)
    {
        LatticeShape shape = lesion.Shape;
        var counts = new byte[_grid.Length];
        for (int row = 0; row < _box.Ny * _box.Nz; row++)
        {
            int start = shape.Site(_box.X, _box.Y + (row % _box.Ny), _box.Z + (row / _box.Ny));
            for (int x = 0; x < _box.Nx; x++)
            {
                bool cell = codes.Contains(lesion.ParenchymaCodes[start + x]) || lesion.Immune[start + x] != 0;
                counts[(row * _box.Nx) + x] = cell ? (byte)1 : (byte)0;
            }
        }

        return counts;
    }

    // Sums over a window along one axis; what lies outside the box counts as empty. At most 5 × 5 × 5 = 125.
    private static void AddAlong(byte[] from, byte[] to, int stride, int length)
    {
        Array.Clear(to);
        for (int line = 0; line < from.Length; line += stride * length)
        {
            for (int d = -Reach; d <= Reach; d++)
            {
                // Places whose neighbour at this distance lies on the line.
                int first = line + (Math.Max(0, -d) * stride), end = line + (Math.Max(0, length - Math.Max(0, d)) * stride);
                for (int i = first; i < end; i++)
                {
                    to[i] += from[i + (d * stride)];
                }
            }
        }
    }

    private MaskBits Dense(byte[] counts)
    {
        const int width = (2 * Reach) + 1;
        int window = Window(_box.Nx) * Window(_box.Ny) * Window(_box.Nz);
        var mask = new MaskBits(_grid);
        for (int i = 0; i < counts.Length; i++)
        {
            if (2 * counts[i] >= window)
            {
                mask[i % _box.Nx, i / _box.Nx % _box.Ny, i / _box.Nx / _box.Ny] = true;
            }
        }

        return mask;

        static int Window(int length) => length > 1 ? width : 1;
    }
}
