using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>Builds the stencils of the rows of a level, one after another: neighbour rows, or ghosts beyond the walls.</summary>
internal readonly unsafe struct SlabStencil<TLane>
    where TLane : struct, ILanes<TLane>
{
    private readonly GridLevel _level;
    private readonly float* _ghosts;
    private readonly long _ghostStep;
    private readonly SlabArray _diagonal, _rhs;
    private readonly int _cells, _slabs, _rows, _uniformColumns, _uniformSlabs, _uniformRows;
    private readonly float _alphaLow, _betaLow, _alphaHigh, _betaHigh, _transferLow, _transferHigh;
    private readonly bool _planar;

    /// <param name="level">The level.</param>
    /// <param name="scratch">Has room for ghosts.</param>
    /// <param name="place">The block's place in it.</param>
    public SlabStencil(GridLevel level, BlockScratch scratch, int place)
    {
        _level = level;
        _ghosts = scratch.RowBuffer(place, BlockScratch.Ghosts);
        _ghostStep = scratch.RowBuffer(place, BlockScratch.Ghosts + 1) - _ghosts;
        _diagonal = new SlabArray(level, level.Diagonal);
        _rhs = new SlabArray(level, level.Rhs);
        (_cells, _slabs, _rows) = (level.X.Cells, level.Slab.Cells, level.Inner.Cells);
        (_uniformColumns, _uniformSlabs, _uniformRows) = (level.UniformColumns, level.UniformSlabs, level.UniformRows);
        (_alphaLow, _betaLow, _alphaHigh, _betaHigh) = (level.X.AlphaLow, level.X.BetaLow, level.X.AlphaHigh, level.X.BetaHigh);
        (_transferLow, _transferHigh) = (level.X.TransferLow, level.X.TransferHigh);
        _planar = level.Planar;
    }

    /// <summary>What all rows of the level share.</summary>
    public StencilRow Start()
    {
        StencilRow stencil = default;
        float k = _level.X.Inside;
        stencil.Count = _cells;
        stencil.K = k;
        stencil.All = _planar ? k + k + (k + k) : k + k + (k + k) + (k + k);
        stencil.XLow = _level.X.Low;
        stencil.XHigh = _level.X.High;
        stencil.SameDiagonal = _level.SameDiagonal;
        return stencil;
    }

    /// <summary>
    /// Turns a stencil of this level to a row whose unknowns, and those of its neighbours, lie in <paramref name="source"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TRows>(in TRows source, int slab, int row, ref StencilRow stencil)
        where TRows : struct, ISlabRows
    {
        Couplings(slab, row, ref stencil);
        float* centre = stencil.Centre = source.Row(slab, row);
        stencil.SlabLow = slab > 0 ? source.Row(slab - 1, row) : Ghost(centre, _level.Slab.AlphaLow, _level.Slab.BetaLow, 0);
        stencil.SlabHigh = slab + 1 < _slabs ? source.Row(slab + 1, row) : Ghost(centre, _level.Slab.AlphaHigh, _level.Slab.BetaHigh, 1);
        if (!_planar)
        {
            stencil.InnerLow = row > 0 ? source.Row(slab, row - 1) : Ghost(centre, _level.Inner.AlphaLow, _level.Inner.BetaLow, 2);
            stencil.InnerHigh = row + 1 < _rows ? source.Row(slab, row + 1)
                : Ghost(centre, _level.Inner.AlphaHigh, _level.Inner.BetaHigh, 3);
        }
    }

    /// <summary>The part that does not read the unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Couplings(int slab, int row, ref StencilRow stencil)
    {
        stencil.Diagonal = _diagonal.Row(slab, row);
        stencil.Rhs = _rhs.Row(slab, row);
        stencil.Uniform = slab < _uniformSlabs && row < _uniformRows ? _uniformColumns : 0;
        if (stencil.Uniform < _cells)
        {
            Across(slab, row, ref stencil);
        }
    }

    /// <summary>The ghost beyond the low wall of the slabs, from the row next to it. No call, so that registers are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* GhostBelow(float* row) => Mirror(row, _level.Slab.AlphaLow, _level.Slab.BetaLow, 0);

    /// <summary>The ghost beyond the high wall of the slabs, as <see cref="GhostBelow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* GhostAbove(float* row) => Mirror(row, _level.Slab.AlphaHigh, _level.Slab.BetaHigh, 1);

    /// <summary>Writes the ghosts of the x walls next to a row of unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(float* row)
    {
        row[-1] = _alphaLow * row[0] + _betaLow;
        row[_cells] = _alphaHigh * row[_cells - 1] + _betaHigh;
    }

    /// <summary>The same for the way up, where a row is a correction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CloseTransfer(float* row)
    {
        row[-1] = _transferLow * row[0];
        row[_cells] = _transferHigh * row[_cells - 1];
    }

    private void Across(int slab, int row, ref StencilRow stencil)
    {
        float low = stencil.KSlabLow = _level.Slab.Low[slab], high = stencil.KSlabHigh = _level.Slab.High[slab];
        stencil.Faces = low + high;
        if (!_planar)
        {
            low = stencil.KInnerLow = _level.Inner.Low[row];
            high = stencil.KInnerHigh = _level.Inner.High[row];
            stencil.Faces += low + high;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private float* Ghost(float* row, float alpha, float beta, int side) => Mirror(row, alpha, beta, side);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Mirror(float* row, float alpha, float beta, int side)
    {
        if (alpha == 1 && beta == 0)
        {
            return row;
        }

        float* ghost = _ghosts + side * _ghostStep;
        TLane scale = TLane.Splat(alpha), offset = TLane.Splat(beta);
        for (int x = 0; x < _cells; x += TLane.Width)
        {
            TLane.Store(scale * TLane.Load(row + x) + offset, ghost + x);
        }

        return ghost;
    }
}
