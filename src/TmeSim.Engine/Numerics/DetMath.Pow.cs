namespace TmeSim.Engine.Numerics;

public static partial class DetMath
{
    private const ulong HighWord = 0xFFFFFFFF00000000;
    private const double TwoThirdsUpper = 9.61796693925975554329e-01; // 2 / (3 ln 2)
    private const double TwoThirdsUpperHi = 9.61796700954437255859e-01;
    private const double TwoThirdsUpperLo = -7.02846165095275826516e-09;

    /// <summary>
    /// xʸ with the special values of IEEE 754: x⁰ = 1 and 1ʸ = 1 always; a negative base needs a whole exponent, else NaN;
    /// 0ʸ is 0 or +∞. Within 1 ulp for |y| ≤ 2³¹ (2 ulp where the result is subnormal).
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double size = Math.Abs(x);
        if (double.IsInfinity(y) || Math.Abs(y) > 1e19)
        {
            // |y| above 2^63 is even, so the sign of x does not matter; nearest neighbours of 1 already overflow or vanish.
            return size == 1 ? 1 : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        bool whole = Math.Floor(y) == y;
        bool odd = whole && Math.Floor(y * 0.5) != y * 0.5;
        double result;
        if (size == 0 || double.IsInfinity(size))
        {
            result = size == 0 == y > 0 ? 0 : double.PositiveInfinity;
        }
        else if (x < 0 && !whole)
        {
            return double.NaN;
        }
        else
        {
            result = PowPositive(size, y);
        }

        return odd && (x < 0 || (x == 0 && double.IsNegative(x))) ? -result : result;
    }

    // fdlibm e_pow.c: log2(x) to about 70 bits as a sum of two doubles, then 2 to the split product.
    private static double PowPositive(double x, double y)
    {
        int n = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 9007199254740992.0;
            n = -53;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        int high = (int)(bits >> 32);
        n += (high >> 20) - 1023;
        int fraction = high & 0xFFFFF;
        high = fraction | 0x3FF00000;
        int k = 0;
        if (fraction > 0x3988E)
        {
            if (fraction < 0xBB67A)
            {
                k = 1;
            }
            else
            {
                n++;
                high -= 0x100000;
            }
        }

        double a = BitConverter.UInt64BitsToDouble(((ulong)(uint)high << 32) | (uint)bits);
        double centre = k == 0 ? 1.0 : 1.5;
        double u = a - centre;
        double v = 1.0 / (a + centre);
        double s = u * v;
        double sHi = Truncate(s);
        double tHi = BitConverter.UInt64BitsToDouble((ulong)(uint)(((high >> 1) | 0x20000000) + 0x00080000 + (k << 18)) << 32);
        double tLo = a - (tHi - centre);
        double sLo = v * ((u - sHi * tHi) - sHi * tLo);
        double s2 = s * s;
        double r = s2 * s2 * (5.99999999999994648725e-01 + s2 * (4.28571428578550184252e-01 + s2 * (3.33333329818377432918e-01
            + s2 * (2.72728123808534006489e-01 + s2 * (2.30660745775561754067e-01 + s2 * 2.06975017800338417784e-01)))));
        r += sLo * (sHi + s);
        s2 = sHi * sHi;
        tHi = Truncate(3.0 + s2 + r);
        tLo = r - ((tHi - 3.0) - s2);
        u = sHi * tHi;
        v = sLo * tHi + tLo * s;
        double pHi = Truncate(u + v);
        double pLo = v - (pHi - u);
        double zHi = TwoThirdsUpperHi * pHi;
        double zLo = TwoThirdsUpperLo * pHi + pLo * TwoThirdsUpper + (k == 0 ? 0.0 : 1.35003920212974897128e-08);
        double centreLog2 = k == 0 ? 0.0 : 5.84962487220764160156e-01;
        double log2Hi = Truncate(((zHi + zLo) + centreLog2) + n);
        double log2Lo = zLo - (((log2Hi - n) - centreLog2) - zHi);

        double yHi = Truncate(y);
        return Exp2((y - yHi) * log2Hi + y * log2Lo, yHi * log2Hi);
    }

    /// <summary>2 to the power low + high, where high carries at most 42 significant bits.</summary>
    private static double Exp2(double low, double high)
    {
        double z = low + high;
        if (z >= 1024)
        {
            return double.PositiveInfinity;
        }

        if (z < -1080)
        {
            return 0;
        }

        int k = (int)(z + (z < 0 ? -0.5 : 0.5));
        high -= k;
        double t = Truncate(low + high);
        double u = t * 6.93147182464599609375e-01;
        double v = (low - (t - high)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
        z = u + v;
        double w = v - (z - u);
        t = z * z;
        double c = z - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        double r = z * c / (c - 2.0) - (w + z * w);
        return Scale(1.0 - (r - z), k);
    }

    private static double Truncate(double x) => BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) & HighWord);
}
