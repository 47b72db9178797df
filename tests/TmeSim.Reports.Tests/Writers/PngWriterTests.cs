using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Tests.Writers;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 3)]
    [InlineData(16, 16, 256)]
    [InlineData(17, 16, 257)]
    [InlineData(64, 33, 2112)]
    public void Encode_AnyNumberOfColours_DecodesToTheSamePixels(int width, int height, int colours)
    {
        byte[] rgba = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            int colour = i % colours;
            BinaryPrimitives.WriteInt32LittleEndian(rgba.AsSpan(i * 4), (colour * 65_537) ^ (colour % 3 == 0 ? unchecked((int)0xFF000000) : 0x40000000));
        }

        byte[] file = PngWriter.Encode(width, height, rgba);
        Assert.Equal(rgba, Decode(file, out int w, out int h));
        Assert.Equal((width, height), (w, h));
        Assert.Equal(file, PngWriter.Encode(width, height, rgba));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(2, 2, 15)]
    public void Encode_SizesThatDoNotFit_Throws(int width, int height, int bytes) =>
        Assert.Throws<ArgumentException>(() => PngWriter.Encode(width, height, new byte[bytes]));

    // An independent reader: chunk by chunk, with the checksum computed bit by bit.
    private static byte[] Decode(byte[] file, out int width, out int height)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add(Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }

        Assert.Equal("IEND", chunks.Keys.Last());
        width = BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]);
        height = BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4));
        bool indexed = chunks["IHDR"][9] == 3;
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
        {
            zlib.CopyTo(unpacked);
        }

        byte[] rows = unpacked.ToArray();
        int stride = (indexed ? width : width * 4) + 1;
        Assert.Equal(stride * height, rows.Length);
        var pixels = new List<byte>();
        for (int i = 0; i < rows.Length; i++)
        {
            if (i % stride == 0)
            {
                Assert.Equal(0, rows[i]);
            }
            else if (!indexed)
            {
                pixels.Add(rows[i]);
            }
            else
            {
                pixels.AddRange(chunks["PLTE"].AsSpan(rows[i] * 3, 3));
                pixels.Add(chunks.TryGetValue("tRNS", out byte[]? alpha) && rows[i] < alpha.Length ? alpha[rows[i]] : (byte)255);
            }
        }

        return [.. pixels];
    }

    /// <summary>CRC-32 bit by bit, written apart from the one under test.</summary>
    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
