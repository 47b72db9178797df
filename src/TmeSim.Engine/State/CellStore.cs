using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.State;

/// <summary>
/// Cells of one lesion as columns, at most one cell a site. The order of cells carries no meaning: every rule and the state hash
/// go by lineage or by site. Removing swaps the last cell into the gap.
/// </summary>
/// <remarks>A store is its columns, made in its constructor: whatever adds, removes, sorts, copies or hashes cells goes over all of
/// them.</remarks>
public abstract class CellStore
{
    private const int FirstCapacity = 64;
    private readonly List<Column> _columns = new(8);

    /// <summary>Site of the cell.</summary>
    public abstract Column<int> Site { get; }

    /// <summary>Cells in the store.</summary>
    public int Count { get; private set; }

    /// <summary>Cells that there is room for before the columns grow.</summary>
    internal int Capacity { get; private set; } = FirstCapacity;

    /// <summary>The columns in the order of their declaration.</summary>
    internal IReadOnlyList<Column> Columns => _columns;

    /// <summary>Bytes of a cell.</summary>
    internal int BytesPerCell => _columns.Sum(column => column.Width);

    /// <summary>Removes cell i by moving the last cell there; returns true when a cell was moved into place i.</summary>
    internal bool RemoveAt(int i)
    {
        int last = --Count;
        foreach (Column column in _columns)
        {
            column.Move(last, i);
        }

        return i != last;
    }

    /// <summary>Element i becomes what was element order[i]. The order is scratch during the call and comes back as it was.</summary>
    internal void Reorder(int[] order)
    {
        foreach (Column column in _columns)
        {
            column.Permute(order, Count);
        }
    }

    /// <summary>All columns of the cells that are there.</summary>
    /// <param name="visitor">Who goes over them.</param>
    /// <param name="max">Cells that there can be.</param>
    internal void Visit(StateVisitor visitor, long max)
    {
        int count = visitor.Count(Count, max);
        Reserve(count);
        Count = count;
        foreach (Column column in _columns)
        {
            column.Visit(visitor, count);
        }
    }

    /// <summary>Adds a cell to a fingerprint: columns of one type that stand side by side share a word, the first one highest.</summary>
    internal virtual void Hash(ref StateHasher hasher, int i)
    {
        for (int c = 0; c < _columns.Count;)
        {
            Column first = _columns[c];
            Type type = first.GetType();
            ulong word = 0;
            for (int bytes = first.Width; bytes <= sizeof(ulong) && c < _columns.Count && _columns[c].GetType() == type;
                bytes += first.Width)
            {
                word = (word << (8 * first.Width)) | _columns[c++].Bits(i);
            }

            hasher.Add(word);
        }
    }

    /// <summary>A new column.</summary>
    protected Column<T> NewColumn<T>()
        where T : unmanaged
    {
        var column = new Column<T>(this, FirstCapacity);
        _columns.Add(column);
        return column;
    }

    /// <summary>A new cell at the end, all zero; returns its place.</summary>
    private protected int Add()
    {
        Reserve(Count == Capacity ? Count * 2 : Count);
        int i = Count++;
        foreach (Column column in _columns)
        {
            column.Clear(i);
        }

        return i;
    }

    private void Reserve(int cells)
    {
        if (Capacity < cells)
        {
            Capacity = cells;
            foreach (Column column in _columns)
            {
                column.Grow(cells);
            }
        }
    }
}
