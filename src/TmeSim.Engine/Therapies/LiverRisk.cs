using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Therapies;

/// <summary>
/// Risk of radiation-induced liver disease from the mean liver dose, and the dose limits of the Child-Pugh classes. A report on the
/// plan: nothing in the simulation depends on it.
/// </summary>
/// <remarks>
/// Lyman model with n = 1, so that the equivalent uniform dose is the mean dose (published n 0.97): TD50 39.8 Gy, m 0.12 for primary liver
/// cancer in Child-Pugh A (Dawson et al. 2002, fractions of 1.5 to 2 Gy). Limits 23 Gy (A) and 6 Gy (B) after the review
/// doi:10.3389/fimmu.2023.1100079. No Lyman set is known for Child-Pugh B; TD50 is shifted so that 6 Gy there has the risk of 23 Gy in A
/// (an assumption). Child-Pugh C is treated as B, with the limit 0.
/// </remarks>
public static class LiverRisk
{
    private const double Td50ChildPughA = 39.8;
    private const double Slope = 0.12;
    private const double LimitA = 23;
    private const double LimitB = 6;

    /// <summary>Largest mean liver dose [Gy] that is held to be safe in class 'A', 'B' or 'C'.</summary>
    public static double LimitGy(char childPugh) => childPugh switch { 'A' => LimitA, 'B' => LimitB, _ => 0 };

    /// <summary>Dose [Gy] at which half the patients fall ill.</summary>
    public static double Td50Gy(char childPugh) => childPugh == 'A' ? Td50ChildPughA : Td50ChildPughA * LimitB / LimitA;

    /// <summary>Probability (0–1) of radiation-induced liver disease: Φ((D − TD50) / (m · TD50)).</summary>
    /// <param name="meanLiverDoseGy">Mean dose of the normal liver [Gy], zero or more.</param>
    /// <param name="childPugh">Class 'A', 'B' or 'C'.</param>
    public static double Ntcp(double meanLiverDoseGy, char childPugh)
    {
        double td50 = Td50Gy(childPugh);
        return DetMath.NormalCdf((meanLiverDoseGy - td50) / (Slope * td50));
    }
}
