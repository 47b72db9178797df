namespace TmeSim.Engine.State;

/// <summary>Immune cells of one kind in one lesion. A kind of its own derives from it and adds its traits as columns.</summary>
public class ImmuneStore : CellStore
{
    public ImmuneStore()
    {
        Id = NewColumn<ulong>();
        Site = NewColumn<int>();
    }

    /// <summary>Lineage id, unique among the cells of the kind in the lesion.</summary>
    public Column<ulong> Id { get; }

    /// <inheritdoc/>
    public override Column<int> Site { get; }

    /// <summary>A new cell, its other traits zero; returns its place.</summary>
    internal int Add(ulong id, int site)
    {
        int i = Add();
        (Id[i], Site[i]) = (id, site);
        return i;
    }
}
