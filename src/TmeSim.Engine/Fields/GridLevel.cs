using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>
/// One level of the multigrid hierarchy: a <see cref="LatticeShape"/> with metrics per axis and its arrays.
/// Rows run along x. A slab is what the passes advance by: a plane of rows in 3D, one row when only one other axis is open.
/// </summary>
internal sealed unsafe class GridLevel : IDisposable
{
    private readonly SiteArray<float>? _ownSolution, _ownDiagonal, _ownRhs;
    private readonly SiteArray<float> _swept, _smoothed;

    /// <summary>Room before the first element of a ghost or scratch row.</summary>
    public const int Lead = LatticeShape.RowAlignment;

    private readonly SiteArray<float> _ghosts;

    private GridLevel(LatticeShape shape, AxisMetric x, AxisMetric inner, AxisMetric slab, bool planar, bool finest)
    {
        Shape = shape;
        X = x;
        Inner = inner;
        Slab = slab;
        Planar = planar;
        RowStep = shape.Stride;
        SlabStep = planar ? shape.Stride : shape.PlaneStride;
        _swept = new SiteArray<float>(shape.Length);
        _smoothed = new SiteArray<float>(shape.Length);
        Swept = _swept.Pointer;
        Smoothed = _smoothed.Pointer;
        _ghosts = new SiteArray<float>(GhostFloats(shape));
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

    /// <summary>Elements of the rows beyond the walls.</summary>
    public static int GhostFloats(LatticeShape shape) => 4 * (shape.Stride + Lead);

    public LatticeShape Shape { get; }

    public AxisMetric X { get; }

    /// <summary>The axis of the rows inside a slab: y in 3D, an axis with one cell otherwise.</summary>
    public AxisMetric Inner { get; }

    /// <summary>The axis across slabs: z in 3D, else the open one of y and z.</summary>
    public AxisMetric Slab { get; }

    /// <summary>No open axis besides x and the slab axis.</summary>
    public bool Planar { get; }

    public int RowStep { get; }

    public int SlabStep { get; }

    public GridLevel? Coarser { get; private set; }

    /// <summary>The unknowns: the caller's field on the finest level, the correction on the others.</summary>
    public float* Solution { get; private set; }

    public float* Diagonal { get; private set; }

    public float* Rhs { get; private set; }

    /// <summary>The solution after the first sweep of a cycle.</summary>
    public float* Swept { get; }

    /// <summary>The solution at the end of a cycle.</summary>
    public float* Smoothed { get; }

    /// <summary>Value beyond the x walls, stored before and after each row.</summary>
    public float XLowValue { get; private set; }

    public float XHighValue { get; private set; }

    /// <summary>Whether the level is a single cell.</summary>
    public bool Single => Shape.SiteCount == 1;

    public static GridLevel Finest(LatticeShape shape)
    {
        bool planar = shape.Ny == 1 || shape.Nz == 1;
        double h = shape.SpacingUm;
        (int inner, int slab) = planar ? (1, shape.Ny * shape.Nz) : (shape.Ny, shape.Nz);
        var level = new GridLevel(shape, new AxisMetric(shape.Nx, h), new AxisMetric(inner, h), new AxisMetric(slab, h), planar, finest: true);
        for (GridLevel fine = level; !fine.Single; fine = fine.Coarser)
        {
            fine.Coarser = fine.Coarsen();
        }

        return level;
    }

    /// <summary>Index of the first element of row <paramref name="row"/> of a slab.</summary>
    public int Row(int slab, int row) => Shape.Origin + slab * SlabStep + row * RowStep;

    /// <summary>A row filled with the value beyond a wall: 0 and 1 along the inner axis, 2 and 3 along the slab axis.</summary>
    public float* Ghost(int wall) => _ghosts.Pointer + Lead + wall * (RowStep + Lead);

    /// <summary>Binds the finest level to a field.</summary>
    public void Bind(float* field, float* diagonal, float* rhs)
    {
        Solution = field;
        Diagonal = diagonal;
        Rhs = rhs;
    }

    /// <summary>Sets couplings, and on the finest level the values beyond fixed walls.</summary>
    public void Configure(float coupling, in FieldWalls walls, bool zInSlab)
    {
        (FieldWall low, FieldWall high) = zInSlab ? (walls.ZLow, walls.ZHigh) : (walls.YLow, walls.YHigh);
        X.Configure(coupling, walls.XLow, walls.XHigh);
        Inner.Configure(coupling, walls.YLow, walls.YHigh);
        Slab.Configure(coupling, low, high);
        if (_ownSolution is not null)
        {
            return;
        }

        XLowValue = Beyond(walls.XLow);
        XHighValue = Beyond(walls.XHigh);
        FillGhost(0, walls.YLow);
        FillGhost(1, walls.YHigh);
        FillGhost(2, low);
        FillGhost(3, high);
    }

    public void Dispose()
    {
        X.Dispose();
        Inner.Dispose();
        Slab.Dispose();
        _ghosts.Dispose();
        _swept.Dispose();
        _smoothed.Dispose();
        _ownSolution?.Dispose();
        _ownDiagonal?.Dispose();
        _ownRhs?.Dispose();
    }

    private static float Beyond(in FieldWall wall) => wall.Kind == WallKind.Fixed ? wall.Value : 0;

    private void FillGhost(int wall, in FieldWall condition) => new Span<float>(Ghost(wall), Shape.Nx).Fill(Beyond(condition));

    private GridLevel Coarsen()
    {
        AxisMetric x = X.Coarser(), inner = Inner.Coarser(), slab = Slab.Coarser();
        (int ny, int nz) = Planar ? (slab.Cells, 1) : (inner.Cells, slab.Cells);
        return new GridLevel(new LatticeShape(x.Cells, ny, nz, Shape.SpacingUm), x, inner, slab, Planar, finest: false);
    }
}
