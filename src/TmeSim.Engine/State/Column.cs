using System.Runtime.CompilerServices;

namespace TmeSim.Engine.State;

/// <summary>One trait of all cells of a store.</summary>
public abstract class Column
{
    private protected Column()
    {
    }

    /// <summary>Bytes of a value.</summary>
    internal abstract int Width { get; }

    internal abstract void Grow(int capacity);

    internal abstract void Clear(int i);

    internal abstract void Move(int from, int to);

    internal abstract void Permute(int[] order, int count);

    internal abstract void Visit(StateVisitor visitor, int count);

    /// <summary>The bits of a value, above them zeros.</summary>
    internal abstract ulong Bits(int i);
}

/// <inheritdoc/>
/// <typeparam name="T">Type of the trait.</typeparam>
public sealed class Column<T> : Column
    where T : unmanaged
{
    private readonly CellStore _store;
    private T[] _values;

    internal Column(CellStore store, int capacity) => (_store, _values) = (store, new T[capacity]);

    /// <summary>The trait of cell i.</summary>
    public T this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal set => _values[i] = value;
    }

    /// <summary>The trait of all cells, in the order of the store; good until a cell comes or goes.</summary>
    public ReadOnlySpan<T> Span => _values.AsSpan(0, _store.Count);

    /// <summary>The memory of the column for loops: elements from <see cref="CellStore.Count"/> on are rubbish.</summary>
    internal T[] Values => _values;

    internal override int Width => Unsafe.SizeOf<T>();

    internal override void Grow(int capacity) => Array.Resize(ref _values, capacity);

    internal override void Clear(int i) => _values[i] = default;

    internal override void Move(int from, int to) => _values[to] = _values[from];

    internal override void Visit(StateVisitor visitor, int count) => visitor.Values(_values.AsSpan(0, count));

    internal override ulong Bits(int i)
    {
        ulong bits = 0;
        Unsafe.As<ulong, T>(ref bits) = _values[i];
        return bits;
    }

    // Follows the cycles, so it needs no second array.
    internal override void Permute(int[] order, int count)
    {
        T[] values = _values;
        for (int start = 0; start < count; start++)
        {
            if (order[start] < 0)
            {
                continue;
            }

            // Places that are done carry the complement of their entry.
            T first = values[start];
            int i = start;
            while (order[i] != start)
            {
                int next = order[i];
                values[i] = values[next];
                order[i] = ~next;
                i = next;
            }

            values[i] = first;
            order[i] = ~start;
        }

        for (int i = 0; i < count; i++)
        {
            order[i] = ~order[i];
        }
    }
}
