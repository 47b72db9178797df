using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Multigrid;

/// <summary>Rows of a level by slab and row of the slab, wherever they lie.</summary>
internal unsafe interface ISlabRows
{
    /// <summary>First element of a row.</summary>
    float* Row(int slab, int row);
}

/// <summary>Rows in an array of the level.</summary>
internal readonly unsafe struct SlabArray(GridLevel level, float* array) : ISlabRows
{
    private readonly int _slabStep = level.SlabStep, _rowStep = level.RowStep;
    private readonly float* _origin = array + level.Shape.Origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(int slab, int row) => _origin + (long)slab * _slabStep + (long)row * _rowStep;
}

/// <summary>
/// An array of a level as one block of slabs sees it: slabs of the block lie in the array, the slab on either side of the block,
/// which belongs to another thread, is computed again in the block's own scratch.
/// </summary>
internal readonly unsafe struct SlabWindow(GridLevel level, float* array, int first, int end, float* scratch) : ISlabRows
{
    private readonly SlabArray _array = new(level, array);
    private readonly int _rowStep = level.RowStep;
    private readonly long _slabLength = SlabRing.SlabLength(level);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(int slab, int row) => slab >= first && slab < end
        ? _array.Row(slab, row)
        : scratch + GridLevel.Lead + (slab < first ? 0 : _slabLength) + (long)row * _rowStep;
}

/// <summary>Three neighbouring slabs in scratch: the place of slab s is taken by s + 3.</summary>
internal readonly unsafe struct SlabRing(GridLevel level, float* scratch) : ISlabRows
{
    /// <summary>Slabs that are kept.</summary>
    public const int Slabs = 3;

    private readonly int _rowStep = level.RowStep;
    private readonly long _slabLength = SlabLength(level);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Row(int slab, int row) => scratch + GridLevel.Lead + slab % Slabs * _slabLength + (long)row * _rowStep;

    /// <summary>Elements of scratch for one slab.</summary>
    public static long SlabLength(GridLevel level) => SlabLength(level.RowStep, level.Inner.Cells);

    /// <inheritdoc cref="SlabLength(GridLevel)"/>
    public static long SlabLength(int rowStep, int rows) => (long)rows * rowStep + GridLevel.Lead;
}
