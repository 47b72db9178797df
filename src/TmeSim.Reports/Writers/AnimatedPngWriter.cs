using TmeSim.Reports.Plots;
using System.Buffers.Binary;
using System.IO.Compression;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Writers;

/// <summary>
/// Writes an animated PNG (PNG third edition, W3C 2025) frame by frame into a stream, holding one frame in memory. Of each frame only the
/// rectangle that differs from the frame before is stored. The same frames always give the same bytes on one runtime version. Programs that
/// do not know animations show the first frame.
/// </summary>
public sealed class AnimatedPngWriter
{
    private readonly Stream _file;
    private readonly int _width;
    private readonly int _height;
    private readonly int _frames;
    private readonly int _pixelBytes;
    private readonly int _colors;
    private readonly byte[] _last;
    private int _written;
    private uint _sequence;

    /// <summary>Writes the head of the file.</summary>
    /// <param name="file">Written from its present place on; left open.</param>
    /// <param name="width">Columns, positive.</param>
    /// <param name="height">Rows, positive.</param>
    /// <param name="frames">Frames that will follow, positive.</param>
    /// <param name="palette">1 to 256 colours that all frames share, pixels being their indices; null for RGBA pixels.</param>
    /// <param name="loops">How often the animation is played; 0 for without end.</param>
    /// <exception cref="ArgumentException">A size, number or palette that does not fit.</exception>
    public AnimatedPngWriter(Stream file, int width, int height, int frames, IReadOnlyList<Rgb>? palette = null, int loops = 0)
    {
        ArgumentNullException.ThrowIfNull(file);
        _pixelBytes = palette is null ? 4 : 1;
        if (width < 1 || height < 1 || frames < 1 || loops < 0 || width > Array.MaxLength / _pixelBytes / height)
        {
            throw new ArgumentException($"an animation needs a positive width and height and at least one frame; given {width} × {height} pixels, {frames} frames, {loops} loops", nameof(frames));
        }

        if (palette is { Count: 0 or > 256 })
        {
            throw new ArgumentException($"a palette holds 1 to 256 colours, not {palette.Count}", nameof(palette));
        }

        (_file, _width, _height, _frames) = (file, width, height, frames);
        _colors = palette?.Count ?? 0;
        _last = new byte[width * height * _pixelBytes];
        file.Write(PngChunk.Signature);
        PngChunk.WriteHeader(file, width, height, indexed: palette is not null);
        Span<byte> control = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(control, frames);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], loops);
        PngChunk.Write(file, "acTL"u8, control);
        if (palette is not null)
        {
            PngChunk.Write(file, "PLTE"u8, palette.SelectMany(c => new[] { c.R, c.G, c.B }).ToArray());
        }
    }

    /// <summary>Writes the next frame.</summary>
    /// <param name="pixels">Row 0 at the top; one index per pixel with a palette, else four bytes (RGBA).</param>
    /// <param name="delay">How long it stays.</param>
    /// <exception cref="ArgumentException">Wrong number of pixels, an index outside the palette, or a delay without denominator.</exception>
    /// <exception cref="InvalidOperationException">More frames than announced.</exception>
    public void Add(ReadOnlySpan<byte> pixels, FrameDelay delay)
    {
        if (pixels.Length != _last.Length)
        {
            throw new ArgumentException($"a frame of {_width} × {_height} pixels needs {_last.Length} bytes, {pixels.Length} given", nameof(pixels));
        }

        if (_colors > 0 && _colors < 256 && pixels.IndexOfAnyExceptInRange((byte)0, (byte)(_colors - 1)) is >= 0 and int at)
        {
            throw new ArgumentException($"pixel {at} has colour {pixels[at]} of a palette of {_colors}", nameof(pixels));
        }

        if (delay.Denominator == 0)
        {
            throw new ArgumentException("a delay needs a positive denominator", nameof(delay));
        }

        if (_written == _frames)
        {
            throw new InvalidOperationException($"all {_frames} frames of the animation are written");
        }

        // The first frame is also the picture of programs that show no animations, so it is whole.
        Area area = _written == 0 ? new Area(0, 0, _width, _height) : Changed(pixels);
        WriteControl(area, delay);
        WriteData(pixels, area);
        pixels.CopyTo(_last);
        _written++;
    }

    /// <summary>Writes the end of the file.</summary>
    /// <exception cref="InvalidOperationException">Fewer frames than announced.</exception>
    public void Finish()
    {
        if (_written < _frames)
        {
            throw new InvalidOperationException($"{_written} of {_frames} frames of the animation are written");
        }

        PngChunk.Write(_file, "IEND"u8, []);
    }

    private void WriteControl(Area area, FrameDelay delay)
    {
        Span<byte> control = stackalloc byte[26];
        BinaryPrimitives.WriteUInt32BigEndian(control, _sequence++);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], area.Width);
        BinaryPrimitives.WriteInt32BigEndian(control[8..], area.Height);
        BinaryPrimitives.WriteInt32BigEndian(control[12..], area.Left);
        BinaryPrimitives.WriteInt32BigEndian(control[16..], area.Top);
        BinaryPrimitives.WriteUInt16BigEndian(control[20..], delay.Numerator);
        BinaryPrimitives.WriteUInt16BigEndian(control[22..], delay.Denominator);
        control[24..].Clear(); // the frame stays as it is, and its pixels replace those below
        PngChunk.Write(_file, "fcTL"u8, control);
    }

    private void WriteData(ReadOnlySpan<byte> pixels, Area area)
    {
        using var data = new MemoryStream();
        if (_written > 0)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(number, _sequence++);
            data.Write(number);
        }

        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = area.Top; y < area.Top + area.Height; y++)
            {
                zlib.WriteByte(0); // filter 0, as in still pictures
                zlib.Write(pixels.Slice(((y * _width) + area.Left) * _pixelBytes, area.Width * _pixelBytes));
            }
        }

        PngChunk.Write(_file, _written == 0 ? "IDAT"u8 : "fdAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
    }

    /// <summary>The smallest rectangle around all changes; one pixel where there is none, because a frame cannot be empty.</summary>
    private Area Changed(ReadOnlySpan<byte> pixels)
    {
        int top = -1, bottom = -1, left = int.MaxValue, right = -1, stride = _width * _pixelBytes;
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<byte> now = pixels.Slice(y * stride, stride), before = _last.AsSpan(y * stride, stride);
            int first = now.CommonPrefixLength(before);
            if (first == stride)
            {
                continue;
            }

            int last = stride - 1;
            while (now[last] == before[last])
            {
                last--;
            }

            (top, bottom) = (top < 0 ? y : top, y);
            (left, right) = (Math.Min(left, first / _pixelBytes), Math.Max(right, last / _pixelBytes));
        }

        return top < 0 ? new Area(0, 0, 1, 1) : new Area(left, top, right - left + 1, bottom - top + 1);
    }

    private readonly record struct Area(int Left, int Top, int Width, int Height);
}
