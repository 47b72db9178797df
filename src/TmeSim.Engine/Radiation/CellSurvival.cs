using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Radiation;

/// <summary>
/// Linear-quadratic cell survival: −ln S = α d + β d², from a threshold dose on its tangent if asked for (LQ-L). All doses in Gy,
/// α in 1/Gy, β in 1/Gy².
/// </summary>
/// <param name="Alpha">α of fully oxygenated cells, zero or more.</param>
/// <param name="Beta">β of fully oxygenated cells, zero or more.</param>
/// <param name="LinearAboveGy">Dose from which −ln S goes on linearly; +∞ for plain LQ.</param>
public readonly record struct CellSurvival(double Alpha, double Beta, double LinearAboveGy = double.PositiveInfinity)
{
    /// <summary>Share (0–1) of cells that survive one fraction.</summary>
    /// <param name="gy">Dose [Gy], zero or more.</param>
    public double Surviving(double gy) => DetMath.Exp(-LogKill(gy));

    /// <summary>−ln of the share that survives one fraction.</summary>
    public double LogKill(double gy)
    {
        if (gy <= LinearAboveGy)
        {
            return gy * (Alpha + Beta * gy);
        }

        double d = LinearAboveGy;
        return d * (Alpha + Beta * d) + (Alpha + 2 * Beta * d) * (gy - d);
    }

    /// <summary>Biologically effective dose [Gy] of n equal fractions: n d (1 + d/(α/β)).</summary>
    public static double Bed(int fractions, double gy, double alphaBetaGy) => fractions * gy * (1 + gy / alphaBetaGy);

    /// <summary>Dose [Gy] in fractions of 2 Gy with the same effect: BED / (1 + 2/(α/β)).</summary>
    public static double Eqd2(int fractions, double gy, double alphaBetaGy) => Bed(fractions, gy, alphaBetaGy) / (1 + 2 / alphaBetaGy);

    /// <summary>Probability (0–1) that no clonogenic cell survives (Poisson): exp(−N S).</summary>
    public static double Tcp(double cells, double surviving) => DetMath.Exp(-cells * surviving);

    /// <summary>
    /// Oxygen enhancement ratio at an oxygen pressure: (p m + K)/(p + K), 1 without oxygen, m with much (Alper and Howard-Flanders;
    /// Wouters and Brown: m 2.5 for α and 3 for β, K 3.28 mmHg).
    /// </summary>
    /// <param name="mmHg">Oxygen [mmHg], zero or more.</param>
    /// <param name="most">Ratio of full to no oxygen, 1 or more.</param>
    /// <param name="halfMmHg">Oxygen half way [mmHg], positive.</param>
    public static double Oer(double mmHg, double most, double halfMmHg) => (mmHg * most + halfMmHg) / (mmHg + halfMmHg);

    /// <summary>The same cells at an oxygen pressure: α × OERα/mα, β × (OERβ/mβ)².</summary>
    public CellSurvival At(double mmHg, double maxAlpha, double maxBeta, double halfMmHg)
    {
        double onAlpha = Oer(mmHg, maxAlpha, halfMmHg) / maxAlpha, onBeta = Oer(mmHg, maxBeta, halfMmHg) / maxBeta;
        return this with { Alpha = Alpha * onAlpha, Beta = Beta * onBeta * onBeta };
    }
}
