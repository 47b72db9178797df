using System.IO.Compression;

namespace TmeSim.Reports.Html.Viewer;

/// <summary>
/// Turns the arrays of a frame into short blocks of bytes. The page undoes each step (Page/decode.js): raw deflate over
/// codes as they are (cells), gaps between sites (vessels) or differences from the neighbours' prediction (fields).
/// </summary>
internal static class PlaneCodec
{
    private static readonly int[] Strides = [8, 4, 2];

    /// <summary>Codes as they are; clones beyond 255 need a second plane of high bytes, clones that are all 0 nothing.</summary>
    public static byte[] Clones(ushort[] clone)
    {
        int highest = clone.Max();
        byte[] low = [.. clone.Select(c => (byte)c)];
        return highest == 0 ? [] : Deflate(highest < 256 ? low : [.. low, .. clone.Select(c => (byte)(c >> 8))]);
    }

    /// <summary>
    /// Values at some sites (perfusion of vessels, traits of cells), zero or more, in order of site: the number of sites passed since the last one, in groups
    /// of seven bits, lowest first and all but the last with the high bit set; after all of them one byte each for the value, in 255 steps of the range.
    /// </summary>
    public static byte[] Spots(float[] values, double low, double high)
    {
        var gaps = new List<byte>();
        var levels = new List<byte>();
        int next = 0;
        for (int site = 0; site < values.Length; site++)
        {
            if (values[site] >= 0)
            {
                int gap = site - next;
                for (; gap > 127; gap >>= 7)
                {
                    gaps.Add((byte)(gap | 128));
                }

                gaps.Add((byte)gap);
                levels.Add((byte)(high > low ? Math.Round((Math.Min(values[site], high) - low) / (high - low) * 255) : 0));
                next = site + 1;
            }
        }

        return levels.Count == 0 ? [] : Deflate([.. gaps, .. levels]);
    }

    /// <summary>
    /// Field values as steps of the range, each less what its left, upper and upper left neighbour foretell. The first byte is a
    /// stride: beyond 1, only every n-th site stands here (and the last of each row and column), in 254 steps, and the
    /// values between are those of bilinear interpolation. The longest stride is taken that keeps all sites within half a step.
    /// </summary>
    /// <param name="values">Values of all layers.</param>
    /// <param name="size">Sites along x and y.</param>
    /// <param name="range">Lowest and highest finite value.</param>
    /// <param name="precision">Steps and sites kept.</param>
    public static byte[] Field(float[] values, (int Nx, int Ny) size, (double Low, double High) range, FieldPrecision precision)
    {
        bool smooth = precision is { Every: 1, Wide: false } && values.All(float.IsFinite);
        foreach (int stride in smooth ? Strides : [])
        {
            if (SparseField.Create(values, size, range, stride, precision.Steps) is { } sparse)
            {
                return Deflate([(byte)stride, .. Differences(sparse.Codes, sparse.Width, sparse.Width * sparse.Height, wide: false)]);
            }
        }

        int nx = precision.Length(size.Nx), ny = precision.Length(size.Ny);
        return Deflate([1, .. Differences(Quantise(values, size, range, precision), nx, nx * ny, precision.Wide)]);
    }

    /// <summary>
    /// The median edge predictor of LOCO-I (Weinberger, Seroussi and Sapiro 2000, doi:10.1109/83.855427): the plane through the
    /// three neighbours, held between the left and the upper one.
    /// </summary>
    public static int Predict(ReadOnlySpan<int> codes, int at, int nx)
    {
        int x = at % nx;
        if (at < nx)
        {
            return x == 0 ? 0 : codes[at - 1];
        }

        int up = codes[at - nx];
        if (x == 0)
        {
            return up;
        }

        int left = codes[at - 1];
        return Math.Clamp(left + up - codes[at - nx - 1], Math.Min(left, up), Math.Max(left, up));
    }

    /// <summary>Deflate without a header.</summary>
    public static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Differences(int[] codes, int nx, int layer, bool wide)
    {
        byte[] bytes = new byte[codes.Length * (wide ? 2 : 1)];
        for (int first = 0; first < codes.Length; first += layer)
        {
            ReadOnlySpan<int> plane = codes.AsSpan(first, layer);
            for (int i = 0; i < layer; i++)
            {
                int difference = plane[i] - Predict(plane, i, nx);
                bytes[first + i] = (byte)difference;
                if (wide)
                {
                    // High bytes in a plane of their own: they are nearly all 0 or 255.
                    bytes[codes.Length + first + i] = (byte)(difference >> 8);
                }
            }
        }

        return bytes;
    }

    private static int[] Quantise(float[] values, (int Nx, int Ny) size, (double Low, double High) range, FieldPrecision precision)
    {
        double scale = range.High > range.Low ? precision.Steps / (range.High - range.Low) : 0;
        int layers = values.Length / (size.Nx * size.Ny);
        int[] codes = new int[precision.Length(size.Nx) * precision.Length(size.Ny) * layers];
        int at = 0;
        for (int row = 0; row < size.Ny * layers; row++)
        {
            for (int x = 0; row % size.Ny % precision.Every == 0 && x < size.Nx; x += precision.Every)
            {
                float value = values[(row * size.Nx) + x];
                codes[at++] = float.IsFinite(value) ? (int)(((value - range.Low) * scale) + 0.5) : precision.Missing;
            }
        }

        return codes;
    }
}
