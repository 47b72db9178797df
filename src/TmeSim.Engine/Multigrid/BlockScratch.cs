using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// Private memory of the blocks that run at the same time. A block takes the next free place when it starts; which one
/// it gets depends on timing, what it computes in it does not.
/// </summary>
internal sealed unsafe class BlockScratch : IDisposable
{
    /// <summary>First of the four row buffers for ghosts.</summary>
    public const int Ghosts = 3;

    private const int RowBuffers = Ghosts + 4;

    /// <summary>Floats of room around a row buffer: vectors of pairs read up to 32 beyond the row.</summary>
    private const int RowSlack = 48;

    // An array per place: all in one would pass 2³¹ elements on wide lattices with many threads.
    private readonly SiteArray<float>[] _memory;
    private readonly SweepSizes[] _sizes;
    private readonly long _placeLength;
    private readonly int _rowLength;
    private int _taken;

    public BlockScratch(GridLevel finest, int places)
    {
        _rowLength = finest.RowStep + RowSlack;
        _placeLength = Floats(finest.RowStep, finest.Inner.Cells, 1);
        _memory = new SiteArray<float>[places];
        for (int place = 0; place < places; place++)
        {
            _memory[place] = new SiteArray<float>(checked((int)_placeLength));
        }

        _sizes = new SweepSizes[places];
    }

    /// <summary>Elements for so many places on a level with these slabs.</summary>
    public static long Floats(int rowStep, int rowsOfSlab, int places) =>
        places * (SlabRing.Slabs * SlabRing.SlabLength(rowStep, rowsOfSlab) + RowBuffers * ((long)rowStep + RowSlack));

    /// <summary>Makes all places free. Called before a pass.</summary>
    public void Reset()
    {
        _taken = 0;
        Array.Clear(_sizes);
    }

    /// <summary>A place for a block; called once by each block of a pass.</summary>
    public int Take() => Interlocked.Increment(ref _taken) - 1;

    public float* Slab(int place) => _memory[place].Pointer + RowBuffers * (long)_rowLength;

    /// <summary>A row of scratch that starts on 64 bytes, with room on both sides.</summary>
    public float* RowBuffer(int place, int index) => _memory[place].Pointer + (long)index * _rowLength + GridLevel.Lead;

    public void Report(int place, in SweepSizes sizes) => _sizes[place] = sizes;

    /// <summary>The largest sizes that the blocks of the pass reported.</summary>
    public SweepSizes Collect()
    {
        SweepSizes all = default;
        foreach (SweepSizes sizes in _sizes)
        {
            all.Residual = SweepSizes.Larger(all.Residual, sizes.Residual);
            all.Value = SweepSizes.Larger(all.Value, sizes.Value);
            all.Below = SweepSizes.Larger(all.Below, sizes.Below);
        }

        return all;
    }

    public void Dispose()
    {
        foreach (SiteArray<float> place in _memory)
        {
            place.Dispose();
        }
    }
}
