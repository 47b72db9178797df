using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// One axis of one multigrid level: couplings to the neighbours and the weights of the transfer to the next coarser level.
/// A coarse cell covers two fine ones; when their number is odd the last covers one, so the last cell of a level may be
/// narrower than the others. Couplings and weights follow the true widths (finite volumes), which keeps the convergence of
/// odd sizes close to that of powers of two.
/// </summary>
/// <remarks>
/// A wall is a ghost value beyond it: α · (last value) + β, so that the stencil is the same at a wall as inside, and a sweep
/// smooths there as well as on a lattice that goes on. Without flux α is 1; a signal that decays outside has 0 &lt; α &lt; 1; a fixed
/// value v on the face has α = −1, β = 2v. Beside a narrow last cell the ghost is 0 and the coupling is that of the wall itself.
/// </remarks>
internal sealed unsafe class AxisMetric : IDisposable
{
    private readonly SiteArray<float> _values;
    private readonly double _lastWidth;
    private readonly double _spacing, _finestSpacing;
    private readonly bool _open, _finest;
    private readonly double _couplingShare;
    private FieldWall _low, _high;
    private double _lowShare, _highShare;

    /// <summary>The finest level of an axis.</summary>
    public AxisMetric(int cells, double spacingUm)
        : this(cells, spacingUm, spacingUm, 1, 1, cells > 1, finest: true)
    {
    }

    private AxisMetric(int cells, double finestSpacing, double spacing, double lastWidth, double couplingShare, bool open, bool finest)
    {
        Cells = cells;
        _finestSpacing = finestSpacing;
        _spacing = spacing;
        _lastWidth = lastWidth;
        _couplingShare = couplingShare;
        _open = open;
        _finest = finest;
        UniformCells = cells == 1 ? 0 : lastWidth == 1 ? cells : cells - 2;
        UniformTransfer = cells > 1 && LastCoarseWidth == 2 ? cells : Math.Max(0, cells - 4);
        int padded = Padded(cells);
        _values = new SiteArray<float>(5 * padded);
        Low = _values.Pointer;
        High = Low + padded;
        Near = High + padded;
        Far = Near + padded;
        Share = Far + padded;
        SetShares();
        SetInterpolation();
        SetWalls(FieldWall.ZeroFlux, FieldWall.ZeroFlux);
    }

    /// <summary>Elements of one of the five arrays of an axis.</summary>
    public static int Padded(int cells) => (cells + 31) / 16 * 16;

    public int Cells { get; }

    /// <summary>Cells of the next coarser level.</summary>
    public int CoarseCells => (Cells + 1) / 2;

    /// <summary>Coupling of each cell to its lower neighbour or ghost: k · (flux share) / width. Zero on an axis of one site.</summary>
    public float* Low { get; }

    /// <summary>The same to the higher neighbour or ghost.</summary>
    public float* High { get; }

    /// <summary>Weight of the coarse cell that a fine cell lies in.</summary>
    public float* Near { get; }

    /// <summary>Weight of the coarse cell, or of the ghost, on the fine cell's outer side.</summary>
    public float* Far { get; }

    /// <summary>Share of a fine cell in the volume of its coarse cell: ½, 1 alone.</summary>
    public float* Share { get; }

    /// <summary>The coupling between two cells of full width.</summary>
    public float Inside { get; private set; }

    /// <summary>
    /// Cells before this have the coupling <see cref="Inside"/> on both sides: all of them, unless the last one is narrow.
    /// </summary>
    public int UniformCells { get; }

    /// <summary>The ghost beyond the low wall is α · (value at the wall) + β.</summary>
    public float AlphaLow { get; private set; }

    /// <inheritdoc cref="AlphaLow"/>
    public float BetaLow { get; private set; }

    /// <summary>The same at the high wall.</summary>
    public float AlphaHigh { get; private set; }

    /// <inheritdoc cref="AlphaHigh"/>
    public float BetaHigh { get; private set; }

    /// <summary>The ghost of a correction, for the interpolation to the finer level: this times the value at the low wall.</summary>
    public float TransferLow { get; private set; }

    /// <inheritdoc cref="TransferLow"/>
    public float TransferHigh { get; private set; }

    /// <summary>Fine cells before this lie ¼ of a coarse cell from the centre of theirs, among coarse cells of full width.</summary>
    public int UniformTransfer { get; }

    private double LastCoarseWidth => Cells % 2 == 0 ? 1 + _lastWidth : _lastWidth;

    /// <summary>The axis of the next coarser level; an axis of one cell stays as it is.</summary>
    public AxisMetric Coarser() => Cells == 1
        ? new AxisMetric(1, _finestSpacing, _spacing, _lastWidth, _couplingShare, _open, finest: false)
        : new AxisMetric(CoarseCells, _finestSpacing, 2 * _spacing, LastCoarseWidth / 2, _couplingShare / 4, _open, finest: false);

    /// <summary>Sets couplings and ghosts for a field.</summary>
    /// <param name="coupling">k of the finest level: D·dt/h² or D/h².</param>
    /// <param name="low">Wall at the low end; ignored on an axis with one site.</param>
    /// <param name="high">Wall at the high end.</param>
    public void Configure(float coupling, in FieldWall low, in FieldWall high)
    {
        double k = coupling * _couplingShare;
        int last = Cells - 1;
        Inside = (float)k;
        if (low != _low || high != _high)
        {
            SetWalls(low, high);
        }

        if (last == 0)
        {
            Low[0] = (float)(k * _lowShare / (_lastWidth * _lastWidth));
            High[0] = (float)(k * _highShare / (_lastWidth * _lastWidth));
            return;
        }

        new Span<float>(Low, Cells).Fill(Inside);
        new Span<float>(High, Cells).Fill(Inside);
        Low[last] = (float)(k * 2 / (1 + _lastWidth) / _lastWidth);
        High[last - 1] = (float)(k * 2 / (1 + _lastWidth));
        if (_lastWidth != 1)
        {
            High[last] = (float)(k * _highShare / (_lastWidth * _lastWidth));
        }
    }

    public void Dispose() => _values.Dispose();

    // What does not depend on the coupling: fields follow each other with other couplings and the same walls.
    private void SetWalls(in FieldWall low, in FieldWall high)
    {
        (_low, _high) = (low, high);
        _lowShare = _open ? Widen(WallWeight.Of(low, _finestSpacing), Cells == 1 ? _lastWidth : 1) : 0;
        _highShare = _open ? Widen(WallWeight.Of(high, _finestSpacing), _lastWidth) : 0;
        (TransferLow, TransferHigh) = ((float)(1 - _lowShare), (float)(1 - _highShare));
        if (Cells > 1)
        {
            (AlphaLow, BetaLow) = Ghost(low, _lowShare);
            (AlphaHigh, BetaHigh) = Ghost(high, _highShare);
            AlphaHigh = _lastWidth == 1 ? AlphaHigh : 0;
        }
    }

    private (float Alpha, float Beta) Ghost(in FieldWall wall, double share) =>
        ((float)(1 - share), _finest && wall.Kind == WallKind.Fixed ? (float)(share * wall.Value) : 0);

    private double Widen(double share, double width) => WallWeight.Widen(share, width * _spacing / _finestSpacing);

    private void SetShares()
    {
        for (int i = 0; i < Cells; i++)
        {
            Share[i] = 0.5f;
        }

        int last = Cells - 1;
        Share[last] = last % 2 == 0 ? 1 : (float)(_lastWidth / (1 + _lastWidth));
        if (last % 2 == 1)
        {
            Share[last - 1] = (float)(1 / (1 + _lastWidth));
        }
    }

    /// <summary>Linear interpolation between the centres of coarse cells, beyond the last towards the ghost.</summary>
    private void SetInterpolation()
    {
        int coarse = CoarseCells;
        double lastWidth = Cells == 1 ? _lastWidth : LastCoarseWidth;
        for (int i = 0; i < Cells; i++)
        {
            int own = i / 2;
            double width = own == coarse - 1 ? lastWidth : 2;
            double centre = 2 * own + width / 2;
            double at = i + (i == Cells - 1 ? _lastWidth : 1) / 2;
            bool lower = i % 2 == 0;
            bool wall = lower ? own == 0 : own == coarse - 1;
            double otherWidth = wall ? width : !lower && own + 1 == coarse - 1 ? lastWidth : 2;
            double share = Math.Abs(at - centre) / ((width + otherWidth) / 2);
            Near[i] = (float)(1 - share);
            Far[i] = (float)share;
        }
    }
}
