using System.Numerics;
using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>The way from a site to the nearest marked site of a mask, found in its rows of bits.</summary>
internal static class NearestSite
{
    /// <summary>Squared distance [sites²] between centres, 0 on a marked site; −1 for an empty mask.</summary>
    /// <param name="mask">Marked sites.</param>
    /// <param name="x">Site, inside the grid or not.</param>
    /// <param name="y">Site, inside the grid or not.</param>
    /// <param name="z">Site, inside the grid or not.</param>
    public static long Squared(MaskBits mask, int x, int y, int z)
    {
        ArgumentNullException.ThrowIfNull(mask);
        MaskGrid grid = mask.Grid;
        long best = long.MaxValue;

        // Layers and rows outwards, until a row alone is farther than the best site so far.
        int farZ = Far(z, grid.Nz), farY = Far(y, grid.Ny);
        for (int dz = Gap(z, grid.Nz); dz <= farZ && (long)dz * dz < best; dz++)
        {
            for (int side = dz == 0 ? 1 : -1; side <= 1; side += 2)
            {
                int layer = z + side * dz;
                if ((uint)layer < (uint)grid.Nz)
                {
                    for (int dy = Gap(y, grid.Ny); dy <= farY && (long)dz * dz + (long)dy * dy < best; dy++)
                    {
                        long away = (long)dz * dz + (long)dy * dy;
                        best = Math.Min(best, Best(mask, layer * grid.Ny, y - dy, x, away));
                        best = dy == 0 ? best : Math.Min(best, Best(mask, layer * grid.Ny, y + dy, x, away));
                    }
                }
            }
        }

        return best == long.MaxValue ? -1 : best;
    }

    private static long Best(MaskBits mask, int firstRow, int y, int x, long away)
    {
        if ((uint)y >= (uint)mask.Grid.Ny)
        {
            return long.MaxValue;
        }

        long dx = Along(mask.Row(firstRow + y), x, mask.Grid.Nx);
        return dx < 0 ? long.MaxValue : away + dx * dx;
    }

    // Sites from x to the nearest bit of a row; −1 without one.
    private static long Along(ReadOnlySpan<ulong> row, int x, int nx)
    {
        int from = Math.Clamp(x, 0, nx - 1), word = from >> 6, bit = from & 63;
        int up = -1, down = -1;
        ulong here = row[word] >> bit << bit;
        for (int w = word; up < 0 && w < row.Length; here = ++w < row.Length ? row[w] : 0)
        {
            up = here != 0 ? w * 64 + BitOperations.TrailingZeroCount(here) : -1;
        }

        here = row[word] << (63 - bit) >> (63 - bit);
        for (int w = word; down < 0 && w >= 0; here = --w >= 0 ? row[w] : 0)
        {
            down = here != 0 ? w * 64 + 63 - BitOperations.LeadingZeroCount(here) : -1;
        }

        long toUp = up < 0 ? long.MaxValue : Math.Abs((long)up - x), toDown = down < 0 ? long.MaxValue : Math.Abs((long)x - down);
        return up < 0 && down < 0 ? -1 : Math.Min(toUp, toDown);
    }

    private static int Gap(int place, int size) => place < 0 ? -place : place >= size ? place - size + 1 : 0;

    private static int Far(int place, int size) => Math.Max(Math.Abs(place), Math.Abs(size - 1 - place));
}
