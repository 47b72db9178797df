namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Distances to the nearest neighbour. Directional: CD8 to tumour answers how far a T cell has to go, tumour to CD8 how well a tumour cell
/// is covered.
/// </summary>
/// <remarks>
/// No edge correction: what lies beyond the window is not seen, so near its edge distances are too long. Give a guard to ask
/// only points that far from the edge (border method), or use <see cref="GFunction"/>.
/// </remarks>
public static class NearestNeighbour
{
    /// <summary>Distance [µm] of each point to the nearest other point of its type; +∞ for a lonely point.</summary>
    /// <param name="points">Points; finite.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    public static double[] Distances(ReadOnlySpan<TissuePoint> points, int dimensions)
    {
        var tree = new PointTree(points, dimensions);
        var distances = new double[points.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Sqrt(tree.NearestSquared(points[i], i));
        }

        return distances;
    }

    /// <summary>Distance [µm] of each point to the nearest point of another type, 0 where they share a place; +∞ without any.</summary>
    /// <param name="from">Points that ask; finite.</param>
    /// <param name="to">Points of the other type; finite.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    public static double[] Distances(ReadOnlySpan<TissuePoint> from, ReadOnlySpan<TissuePoint> to, int dimensions)
    {
        var tree = new PointTree(to, dimensions);
        var distances = new double[from.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Sqrt(tree.NearestSquared(from[i]));
        }

        return distances;
    }

    /// <summary>Those distances whose point lies at least <paramref name="guardUm"/> from the edge of the window.</summary>
    /// <param name="from">Points that asked.</param>
    /// <param name="distances">Their distances, in the same order.</param>
    /// <param name="window">Where they were observed.</param>
    /// <param name="guardUm">Guard [µm], zero or more.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double[] Guarded(ReadOnlySpan<TissuePoint> from, ReadOnlySpan<double> distances, StudyWindow window, double guardUm)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (from.Length != distances.Length)
        {
            throw new ArgumentException($"there are {from.Length} points and {distances.Length} distances", nameof(distances));
        }

        var kept = new List<double>();
        for (int i = 0; i < from.Length; i++)
        {
            if (window.EdgeDistance(from[i]) >= guardUm)
            {
                kept.Add(distances[i]);
            }
        }

        return [.. kept];
    }

    /// <summary>Mean distance [µm] under CSR of that many points per µm² (µm³): 1 / (2√λ), in three dimensions Γ(4/3) / ∛(4πλ/3).</summary>
    public static double CsrMean(double intensity, int dimensions) =>
        dimensions == 2 ? 0.5 / Math.Sqrt(intensity) : 0.89297951156924921 / Math.Cbrt(4 * Math.PI * intensity / 3);

    /// <summary>Median distance [µm] under CSR: √(ln 2 / (πλ)), in three dimensions ∛(3 ln 2 / (4πλ)).</summary>
    public static double CsrMedian(double intensity, int dimensions) =>
        dimensions == 2 ? Math.Sqrt(Math.Log(2) / (Math.PI * intensity)) : Math.Cbrt(3 * Math.Log(2) / (4 * Math.PI * intensity));
}
