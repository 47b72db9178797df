using System.Runtime.InteropServices;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>Sites along the axes of a level of resolution, and how many sites of the lattice one of them spans along each.</summary>
internal readonly record struct LevelShape(int Nx, int Ny, int Nz, int SpanX, int SpanY, int SpanZ)
{
    // Beyond that a picture needs no coarser one.
    private const int SmallSide = 64;

    /// <summary>The lattice and coarser levels, each of half as many sites along every axis that has two or more: one at least, until the longest side is short.</summary>
    public static IReadOnlyList<LevelShape> All(int nx, int ny, int nz)
    {
        List<LevelShape> all = [new LevelShape(nx, ny, nz, 1, 1, 1)];
        while (all[^1] is var last && Math.Max(last.Nx, Math.Max(last.Ny, last.Nz)) > (all.Count == 1 ? 1 : SmallSide))
        {
            all.Add(last.Coarser);
        }

        return all;
    }

    private LevelShape Coarser => new(
        (Nx + 1) / 2, (Ny + 1) / 2, (Nz + 1) / 2, Nx > 1 ? 2 * SpanX : SpanX, Ny > 1 ? 2 * SpanY : SpanY, Nz > 1 ? 2 * SpanZ : SpanZ);
}

/// <summary>
/// One level of resolution of an array while it is written: takes its layers in order, cuts them into chunks and gives the level above what
/// becomes of each two. A coarse site has the mean of the finite numbers below it, or the label of the first of them, which keeps labels what they are.
/// </summary>
/// <param name="shape">Its sites.</param>
/// <param name="array">The array that it is written to.</param>
/// <param name="width">Bytes of a value.</param>
/// <param name="chunk">Sites of a chunk along x, y and z.</param>
/// <param name="at">Place of the volume in the array, before its own axes.</param>
/// <param name="next">The coarser level; null for the last.</param>
internal sealed class PyramidLevel(LevelShape shape, ZarrArray array, int width, (int X, int Y, int Z) chunk, long[] at, PyramidLevel? next)
{
    private readonly byte[] _slab = new byte[checked(chunk.Z * shape.Ny * shape.Nx * width)];
    private readonly byte[] _chunk = new byte[chunk.Z * chunk.Y * chunk.X * width];
    private readonly byte[] _coarse = next is null ? [] : new byte[next.Shape.Nx * next.Shape.Ny * width];
    private byte[]? _before;
    private int _layer;

    /// <summary>Its sites.</summary>
    private LevelShape Shape { get; } = shape;

    /// <summary>The values are numbers to be averaged; else labels.</summary>
    public bool IsMean { get; init; }

    /// <summary>The array has no axis z.</summary>
    public bool IsFlat { get; init; }

    /// <summary>Takes the next layer, rows of x.</summary>
    public void Add(ReadOnlySpan<byte> layer)
    {
        int bytes = Shape.Nx * Shape.Ny * width, held = _layer % chunk.Z;
        layer.CopyTo(_slab.AsSpan(held * bytes));
        bool isLast = ++_layer == Shape.Nz;
        if (held + 1 == chunk.Z || isLast)
        {
            Write(held + 1, (_layer - 1) / chunk.Z);
        }

        if (next is null)
        {
            return;
        }

        if (_layer % 2 == 1 && !isLast)
        {
            (_before ??= new byte[bytes]).AsSpan().Clear();
            layer.CopyTo(_before);
            return;
        }

        Coarsen(_layer % 2 == 0 ? _before : layer, _layer % 2 == 0 ? layer : default);
        next.Add(_coarse);
    }

    // Zeros beyond the far edges.
    private void Write(int layers, int z)
    {
        for (int y = 0; y < Shape.Ny; y += chunk.Y)
        {
            for (int x = 0; x < Shape.Nx; x += chunk.X)
            {
                Array.Clear(_chunk);
                int run = Math.Min(chunk.X, Shape.Nx - x) * width;
                for (int layer = 0; layer < layers; layer++)
                {
                    for (int row = 0; row < chunk.Y && y + row < Shape.Ny; row++)
                    {
                        _slab.AsSpan((((layer * Shape.Ny) + y + row) * Shape.Nx + x) * width, run).CopyTo(_chunk.AsSpan(((layer * chunk.Y) + row) * chunk.X * width));
                    }
                }

                array.Write(_chunk, IsFlat ? [.. at, y / chunk.Y, x / chunk.X] : [.. at, z, y / chunk.Y, x / chunk.X]);
            }
        }
    }

    private void Coarsen(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        LevelShape coarse = next!.Shape;
        for (int y = 0; y < coarse.Ny; y++)
        {
            for (int x = 0; x < coarse.Nx; x++)
            {
                Span<byte> to = _coarse.AsSpan(((y * coarse.Nx) + x) * width, width);
                if (IsMean)
                {
                    (double sum, int count) = (0, 0);
                    Sum(first, 2 * x, 2 * y, ref sum, ref count);
                    Sum(second, 2 * x, 2 * y, ref sum, ref count);
                    MemoryMarshal.Write(to, count == 0 ? float.NaN : (float)(sum / count));
                }
                else
                {
                    first.Slice(((2 * y * Shape.Nx) + (2 * x)) * width, width).CopyTo(to);
                }
            }
        }
    }

    private void Sum(ReadOnlySpan<byte> layer, int x0, int y0, ref double sum, ref int count)
    {
        if (layer.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(layer);
        for (int y = y0; y < Math.Min(y0 + 2, Shape.Ny); y++)
        {
            for (int x = x0; x < Math.Min(x0 + 2, Shape.Nx); x++)
            {
                float value = values[(y * Shape.Nx) + x];
                (sum, count) = float.IsFinite(value) ? (sum + value, count + 1) : (sum, count);
            }
        }
    }
}
