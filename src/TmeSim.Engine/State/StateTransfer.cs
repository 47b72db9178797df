using System.Runtime.InteropServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.State;

/// <summary>
/// Moves a state to a stream or back, in one description of the state for both ways. Little-endian; a fingerprint of
/// everything stands at the end.
/// </summary>
internal sealed class StateTransfer(Stream stream, bool reads)
{
    private const int Chunk = 1 << 20;
    private StateHasher _hasher;

    /// <summary>Memory of site arrays, halo included, so that what comes back has the same bits everywhere.</summary>
    public unsafe void Array<T>(SiteArray<T> array)
        where T : unmanaged
    {
        byte* start = (byte*)array.Pointer;
        long bytes = (long)array.Length * sizeof(T);
        for (long at = 0; at < bytes; at += Chunk)
        {
            Bytes(new Span<byte>(start + at, (int)Math.Min(Chunk, bytes - at)));
        }
    }

    /// <summary>Elements of a store or table.</summary>
    public void Values<T>(Span<T> values)
        where T : unmanaged
    {
        for (Span<T> rest = values; rest.Length > 0;)
        {
            int length = Math.Min(rest.Length, Chunk / 16);
            Bytes(MemoryMarshal.AsBytes(rest[..length]));
            rest = rest[length..];
        }
    }

    /// <summary>One value: written and returned, or read.</summary>
    public T Value<T>(T value)
        where T : unmanaged
    {
        Values(new Span<T>(ref value));
        return value;
    }

    /// <summary>A number of elements.</summary>
    /// <exception cref="InvalidDataException">What was read is negative or more than there can be.</exception>
    public int Count(int count, long most)
    {
        int value = Value(count);
        return value >= 0 && value <= most ? value : throw new InvalidDataException("the state is damaged: a count is out of range");
    }

    /// <summary>Something that must be the same on both ends.</summary>
    /// <exception cref="InvalidDataException">The state belongs to another simulation.</exception>
    public void Same<T>(T value, string what)
        where T : unmanaged, IEquatable<T>
    {
        if (!Value(value).Equals(value))
        {
            throw new InvalidDataException($"the state belongs to another simulation: its {what} differs");
        }
    }

    /// <summary>Writes the fingerprint, or compares it.</summary>
    /// <exception cref="InvalidDataException">Some of what was read is not what was written.</exception>
    public void Finish()
    {
        (ulong high, ulong low) = _hasher.FinishWords();
        if (Value(high) != high || Value(low) != low)
        {
            throw new InvalidDataException("the state is damaged: its checksum does not fit");
        }
    }

    private void Bytes(Span<byte> bytes)
    {
        if (!reads)
        {
            stream.Write(bytes);
        }
        else if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("the state is damaged: it is cut short");
        }

        _hasher.Add(bytes);
    }
}
