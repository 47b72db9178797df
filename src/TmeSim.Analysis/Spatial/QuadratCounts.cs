namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Points per square (cubic) quadrat. Quadrats start at the low corner of the window. All are whole: what the far sides leave over counts
/// for nothing, since cut quadrats hold fewer points than whole ones, which looks like clustering. An axis shorter than a quadrat is within
/// it, the same for all of them. No edge correction is needed: a count looks at nothing outside its quadrat.
/// </summary>
public static class QuadratCounts
{
    /// <summary>
    /// Counts, x fastest, then y, then z. A point on an inner border belongs to the quadrat above it; one beyond the last whole quadrat is
    /// left out.
    /// </summary>
    /// <param name="points">Points, inside the window.</param>
    /// <param name="window">Rectangle or box.</param>
    /// <param name="side">Side of a quadrat [µm], positive.</param>
    /// <exception cref="ArgumentException">The side is not positive, there are more than 2²⁴ quadrats, or a point lies outside.</exception>
    public static int[] Of(ReadOnlySpan<TissuePoint> points, BoxWindow window, double side)
    {
        ArgumentNullException.ThrowIfNull(window);
        window.RequirePoints(points, nameof(points));
        double nx = Cells(window.High.X - window.Low.X, side), ny = Cells(window.High.Y - window.Low.Y, side);
        double nz = window.Dimensions == 3 ? Cells(window.High.Z - window.Low.Z, side) : 1;
        if (!(side > 0) || nx * ny * nz > 1 << 24)
        {
            throw new ArgumentException($"the side of a quadrat [um] must be positive and leave at most {1 << 24} quadrats, not {side}",
                nameof(side));
        }

        var counts = new int[(int)(nx * ny * nz)];
        foreach (TissuePoint p in points)
        {
            int x = Place(p.X - window.Low.X, side, nx), y = Place(p.Y - window.Low.Y, side, ny);
            int z = window.Dimensions == 3 ? Place(p.Z - window.Low.Z, side, nz) : 0;
            if (x < nx && y < ny && z < nz)
            {
                counts[(z * (int)ny + y) * (int)nx + x]++;
            }
        }

        return counts;
    }

    /// <summary>
    /// Index of dispersion: variance (n − 1) of the counts over their mean, 1 under CSR, above 1 clustered. Times (quadrats − 1) it is χ²
    /// with as many degrees of freedom. NaN without points or with fewer than two quadrats.
    /// </summary>
    public static double Dispersion(ReadOnlySpan<int> counts)
    {
        double sum = 0, squares = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        double mean = sum / counts.Length;
        foreach (int count in counts)
        {
            squares += (count - mean) * (count - mean);
        }

        return squares / (counts.Length - 1) / mean;
    }

    // A last quadrat that rounding errors cut is whole.
    private static double Cells(double length, double side) => Math.Max(1, Math.Floor((length / side) + 1e-9));

    // The far end of the last quadrat belongs to it.
    private static int Place(double offset, double side, double cells) =>
        offset <= cells * side * (1 + 1e-12) ? (int)Math.Min(Math.Floor(offset / side), cells - 1) : int.MaxValue;
}
