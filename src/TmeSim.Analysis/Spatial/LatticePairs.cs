using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Spatial;

/// <summary>Counts pairs of points on sites by the step between them. Holds a work array: one thread at a time.</summary>
public sealed class LatticePairs
{
    // Beyond it the work array of the other way would take more memory than it saves time.
    private const int MaxToSpread = 1 << 24;

    private readonly LatticeOffsets _offsets;
    private readonly byte[] _cells;
    private readonly int _width;
    private readonly int _height;
    private int[]? _nearest;

    /// <param name="offsets">Steps that count.</param>
    public LatticePairs(LatticeOffsets offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        _offsets = offsets;
        MaskGrid grid = offsets.Grid;
        (_width, _height) = (grid.Nx + (2 * offsets.Margin.X), grid.Ny + (2 * offsets.Margin.Y));
        _cells = new byte[checked(_width * _height * (grid.Nz + (2 * offsets.Margin.Z)))];
    }

    /// <summary>Pairs of a point and a neighbour by step.</summary>
    /// <param name="from">Sites of the asking points.</param>
    /// <param name="to">Sites of their neighbours, up to 255 at one; the same list for one type, whose points are not their own
    /// neighbours.</param>
    /// <param name="same">Both lists are of the same points.</param>
    public int[] Count(int[] from, int[] to, bool same)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        int[] steps = _offsets.Padded, pairs = new int[steps.Length];
        Put(to);
        foreach (int site in from)
        {
            int at = Place(site);
            for (int i = 0; i < steps.Length; i++)
            {
                pairs[i] += _cells[at + steps[i]];
            }
        }

        Take(to);
        pairs[0] -= same ? from.Length : 0;
        return pairs;
    }

    /// <summary>For each asking point the step to its nearest neighbour; the number of steps where none is within reach.</summary>
    /// <inheritdoc cref="Count"/>
    public int[] Nearest(int[] from, int[] to, bool same)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return !same && to.Length < from.Length && _cells.Length <= MaxToSpread ? Spread(from, to) : Search(from, to, same);
    }

    private int[] Search(int[] from, int[] to, bool same)
    {
        int[] steps = _offsets.Padded, nearest = new int[from.Length];
        Put(to);
        for (int k = 0; k < from.Length; k++)
        {
            int at = Place(from[k]), i = _cells[at] > (same ? 1 : 0) ? 0 : 1;
            while (i < steps.Length && i > 0 && _cells[at + steps[i]] == 0)
            {
                i++;
            }

            nearest[k] = i;
        }

        Take(to);
        return nearest;
    }

    // From the few to the many: each neighbour tells the sites around it how near it is. Steps come in pairs of one length, so either way
    // round is the same.
    private int[] Spread(int[] from, int[] to)
    {
        int[] steps = _offsets.Padded;
        _nearest ??= new int[_cells.Length];
        Array.Fill(_nearest, steps.Length);
        foreach (int site in to)
        {
            int at = Place(site);
            for (int i = 0; i < steps.Length; i++)
            {
                ref int best = ref _nearest[at + steps[i]];
                best = Math.Min(best, i);
            }
        }

        return [.. from.Select(site => _nearest[Place(site)])];
    }

    private void Put(int[] sites)
    {
        foreach (int site in sites)
        {
            _cells[Place(site)]++;
        }
    }

    private void Take(int[] sites)
    {
        foreach (int site in sites)
        {
            _cells[Place(site)] = 0;
        }
    }

    private int Place(int site)
    {
        MaskGrid grid = _offsets.Grid;
        (int x, int y, int z) = (site % grid.Nx, site / grid.Nx % grid.Ny, site / grid.Nx / grid.Ny);
        return x + _offsets.Margin.X + (_width * (y + _offsets.Margin.Y + (_height * (z + _offsets.Margin.Z))));
    }
}
