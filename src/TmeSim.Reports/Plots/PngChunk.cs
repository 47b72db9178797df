using System.Buffers.Binary;
using System.IO.Hashing;

namespace TmeSim.Reports.Plots;

/// <summary>The building blocks of a PNG file: length, type, data, checksum.</summary>
internal static class PngChunk
{
    /// <summary>The first bytes of every PNG file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static void Write(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, sum.GetCurrentHashAsUInt32());
        file.Write(word);
    }

    /// <summary>IHDR: 8 bits a sample, indexed or RGBA, not interlaced.</summary>
    public static void WriteHeader(Stream file, int width, int height, bool indexed)
    {
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(indexed ? 3 : 6);
        Write(file, "IHDR"u8, header);
    }
}
