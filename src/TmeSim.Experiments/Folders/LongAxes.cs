namespace TmeSim.Experiments.Folders;

/// <summary>A plane may lie along any two axes of the lattice. What is drawn or measured as a plane takes those two as x and y.</summary>
internal static class LongAxes
{
    /// <summary>
    /// Sizes of a lattice with the axes of one site put last. Sites are stored x fastest, then y, then z, and leaving an axis of one site
    /// out keeps their order: the same arrays can be read with either sizes.
    /// </summary>
    public static (int Nx, int Ny, int Nz) First(int nx, int ny, int nz)
    {
        int[] sizes = [.. ((int[])[nx, ny, nz]).OrderBy(n => n == 1 ? 1 : 0)];
        return (sizes[0], sizes[1], sizes[2]);
    }
}
