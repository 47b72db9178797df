using System.Numerics;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Cohorts;

/// <summary>
/// Independent shares by patient and variable. Patient i has the same ones whatever the number of patients is, and a variable keeps its own
/// when others are added after it.
/// </summary>
/// <param name="seed">Seed.</param>
/// <param name="dimensions">Number of variables, at most <see cref="SobolSequence.MaximumDimensions"/> for a sequence.</param>
/// <param name="isSequence">Points of an Owen-scrambled Sobol sequence, which cover the distributions evenly; else independent random
/// ones.</param>
public sealed class PatientDraws(ulong seed, int dimensions, bool isSequence)
{
    private const ulong Salt = 0x70617469656E74;

    // Traits have draws of their own: those of the clinic belong to the same seed and patient.
    private const ulong Traits = 0x747261697473;

    /// <summary>Shares in (0, 1) of a patient, one per variable.</summary>
    /// <param name="patient">Number of the patient, from 0.</param>
    public double[] Of(int patient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patient);
        var shares = new double[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            shares[d] = isSequence ? OwenScramble.Unit(Digits(patient, d), OwenScramble.Tree(seed, d)) : Share(Mix.Hash(Traits, seed), patient, d);
        }

        return shares;
    }

    /// <summary>A random share in (0, 1) that belongs to a seed, a patient and a purpose.</summary>
    public static double Share(ulong seed, int patient, int purpose) =>
        ((Mix.Hash(Salt, seed, (ulong)patient, (ulong)(uint)purpose) >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>A standard normal draw that belongs to a seed, a patient and a purpose.</summary>
    public static double Normal(ulong seed, int patient, int purpose) => Draws.NormalQuantile(Share(seed, patient, purpose));

    /// <summary>Seed of the simulations of a patient, of 53 bits.</summary>
    public static ulong SimulationSeed(ulong seed, int patient) => Mix.Hash(Salt, seed, (ulong)patient) >> 11;

    // Point i in the order of Antonov and Saleev: the directions of the digits of its Gray code.
    private static uint Digits(int point, int dimension)
    {
        ReadOnlySpan<uint> directions = SobolDirections.Of(dimension);
        uint gray = (uint)point ^ ((uint)point >> 1), digits = 0;
        for (; gray != 0; gray &= gray - 1)
        {
            digits ^= directions[BitOperations.TrailingZeroCount(gray)];
        }

        return digits;
    }
}
