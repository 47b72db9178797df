using System.Numerics.Tensors;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// What was cut off a field below zero. The exact solution is not negative; a solve that stopped at its tolerance may be, by
/// about that tolerance.
/// </summary>
/// <param name="Share">
/// Negative mass cut off over the mass that stayed, at least that of a field with a tenth of <c>field.resolution</c> everywhere; 0
/// when nothing was cut.
/// </param>
/// <param name="Site">Site of the most negative value; −1 when nothing was cut.</param>
public readonly record struct NegativeClip(double Share, int Site)
{
    /// <summary>A larger share stops the run.</summary>
    public const double LargestShare = 1e-3;

    /// <summary>Sets negative values to 0.</summary>
    /// <param name="shape">The lattice.</param>
    /// <param name="field">The field.</param>
    /// <param name="smallestMean">A field whose mean is below this counts as if it had this one: its mass is next to nothing.</param>
    internal static NegativeClip Apply(LatticeShape shape, SiteArray<float> field, double smallestMean)
    {
        double cut = 0;
        float deepest = 0;
        int site = -1;
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            Span<float> values = field.Writable.Slice(start, shape.Nx);
            for (int x = TensorPrimitives.Min<float>(values) < 0 ? 0 : values.Length; x < values.Length; x++)
            {
                if (values[x] < 0)
                {
                    cut -= values[x];
                    (deepest, site) = values[x] < deepest ? (values[x], start + x) : (deepest, site);
                    values[x] = 0;
                }
            }
        }

        return site < 0 ? new NegativeClip(0, -1)
            : new NegativeClip(cut / Math.Max(Mass(shape, field), smallestMean * shape.SiteCount), site);
    }

    private static double Mass(LatticeShape shape, SiteArray<float> field)
    {
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            sum += TensorPrimitives.Sum(field.Span.Slice(shape.RowStart(row), shape.Nx));
        }

        return sum;
    }
}
