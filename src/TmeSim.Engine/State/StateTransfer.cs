using System.Runtime.InteropServices;
using System.Text;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.State;

/// <summary>Moves a state to a stream or back. Little-endian; a fingerprint of everything stands at the end.</summary>
internal class StateTransfer(Stream stream, bool reads) : StateVisitor
{
    private const int Chunk = 1 << 20;
    private const int MaxText = 1 << 16;
    private StateHasher _hasher;
    private long _sites;

    public override bool Restores => reads;

    public override void Lattice(LatticeShape shape)
    {
        Same(shape.Nx, "lattice");
        Same(shape.Ny, "lattice");
        Same(shape.Nz, "lattice");
        _sites = shape.SiteCount;
    }

    /// <summary>Memory of site arrays, halo included, so that what comes back has the same bits everywhere.</summary>
    public override unsafe void Sites<T>(SiteArray<T> sites)
    {
        byte* start = (byte*)sites.Pointer;
        long bytes = (long)sites.Length * sizeof(T);
        for (long at = 0; at < bytes; at += Chunk)
        {
            Bytes(new Span<byte>(start + at, (int)Math.Min(Chunk, bytes - at)));
        }
    }

    public override void Values<T>(Span<T> values)
    {
        for (Span<T> rest = values; rest.Length > 0;)
        {
            int length = Math.Min(rest.Length, Chunk / 16);
            Bytes(MemoryMarshal.AsBytes(rest[..length]));
            rest = rest[length..];
        }
    }

    public override T Aside<T>(T value) => Number(value);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">What was read is negative or more than there can be.</exception>
    public override int Count(int count, long max)
    {
        int value = Number(count);

        // Whatever is counted takes a byte at least: a wrong count never asks for more memory than there is to read.
        return value >= 0 && value <= max && (!reads || !stream.CanSeek || value <= stream.Length - stream.Position) ? value : throw new InvalidDataException("the state is damaged: a count is out of range");
    }

    public override string Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Array.Resize(ref bytes, Count(bytes.Length, MaxText));
        Values(bytes.AsSpan());
        return Encoding.UTF8.GetString(bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The state belongs to another simulation.</exception>
    public override void Same<T>(T value, string what)
    {
        if (!Number(value).Equals(value))
        {
            throw new InvalidDataException($"the state belongs to another simulation: its {what} differs");
        }
    }

    public override void Cells(CellStore store) => store.Visit(this, _sites);

    /// <summary>Writes the fingerprint, or compares it.</summary>
    /// <exception cref="InvalidDataException">Some of what was read is not what was written.</exception>
    public void Finish()
    {
        (ulong high, ulong low) = _hasher.FinishWords();
        if (Number(high) != high || Number(low) != low)
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
