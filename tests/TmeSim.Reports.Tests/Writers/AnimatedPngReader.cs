using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TmeSim.Reports.Tests.Writers;

/// <summary>An independent reader of animated PNG files: checks checksums and order, and puts the frames together.</summary>
internal sealed class AnimatedPngReader
{
    private readonly List<(string Type, byte[] Data)> _chunks = [];

    public AnimatedPngReader(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(PngWriterTests.Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            _chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        byte[] header = _chunks[0].Data, control = _chunks[1].Data;
        Assert.Equal(("IHDR", "acTL", "IEND"), (_chunks[0].Type, _chunks[1].Type, _chunks[^1].Type));
        (Width, Height, Indexed) = (Int(header, 0), Int(header, 4), header[9] == 3);
        (FrameCount, Loops) = (Int(control, 0), Int(control, 4));
        Palette = _chunks.SingleOrDefault(c => c.Type == "PLTE").Data;
        Frames = [.. Read()];
    }

    public IEnumerable<string> Types => _chunks.Select(c => c.Type);

    public int Width { get; }

    public int Height { get; }

    public bool Indexed { get; }

    public int FrameCount { get; }

    public int Loops { get; }

    public byte[]? Palette { get; }

    /// <summary>Frames as shown, in the bytes of the file (indices or RGBA).</summary>
    public (byte[] Pixels, (int Left, int Top, int Width, int Height) Stored, (int, int) Delay)[] Frames { get; }

    private IEnumerable<(byte[] Pixels, (int Left, int Top, int Width, int Height) Stored, (int, int) Delay)> Read()
    {
        int bytes = Indexed ? 1 : 4, sequence = 0;
        byte[] canvas = new byte[Width * Height * bytes];
        byte[] frame = [];
        foreach ((string type, byte[] data) in _chunks)
        {
            switch (type)
            {
                case "fcTL":
                    Assert.Equal(sequence++, Int(data, 0));
                    Assert.Equal((0, 0), (data[24], data[25]));
                    frame = data;
                    break;
                case "fdAT":
                    Assert.Equal(sequence++, Int(data, 0));
                    yield return Frame(data[4..]);
                    break;
                case "IDAT":
                    Assert.Equal((Width, Height), (Int(frame, 4), Int(frame, 8)));
                    yield return Frame(data);
                    break;
            }
        }

        (byte[], (int, int, int, int), (int, int)) Frame(byte[] packed)
        {
            (int width, int height, int left, int top) = (Int(frame, 4), Int(frame, 8), Int(frame, 12), Int(frame, 16));
            Assert.True(width > 0 && height > 0 && left >= 0 && top >= 0 && left + width <= Width && top + height <= Height);
            using var unpacked = new MemoryStream();
            using (var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress))
            {
                zlib.CopyTo(unpacked);
            }

            byte[] rows = unpacked.ToArray();
            int stride = (width * bytes) + 1;
            Assert.Equal(stride * height, rows.Length);
            for (int y = 0; y < height; y++)
            {
                Assert.Equal(0, rows[y * stride]);
                rows.AsSpan((y * stride) + 1, stride - 1).CopyTo(canvas.AsSpan((((top + y) * Width) + left) * bytes));
            }

            return ([.. canvas], (left, top, width, height), (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(20)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(22))));
        }
    }

    private static int Int(byte[] data, int at) => BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));
}
