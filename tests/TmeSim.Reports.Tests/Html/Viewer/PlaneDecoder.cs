using System.IO.Compression;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Html.Viewer;

/// <summary>Unpacks blocks as the page does, written apart from the packer.</summary>
internal static class PlaneDecoder
{
    public static byte[] Inflate(byte[] block)
    {
        using var source = new DeflateStream(new MemoryStream(block), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Values of the sites kept; NaN for missing ones.</summary>
    public static double[] Field(byte[] block, int nx, int ny, (double Low, double High) range, FieldPrecision precision)
    {
        byte[] all = Inflate(block), bytes = all[1..];
        if (all[0] > 1)
        {
            return Sparse(bytes, nx, ny, range, all[0]);
        }

        int count = precision.Wide ? bytes.Length / 2 : bytes.Length, width = precision.Length(nx), layer = width * precision.Length(ny);
        int[] codes = Codes(bytes, count, width, layer, precision.Wide);
        return [.. codes.Select(code => code > precision.Steps ? double.NaN : range.Low + ((double)code / precision.Steps * (range.High - range.Low)))];
    }

    private static int[] Codes(byte[] bytes, int count, int width, int layer, bool wide)
    {
        int modulus = wide ? 65536 : 256;
        int[] codes = new int[count];
        for (int i = 0; i < count; i++)
        {
            int x = i % layer % width, y = i % layer / width;
            int left = x > 0 ? codes[i - 1] : 0, up = y > 0 ? codes[i - width] : 0, corner = x > 0 && y > 0 ? codes[i - width - 1] : 0;
            int foretold = (x, y) switch
            {
                (0, 0) => 0,
                (_, 0) => left,
                (0, _) => up,
                _ => corner >= Math.Max(left, up) ? Math.Min(left, up) : corner <= Math.Min(left, up) ? Math.Max(left, up) : left + up - corner,
            };
            int difference = bytes[i] + (wide ? bytes[count + i] << 8 : 0);
            codes[i] = (foretold + difference) % modulus;
        }

        return codes;
    }

    // Weights of tents around the kept sites.
    private static double[] Sparse(byte[] bytes, int nx, int ny, (double Low, double High) range, int stride)
    {
        int[] xs = Kept(nx), ys = Kept(ny);
        int layers = bytes.Length / (xs.Length * ys.Length);
        int[] codes = Codes(bytes, bytes.Length, xs.Length, xs.Length * ys.Length, wide: false);
        double[] values = new double[nx * ny * layers];
        for (int i = 0; i < values.Length; i++)
        {
            for (int k = 0; k < xs.Length * ys.Length; k++)
            {
                double weight = Tent(xs, k % xs.Length, i % nx) * Tent(ys, k / xs.Length, i / nx % ny);
                values[i] += weight == 0 ? 0 : weight * (range.Low + (codes[(i / (nx * ny) * xs.Length * ys.Length) + k] / 254.0 * (range.High - range.Low)));
            }
        }

        return values;

        int[] Kept(int size) => [.. Enumerable.Range(0, size).Where(s => s % stride == 0 || s == size - 1)];

        static double Tent(int[] kept, int k, int site) =>
            site == kept[k] ? 1
            : site < kept[k] ? (k > 0 ? Math.Max(0, (double)(site - kept[k - 1]) / (kept[k] - kept[k - 1])) : 0)
            : k < kept.Length - 1 ? Math.Max(0, (double)(kept[k + 1] - site) / (kept[k + 1] - kept[k])) : 0;
    }

    /// <summary>Site and value of each spot.</summary>
    public static (int Site, double Perfusion)[] Spots(byte[] block, double low, double high)
    {
        byte[] bytes = Inflate(block);
        var sites = new List<int>();
        int at = 0, next = 0;
        while (at + sites.Count < bytes.Length)
        {
            int gap = 0, shift = 0;
            while (bytes[at] > 127)
            {
                gap |= (bytes[at++] & 127) << shift;
                shift += 7;
            }

            next += gap | (bytes[at++] << shift);
            sites.Add(next++);
        }

        return [.. sites.Select((site, i) => (site, low + (bytes[at + i] / 255.0 * (high - low))))];
    }
}
