namespace TmeSim.Engine.Fields;

/// <summary>
/// An array of a level as one block of slabs sees it: slabs of the block lie in the array, slabs next to the block,
/// which belong to another thread, are computed again in the block's own scratch.
/// </summary>
internal readonly unsafe struct SlabWindow(GridLevel level, float* array, int first, int end, float* scratch, int reach)
{
    private readonly GridLevel _level = level;

    /// <summary>Elements of scratch for <paramref name="reach"/> slabs on both sides.</summary>
    public static long ScratchLength(GridLevel level, int reach) => ScratchLength(level.RowStep, level.Inner.Cells, reach);

    public static long ScratchLength(int rowStep, int rowsOfSlab, int reach) => 2L * reach * SlabLength(rowStep, rowsOfSlab);

    /// <summary>First element of a row; <paramref name="slab"/> lies at most the reach outside the block.</summary>
    public float* Row(int slab, int row)
    {
        if (slab >= first && slab < end)
        {
            return array + _level.Row(slab, row);
        }

        int place = slab < first ? first - 1 - slab : reach + slab - end;
        return scratch + GridLevel.Lead + (long)place * SlabLength(_level.RowStep, _level.Inner.Cells) + (long)row * _level.RowStep;
    }

    private static long SlabLength(int rowStep, int rowsOfSlab) => (long)rowsOfSlab * rowStep + GridLevel.Lead;
}
