using System.Runtime.InteropServices;

namespace TmeSim.Reports.Writers;

/// <summary>A raster as colour table and indices, colours in order of first use.</summary>
internal sealed class PngPalette
{
    private PngPalette(byte[] colors, byte[] alpha, byte[] indices)
    {
        Colors = colors;
        Alpha = alpha;
        Indices = indices;
    }

    /// <summary>Three bytes per colour.</summary>
    public byte[] Colors { get; }

    /// <summary>One byte per colour, or empty when all are opaque.</summary>
    public byte[] Alpha { get; }

    /// <summary>One byte per pixel.</summary>
    public byte[] Indices { get; }

    /// <summary>Null when the raster has more than 256 colours.</summary>
    public static PngPalette? TryBuild(ReadOnlySpan<byte> rgba)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgba);
        var numbers = new Dictionary<uint, byte>();
        var order = new List<uint>();
        byte[] indices = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!numbers.TryGetValue(pixels[i], out byte number))
            {
                if (order.Count == 256)
                {
                    return null;
                }

                number = (byte)order.Count;
                numbers.Add(pixels[i], number);
                order.Add(pixels[i]);
            }

            indices[i] = number;
        }

        byte[] table = MemoryMarshal.AsBytes<uint>(order.ToArray()).ToArray();
        byte[] colors = new byte[order.Count * 3];
        byte[] alpha = new byte[order.Count];
        for (int i = 0; i < order.Count; i++)
        {
            table.AsSpan(i * 4, 3).CopyTo(colors.AsSpan(i * 3));
            alpha[i] = table[(i * 4) + 3];
        }

        return new PngPalette(colors, alpha.AsSpan().ContainsAnyExcept((byte)255) ? alpha : [], indices);
    }
}
