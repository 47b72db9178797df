using System.Numerics;

namespace TmeSim.Analysis.Shapes;

/// <summary>
/// A per-site mask of one bit a site: every row along x is a run of whole words, bits beyond the row are clear. Its operations
/// work on 64 sites at a time and need no other memory than masks of the same kind.
/// </summary>
public sealed class MaskBits
{
    private readonly ulong[] _words;
    private readonly int _rowWords;
    private readonly ulong _lastWord;

    /// <summary>An empty mask.</summary>
    /// <exception cref="ArgumentException">A size is below 1, the spacing is not positive, or there are more than 2³¹ sites.</exception>
    public MaskBits(MaskGrid grid)
    {
        grid.Require(grid.Length, nameof(grid));
        Grid = grid;
        _rowWords = (grid.Nx + 63) / 64;
        _lastWord = grid.Nx % 64 == 0 ? ulong.MaxValue : (1UL << (grid.Nx % 64)) - 1;
        _words = new ulong[checked(_rowWords * Rows)];
    }

    /// <summary>Layout of the mask.</summary>
    public MaskGrid Grid { get; }

    private int Rows => Grid.Ny * Grid.Nz;

    /// <summary>The bit of a site inside the grid.</summary>
    public bool this[int x, int y, int z]
    {
        get => ((Row(z * Grid.Ny + y)[x >> 6] >> (x & 63)) & 1) != 0;
        set
        {
            ref ulong word = ref Row(z * Grid.Ny + y)[x >> 6];
            ulong bit = 1UL << (x & 63);
            word = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>A mask from one boolean a site.</summary>
    /// <exception cref="ArgumentException">The array does not fit the grid.</exception>
    public static MaskBits Of(ReadOnlySpan<bool> mask, MaskGrid grid)
    {
        grid.Require(mask.Length, nameof(mask));
        var bits = new MaskBits(grid);
        for (int row = 0; row < bits.Rows; row++)
        {
            Span<ulong> words = bits.Row(row);
            ReadOnlySpan<bool> values = mask.Slice(row * grid.Nx, grid.Nx);
            for (int x = 0; x < values.Length; x++)
            {
                words[x >> 6] |= values[x] ? 1UL << (x & 63) : 0;
            }
        }

        return bits;
    }

    /// <summary>One boolean a site.</summary>
    public bool[] ToBooleans()
    {
        var mask = new bool[Grid.Length];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<ulong> words = Row(row);
            for (int x = 0; x < Grid.Nx; x++)
            {
                mask[row * Grid.Nx + x] = ((words[x >> 6] >> (x & 63)) & 1) != 0;
            }
        }

        return mask;
    }

    /// <summary>Marked sites.</summary>
    public long Count()
    {
        long count = 0;
        foreach (ulong word in _words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Marks what was not marked and the other way round, inside the grid.</summary>
    public void Invert()
    {
        for (int row = 0; row < Rows; row++)
        {
            Span<ulong> words = Row(row);
            for (int w = 0; w < words.Length; w++)
            {
                words[w] = ~words[w];
            }

            words[^1] &= _lastWord;
        }
    }

    /// <summary>Keeps the marks that another mask of the same grid has too.</summary>
    public void And(MaskBits other)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>
    /// Sites whose nearest marked site is at most √<paramref name="squaredReach"/> sites away: dilation with a disc or ball.
    /// </summary>
    /// <param name="squaredReach">Squared reach [sites²], zero or more.</param>
    public MaskBits Dilated(long squaredReach)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(squaredReach);
        var result = new MaskBits(Grid);
        List<(int Dy, int Dz)>[] byWidth = OffsetsByWidth(squaredReach);
        Span<ulong> wide = new ulong[_rowWords], wider = new ulong[_rowWords];
        for (int row = 0; row < Rows; row++)
        {
            Row(row).CopyTo(wide);
            if (!wide.ContainsAnyExcept(0UL))
            {
                continue;
            }

            int y = row % Grid.Ny, z = row / Grid.Ny;
            for (int width = 0; width < byWidth.Length; width++)
            {
                if (width > 0)
                {
                    Widen(wide, wider);
                    wider[^1] &= _lastWord;
                    wider.CopyTo(wide);
                }

                foreach ((int dy, int dz) in byWidth[width])
                {
                    if ((uint)(y + dy) < (uint)Grid.Ny && (uint)(z + dz) < (uint)Grid.Nz)
                    {
                        Or(wide, result.Row((z + dz) * Grid.Ny + y + dy));
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Words of row y + z · ny.</summary>
    internal Span<ulong> Row(int row) => _words.AsSpan(row * _rowWords, _rowWords);

    // A row at (dy, dz) takes the source row widened by floor(√(reach² − dy² − dz²)) on both sides.
    private List<(int, int)>[] OffsetsByWidth(long squaredReach)
    {
        int reach = Root(squaredReach), ry = Math.Min(reach, Grid.Ny - 1), rz = Math.Min(reach, Grid.Nz - 1);
        var byWidth = new List<(int, int)>[Math.Min(reach, Grid.Nx - 1) + 1];
        for (int width = 0; width < byWidth.Length; width++)
        {
            byWidth[width] = [];
        }

        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                long rest = squaredReach - (long)dy * dy - (long)dz * dz;
                if (rest >= 0)
                {
                    byWidth[Math.Min(Root(rest), byWidth.Length - 1)].Add((dy, dz));
                }
            }
        }

        return byWidth;
    }

    private static int Root(long value)
    {
        long root = (long)Math.Sqrt(value);
        root += (root + 1) * (root + 1) <= value ? 1 : 0;
        return (int)Math.Min(root * root > value ? root - 1 : root, int.MaxValue);
    }

    private static void Widen(ReadOnlySpan<ulong> row, Span<ulong> wider)
    {
        for (int w = 0; w < row.Length; w++)
        {
            ulong below = w > 0 ? row[w - 1] >> 63 : 0, above = w + 1 < row.Length ? row[w + 1] << 63 : 0;
            wider[w] = row[w] | (row[w] << 1) | below | (row[w] >> 1) | above;
        }
    }

    private static void Or(ReadOnlySpan<ulong> row, Span<ulong> target)
    {
        for (int w = 0; w < row.Length; w++)
        {
            target[w] |= row[w];
        }
    }
}
