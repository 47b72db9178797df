using TmeSim.Reports.Plots;
using System.IO.Compression;

namespace TmeSim.Reports.Writers;

/// <summary>Writes PNG files: the same pixels always give the same bytes on one runtime version.</summary>
public static class PngWriter
{
    /// <summary>Encodes a raster; with at most 256 colours as an indexed image, which is several times smaller.</summary>
    /// <param name="width">Columns, positive.</param>
    /// <param name="height">Rows, positive.</param>
    /// <param name="rgba">Four bytes per pixel, row 0 at the top; width × height × 4 bytes.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit each other.</exception>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> rgba)
    {
        if (width < 1 || height < 1 || rgba.Length != (long)width * height * 4)
        {
            throw new ArgumentException($"a raster of {width} × {height} pixels needs {(long)width * height * 4} bytes, {rgba.Length} given", nameof(rgba));
        }

        var palette = PngPalette.TryBuild(rgba);
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        PngChunk.WriteHeader(file, width, height, indexed: palette is not null);
        if (palette is not null)
        {
            PngChunk.Write(file, "PLTE"u8, palette.Colors);
            if (palette.Alpha.Length > 0)
            {
                PngChunk.Write(file, "tRNS"u8, palette.Alpha);
            }
        }

        byte[] pixels = palette?.Indices ?? rgba.ToArray();
        PngChunk.Write(file, "IDAT"u8, Deflate(pixels, palette is null ? width * 4 : width));
        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Deflate(byte[] pixels, int stride)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += stride)
            {
                // Filter 0 on every row: best for indexed images, and rows stay plain to read back.
                zlib.WriteByte(0);
                zlib.Write(pixels, start, stride);
            }
        }

        return packed.ToArray();
    }
}
