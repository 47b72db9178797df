using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// One value per lattice site, halo included, in native memory aligned to 64 bytes so that every lattice row
/// (see <see cref="LatticeShape"/>) starts on a cache line and a full vector. Zero on creation. Outside the engine it can be read only.
/// </summary>
/// <typeparam name="T">An unmanaged element type: float, byte, ushort, int …</typeparam>
public unsafe class SiteArray<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;
    private T* _pointer;

    // What was allocated: zero pages of the system, which come when somebody writes them, on the thread that does.
    private void* _memory;

    /// <summary>Allocates <paramref name="length"/> elements, all zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <exception cref="OutOfMemoryException">The memory is not available.</exception>
    internal SiteArray(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
        _memory = NativeMemory.AllocZeroed((nuint)length * (nuint)sizeof(T) + Alignment);
        _pointer = (T*)(((nuint)_memory + Alignment - 1) / Alignment * Alignment);
        GC.AddMemoryPressure((long)length * sizeof(T));
        SiteMemory.Add((long)length * sizeof(T));
    }

    ~SiteArray() => Free();

    /// <summary>Number of elements, halo included.</summary>
    public int Length { get; }

    /// <summary>First element. Valid while this object is alive; kernels hold the object, not the pointer alone.</summary>
    internal T* Pointer => _pointer;

    /// <summary>All elements, halo included.</summary>
    public ReadOnlySpan<T> Span => new(_pointer, Length);

    /// <summary>All elements, halo included, to be written.</summary>
    internal Span<T> Writable => new(_pointer, Length);

    /// <summary>The element of a site. The index is checked in debug builds only: kernels compute it.</summary>
    public T this[int site]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)site < (uint)Length, "site outside the array");
            return _pointer[site];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal set
        {
            Debug.Assert((uint)site < (uint)Length, "site outside the array");
            _pointer[site] = value;
        }
    }

    /// <summary>Copies every element from an array of the same length.</summary>
    internal void CopyFrom(SiteArray<T> other) => other.Span.CopyTo(Writable);

    /// <summary>
    /// Exchanges the memory of two arrays of the same length. Pointers and spans taken before belong to the other one now.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal void Exchange(SiteArray<T> other)
    {
        if (other.Length != Length)
        {
            throw new ArgumentException($"the array has {other.Length} elements, this one {Length}", nameof(other));
        }

        T* pointer = _pointer;
        void* memory = _memory;
        _pointer = other._pointer;
        _memory = other._memory;
        other._pointer = pointer;
        other._memory = memory;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_pointer == null)
        {
            return;
        }

        NativeMemory.Free(_memory);
        GC.RemoveMemoryPressure((long)Length * sizeof(T));
        SiteMemory.Add(-(long)Length * sizeof(T));
        _pointer = null;
    }
}

/// <summary>A site array of the caller's own, as the field solver takes it.</summary>
/// <inheritdoc cref="SiteArray{T}"/>
/// <param name="length">Elements, halo included (<see cref="LatticeShape.Length"/>).</param>
public sealed class SiteBuffer<T>(int length) : SiteArray<T>(length)
    where T : unmanaged
{
    /// <summary>All elements, halo included.</summary>
    public Span<T> Values => Writable;
}

/// <summary>Counts the memory of all site arrays of the process.</summary>
public static class SiteMemory
{
    private static long _bytes;

    /// <summary>Bytes held now.</summary>
    public static long Bytes => Interlocked.Read(ref _bytes);

    internal static void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
