using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.State;

/// <summary>
/// Fingerprint of everything the next step depends on. Site layers go in row order without halo; cells go in the order of
/// their sites (one immune cell and one vessel a site), never in store order.
/// </summary>
/// <param name="parts">Takes name and fingerprint of each part by itself; null for one fingerprint of all.</param>
internal sealed class StateHash(List<StatePart>? parts = null) : StateVisitor
{
    private readonly byte[] _block = new byte[256];
    private StateHasher _hasher;
    private LatticeShape _shape = null!;
    private Type? _type;
    private int _filled;
    private string? _part;

    /// <summary>The fingerprint of all that was visited, 32 hexadecimal digits.</summary>
    public string Finish()
    {
        EndBlock();
        return _hasher.Finish();
    }

    /// <summary>Parts stand apart only where they are asked for: the fingerprint of all does not depend on their names.</summary>
    public override void Part(string name)
    {
        if (parts is null)
        {
            return;
        }

        if (_part is not null)
        {
            parts.Add(new StatePart(_part, Finish()));
        }

        EndBlock();
        (_hasher, _part) = (default, name);
    }

    public override void Lattice(LatticeShape shape) => _shape = shape;

    public override void Sites<T>(SiteArray<T> sites)
    {
        EndBlock();
        for (int row = 0; row < _shape.Rows; row++)
        {
            _hasher.Add<T>(sites.Span.Slice(_shape.RowStart(row), _shape.Nx));
        }
    }

    /// <summary>One byte a site, 0 or 1, as if the bits were an array of bytes.</summary>
    public override void Bits(SiteBits bits)
    {
        EndBlock();
        var bytes = new byte[_shape.Nx];
        for (int row = 0; row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row);
            for (int x = 0; x < bytes.Length; x++)
            {
                bytes[x] = bits[start + x] ? (byte)1 : (byte)0;
            }

            _hasher.Add<byte>(bytes);
        }
    }

    public override void Values<T>(Span<T> values)
    {
        EndBlock();
        _hasher.Add<T>(values);
    }

    /// <summary>A <c>ulong</c> is a word of its own. NaN, which has several bit patterns, counts as −1.</summary>
    public override T Number<T>(T value)
    {
        if (value is ulong word)
        {
            EndBlock();
            _hasher.Add(word);
            return value;
        }

        if (_type != typeof(T))
        {
            EndBlock();
            _type = typeof(T);
        }

        T defined = value is double.NaN && (double)-1 is T minus ? minus : value;
        MemoryMarshal.Write(_block.AsSpan(_filled), defined);
        _filled += Unsafe.SizeOf<T>();
        return value;
    }

    /// <summary>Sites are unique, so their order is.</summary>
    public override void Cells(CellStore store)
    {
        EndBlock();
        int[] sites = store.Site.Span.ToArray(), order = [.. Enumerable.Range(0, store.Count)];
        Array.Sort(sites, order);
        foreach (int i in order)
        {
            store.Hash(ref _hasher, i);
        }
    }

    /// <summary>
    /// The cells of all kinds in one order of sites, which the overlay gives. The lowest bit of the word of a site tells the two kinds of
    /// the engine apart; further kinds stand above the site.
    /// </summary>
    public override void Immune(SiteArray<int> overlay, IReadOnlyList<CellStore> stores)
    {
        EndBlock();
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int site = _shape.RowStart(row), end = site + _shape.Nx; site < end; site++)
            {
                int cell = overlay[site];
                if (cell != 0)
                {
                    int kind = ImmuneCode.Kind(cell);
                    ulong mark = kind == ImmuneKinds.Cd8 ? 1UL : kind == ImmuneKinds.Macrophages ? 0 : (ulong)kind << 40;
                    _hasher.Add(((ulong)site << 1) | mark);
                    stores[kind].Hash(ref _hasher, ImmuneCode.Index(cell));
                }
            }
        }
    }

    private void EndBlock()
    {
        if (_filled > 0)
        {
            _hasher.Add<byte>(_block.AsSpan(0, _filled));
            (_filled, _type) = (0, null);
        }
    }
}
