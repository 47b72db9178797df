using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>Latin hypercube: each of n equal parts of each axis holds exactly one of the n points, at a random place in it.</summary>
/// <remarks>McKay, Beckman, Conover 1979, Technometrics 21, 239, doi:10.1080/00401706.1979.10489755.</remarks>
public static class LatinHypercube
{
    private const ulong Salt = 0x6C6174696E;

    /// <summary>The points of a key.</summary>
    /// <param name="count">Number of points, at least 1.</param>
    /// <param name="dimensions">Number of dimensions, at least 1.</param>
    /// <param name="key">Key; another key gives an independent design.</param>
    /// <returns>Row-major count × dimensions, in (0, 1). A dimension has the same coordinates whatever the number of dimensions.</returns>
    /// <exception cref="ArgumentException">A number is below 1, or the points do not fit an array.</exception>
    public static double[] Points(int count, int dimensions, ulong key)
    {
        double[] points = UnitPoints.Allocate(count, dimensions);
        RandomKey random = RandomKey.Create(key ^ Salt, 0, 0);
        int[] parts = new int[count];
        for (int d = 0; d < dimensions; d++)
        {
            var stream = new PhiloxStream(random, (uint)d, 0, 0);
            for (int i = 0; i < count; i++)
            {
                parts[i] = i;
            }

            for (int i = 0; i < count; i++)
            {
                int pick = i + stream.NextInt(count - i);
                (parts[i], parts[pick]) = (parts[pick], parts[i]);
                double unit = (parts[i] + Draws.UniformOpen(stream.Next())) / count;

                // Above 2²⁰ points the last part has no room for all 33 digits and would round to 1.
                points[(long)i * dimensions + d] = Math.Min(unit, 1 - 1.0 / (1L << 53));
            }
        }

        return points;
    }
}
