namespace TmeSim.Analysis.Shapes;

/// <summary>
/// Layout of a per-site mask without halo: x fastest, then y, then z; one layer for two dimensions.
/// </summary>
/// <param name="Nx">Sites along x, at least 1.</param>
/// <param name="Ny">Sites along y, at least 1.</param>
/// <param name="Nz">Sites along z, at least 1.</param>
/// <param name="SpacingUm">Distance of neighbouring sites [µm], positive.</param>
public readonly record struct MaskGrid(int Nx, int Ny, int Nz, double SpacingUm)
{
    /// <summary>Number of sites.</summary>
    public int Length => Nx * Ny * Nz;

    /// <summary>Index of a site.</summary>
    public int Index(int x, int y, int z = 0) => (z * Ny + y) * Nx + x;

    /// <summary>Checks that an array fits this grid.</summary>
    /// <exception cref="ArgumentException">A size is below 1, the spacing is not positive, or the length differs.</exception>
    internal void Require(int length, string name)
    {
        if (Nx < 1 || Ny < 1 || Nz < 1 || !(SpacingUm > 0) || (long)Nx * Ny * Nz > int.MaxValue)
        {
            throw new ArgumentException(
                $"a grid needs at least one site per axis, at most 2^31 sites and a positive spacing, not {this}", name);
        }

        if (length != Length)
        {
            throw new ArgumentException($"the array has {length} elements but the grid {Nx} x {Ny} x {Nz} has {Length} sites", name);
        }
    }
}
