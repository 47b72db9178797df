using System.Numerics;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// Sites in the order of a hash. A counting sort by the first bits of the hash in borrowed scratch memory, one by the bits that follow when a bucket
/// is wanted, then small sorts: a list of all sites with their hashes would take a quarter of what the simulation itself needs.
/// </summary>
internal sealed class SiteRanking
{
    /// <summary>Sites of a small sort, about.</summary>
    private const int SitesPerBucket = 1024;

    /// <summary>Buckets that sites of the whole lattice are put into: each has a line of the first cache and a page in the processor's table of pages.</summary>
    private const int MaxBucketBits = 9;

    /// <summary>Bits of buckets and of what a bucket is put into.</summary>
    private const int MaxBits = 20;

    /// <summary>Lattice rows that a thread should have to rank.</summary>
    private const int RowsPerPart = 64;

    /// <summary>Buckets that are sorted at a time, for each thread, where they are small.</summary>
    private const int BucketsPerThread = 4;

    private readonly LatticeShape _shape;
    private readonly RandomKey _key;
    private readonly SiteArray<float> _scratch;
    private readonly RowRunner _runner;
    private readonly int _shift, _finer;
    private readonly int[] _ends, _counts;

    // By part of the rows and bucket: how many sites, then where the next one goes.
    private readonly int[][] _places;

    // One for each bucket that is sorted at a time.
    private readonly Bucket[] _buckets;
    private ulong[] _ranks = [];
    private int[] _sites = [];
    private ulong _what;

    /// <param name="shape">The lattice.</param>
    /// <param name="key">Random key of the lesion.</param>
    /// <param name="scratch">One element a site; holds rubbish afterwards.</param>
    /// <param name="runner">Threads.</param>
    public SiteRanking(LatticeShape shape, RandomKey key, SiteArray<float> scratch, RowRunner runner)
    {
        (_shape, _key, _scratch, _runner) = (shape, key, scratch, runner);
        int all = Math.Clamp(BitOperations.Log2((ulong)(shape.SiteCount / SitesPerBucket) + 1), 1, MaxBits), bits = Math.Min(all, MaxBucketBits);
        (_shift, _finer) = (64 - bits, all - bits);
        _buckets = [.. Enumerable.Range(0, (_finer > 0 ? 1 : BucketsPerThread) * runner.Threads).Select(_ => new Bucket(_finer))];
        _ends = new int[1 << bits];
        _counts = new int[_ends.Length];
        int parts = Math.Clamp(shape.Rows / RowsPerPart, 1, runner.Threads);
        _places = [.. Enumerable.Range(0, parts).Select(_ => new int[_ends.Length])];
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
    /// <param name="what">Number of the ranking.</param>
    /// <param name="takes">The filter, asked on several threads at once; null for all sites.</param>
    public void Sort(ulong what, Func<int, bool>? takes = null)
    {
        _what = what;
        foreach (int[] places in _places)
        {
            Array.Clear(places);
        }

        _runner.Run(new Counting(this, takes), _places.Length, 1);
        int start = 0;
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            foreach (int[] places in _places)
            {
                (places[bucket], start) = (start, start + places[bucket]);
            }

            _ends[bucket] = start;
        }

        _runner.Run(new Scattering(this, takes), _places.Length, 1);
    }

    /// <summary>The sites of the ranking, lowest rank first, ties by site.</summary>
    /// <param name="skips">Sites that need no rank any more: asked once a site, some time before it would come.</param>
    public IEnumerable<(ulong Rank, int Site)> InOrder(SiteBits? skips = null)
    {
        int group = _buckets.Length;
        for (int first = 0; first < _ends.Length; first += group)
        {
            int last = Math.Min(first + group, _ends.Length) - 1, origin = Start(first), size = _ends[last] - origin;
            if (_ranks.Length < size)
            {
                (_ranks, _sites) = (new ulong[size * 2], new int[size * 2]);
            }

            _runner.Run(new Filling(this, first, origin, skips), last - first + 1, 1);
            for (int bucket = first; bucket <= last; bucket++)
            {
                int from = Start(bucket) - origin, end = from + _counts[bucket];
                for (int i = from; i < end; i++)
                {
                    yield return (_ranks[i], _sites[i]);
                }
            }
        }
    }

    private int Start(int bucket) => bucket == 0 ? 0 : _ends[bucket - 1];

    // Sorts what is left of a bucket; it stands from its start on, less the origin.
    private unsafe void Fill(int number, Bucket bucket, int origin, SiteBits? skips)
    {
        int* order = (int*)_scratch.Pointer;
        int start = Start(number), first = start - origin, count = 0;
        Span<ulong> ranks = _ranks.AsSpan(first);
        Span<int> sites = _sites.AsSpan(first);
        if (_finer > 0)
        {
            bucket.Reserve(_ends[number] - start);
            ranks = bucket.Ranks;
            sites = bucket.Sites;
        }

        for (int i = start; i < _ends[number]; i++)
        {
            int site = order[i];
            if (skips is null || !skips[site])
            {
                (int x, int y, int z) = _shape.Coordinates(site);
                (ranks[count], sites[count]) = (Rank(x, y, z, _what), site);
                count++;
            }
        }

        _counts[number] = count;
        if (_finer == 0)
        {
            Sort(first, count);
            return;
        }

        int from = first;
        foreach (int end in bucket.Split(count, _shift - _finer, _ranks.AsSpan(first, count), _sites.AsSpan(first, count)))
        {
            Sort(from, first + end - from);
            from = first + end;
        }
    }

    private void Sort(int first, int count)
    {
        Array.Sort(_ranks, _sites, first, count);
        for (int i = 1, from = 0; i <= count; i++)
        {
            // Equal ranks are all but impossible; then the site decides.
            if (i == count || _ranks[first + i] != _ranks[first + from])
            {
                SortSites(first + from, i - from);
                from = i;
            }
        }
    }

    private void SortSites(int start, int count)
    {
        if (count > 1)
        {
            Array.Sort(_sites, start, count);
        }
    }

    // Gives each site of a part of the rows the next place of its bucket.
    private unsafe void Visit(int part, Func<int, bool>? takes, int* order)
    {
        int[] places = _places[part];
        int parts = _places.Length, end = (int)((long)_shape.Rows * (part + 1) / parts);
        for (int row = (int)((long)_shape.Rows * part / parts); row < end; row++)
        {
            int start = _shape.RowStart(row), y = row % _shape.Ny, z = row / _shape.Ny;
            for (int x = 0; x < _shape.Nx; x++)
            {
                if (takes is null || takes(start + x))
                {
                    int place = places[Rank(x, y, z, _what) >> _shift]++;
                    if (order != null)
                    {
                        order[place] = start + x;
                    }
                }
            }
        }
    }

    /// <summary>How many sites of some parts of the rows fall into each bucket.</summary>
    private readonly struct Counting(SiteRanking ranking, Func<int, bool>? takes) : IRowKernel
    {
        public unsafe void Run(int first, int end)
        {
            for (int part = first; part < end; part++)
            {
                ranking.Visit(part, takes, null);
            }
        }
    }

    /// <summary>Puts the sites of some parts of the rows into their buckets.</summary>
    private readonly struct Scattering(SiteRanking ranking, Func<int, bool>? takes) : IRowKernel
    {
        public unsafe void Run(int first, int end)
        {
            for (int part = first; part < end; part++)
            {
                ranking.Visit(part, takes, (int*)ranking._scratch.Pointer);
            }
        }
    }

    /// <summary>Sorts some buckets of a group.</summary>
    private readonly struct Filling(SiteRanking ranking, int group, int origin, SiteBits? skips) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int bucket = group + first; bucket < group + end; bucket++)
            {
                ranking.Fill(bucket, ranking._buckets[bucket - group], origin, skips);
            }
        }
    }

    /// <summary>What is left of a bucket, before it is split by further bits of the rank.</summary>
    private sealed class Bucket(int bits)
    {
        private readonly int[] _places = new int[1 << bits];

        public ulong[] Ranks { get; private set; } = [];

        public int[] Sites { get; private set; } = [];

        public void Reserve(int count)
        {
            if (Ranks.Length < count)
            {
                (Ranks, Sites) = (new ulong[count + count / 8], new int[count + count / 8]);
            }
        }

        /// <summary>Puts the first <paramref name="count"/> sites in order of some bits of their ranks.</summary>
        /// <param name="count">Number of sites.</param>
        /// <param name="shift">Bits of the rank below those.</param>
        /// <param name="ranks">Ranks in that order.</param>
        /// <param name="sites">Sites in that order.</param>
        /// <returns>Where the sites of each value of the bits end.</returns>
        public int[] Split(int count, int shift, Span<ulong> ranks, Span<int> sites)
        {
            Array.Clear(_places);
            ulong last = (ulong)_places.Length - 1;
            foreach (ulong rank in Ranks.AsSpan(0, count))
            {
                _places[(rank >> shift) & last]++;
            }

            int start = 0;
            foreach (ref int place in _places.AsSpan())
            {
                (place, start) = (start, start + place);
            }

            for (int i = 0; i < count; i++)
            {
                int place = _places[(Ranks[i] >> shift) & last]++;
                (ranks[place], sites[place]) = (Ranks[i], Sites[i]);
            }

            return _places;
        }
    }
}
