using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// Where tumour cells stand that CD8 T cells can see, one bit a site: the neighbourhood of a cell is a few loads, and most cells find
/// all or nothing in it. Made once a step; kills of the step are taken out.
/// </summary>
internal sealed unsafe class TargetMap
{
    /// <summary>Words of bits that a thread should have to make.</summary>
    private const int WordsPerBlock = 256;

    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly CloneEffects _clones;
    private readonly SiteBits _bits;
    private readonly int[] _rows;

    // Of the bits, and the rows below and above in the plane: what a loop over cells needs without a chain of loads.
    private readonly byte* _bytes;
    private readonly bool _plane;
    private readonly int _below;
    private readonly int _above;

    public TargetMap(ProcessSetup setup)
    {
        (_lesion, _runner, _clones, _bits) = (setup.Lesion, setup.Runner, setup.Effects, setup.Workspace.Targets);
        LatticeShape shape = setup.Lesion.Shape;
        int ry = shape.Ny > 1 ? 1 : 0, rz = shape.Nz > 1 ? 1 : 0;
        _rows = [.. from z in Enumerable.Range(-rz, 2 * rz + 1) from y in Enumerable.Range(-ry, 2 * ry + 1)
                    select z * shape.PlaneStride + y * shape.Stride];
        _bytes = (byte*)_bits.Words.Pointer;
        (_plane, _below, _above) = (_rows.Length == 3, _rows[0], _rows[^1]);
        Own = 1u << (3 * (_rows.Length / 2) + 1);
    }

    /// <summary>The bit of the site itself in <see cref="Around"/>.</summary>
    public uint Own { get; }

    /// <summary>True where a tumour cell stands that CD8 T cells can see.</summary>
    public bool this[int site]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((_bytes[site >> 3] >> (site & 7)) & 1) != 0;
    }

    /// <summary>Looks at all sites.</summary>
    public void Renew() => _runner.Run(new Renewing(this), (_lesion.Shape.Length + 63) / 64, WordsPerBlock);

    /// <summary>The tumour cell at a site is no more.</summary>
    public void Remove(int site) => _bits[site] = false;

    /// <summary>
    /// Bit 3 r + x is set where there is a target at <c>site + rows[r] + x − 1</c>, rows those of the Moore neighbourhood in the order of
    /// <see cref="LatticeShape.MooreOffsets"/>. An axis of one site has halo beside it, where none stands.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Around(int site)
    {
        if (_plane)
        {
            return Row(site + _below) | Row(site) << 3 | Row(site + _above) << 6;
        }

        uint around = 0;
        for (int r = 0; r < _rows.Length; r++)
        {
            around |= Row(site + _rows[r]) << (3 * r);
        }

        return around;
    }

    /// <summary>The site of a bit of <see cref="Around"/>.</summary>
    public int SiteOf(int site, int bit) => site + _rows[bit / 3] + bit % 3 - 1;

    /// <summary>True when two sites are the same or Moore neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Touch(int site, int other)
    {
        int apart = other - site + 1;
        if (_plane)
        {
            return ((uint)apart <= 2) | ((uint)(apart - _below) <= 2) | ((uint)(apart - _above) <= 2);
        }

        bool touch = false;
        for (int r = 0; r < _rows.Length; r++)
        {
            touch |= (uint)(apart - _rows[r]) <= 2;
        }

        return touch;
    }

    // Three bits from site − 1 on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Row(int site) => (Unsafe.ReadUnaligned<uint>(_bytes + ((site - 1) >> 3)) >> ((site - 1) & 7)) & 7;

    // Codes as words of bits; the last one may be short. Whole words, so that threads share none.
    private void Look(int first, int end)
    {
        byte* codes = _lesion.ParenchymaCodes.Pointer;
        ulong* words = _bits.Words.Pointer;
        int length = _lesion.Shape.Length, word = first;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector512<byte> tumor = Vector512.Create(Parenchyma.Tumor);
            for (; word < end && 64 * (word + 1) <= length; word++)
            {
                words[word] = Vector512.Equals(Vector512.Load(codes + 64 * word), tumor).ExtractMostSignificantBits();
            }
        }

        for (; word < end; word++)
        {
            ulong bits = 0;
            for (int site = 64 * word, x = 0; x < Math.Min(64, length - site); x++)
            {
                bits |= (codes[site + x] == Parenchyma.Tumor ? 1UL : 0) << x;
            }

            words[word] = bits;
        }
    }

    private void TakeOutBlind(int firstWord, int end)
    {
        ulong* words = _bits.Words.Pointer;
        ushort* clones = _lesion.CloneIndex.Pointer;
        int length = _lesion.Shape.Length;
        bool founder = _clones.IsBlind(0);
        for (int word = firstWord; word < end; word++)
        {
            ulong left = words[word];
            int first = 64 * word;
            if (left == 0 || (!founder && ByClone.IsFounder(clones + first, Math.Min(64, length - first))))
            {
                continue;
            }

            for (; left != 0; left &= left - 1)
            {
                int at = BitOperations.TrailingZeroCount(left);
                words[word] &= ~((_clones.IsBlind(clones[first + at]) ? 1UL : 0) << at);
            }
        }
    }

    /// <summary>Words of the map.</summary>
    private readonly struct Renewing(TargetMap map) : IRowKernel
    {
        public void Run(int first, int end)
        {
            map.Look(first, end);
            if (map._clones.HasBlind)
            {
                map.TakeOutBlind(first, end);
            }
        }
    }
}
