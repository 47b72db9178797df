using System.Numerics;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// Sites in the order of a hash. A counting sort by the first bits of the hash in borrowed scratch memory, then small sorts:
/// a list of all sites with their hashes would take a quarter of what the simulation itself needs.
/// </summary>
internal sealed unsafe class SiteRanking
{
    private const int SitesPerBucket = 1024;
    private const int MaxBucketBits = 16;
    private readonly LatticeShape _shape;
    private readonly RandomKey _key;
    private readonly SiteArray<float> _scratch;
    private readonly int _shift;
    private readonly int[] _ends;
    private ulong[] _ranks = [];
    private int[] _sites = [];
    private ulong _what;

    /// <param name="shape">The lattice.</param>
    /// <param name="key">Random key of the lesion.</param>
    /// <param name="scratch">One element a site; holds rubbish afterwards.</param>
    public SiteRanking(LatticeShape shape, RandomKey key, SiteArray<float> scratch)
    {
        (_shape, _key, _scratch) = (shape, key, scratch);
        int bits = Math.Clamp(BitOperations.Log2((ulong)(shape.SiteCount / SitesPerBucket) + 1), 1, MaxBucketBits);
        _shift = 64 - bits;
        _ends = new int[1 << bits];
    }

    /// <summary>
    /// Rank of a site in a ranking: relative to the centre, so the same nodule on a larger lattice gets the same ranks. A plane
    /// of rows gets the same ranks whether its rows lie along y or along z.
    /// </summary>
    public ulong Rank(int x, int y, int z, ulong what)
    {
        (int ny, int nz) = (_shape.Ny, _shape.Nz);
        if (ny == 1)
        {
            (y, ny, z, nz) = (z, nz, 0, 1);
        }

        ulong place = ((ulong)(uint)(2 * x - _shape.Nx) << 40) ^ ((ulong)(uint)(2 * y - ny) << 20) ^ (uint)(2 * z - nz);
        return Mix.Hash(place, ((ulong)_key.K1 << 32) | _key.K0, ((ulong)Purpose.Seeding << 32) | what);
    }

    /// <summary>Makes ranking <paramref name="what"/> of the sites that a filter takes; it replaces the one before.</summary>
    public void Sort(ulong what, Func<int, bool>? takes = null)
    {
        _what = what;
        Array.Clear(_ends);
        int* order = (int*)_scratch.Pointer;
        Visit(takes, (rank, _) => _ends[rank >> _shift]++);
        int start = 0;
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            (_ends[bucket], start) = (start, start + _ends[bucket]);
        }

        // Scattering moves the start of each bucket to its end.
        Visit(takes, (rank, site) => order[_ends[rank >> _shift]++] = site);
    }

    /// <summary>The sites of the ranking, lowest rank first, ties by site.</summary>
    /// <param name="skips">Sites that need no rank any more: asked once a site, some time before it would come.</param>
    public IEnumerable<(ulong Rank, int Site)> InOrder(SiteBits? skips = null)
    {
        int start = 0;
        foreach (int end in _ends)
        {
            int count = Fill(start, end, skips);
            for (int i = 0; i < count; i++)
            {
                yield return (_ranks[i], _sites[i]);
            }

            start = end;
        }
    }

    private int Fill(int start, int end, SiteBits? skips)
    {
        if (_ranks.Length < end - start)
        {
            (_ranks, _sites) = (new ulong[(end - start) * 2], new int[(end - start) * 2]);
        }

        int* order = (int*)_scratch.Pointer;
        int count = 0;
        for (int i = start; i < end; i++)
        {
            int site = order[i];
            if (skips is null || !skips[site])
            {
                (int x, int y, int z) = _shape.Coordinates(site);
                (_ranks[count], _sites[count++]) = (Rank(x, y, z, _what), site);
            }
        }

        Array.Sort(_ranks, _sites, 0, count);
        for (int i = 1, from = 0; i <= count; i++)
        {
            // Equal ranks are all but impossible; then the site decides.
            if (i == count || _ranks[i] != _ranks[from])
            {
                SortSites(from, i - from);
                from = i;
            }
        }

        return count;
    }

    private void SortSites(int start, int count)
    {
        if (count > 1)
        {
            Array.Sort(_sites, start, count);
        }
    }

    private void Visit(Func<int, bool>? takes, Action<ulong, int> visit)
    {
        for (int row = 0; row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row), y = row % _shape.Ny, z = row / _shape.Ny;
            for (int x = 0; x < _shape.Nx; x++)
            {
                if (takes is null || takes(start + x))
                {
                    visit(Rank(x, y, z, _what), start + x);
                }
            }
        }
    }
}
