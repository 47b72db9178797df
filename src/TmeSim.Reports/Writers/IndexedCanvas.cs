using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Writers;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelRect(int Left, int Top, int Width, int Height)
{
    public int Right => Left + Width;

    public int Bottom => Top + Height;

    /// <summary>The rectangle moved in or out on all sides.</summary>
    public PixelRect Grown(int by) => new(Left - by, Top - by, Width + (2 * by), Height + (2 * by));
}

/// <summary>A raster of indices into a fixed palette; it begins in the first colour. Whatever lies outside is cut off.</summary>
internal sealed class IndexedCanvas
{
    private readonly Dictionary<Rgb, byte> _indices = [];
    private readonly byte[] _pixels;

    /// <param name="width">Columns, positive.</param>
    /// <param name="height">Rows, positive.</param>
    /// <param name="colors">At most 256 different colours; repeated ones count once.</param>
    public IndexedCanvas(int width, int height, IEnumerable<Rgb> colors)
    {
        (Width, Height) = (width, height);
        Palette = [.. colors.Distinct()];
        if (Palette.Count is 0 or > 256)
        {
            throw new ArgumentException($"a canvas takes 1 to 256 colours, not {Palette.Count}", nameof(colors));
        }

        foreach ((int i, Rgb color) in Palette.Index())
        {
            _indices.Add(color, (byte)i);
        }

        _pixels = new byte[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<Rgb> Palette { get; }

    /// <summary>Indices, row 0 at the top.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Index of a colour.</summary>
    /// <exception cref="KeyNotFoundException">It is not in the palette.</exception>
    public byte Index(Rgb color) => _indices[color];

    public void Set(int x, int y, byte index)
    {
        if ((uint)x < (uint)Width && (uint)y < (uint)Height)
        {
            _pixels[(y * Width) + x] = index;
        }
    }

    public void Fill(PixelRect area, Rgb color)
    {
        byte index = Index(color);
        int left = Math.Max(area.Left, 0), right = Math.Min(area.Right, Width);
        for (int y = Math.Max(area.Top, 0); y < Math.Min(area.Bottom, Height) && right > left; y++)
        {
            _pixels.AsSpan((y * Width) + left, right - left).Fill(index);
        }
    }

    /// <summary>Copies opaque RGBA pixels whose colours are all in the palette.</summary>
    public void Draw(ReadOnlySpan<byte> rgba, PixelRect area)
    {
        Rgb last = Palette[0];
        byte index = 0;
        for (int i = 0; i < area.Width * area.Height; i++)
        {
            var color = new Rgb(rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2]);
            if (color != last)
            {
                (last, index) = (color, Index(color));
            }

            Set(area.Left + (i % area.Width), area.Top + (i / area.Width), index);
        }
    }
}
