namespace TmeSim.Analysis.Shapes;

/// <summary>
/// The tumour region that core and margin are measured on: tumour sites, closed with a disc (2D) or ball (3D) and with
/// holes filled, so that gaps between nests, vessels and necrotic pockets belong to it (radius 4 sites as in
/// Kather et al. 2017, doi:10.1158/0008-5472.CAN-17-2006).
/// </summary>
public static class TumorMask
{
    /// <summary>Radius of the closing [sites].</summary>
    public const int DefaultRadius = 4;

    /// <summary>Closed and filled mask; contains every tumour site.</summary>
    /// <param name="tumour">True at tumour sites.</param>
    /// <param name="grid">Layout of the mask.</param>
    /// <param name="radiusSites">Radius of the closing [sites], zero or more.</param>
    /// <exception cref="ArgumentException">The mask does not fit the grid, or the radius is negative.</exception>
    public static bool[] Build(ReadOnlySpan<bool> tumour, MaskGrid grid, int radiusSites = DefaultRadius) =>
        Build(MaskBits.Of(tumour, grid), radiusSites).ToBooleans();

    /// <summary>Closed and filled mask of one bit a site.</summary>
    /// <inheritdoc cref="Build(ReadOnlySpan{bool}, MaskGrid, int)"/>
    public static MaskBits Build(MaskBits tumour, int radiusSites = DefaultRadius) => FillHoles(Close(tumour, radiusSites));

    /// <summary>
    /// Morphological closing with all offsets up to the radius: dilation, then erosion. What lies outside the grid is background.
    /// </summary>
    /// <inheritdoc cref="Build(ReadOnlySpan{bool}, MaskGrid, int)"/>
    public static bool[] Close(ReadOnlySpan<bool> tumour, MaskGrid grid, int radiusSites) =>
        Close(MaskBits.Of(tumour, grid), radiusSites).ToBooleans();

    /// <summary>
    /// Marks every background region (face neighbours) that does not reach an end of an axis with more than one site. A single site stays
    /// as it is.
    /// </summary>
    /// <inheritdoc cref="Build(ReadOnlySpan{bool}, MaskGrid, int)"/>
    public static bool[] FillHoles(ReadOnlySpan<bool> mask, MaskGrid grid) => FillHoles(MaskBits.Of(mask, grid)).ToBooleans();

    private static MaskBits Close(MaskBits tumour, int radiusSites)
    {
        ArgumentNullException.ThrowIfNull(tumour);
        ArgumentOutOfRangeException.ThrowIfNegative(radiusSites);

        // The dilation may leave the grid and must be eroded from there, so open axes get a frame.
        MaskGrid grid = tumour.Grid;
        int px = grid.Nx > 1 ? radiusSites + 1 : 0, py = grid.Ny > 1 ? radiusSites + 1 : 0, pz = grid.Nz > 1 ? radiusSites + 1 : 0;
        var work = new MaskBits(new MaskGrid(grid.Nx + 2 * px, grid.Ny + 2 * py, grid.Nz + 2 * pz, grid.SpacingUm));
        Copy(tumour, 0, 0, 0, work, px, py, pz, grid);
        long squared = (long)radiusSites * radiusSites;
        work = work.Dilated(squared);
        work.Invert();
        work = work.Dilated(squared);
        work.Invert();
        var closed = new MaskBits(grid);
        Copy(work, px, py, pz, closed, 0, 0, 0, grid);
        return closed;
    }

    private static MaskBits FillHoles(MaskBits mask)
    {
        MaskGrid grid = mask.Grid;
        var background = new MaskBits(grid);
        Copy(mask, 0, 0, 0, background, 0, 0, 0, grid);
        background.Invert();
        var outside = new MaskBits(grid);
        for (int row = 0; row < grid.Ny * grid.Nz; row++)
        {
            Span<ulong> words = outside.Row(row);
            ReadOnlySpan<ulong> open = background.Row(row);
            if (grid.Length == 1 || IsEnd(row % grid.Ny, grid.Ny) || IsEnd(row / grid.Ny, grid.Nz))
            {
                open.CopyTo(words);
            }
            else if (grid.Nx > 1)
            {
                int last = grid.Nx - 1;
                words[0] |= open[0] & 1;
                words[last >> 6] |= open[last >> 6] & (1UL << (last & 63));
            }
        }

        MaskFlood.Spread(outside, background);
        outside.Invert();
        return outside;
    }

    private static bool IsEnd(int position, int size) => size > 1 && (position == 0 || position == size - 1);

    private static void Copy(MaskBits from, int fx, int fy, int fz, MaskBits to, int tx, int ty, int tz, MaskGrid size)
    {
        for (int z = 0; z < size.Nz; z++)
        {
            for (int y = 0; y < size.Ny; y++)
            {
                ReadOnlySpan<ulong> source = from.Row((z + fz) * from.Grid.Ny + y + fy);
                Span<ulong> target = to.Row((z + tz) * to.Grid.Ny + y + ty);
                for (int x = 0; x < size.Nx; x++)
                {
                    ulong bit = (source[(x + fx) >> 6] >> ((x + fx) & 63)) & 1;
                    target[(x + tx) >> 6] |= bit << ((x + tx) & 63);
                }
            }
        }
    }
}
