using System.Buffers.Binary;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Html.Explorer;

/// <summary>
/// Values of one axis as a short block of bytes, which the page undoes (Page/explorer-data.js). Few distinct values are
/// kept exactly, with a byte per row that says which; many are kept as double, or as float in large tables.
/// </summary>
/// <param name="Levels">Distinct values in rising order; null when every row has its own number.</param>
/// <param name="Width">Bytes per row: 1 (index of a level, <see cref="Missing"/> for none), 4 (float) or 8 (double).</param>
/// <param name="Block">Raw deflate of the lowest bytes of all rows, then the second lowest and so on: high bytes are alike and pack well.</param>
internal sealed record ExplorerColumn(IReadOnlyList<double>? Levels, int Width, byte[] Block)
{
    /// <summary>Code of a missing value among levels.</summary>
    public const byte Missing = 255;

    // Beyond, floats (seven digits) halve the page.
    private const int MostDoubles = 60_000;

    /// <summary>Packs a column.</summary>
    /// <param name="values">One per row; what is not finite counts as missing.</param>
    /// <param name="cells">Values of all columns of the table.</param>
    public static ExplorerColumn Pack(double[] values, int cells)
    {
        double[] levels = [.. values.Where(double.IsFinite).Distinct().Take(Missing + 1).Order()];
        if (levels.Length <= Missing)
        {
            return new ExplorerColumn(levels, 1, PlaneCodec.Deflate([.. values.Select(value => double.IsFinite(value) ? (byte)Array.BinarySearch(levels, value) : Missing)]));
        }

        int width = cells > MostDoubles && values.All(FitsFloat) ? sizeof(float) : sizeof(double);
        return new ExplorerColumn(null, width, PlaneCodec.Deflate(Planes(values, width)));
    }

    private static bool FitsFloat(double value) => !double.IsFinite(value) || value == 0 || (Math.Abs(value) < float.MaxValue && Math.Abs(value) > 1e-37);

    private static byte[] Planes(double[] values, int width)
    {
        byte[] planes = new byte[values.Length * width];
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (int row = 0; row < values.Length; row++)
        {
            double value = double.IsFinite(values[row]) ? values[row] : double.NaN;
            if (width == sizeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            }

            for (int i = 0; i < width; i++)
            {
                planes[(i * values.Length) + row] = bytes[i];
            }
        }

        return planes;
    }
}
