namespace TmeSim.Analysis.Shapes;

/// <summary>Where cells of one type lie relative to the tumour boundary.</summary>
/// <param name="CoreAreaMm2">Area of the core [mm²].</param>
/// <param name="MarginAreaMm2">Area of the margin [mm²].</param>
/// <param name="CoreCells">Cells in the core.</param>
/// <param name="MarginCells">Cells in the margin.</param>
public readonly record struct CoreMarginResult(double CoreAreaMm2, double MarginAreaMm2, int CoreCells, int MarginCells)
{
    /// <summary>Cells per mm² of core; NaN without a core.</summary>
    public double CoreDensity => CoreAreaMm2 > 0 ? CoreCells / CoreAreaMm2 : double.NaN;

    /// <summary>Cells per mm² of margin; NaN without a margin.</summary>
    public double MarginDensity => MarginAreaMm2 > 0 ? MarginCells / MarginAreaMm2 : double.NaN;

    /// <summary>Margin density over core density; +∞ for an empty core with cells in the margin, NaN when undefined.</summary>
    public double MarginToCoreRatio => MarginDensity / CoreDensity;
}

/// <summary>
/// Splits the tissue at the tumour boundary: the core lies deeper in the mask than the band, the margin within the
/// band on either side, the rest is distant stroma.
/// </summary>
/// <remarks>
/// The boundary runs half a spacing from the outermost mask sites: exact for boundaries along the axes, and up to half a spacing
/// too wide a band for oblique ones. The end of the lattice is not a boundary. In 3D an area is that of all layers together, so
/// densities are those of sections one site thick.
/// </remarks>
public static class CoreMargin
{
    /// <summary>Half width of the margin of the measures [µm].</summary>
    public const double BandUm = 100;

    /// <summary>Areas and counts.</summary>
    /// <param name="mask">Tumour region, usually from <see cref="TumorMask"/>.</param>
    /// <param name="grid">Layout of the mask.</param>
    /// <param name="cellSites">Site (index in the grid) of each cell; a site may occur several times.</param>
    /// <param name="bandUm">Half width of the margin [µm], zero or more.</param>
    /// <exception cref="ArgumentException">The mask does not fit the grid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The band is negative or a cell lies outside the grid.</exception>
    public static CoreMarginResult Measure(ReadOnlySpan<bool> mask, MaskGrid grid, ReadOnlySpan<int> cellSites, double bandUm)
    {
        foreach (int site in cellSites)
        {
            if ((uint)site >= (uint)mask.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(cellSites), site, $"a cell lies outside the grid of {mask.Length} sites");
            }
        }

        return Measure(MaskBits.Of(mask, grid), cellSites, bandUm);
    }

    /// <summary>Areas and counts, from a mask of one bit a site.</summary>
    /// <param name="mask">Tumour region, usually from <see cref="TumorMask"/>.</param>
    /// <param name="cellSites">Site (index in the grid) of each cell, inside the grid; a site may occur several times.</param>
    /// <param name="bandUm">Half width of the margin [µm], zero or more.</param>
    public static CoreMarginResult Measure(MaskBits mask, ReadOnlySpan<int> cellSites, double bandUm)
    {
        (MaskBits core, MaskBits margin) = Split(mask, bandUm);
        return Measure(core, margin, cellSites);
    }

    /// <summary>Areas and counts, from zones that <see cref="Split"/> made: once for several types of cells.</summary>
    /// <param name="core">The core.</param>
    /// <param name="margin">The margin.</param>
    /// <param name="cellSites">Site (index in the grid) of each cell, inside the grid; a site may occur several times.</param>
    public static CoreMarginResult Measure(MaskBits core, MaskBits margin, ReadOnlySpan<int> cellSites)
    {
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(margin);
        MaskGrid grid = core.Grid;
        int coreCells = 0, marginCells = 0;
        foreach (int site in cellSites)
        {
            int x = site % grid.Nx, row = site / grid.Nx, y = row % grid.Ny, z = row / grid.Ny;
            coreCells += core[x, y, z] ? 1 : 0;
            marginCells += margin[x, y, z] ? 1 : 0;
        }

        double siteArea = grid.SpacingUm * grid.SpacingUm * 1e-6;
        return new CoreMarginResult(core.Count() * siteArea, margin.Count() * siteArea, coreCells, marginCells);
    }

    /// <summary>Zone of each site: 1 core, 0 margin, −1 distant.</summary>
    /// <inheritdoc cref="Measure(ReadOnlySpan{bool}, MaskGrid, ReadOnlySpan{int}, double)"/>
    public static sbyte[] Zones(ReadOnlySpan<bool> mask, MaskGrid grid, double bandUm)
    {
        (MaskBits core, MaskBits margin) = Split(MaskBits.Of(mask, grid), bandUm);
        bool[] deep = core.ToBooleans(), near = margin.ToBooleans();
        var zones = new sbyte[mask.Length];
        for (int i = 0; i < zones.Length; i++)
        {
            zones[i] = (sbyte)(deep[i] ? 1 : near[i] ? 0 : -1);
        }

        return zones;
    }

    /// <summary>Sites around a mask that its margin may reach.</summary>
    public static int ReachSites(double bandUm, double spacingUm) =>
        (int)Math.Min(Math.Ceiling(Reach(bandUm, spacingUm) / spacingUm), 1_000_000);

    private static double Reach(double bandUm, double spacingUm) => bandUm + 0.5 * spacingUm;

    /// <summary>Margin: mask near background and background near the mask. Core: the rest of the mask.</summary>
    /// <param name="mask">Tumour region, usually from <see cref="TumorMask"/>.</param>
    /// <param name="bandUm">Half width of the margin [µm], zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The band is negative.</exception>
    public static (MaskBits Core, MaskBits Margin) Split(MaskBits mask, double bandUm)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (!(bandUm >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(bandUm), bandUm, "the band [µm] must not be negative");
        }

        long squared = SquaredReach(bandUm, mask.Grid);
        MaskBits nearMask = mask.Dilated(squared);
        MaskBits core = mask.Dilated(0);
        core.Invert();
        core = core.Dilated(squared);
        core.Invert(); // no background within reach: inside the mask, and deep
        MaskBits margin = core.Dilated(0);
        margin.Invert();
        margin.And(nearMask);
        return (core, margin);
    }

    // The largest squared distance [sites²] that lies within the band; farther than the lattice is wide makes no difference.
    private static long SquaredReach(double bandUm, MaskGrid grid)
    {
        double reach = Reach(bandUm, grid.SpacingUm), sites = Math.Min(reach / grid.SpacingUm, (double)grid.Nx + grid.Ny + grid.Nz);
        long squared = (long)(sites * sites) + 1;
        while (squared > 0 && Math.Sqrt(squared) * grid.SpacingUm > reach)
        {
            squared--;
        }

        return squared;
    }
}
