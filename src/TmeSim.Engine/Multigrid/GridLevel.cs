using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// One level of the multigrid hierarchy: a <see cref="LatticeShape"/> with metrics per axis and its arrays.
/// Rows run along x. A slab is what the passes advance by: a plane of rows in 3D, one row when only one other axis is open.
/// </summary>
internal sealed unsafe class GridLevel : IDisposable
{
    /// <summary>Room before the first element of a scratch row.</summary>
    public const int Lead = LatticeShape.RowAlignment;

    /// <summary>A block should have this many sites: below it, starting a thread costs more than it saves.</summary>
    private const int BlockSites = 4_096;

    private readonly SiteArray<float>? _ownSolution, _ownDiagonal, _ownRhs;
    private readonly SiteArray<float> _spare;

    private GridLevel(LatticeShape shape, AxisMetric x, AxisMetric inner, AxisMetric slab, bool planar, bool finest)
    {
        Shape = shape;
        X = x;
        Inner = inner;
        Slab = slab;
        Planar = planar;
        RowStep = shape.Stride;
        SlabStep = planar ? shape.Stride : shape.PlaneStride;
        long slabSites = shape.SiteCount / slab.Cells;
        (BlockSlabs, BlockSlabsUnderFiner) = ((int)Math.Max(4, BlockSites / slabSites), (int)Math.Max(4, BlockSites / (4 * slabSites)));
        _spare = new SiteArray<float>(shape.Length);
        Spare = _spare.Pointer;
        UniformColumns = x.UniformCells == x.Cells ? x.Cells : x.UniformCells / LatticeShape.RowAlignment * LatticeShape.RowAlignment;
        if (!finest)
        {
            _ownSolution = new SiteArray<float>(shape.Length);
            _ownDiagonal = new SiteArray<float>(shape.Length);
            _ownRhs = new SiteArray<float>(shape.Length);
            Solution = _ownSolution.Pointer;
            Diagonal = _ownDiagonal.Pointer;
            Rhs = _ownRhs.Pointer;
        }
    }

    public LatticeShape Shape { get; }

    /// <summary>Memory of <see cref="Diagonal"/> of a coarse level; null on the finest, which is given it.</summary>
    public SiteArray<float>? OwnDiagonal => _ownDiagonal;

    /// <summary>Memory of <see cref="Rhs"/> of a coarse level; null on the finest, which is given it.</summary>
    public SiteArray<float>? OwnRhs => _ownRhs;

    /// <summary>Memory of <see cref="Spare"/>, free between solves.</summary>
    public SiteArray<float> OwnSpare => _spare;

    public AxisMetric X { get; }

    /// <summary>The axis of the rows inside a slab: y in 3D, an axis with one cell otherwise.</summary>
    public AxisMetric Inner { get; }

    /// <summary>The axis across slabs: z in 3D, else the open one of y and z.</summary>
    public AxisMetric Slab { get; }

    /// <summary>No open axis besides x and the slab axis.</summary>
    public bool Planar { get; }

    public int RowStep { get; }

    public int SlabStep { get; }

    /// <summary>Slabs that a thread should have of a pass over this level.</summary>
    public int BlockSlabs { get; }

    /// <summary>The same where each cell stands for the finer ones that it covers.</summary>
    public int BlockSlabsUnderFiner { get; }

    public GridLevel? Coarser { get; private set; }

    /// <summary>
    /// The unknowns, the field on the finest level and the correction on the others. Sweeps go to and fro between this and
    /// <see cref="Spare"/>: the first leaves it, the second returns, the last leaves it again.
    /// </summary>
    public float* Solution { get; private set; }

    /// <summary>The other end of the sweeps. At the end of a cycle it holds the result.</summary>
    public float* Spare { get; private set; }

    public float* Diagonal { get; private set; }

    public float* Rhs { get; private set; }

    /// <summary>The diagonal where it is the same everywhere, else 0.</summary>
    public float SameDiagonal { get; private set; }

    /// <summary>Columns before this have the same coupling on all sides: a multiple of 16, or all of them.</summary>
    public int UniformColumns { get; }

    /// <summary>Slabs and rows of a slab before these have the same coupling on all sides.</summary>
    public int UniformSlabs { get; private set; }

    /// <inheritdoc cref="UniformSlabs"/>
    public int UniformRows { get; private set; }

    /// <summary>Whether all couplings are the same, the level is planar and its cells lie two by two under those of the next.</summary>
    public bool Even => Planar && UniformColumns == X.Cells && UniformSlabs == Slab.Cells && X.UniformTransfer == X.Cells
        && Slab.UniformTransfer == Slab.Cells;

    /// <summary>Whether the level is a single cell.</summary>
    public bool Single => Shape.SiteCount == 1;

    public static GridLevel Finest(LatticeShape shape)
    {
        bool planar = shape.Ny == 1 || shape.Nz == 1;
        double h = shape.SpacingUm;
        (int inner, int slab) = planar ? (1, shape.Ny * shape.Nz) : (shape.Ny, shape.Nz);
        var level = new GridLevel(shape, new AxisMetric(shape.Nx, h), new AxisMetric(inner, h), new AxisMetric(slab, h), planar,
            finest: true);
        for (GridLevel fine = level; !fine.Single; fine = fine.Coarser)
        {
            fine.Coarser = fine.Coarsen();
        }

        return level;
    }

    /// <summary>Index of the first element of row <paramref name="row"/> of a slab.</summary>
    public int Row(int slab, int row) => Shape.Origin + slab * SlabStep + row * RowStep;

    /// <summary>Binds the finest level to a field.</summary>
    public void Bind(float* field, float* diagonal, float* rhs)
    {
        Solution = field;
        Spare = _spare.Pointer;
        Diagonal = diagonal;
        Rhs = rhs;
    }

    /// <summary>Gives a level that was bound to a field its own arrays back; the finest has none.</summary>
    public void Unbind()
    {
        if (_ownSolution is not null)
        {
            Solution = _ownSolution.Pointer;
            Spare = _spare.Pointer;
            Diagonal = _ownDiagonal!.Pointer;
            Rhs = _ownRhs!.Pointer;
        }
    }

    /// <summary>The result of a cycle becomes the unknowns of the next. Finest level only.</summary>
    public void Exchange()
    {
        float* result = Spare;
        Spare = Solution;
        Solution = result;
    }

    /// <summary>Makes the array of <see cref="Solution"/> that of <paramref name="field"/>, without a copy.</summary>
    public void GiveTo(SiteArray<float> field)
    {
        if (Solution != field.Pointer)
        {
            field.Exchange(_spare);
        }
    }

    /// <summary>Makes the correction zero. Coarse levels only.</summary>
    public void ClearSolution() => _ownSolution!.Writable.Clear();

    /// <summary>Sets couplings and ghosts.</summary>
    /// <param name="coupling">k of the finest level.</param>
    /// <param name="walls">Wall conditions.</param>
    /// <param name="zInSlab">Slabs follow each other along z.</param>
    /// <param name="sameDiagonal">The diagonal where it is the same everywhere, else 0.</param>
    public void Configure(float coupling, in FieldWalls walls, bool zInSlab, float sameDiagonal)
    {
        (FieldWall low, FieldWall high) = zInSlab ? (walls.ZLow, walls.ZHigh) : (walls.YLow, walls.YHigh);
        X.Configure(coupling, walls.XLow, walls.XHigh);
        Inner.Configure(coupling, walls.YLow, walls.YHigh);
        Slab.Configure(coupling, low, high);
        SameDiagonal = sameDiagonal;
        UniformSlabs = Slab.Inside == X.Inside ? Slab.UniformCells : 0;
        UniformRows = Planar ? 1 : Inner.Inside == X.Inside ? Inner.UniformCells : 0;
    }

    public void Dispose()
    {
        X.Dispose();
        Inner.Dispose();
        Slab.Dispose();
        _spare.Dispose();
        _ownSolution?.Dispose();
        _ownDiagonal?.Dispose();
        _ownRhs?.Dispose();
    }

    private GridLevel Coarsen()
    {
        AxisMetric x = X.Coarser(), inner = Inner.Coarser(), slab = Slab.Coarser();
        (int ny, int nz) = Planar ? (slab.Cells, 1) : (inner.Cells, slab.Cells);
        return new GridLevel(new LatticeShape(x.Cells, ny, nz, Shape.SpacingUm), x, inner, slab, Planar, finest: false);
    }
}
