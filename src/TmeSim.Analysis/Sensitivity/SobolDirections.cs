using System.Globalization;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Direction numbers of Joe and Kuo, read from the table joe-kuo-6.txt that is embedded beside this file (licence in its head).
/// </summary>
internal static class SobolDirections
{
    /// <summary>Dimensions in the table.</summary>
    public const int Dimensions = 1024;

    /// <summary>Digits of a coordinate.</summary>
    public const int Bits = 32;

    private static readonly uint[] All = Read();

    /// <summary>The 32 direction numbers of a dimension (from 0); the first binary digit is the highest bit.</summary>
    public static ReadOnlySpan<uint> Of(int dimension) => All.AsSpan(dimension * Bits, Bits);

    private static uint[] Read()
    {
        using Stream stream = typeof(SobolDirections).Assembly.GetManifestResourceStream("TmeSim.Analysis.joe-kuo-6.txt")!;
        using var reader = new StreamReader(stream);
        var all = new uint[Dimensions * Bits];
        for (int j = 0; j < Bits; j++)
        {
            all[j] = 1u << (Bits - 1 - j);
        }

        int dimension = 1;
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                uint[] row = [.. line.Split(' ').Select(w => uint.Parse(w, CultureInfo.InvariantCulture))];
                Extend(all.AsSpan(dimension++ * Bits, Bits), (int)row[0], row[1], row.AsSpan(2));
            }
        }

        return all;
    }

    // Joe and Kuo 2008, equation (2.2), on numbers shifted to the left end: m_k 2^(32 - k).
    private static void Extend(Span<uint> v, int degree, uint coefficients, ReadOnlySpan<uint> initial)
    {
        for (int k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                v[k] = initial[k] << (Bits - 1 - k);
                continue;
            }

            v[k] = v[k - degree] ^ (v[k - degree] >> degree);
            for (int i = 1; i < degree; i++)
            {
                if (((coefficients >> (degree - 1 - i)) & 1) != 0)
                {
                    v[k] ^= v[k - i];
                }
            }
        }
    }
}
