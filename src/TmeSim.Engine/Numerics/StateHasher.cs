using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TmeSim.Engine.Numerics;

/// <summary>
/// Streaming 128-bit fingerprint of a simulation state, for probes, checkpoints and "same bits" tests. Not cryptographic.
/// </summary>
/// <remarks>
/// Construction: the block step and the finaliser of MurmurHash3_x64_128 (Appleby, public domain) over 16-byte blocks. The step is a
/// bijection of the two-word state for a fixed block and of the block for a fixed state, so states that differ in one
/// block only (a flipped bit, say) never share a fingerprint. Every call adds the byte length
/// first and pads its last block with zeros: fingerprints depend on how the data is cut into calls, and an empty span
/// counts. Values are hashed by their bits: −0 differs from 0. Little-endian machines only. A mutable struct: pass it by
/// reference.
/// </remarks>
public struct StateHasher
{
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;
    private ulong _h1;
    private ulong _h2;
    private ulong _blocks;

    /// <summary>Adds a word.</summary>
    public void Add(ulong value) => Absorb(value, 8);

    /// <inheritdoc cref="Add(ulong)"/>
    public void Add(long value) => Add((ulong)value);

    /// <summary>Adds the bits of a number.</summary>
    public void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>
    /// Adds the memory of unmanaged values; types with padding between fields are not allowed (their padding is arbitrary).
    /// </summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Add(MemoryMarshal.AsBytes(values));

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Absorb((ulong)bytes.Length, 1);
        int full = bytes.Length & ~15;
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        for (int i = 0; i < full; i += 16)
        {
            Absorb(
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i + 8)));
        }

        if (full < bytes.Length)
        {
            Span<byte> tail = stackalloc byte[16];
            tail.Clear();
            bytes[full..].CopyTo(tail);
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(tail), BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
        }
    }

    /// <summary>The fingerprint of everything added so far, 32 lower-case hexadecimal digits. Adding may go on.</summary>
    public readonly string Finish()
    {
        (ulong high, ulong low) = FinishWords();
        return high.ToString("x16") + low.ToString("x16");
    }

    /// <summary>The fingerprint as two words.</summary>
    public readonly (ulong High, ulong Low) FinishWords()
    {
        ulong h1 = _h1 ^ _blocks, h2 = _h2 ^ _blocks;
        h1 += h2;
        h2 += h1;
        h1 = Mix.Finalise(h1 + Mix.Golden);
        h2 = Mix.Finalise(h2 + unchecked(2 * Mix.Golden));
        h1 += h2;
        h2 += h1;
        return (h1, h2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Absorb(ulong k1, ulong k2)
    {
        _h1 ^= BitOperations.RotateLeft(k1 * C1, 31) * C2;
        _h1 = (BitOperations.RotateLeft(_h1, 27) + _h2) * 5 + 0x52DCE729;
        _h2 ^= BitOperations.RotateLeft(k2 * C2, 33) * C1;
        _h2 = (BitOperations.RotateLeft(_h2, 31) + _h1) * 5 + 0x38495AB5;
        _blocks++;
    }
}
