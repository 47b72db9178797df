namespace TmeSim.Analysis;

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
        FillHoles(Close(tumour, grid, radiusSites), grid);

    /// <summary>Morphological closing with all offsets up to the radius: dilation, then erosion. What lies outside the grid is background.</summary>
    /// <inheritdoc cref="Build"/>
    public static bool[] Close(ReadOnlySpan<bool> tumour, MaskGrid grid, int radiusSites)
    {
        grid.Require(tumour.Length, nameof(tumour));
        ArgumentOutOfRangeException.ThrowIfNegative(radiusSites);

        // The dilation may leave the grid and must be eroded from there, so open axes get a frame.
        int px = grid.Nx > 1 ? radiusSites + 1 : 0, py = grid.Ny > 1 ? radiusSites + 1 : 0, pz = grid.Nz > 1 ? radiusSites + 1 : 0;
        var framed = new MaskGrid(grid.Nx + 2 * px, grid.Ny + 2 * py, grid.Nz + 2 * pz, grid.SpacingUm);
        var work = new bool[framed.Length];
        for (int z = 0; z < grid.Nz; z++)
        {
            for (int y = 0; y < grid.Ny; y++)
            {
                tumour.Slice(grid.Index(0, y, z), grid.Nx).CopyTo(work.AsSpan(framed.Index(px, y + py, z + pz)));
            }
        }

        double limit = (double)radiusSites * radiusSites;
        double[] distance = DistanceTransform.SquaredSites(work, framed);
        for (int i = 0; i < work.Length; i++)
        {
            work[i] = distance[i] > limit; // outside the dilation
        }

        distance = DistanceTransform.SquaredSites(work, framed);
        var closed = new bool[grid.Length];
        for (int i = 0; i < closed.Length; i++)
        {
            int x = i % grid.Nx, rest = i / grid.Nx;
            closed[i] = distance[framed.Index(x + px, rest % grid.Ny + py, rest / grid.Ny + pz)] > limit;
        }

        return closed;
    }

    /// <summary>Marks every background region (face neighbours) that does not reach an end of an axis with more than one site.</summary>
    /// <inheritdoc cref="Build"/>
    public static bool[] FillHoles(ReadOnlySpan<bool> mask, MaskGrid grid)
    {
        grid.Require(mask.Length, nameof(mask));
        var outside = new bool[mask.Length];
        var pending = new Stack<int>();
        for (int i = 0; i < mask.Length; i++)
        {
            int x = i % grid.Nx, rest = i / grid.Nx, y = rest % grid.Ny, z = rest / grid.Ny;
            if (!mask[i] && (IsEnd(x, grid.Nx) || IsEnd(y, grid.Ny) || IsEnd(z, grid.Nz)))
            {
                outside[i] = true;
                pending.Push(i);
            }
        }

        int plane = grid.Nx * grid.Ny;
        while (pending.TryPop(out int site))
        {
            int x = site % grid.Nx, rest = site / grid.Nx, y = rest % grid.Ny, z = rest / grid.Ny;
            Visit(x > 0, site - 1, mask, outside, pending);
            Visit(x < grid.Nx - 1, site + 1, mask, outside, pending);
            Visit(y > 0, site - grid.Nx, mask, outside, pending);
            Visit(y < grid.Ny - 1, site + grid.Nx, mask, outside, pending);
            Visit(z > 0, site - plane, mask, outside, pending);
            Visit(z < grid.Nz - 1, site + plane, mask, outside, pending);
        }

        for (int i = 0; i < outside.Length; i++)
        {
            outside[i] = !outside[i];
        }

        return outside;
    }

    private static bool IsEnd(int position, int size) => size > 1 && (position == 0 || position == size - 1);

    private static void Visit(bool exists, int site, ReadOnlySpan<bool> mask, bool[] outside, Stack<int> pending)
    {
        if (exists && !mask[site] && !outside[site])
        {
            outside[site] = true;
            pending.Push(site);
        }
    }
}
