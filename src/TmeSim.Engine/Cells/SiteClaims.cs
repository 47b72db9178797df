using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>
/// Settles who may move to a site: every mover claims, the lowest hash of (lineage, step, sub-step) wins, ties go to the
/// lower origin site; the others stay. The outcome does not depend on the order of claims.
/// </summary>
internal sealed class SiteClaims(SiteArray<int> claims)
{
    private readonly List<(ulong Rank, int Cell, int From, int To)> _claims = new(64);

    public int Count => _claims.Count;

    public void Clear() => _claims.Clear();

    /// <summary>Claims site <paramref name="to"/> for a cell.</summary>
    public void Claim(ulong id, int cell, int from, int to, in StepContext context, uint subStep)
    {
        ulong rank = context.Rank(id, Purpose.SiteClaim, subStep);
        _claims.Add((rank, cell, from, to));
        int holder = claims[to];
        if (holder == 0 || (rank, from).CompareTo((_claims[holder - 1].Rank, _claims[holder - 1].From)) < 0)
        {
            claims[to] = _claims.Count;
        }
    }

    /// <summary>Claim i: the cell, where it goes, and whether it won. Reading the winner clears the site.</summary>
    public bool Settle(int i, out int cell, out int to)
    {
        (_, cell, _, to) = _claims[i];
        return claims[to] == i + 1;
    }

    /// <summary>Forgets all claims.</summary>
    public void Release()
    {
        foreach ((ulong _, int _, int _, int to) in _claims)
        {
            claims[to] = 0;
        }

        _claims.Clear();
    }
}
