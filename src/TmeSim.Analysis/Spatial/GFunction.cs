namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Distribution of the distance to the nearest neighbour, G(r) from 0 to 1: the share of points whose nearest neighbour (of the same or of
/// another type) lies within r. 1 − exp(−λπr²) under CSR, in three dimensions 1 − exp(−λ·4/3·πr³).
/// </summary>
/// <remarks>
/// None: all points ask, so G is too low near the edge's reach. Border ("reduced sample"): only points at least r from the edge ask, so
/// G need not rise everywhere. As spatstat's Gest and Gcross ("raw", "rs"). Translate and isotropic have no meaning here.
/// </remarks>
public static class GFunction
{
    /// <summary>G from a type to itself or to another.</summary>
    /// <param name="from">Points of type A, inside the window.</param>
    /// <param name="to">Points of type B, inside the window; null for the same type, whose points are not their own neighbours.</param>
    /// <param name="window">Where both were observed.</param>
    /// <param name="radii">Radii [µm], zero or more and rising.</param>
    /// <param name="correction">None or border.</param>
    /// <returns>G at each radius; NaN where nobody is left to ask.</returns>
    /// <exception cref="ArgumentException">A point lies outside, the radii are no such list, or the correction is neither none nor
    /// border.</exception>
    public static double[] Of(ReadOnlySpan<TissuePoint> from, TissuePoint[]? to, StudyWindow window, ReadOnlySpan<double> radii,
        EdgeCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (correction is not (EdgeCorrection.None or EdgeCorrection.Border))
        {
            throw new ArgumentException("G has the corrections none and border: translate and isotropic weigh pairs, and G counts points",
                nameof(correction));
        }

        window.RequireRadii(radii);
        window.RequirePoints(from, nameof(from));
        window.RequirePoints(to, nameof(to));
        double[] distances = to is null ? NearestNeighbour.Distances(from, window.Dimensions)
            : NearestNeighbour.Distances(from, to, window.Dimensions);
        var edges = new double[from.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = correction == EdgeCorrection.None ? double.PositiveInfinity : window.EdgeDistance(from[i]);
        }

        var g = new double[radii.Length];
        for (int k = 0; k < g.Length; k++)
        {
            int asking = 0, near = 0;
            for (int i = 0; i < edges.Length; i++)
            {
                if (edges[i] >= radii[k])
                {
                    asking++;
                    near += distances[i] <= radii[k] ? 1 : 0;
                }
            }

            g[k] = (double)near / asking;
        }

        return g;
    }

    /// <summary>G under CSR of that many neighbours per µm² (µm³).</summary>
    public static double Csr(double radius, double intensity, int dimensions) =>
        1 - Math.Exp(-intensity * Math.PI * radius * radius * (dimensions == 2 ? 1 : 4.0 / 3 * radius));
}
