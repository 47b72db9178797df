namespace TmeSim.Engine.Multigrid;

/// <summary>The share w of a wall face's flux: k · w · (v − c), with v the value beyond and c the last site.</summary>
internal static class WallWeight
{
    /// <param name="wall">The wall condition.</param>
    /// <param name="widthUm">Width of the cell at the wall [µm]; its centre lies half of it inside.</param>
    /// <returns>0 without flux, 1 − exp(−width/L) for a signal that goes on decaying outside, 2 for a fixed value on the face.</returns>
    public static double Of(in FieldWall wall, double widthUm) => wall.Kind switch
    {
        WallKind.ZeroFlux => 0,
        WallKind.Fixed => 2,
        WallKind.Robin => -ExpMinusOne(-widthUm / wall.LengthUm),
        _ => throw new ArgumentOutOfRangeException(nameof(wall), wall.Kind, "unknown kind of wall"),
    };

    /// <summary>
    /// The share of a wider cell of a coarse level. The finest level's wall is a zero at the distance s beyond the face,
    /// w = h / (s + h/2); the coarse wall keeps s. Without this a Robin wall would differ between levels and slow the cycles.
    /// </summary>
    /// <param name="finest">The share on the finest level.</param>
    /// <param name="widthRatio">Width of the cell in spacings of the finest level.</param>
    public static double Widen(double finest, double widthRatio) => finest <= 0 ? 0 : widthRatio / (1 / finest - 0.5 + widthRatio / 2);

    /// <summary>
    /// exp(x) − 1 for x ≤ 0 with only basic operations, so that every operating system gets the same bits:
    /// four Taylor terms beyond the first at x/4096, then (1+e)² − 1 = e(2+e) twelve times. Relative error below 1e-12.
    /// </summary>
    private static double ExpMinusOne(double x)
    {
        if (x < -40)
        {
            return -1;
        }

        double y = x / 4096;
        double e = y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5))));
        for (int i = 0; i < 12; i++)
        {
            e *= 2 + e;
        }

        return e;
    }
}
