using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>Random numbers of the usual distributions from random words, by deterministic arithmetic only.</summary>
public static partial class Draws
{
    /// <summary>Uniform in [0, 1): multiples of 2⁻²⁴, each as likely as the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Uniform(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1): multiples of 2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Uniform(uint hi, uint lo) => ((((ulong)hi << 32) | lo) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in (0, 1): odd multiples of 2⁻³³, symmetric about one half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double UniformOpen(uint word) => (word + 0.5) * (1.0 / (1UL << 32));

    /// <summary>Standard normal by inversion (<see cref="NormalQuantile"/>) of a uniform with 52 bits; |result| is below 8.3.</summary>
    public static double Normal(uint hi, uint lo) =>
        NormalQuantile((((((ulong)hi << 32) | lo) >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>
    /// Quantile of the standard normal distribution, relative error about 1e-15. p = 0 → −∞, p = 1 → +∞, NaN outside [0, 1].
    /// </summary>
    /// <remarks>Wichura, algorithm AS 241 (PPND16), Appl. Statist. 37 (1988) 477, doi:10.2307/2347330.</remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        double q = p - 0.5;
        double r;
        if (Math.Abs(q) <= 0.425)
        {
            r = 0.180625 - q * q;
            return q * Polynomial(r, 2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
                    13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665)
                / Polynomial(r, 5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
                    5394.196021424751, 687.1870074920579, 42.31333070160091, 1.0);
        }

        r = DetMath.Sqrt(-DetMath.Log(q <= 0 ? p : 1 - p));
        double x;
        if (r <= 5)
        {
            r -= 1.6;
            x = Polynomial(r, 0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
                    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835)
                / Polynomial(r, 1.0507500716444169e-09, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
                    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0);
        }
        else
        {
            r -= 5;
            x = Polynomial(r, 2.0103343992922881e-07, 2.7115555687434876e-05, 0.0012426609473880784, 0.026532189526576124,
                    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103)
                / Polynomial(r, 2.0442631033899397e-15, 1.421511758316446e-07, 1.8463183175100548e-05, 0.0007868691311456133,
                    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0);
        }

        return q < 0 ? -x : x;
    }

    private static double Polynomial(double r, double c7, double c6, double c5, double c4, double c3, double c2, double c1, double c0) =>
        ((((((c7 * r + c6) * r + c5) * r + c4) * r + c3) * r + c2) * r + c1) * r + c0;
}
