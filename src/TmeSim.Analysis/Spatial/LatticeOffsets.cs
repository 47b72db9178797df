using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>
/// The steps between sites of a lattice that are at most so far apart, nearest first, the step to itself among them. Points on the centres
/// of sites have no other distances, so statistics of pairs are sums over these few steps instead of over all pairs.
/// </summary>
public sealed class LatticeOffsets
{
    private readonly (int X, int Y, int Z)[] _steps;

    /// <param name="grid">The lattice.</param>
    /// <param name="reachUm">Longest distance [µm], zero or more.</param>
    public LatticeOffsets(MaskGrid grid, double reachUm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reachUm);
        Grid = grid;
        int Most(int size) => (int)Math.Min(size - 1, (reachUm / grid.SpacingUm) + StudyWindow.Tie);
        (int X, int Y, int Z) most = (Most(grid.Nx), Most(grid.Ny), Most(grid.Nz));
        var steps = new List<(int X, int Y, int Z)>();
        for (int z = -most.Z; z <= most.Z; z++)
        {
            for (int y = -most.Y; y <= most.Y; y++)
            {
                for (int x = -most.X; x <= most.X; x++)
                {
                    if (StudyWindow.Reaches(reachUm, Distance(x, y, z)))
                    {
                        steps.Add((x, y, z));
                    }
                }
            }
        }

        // A stable sort: steps of one length stay in the order of the lattice, so that sums do.
        _steps = [.. steps.OrderBy(s => ((long)s.X * s.X) + ((long)s.Y * s.Y) + ((long)s.Z * s.Z))];
        Distances = [.. _steps.Select(s => Distance(s.X, s.Y, s.Z))];
        Margin = most;
        int width = grid.Nx + (2 * most.X), height = grid.Ny + (2 * most.Y);
        Padded = [.. _steps.Select(s => checked(s.X + (width * (s.Y + (height * s.Z)))))];
    }

    /// <summary>The lattice.</summary>
    public MaskGrid Grid { get; }

    /// <summary>Length of each step [µm], rising.</summary>
    public double[] Distances { get; }

    /// <summary>Sites by which steps reach over a site along each axis.</summary>
    internal (int X, int Y, int Z) Margin { get; }

    /// <summary>Steps between indices of a lattice with the margin around it.</summary>
    internal int[] Padded { get; }

    /// <summary>Weight of a pair by step: 1, or that of the translation correction.</summary>
    /// <exception cref="ArgumentException">The correction weighs pairs by more than their step.</exception>
    public double[] Weights(StudyWindow window, EdgeCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (correction is not (EdgeCorrection.None or EdgeCorrection.Translate))
        {
            throw new ArgumentException("only no correction and translate weigh a pair by its displacement alone", nameof(correction));
        }

        double h = Grid.SpacingUm;
        return [.. _steps.Select(s => correction == EdgeCorrection.None ? 1 : window.Size / window.Overlap(s.X * h, s.Y * h, s.Z * h))];
    }

    private double Distance(int x, int y, int z) => Grid.SpacingUm * Math.Sqrt(((double)x * x) + ((double)y * y) + ((double)z * z));
}
