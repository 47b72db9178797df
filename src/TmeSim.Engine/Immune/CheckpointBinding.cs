using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Immune;

/// <summary>
/// PD-1/PD-L1 bonds in the contact of a T cell and a tumour cell, and the suppression they cause (MODEL.md 7.6; constants of
/// spQSP-HCC 2025 and QSPIO-TNBC).
/// Surface densities and the two-dimensional dissociation constant share one unit, molecules per µm².
/// </summary>
public static class CheckpointBinding
{
    /// <summary>
    /// Bonds [1/µm²] at equilibrium, the smaller root B of (pd1 − B)(pdl1 − B) = kd·B, so between 0 and the smaller density.
    /// kd = 0 gives the smaller density; a density of zero or below gives 0.
    /// </summary>
    /// <param name="pd1">PD-1 that a drug leaves free to bind [1/µm²].</param>
    /// <param name="pdl1">PD-L1 that a drug leaves free to bind [1/µm²].</param>
    /// <param name="kd">Dissociation constant [1/µm²], zero or more.</param>
    /// <remarks>
    /// 2·pd1·pdl1 / (S + √((pd1 − pdl1)² + kd² + 2·kd·(pd1 + pdl1))) with S = pd1 + pdl1 + kd: no term is subtracted from S, so
    /// few bonds are as exact as many.
    /// </remarks>
    public static double Bonds(double pd1, double pdl1, double kd)
    {
        if (!(pd1 > 0 && pdl1 > 0))
        {
            return double.IsNaN(pd1 + pdl1) ? double.NaN : 0;
        }

        double difference = pd1 - pdl1;
        double root = Math.Sqrt(difference * difference + kd * (kd + 2 * (pd1 + pdl1)));
        return 2 * pd1 * pdl1 / (pd1 + pdl1 + kd + root);
    }

    /// <inheritdoc cref="Bonds(double, double, double)"/>
    public static float Bonds(float pd1, float pdl1, float kd)
    {
        if (!(pd1 > 0 && pdl1 > 0))
        {
            return float.IsNaN(pd1 + pdl1) ? float.NaN : 0;
        }

        float difference = pd1 - pdl1;
        float root = MathF.Sqrt(difference * difference + kd * (kd + 2 * (pd1 + pdl1)));
        return 2 * pd1 * pdl1 / (pd1 + pdl1 + kd + root);
    }

    /// <summary>
    /// Suppression (0–1) by <paramref name="bonds"/>: Hill function, one half at <paramref name="half"/> (same unit, positive).
    /// </summary>
    public static double Suppression(double bonds, double half, double n) => DetMath.Hill(bonds, half, n);

    /// <inheritdoc cref="Suppression(double, double, double)"/>
    public static float Suppression(float bonds, float half, float n) => DetMath.Hill(bonds, half, n);

    /// <summary>Share (0–1) of a target that a drug occupies at equilibrium, C/(C + KD); concentrations [nM], KD positive.</summary>
    public static double Occupancy(double concentrationNm, double kdNm) => DetMath.Hill(concentrationNm, kdNm, 1);

    /// <inheritdoc cref="Occupancy(double, double)"/>
    public static float Occupancy(float concentrationNm, float kdNm) => DetMath.Hill(concentrationNm, kdNm, 1f);
}
