using TmeSim.Reports.Figures;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Tests.Writers;

public class AnimatedPngWriterTests
{
    private static readonly Rgb[] Palette = [Rgb.White, Rgb.Black, new(200, 0, 24), new(1, 2, 3)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frames_OfAnyChange_ReadBackAsGiven(bool indexed)
    {
        const int width = 13, height = 7;
        byte[][] frames = [.. Frames(width, height, indexed ? 1 : 4)];
        byte[] file = Write(width, height, frames, indexed ? Palette : null);
        var read = new AnimatedPngReader(file);
        Assert.Equal((width, height, indexed, frames.Length, 3), (read.Width, read.Height, read.Indexed, read.FrameCount, read.Loops));
        Assert.Equal(frames.Length, read.Frames.Length);
        Assert.All(frames.Zip(read.Frames), pair => Assert.Equal(pair.First, pair.Second.Pixels));
        Assert.All(read.Frames, f => Assert.Equal((12, 31), f.Delay));
        string[] head = indexed ? ["IHDR", "acTL", "PLTE", "fcTL", "IDAT"] : ["IHDR", "acTL", "fcTL", "IDAT"];
        Assert.Equal([.. head, .. Enumerable.Repeat<string[]>(["fcTL", "fdAT"], frames.Length - 1).SelectMany(c => c), "IEND"], read.Types);
        Assert.Equal(indexed ? Palette.SelectMany(c => new[] { c.R, c.G, c.B }) : null, read.Palette);
        Assert.Equal(file, Write(width, height, frames, indexed ? Palette : null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Frames_StoreNoMoreThanWhatChanged(int bytes)
    {
        byte[] a = new byte[10 * 8 * bytes], b = [.. a], c = [.. a];
        b[((3 * 10) + 4) * bytes] = b[(((6 * 10) + 2) * bytes) + bytes - 1] = 1;
        c[^1] = 1;
        var read = new AnimatedPngReader(Write(10, 8, [a, b, b, c], bytes == 1 ? Palette : null));
        Assert.Equal([(0, 0, 10, 8), (2, 3, 3, 4), (0, 0, 1, 1), (2, 3, 8, 5)], read.Frames.Select(f => f.Stored));
        Assert.Equal([a, b, b, c], read.Frames.Select(f => f.Pixels));
    }

    [Fact]
    public void OneFrameOfOnePixel_IsAFile() => Assert.Equal([1], new AnimatedPngReader(Write(1, 1, [[1]], Palette)).Frames.Single().Pixels);

    [Fact]
    public void Palette_Of256_TakesEveryIndex()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.Equal(all, new AnimatedPngReader(Write(16, 16, [all], [.. all.Select(i => new Rgb(i, i, 7))])).Frames.Single().Pixels);
    }

    [Fact]
    public void SizesThatDoNotFit_Throw()
    {
        using var file = new MemoryStream();
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, 0, 1, 1));
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, 1, -1, 1));
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, 1, 1, 0));
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, 1, 1, 1, []));
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, 1, 1, 1, new Rgb[257]));
        Assert.Throws<ArgumentException>(() => new AnimatedPngWriter(file, int.MaxValue, int.MaxValue, 1));
        Assert.Equal(0, file.Length);
        var writer = new AnimatedPngWriter(file, 2, 2, 1, Palette);
        Assert.Throws<ArgumentException>(() => writer.Add(new byte[3], new FrameDelay(1, 5)));
        Assert.Throws<ArgumentException>(() => writer.Add([0, 1, 2, 4], new FrameDelay(1, 5)));
        Assert.Throws<ArgumentException>(() => writer.Add([0, 1, 2, 3], new FrameDelay(1, 0)));
        Assert.Throws<InvalidOperationException>(writer.Finish);
        writer.Add([0, 1, 2, 3], new FrameDelay(1, 5));
        Assert.Throws<InvalidOperationException>(() => writer.Add([0, 1, 2, 3], new FrameDelay(1, 5)));
        writer.Finish();
    }

    // Nothing, single pixels at corners and edges, all, and pseudo-random pixels.
    private static IEnumerable<byte[]> Frames(int width, int height, int bytes)
    {
        byte[] frame = new byte[width * height * bytes];
        yield return [.. frame];
        yield return [.. frame];
        foreach (int pixel in (int[])[0, width - 1, (height - 1) * width, (width * height) - 1, (3 * width) + 5])
        {
            frame[(pixel * bytes) + (pixel % bytes)] ^= 3;
            yield return [.. frame];
        }

        yield return [.. Enumerable.Repeat((byte)2, frame.Length)];
        uint random = 1;
        for (int i = 0; i < 5; i++)
        {
            yield return [.. Enumerable.Range(0, frame.Length).Select(_ => (byte)((random = (random * 1664525) + 1013904223) >> 30))];
        }
    }

    private static byte[] Write(int width, int height, byte[][] frames, Rgb[]? palette)
    {
        using var file = new MemoryStream();
        var writer = new AnimatedPngWriter(file, width, height, frames.Length, palette, loops: 3);
        foreach (byte[] frame in frames)
        {
            writer.Add(frame, new FrameDelay(12, 31));
        }

        writer.Finish();
        return file.ToArray();
    }
}
