using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// The lattice of the secreted signals: that of the tissue, or the first coarser level of its multigrid hierarchy, with twice the spacing
/// along every axis of more than one site. A coarse site covers up to eight sites of tissue; where their number along an axis is odd, the
/// last one covers a single layer. Levels between the centres of coarse sites are interpolated linearly, and beyond the last centre
/// towards the ghost of the wall condition.
/// </summary>
internal sealed unsafe class SignalLattice : IDisposable
{
    private readonly AxisMetric[] _tissueAxes, _ownAxes;
    private readonly SignalAxis _x, _y, _z;
    private readonly SiteArray<SignalBlock> _blocks;
    private readonly double _perRow, _perPlane;
    private readonly int _shift;

    /// <param name="tissue">The lattice of the tissue.</param>
    /// <param name="coarse">Twice the spacing; false for the lattice of the tissue itself.</param>
    public SignalLattice(LatticeShape tissue, bool coarse)
    {
        Tissue = tissue;
        IsCoarse = coarse;
        _shift = coarse ? 1 : 0;
        (_perRow, _perPlane) = (1.0 / tissue.Stride, 1.0 / tissue.PlaneStride);
        Shape = coarse ? Coarser(tissue) : tissue;
        int[] sites = [tissue.Nx, tissue.Ny, tissue.Nz];
        _tissueAxes = [.. sites.Select(n => new AxisMetric(n, tissue.SpacingUm))];
        _ownAxes = [.. _tissueAxes.Select(axis => axis.Coarser())];
        (_x, _y, _z) = (new SignalAxis(tissue.Nx), new SignalAxis(tissue.Ny), new SignalAxis(tissue.Nz));
        _blocks = new SiteArray<SignalBlock>(Shape.Rows);
        for (int row = 0; row < Shape.Rows; row++)
        {
            _blocks[row] = Covered(row);
        }

        SetWall(FieldWall.ZeroFlux);
    }

    /// <summary>The lattice of the tissue.</summary>
    public LatticeShape Tissue { get; }

    /// <summary>The lattice of the signals.</summary>
    public LatticeShape Shape { get; }

    /// <summary>Twice the spacing of the tissue.</summary>
    public bool IsCoarse { get; }

    /// <summary>Level beyond the low wall of x, relative to that of the last site before it.</summary>
    public float GhostLow { get; private set; }

    /// <inheritdoc cref="GhostLow"/>
    public float GhostHigh { get; private set; }

    /// <summary>Weights along x by site of tissue.</summary>
    public SignalAxis X => _x;

    /// <summary>The lattice of twice the spacing along every axis of more than one site.</summary>
    public static LatticeShape Coarser(LatticeShape tissue) =>
        new((tissue.Nx + 1) / 2, (tissue.Ny + 1) / 2, (tissue.Nz + 1) / 2, 2 * tissue.SpacingUm);

    /// <summary>Bytes of a lattice beside its fields.</summary>
    public static long Bytes(LatticeShape tissue, bool coarse)
    {
        long floats = 0;
        foreach (int n in (int[])[tissue.Nx, tissue.Ny, tissue.Nz])
        {
            floats += 5L * (AxisMetric.Padded(n) + AxisMetric.Padded((n + 1) / 2)) + 2L * AxisMetric.Padded(n);
        }

        long rows = coarse ? (tissue.Ny + 1) / 2 * (long)((tissue.Nz + 1) / 2) : tissue.Rows;
        return floats * sizeof(float) + rows * sizeof(SignalBlock);
    }

    /// <summary>Sets what signals meet at the outer faces, the same on all of them.</summary>
    public void SetWall(in FieldWall wall)
    {
        foreach (AxisMetric axis in _ownAxes)
        {
            axis.Configure(1, wall, wall);
        }

        (GhostLow, GhostHigh) = (_ownAxes[0].TransferLow, _ownAxes[0].TransferHigh);
        _x.Set(_tissueAxes[0], _ownAxes[0], folded: false);
        _y.Set(_tissueAxes[1], _ownAxes[1], folded: true);
        _z.Set(_tissueAxes[2], _ownAxes[2], folded: true);
    }

    /// <summary>The site of the signals' lattice that covers a site of tissue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cell(int site)
    {
        (int x, int y, int z) = Place(site);
        return Shape.Origin + (z >> _shift) * Shape.PlaneStride + (y >> _shift) * Shape.Stride + (x >> _shift);
    }

    /// <summary>One part in the sites of tissue that are covered together with this one: 1 to ⅛.</summary>
    public float Share(int site)
    {
        if (!IsCoarse)
        {
            return 1;
        }

        (int x, int y, int z) = Place(site);
        int covered = ((x | 1) < Tissue.Nx ? 2 : 1) * ((y | 1) < Tissue.Ny ? 2 : 1) * ((z | 1) < Tissue.Nz ? 2 : 1);
        return 1f / covered;
    }

    /// <summary>Planes of coarse sites that a cell counts for: two where there is more than one plane of tissue.</summary>
    public int SharedPlanes => IsCoarse && Tissue.Nz > 1 ? 2 : 1;

    /// <summary>
    /// The coarse sites that a cell at a site of tissue counts for, with weights that add to 1 over the planes: those of interpolation, but
    /// that what would fall beyond a wall stays before it.
    /// </summary>
    /// <param name="site">A site of tissue.</param>
    /// <param name="plane">0 for the plane that it lies in, 1 for the one on its outer side (<see cref="SharedPlanes"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SignalShares Shares(int site, int plane = 0)
    {
        if (!IsCoarse)
        {
            return new SignalShares(site);
        }

        (int x, int y, int z) = Place(site);
        float weight = 1;
        int start = Shape.Origin;
        if (Tissue.Nz > 1)
        {
            weight = plane == 0 ? _z.Kept[z] : 1 - _z.Kept[z];
            start += (plane == 0 ? z >> 1 : _z.Other[z]) * Shape.PlaneStride;
        }

        float inside = weight * _y.Kept[y], outside = weight - inside;
        return new SignalShares(start + (y >> 1) * Shape.Stride, start + _y.Other[y] * Shape.Stride, x >> 1, _x.Other[x], _x.Kept[x], inside,
            outside);
    }

    /// <summary>Sites of tissue that the row of coarse sites (y, z) covers across x: 1, 2 or 4.</summary>
    public ref readonly SignalBlock Block(int row) => ref _blocks.Pointer[row];

    /// <summary>The rows of coarse sites around a row of tissue, with their weights.</summary>
    public SignalRows Around(int row)
    {
        int z = Tissue.Nz > 1 ? row / Tissue.Ny : 0, y = row - z * Tissue.Ny;
        return Around(y, z);
    }

    /// <summary>The level at a site of tissue. The ghosts along x must be there (<see cref="CloseRows"/>).</summary>
    public float At(SiteArray<float> values, int site)
    {
        (int x, int y, int z) = Place(site);
        SignalRows rows = Around(y, z);
        int own = x >> 1, side = own + ((x & 1) == 0 ? -1 : 1);
        float* c = values.Pointer;
        float inside = rows.NearY * c[rows.OwnOwn + own] + rows.FarY * c[rows.OwnOther + own];
        float outside = rows.NearY * c[rows.OwnOwn + side] + rows.FarY * c[rows.OwnOther + side];
        if (rows.IsDeep)
        {
            inside = rows.NearZ * inside + rows.FarZ * (rows.NearY * c[rows.OtherOwn + own] + rows.FarY * c[rows.OtherOther + own]);
            outside = rows.NearZ * outside + rows.FarZ * (rows.NearY * c[rows.OtherOwn + side] + rows.FarY * c[rows.OtherOther + side]);
        }

        return _x.Near[x] * inside + _x.Far[x] * outside;
    }

    /// <summary>Writes the ghosts along x that interpolation reads.</summary>
    public void CloseRows(SiteArray<float> values)
    {
        for (int row = 0; IsCoarse && row < Shape.Rows; row++)
        {
            float* c = values.Pointer + Shape.RowStart(row);
            c[-1] = GhostLow * c[0];
            c[Shape.Nx] = GhostHigh * c[Shape.Nx - 1];
        }
    }

    public void Dispose()
    {
        foreach (AxisMetric axis in _tissueAxes.Concat(_ownAxes))
        {
            axis.Dispose();
        }

        _x.Dispose();
        _y.Dispose();
        _z.Dispose();
        _blocks.Dispose();
    }

    private SignalBlock Covered(int row)
    {
        int z = row / Shape.Ny, y = row - z * Shape.Ny;
        (int y0, int y1) = (y << _shift, Math.Min((y << _shift) + _shift, Tissue.Ny - 1));
        (int z0, int z1) = (z << _shift, Math.Min((z << _shift) + _shift, Tissue.Nz - 1));
        var block = new SignalBlock(Tissue.Site(0, y0, z0));
        if (y1 > y0)
        {
            block.Add(Tissue.Site(0, y1, z0));
        }

        if (z1 > z0)
        {
            block.Add(Tissue.Site(0, y0, z1));
            if (y1 > y0)
            {
                block.Add(Tissue.Site(0, y1, z1));
            }
        }

        return block;
    }

    // Half a site is far from both ends of what a floor can mistake, and a lattice has fewer than 2³¹ elements.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int X, int Y, int Z) Place(int site)
    {
        int rest = site - Tissue.Origin, z = 0;
        if (Tissue.Nz > 1)
        {
            z = (int)((rest + 0.5) * _perPlane);
            rest -= z * Tissue.PlaneStride;
        }

        int y = Tissue.Ny > 1 ? (int)((rest + 0.5) * _perRow) : 0;
        return (rest - y * Tissue.Stride, y, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SignalRows Around(int y, int z)
    {
        int own = Shape.Origin + (y >> 1) * Shape.Stride, other = Shape.Origin + _y.Other[y] * Shape.Stride;
        int ownPlane = (z >> 1) * Shape.PlaneStride, otherPlane = _z.Other[z] * Shape.PlaneStride;
        return new SignalRows(own + ownPlane, other + ownPlane, own + otherPlane, other + otherPlane, _y.Near[y], _y.Far[y], _z.Near[z],
            _z.Far[z], Tissue.Nz > 1);
    }
}

/// <summary>Rows of coarse sites around a row of tissue: the one it lies in and those on its outer sides along y and z.</summary>
/// <param name="OwnOwn">First element of the row it lies in.</param>
/// <param name="OwnOther">First element of the neighbour along y.</param>
/// <param name="OtherOwn">First element of the neighbour along z.</param>
/// <param name="OtherOther">First element of the neighbour along both.</param>
/// <param name="NearY">Weight of the own row along y.</param>
/// <param name="FarY">Weight of the other.</param>
/// <param name="NearZ">Weight of the own plane along z.</param>
/// <param name="FarZ">Weight of the other.</param>
/// <param name="IsDeep">There is more than one plane of tissue; otherwise what concerns z means nothing.</param>
internal readonly record struct SignalRows(int OwnOwn, int OwnOther, int OtherOwn, int OtherOther, float NearY, float FarY, float NearZ,
    float FarZ, bool IsDeep);

/// <summary>The rows of tissue, one to four, under a row of coarse sites.</summary>
internal unsafe struct SignalBlock
{
    private fixed int _starts[4];

    /// <param name="first">First element of the first of them.</param>
    public SignalBlock(int first) => (_starts[0], Count) = (first, 1);

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>First element of one of them.</summary>
    public readonly int this[int i] => _starts[i];

    public void Add(int start) => _starts[Count++] = start;
}
