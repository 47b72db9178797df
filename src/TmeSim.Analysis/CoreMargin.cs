namespace TmeSim.Analysis;

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
    /// <summary>Areas and counts.</summary>
    /// <param name="mask">Tumour region, usually from <see cref="TumorMask"/>.</param>
    /// <param name="grid">Layout of the mask.</param>
    /// <param name="cellSites">Site (index in the grid) of each cell; a site may occur several times.</param>
    /// <param name="bandUm">Half width of the margin [µm], zero or more.</param>
    /// <exception cref="ArgumentException">The mask does not fit the grid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The band is negative or a cell lies outside the grid.</exception>
    public static CoreMarginResult Measure(ReadOnlySpan<bool> mask, MaskGrid grid, ReadOnlySpan<int> cellSites, double bandUm)
    {
        sbyte[] zones = Zones(mask, grid, bandUm);
        int coreSites = zones.Count(zone => zone > 0), marginSites = zones.Count(zone => zone == 0);
        int core = 0, margin = 0;
        foreach (int site in cellSites)
        {
            if ((uint)site >= (uint)zones.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(cellSites), site, $"a cell lies outside the grid of {zones.Length} sites");
            }

            core += zones[site] > 0 ? 1 : 0;
            margin += zones[site] == 0 ? 1 : 0;
        }

        double siteArea = grid.SpacingUm * grid.SpacingUm * 1e-6;
        return new CoreMarginResult(coreSites * siteArea, marginSites * siteArea, core, margin);
    }

    /// <summary>Zone of each site: 1 core, 0 margin, −1 distant.</summary>
    /// <inheritdoc cref="Measure"/>
    public static sbyte[] Zones(ReadOnlySpan<bool> mask, MaskGrid grid, double bandUm)
    {
        grid.Require(mask.Length, nameof(mask));
        if (!(bandUm >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(bandUm), bandUm, "the band [µm] must not be negative");
        }

        var background = new bool[mask.Length];
        for (int i = 0; i < background.Length; i++)
        {
            background[i] = !mask[i];
        }

        double[] depth = DistanceTransform.Distances(background, grid);
        double[] away = DistanceTransform.Distances(mask, grid);
        double reach = bandUm + 0.5 * grid.SpacingUm;
        var zones = new sbyte[mask.Length];
        for (int i = 0; i < zones.Length; i++)
        {
            zones[i] = mask[i] ? (sbyte)(depth[i] > reach ? 1 : 0) : (sbyte)(away[i] > reach ? -1 : 0);
        }

        return zones;
    }
}
