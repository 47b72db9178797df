using System.Buffers.Binary;
using System.IO.Compression;

namespace TmeSim.Reports.Writers;

/// <summary>Writes PNG files: the same pixels always give the same bytes on one runtime version.</summary>
public static class PngWriter
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

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
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(palette is null ? 6 : 3);
        WriteChunk(file, "IHDR"u8, header);
        if (palette is not null)
        {
            WriteChunk(file, "PLTE"u8, palette.Colors);
            if (palette.Alpha.Length > 0)
            {
                WriteChunk(file, "tRNS"u8, palette.Alpha);
            }
        }

        byte[] pixels = palette?.Indices ?? rgba.ToArray();
        WriteChunk(file, "IDAT"u8, Deflate(pixels, palette is null ? width * 4 : width));
        WriteChunk(file, "IEND"u8, []);
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

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Of(type, data));
        file.Write(word);
    }
}
