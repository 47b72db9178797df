using System.Numerics;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>
/// Settles who may move to a site: every mover claims, the lowest hash of (lineage, step, sub-step) wins, ties go to the
/// lower origin site; the others stay. The outcome does not depend on the order of claims.
/// </summary>
/// <remarks>Claimed sites stand in a hash table with open addressing: claims are few, an array over all sites would be 4 bytes a site.</remarks>
internal sealed class SiteClaims
{
    private readonly List<(ulong Rank, int Cell, int From, int To)> _claims = new(64);

    // Index of the best claim + 1 by hash of its site, 0 for an empty place; a power of two, at most half full.
    private int[] _table = new int[256];

    public int Count => _claims.Count;

    /// <summary>Claims site <paramref name="to"/> for a cell.</summary>
    public void Claim(ulong id, int cell, int from, int to, in StepContext context, uint subStep)
    {
        ulong rank = context.Rank(id, Purpose.SiteClaim, subStep);
        _claims.Add((rank, cell, from, to));
        if (_claims.Count * 2 > _table.Length)
        {
            Grow();
        }

        ref int holder = ref Place(to);
        if (holder == 0 || (rank, from).CompareTo((_claims[holder - 1].Rank, _claims[holder - 1].From)) < 0)
        {
            holder = _claims.Count;
        }
    }

    /// <summary>Claim i: the cell, where it goes, and whether it won.</summary>
    public bool Settle(int i, out int cell, out int to)
    {
        (_, cell, _, to) = _claims[i];
        return Place(to) == i + 1;
    }

    /// <summary>Forgets all claims.</summary>
    public void Release()
    {
        Array.Clear(_table);
        _claims.Clear();
    }

    // The place of a site: where its claim stands, or the first empty one after its hash.
    private ref int Place(int site)
    {
        int mask = _table.Length - 1;
        int at = (int)((uint)site * 2654435769u >> (32 - BitOperations.Log2((uint)_table.Length)));
        while (_table[at] != 0 && _claims[_table[at] - 1].To != site)
        {
            at = (at + 1) & mask;
        }

        return ref _table[at];
    }

    private void Grow()
    {
        int[] old = _table;
        _table = new int[old.Length * 2];
        foreach (int holder in old)
        {
            if (holder != 0)
            {
                Place(_claims[holder - 1].To) = holder;
            }
        }
    }
}
