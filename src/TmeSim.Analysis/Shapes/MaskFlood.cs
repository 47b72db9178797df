namespace TmeSim.Analysis.Shapes;

/// <summary>
/// Spreads marks to face neighbours within an open region, 64 sites at a time, by sweeps forth and back over the rows until
/// nothing changes. Two or three sweeps do for tissue; a labyrinth takes one for each of its turns.
/// </summary>
internal static class MaskFlood
{
    /// <summary>Adds to <paramref name="marked"/> every site of <paramref name="open"/> that a path in it joins to a mark.</summary>
    public static void Spread(MaskBits marked, MaskBits open)
    {
        int rows = marked.Grid.Ny * marked.Grid.Nz;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int row = 0; row < rows; row++)
            {
                changed |= SpreadRow(marked, open, row);
            }

            for (int row = rows - 1; row >= 0 && changed; row--)
            {
                SpreadRow(marked, open, row);
            }
        }
    }

    private static bool SpreadRow(MaskBits marked, MaskBits open, int row)
    {
        int ny = marked.Grid.Ny, rows = ny * marked.Grid.Nz, y = row % ny;
        Span<ulong> here = marked.Row(row);
        ReadOnlySpan<ulong> room = open.Row(row);
        bool changed = Take(here, room, marked, y > 0 ? row - 1 : -1);
        changed |= Take(here, room, marked, y < ny - 1 ? row + 1 : -1);
        changed |= Take(here, room, marked, row - ny);
        changed |= Take(here, room, marked, row + ny < rows ? row + ny : -1);
        return Along(here, room) || changed;
    }

    private static bool Take(Span<ulong> here, ReadOnlySpan<ulong> room, MaskBits marked, int from)
    {
        if (from < 0)
        {
            return false;
        }

        ReadOnlySpan<ulong> there = marked.Row(from);
        ulong added = 0;
        for (int w = 0; w < here.Length; w++)
        {
            ulong more = there[w] & room[w] & ~here[w];
            here[w] |= more;
            added |= more;
        }

        return added != 0;
    }

    // Up and then down the row; within a word by doubling the step (Kogge-Stone).
    private static bool Along(Span<ulong> here, ReadOnlySpan<ulong> room)
    {
        ulong added = 0, carry = 0;
        for (int w = 0; w < here.Length; w++)
        {
            ulong flood = here[w] | (carry & room[w]), open = room[w];
            for (int step = 1; step < 64; step *= 2)
            {
                flood |= open & (flood << step);
                open &= open << step;
            }

            added |= flood & ~here[w];
            here[w] = flood;
            carry = flood >> 63;
        }

        carry = 0;
        for (int w = here.Length - 1; w >= 0; w--)
        {
            ulong flood = here[w] | (carry & room[w]), open = room[w];
            for (int step = 1; step < 64; step *= 2)
            {
                flood |= open & (flood >> step);
                open &= open >> step;
            }

            added |= flood & ~here[w];
            here[w] = flood;
            carry = flood << 63;
        }

        return added != 0;
    }
}
