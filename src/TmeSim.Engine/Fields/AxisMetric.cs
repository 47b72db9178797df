using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>
/// One axis of one multigrid level: couplings to the neighbours and the weights of the transfer to the next coarser level.
/// A coarse cell covers two fine ones; when their number is odd the last covers one, so the last cell of a level may be
/// narrower than the others. Couplings and weights follow the true widths (finite volumes), which keeps the convergence of
/// odd sizes close to that of powers of two.
/// </summary>
internal sealed unsafe class AxisMetric : IDisposable
{
    private readonly SiteArray<float> _values;
    private readonly double _lastWidth;
    private readonly double _spacing, _finestSpacing;
    private readonly bool _open;
    private readonly double _couplingShare;

    /// <summary>The finest level of an axis.</summary>
    public AxisMetric(int cells, double spacingUm)
        : this(cells, spacingUm, spacingUm, 1, 1, cells > 1)
    {
    }

    private AxisMetric(int cells, double finestSpacing, double spacing, double lastWidth, double couplingShare, bool open)
    {
        Cells = cells;
        _finestSpacing = finestSpacing;
        _spacing = spacing;
        _lastWidth = lastWidth;
        _couplingShare = couplingShare;
        _open = open;
        int padded = Padded(cells);
        _values = new SiteArray<float>(5 * padded);
        Low = _values.Pointer;
        High = Low + padded;
        Near = High + padded;
        Far = Near + padded;
        Share = Far + padded;
        SetShares();
    }

    /// <summary>Elements of one array of an axis.</summary>
    public static int Padded(int cells) => (cells + 31) / 16 * 16;

    public int Cells { get; }

    /// <summary>Cells of the next coarser level.</summary>
    public int CoarseCells => (Cells + 1) / 2;

    /// <summary>Coupling of each cell to its lower neighbour or wall: k · (flux share) / width. Zero where there is no flux.</summary>
    public float* Low { get; }

    /// <summary>The same to the higher neighbour or wall.</summary>
    public float* High { get; }

    /// <summary>Weight of the coarse cell that a fine cell lies in.</summary>
    public float* Near { get; }

    /// <summary>Weight of the coarse cell on the fine cell's outer side; 0 at a wall.</summary>
    public float* Far { get; }

    /// <summary>Share of a fine cell in the volume of its coarse cell: ½, 1 alone.</summary>
    public float* Share { get; }

    /// <summary>The coupling between two inner cells of full width.</summary>
    public float Inside { get; private set; }

    /// <summary>Cells from here to <see cref="UniformEnd"/> have the coupling <see cref="Inside"/> on both sides; multiples of 16.</summary>
    public int UniformFirst => Math.Min(LatticeShape.RowAlignment, UniformEnd);

    /// <summary>The last two cells are left out: the last may be narrow.</summary>
    public int UniformEnd => Math.Max(0, Cells - 2) / LatticeShape.RowAlignment * LatticeShape.RowAlignment;

    private double LastCoarseWidth => Cells % 2 == 0 ? 1 + _lastWidth : _lastWidth;

    /// <summary>The axis of the next coarser level; an axis of one cell stays as it is.</summary>
    public AxisMetric Coarser() => Cells == 1
        ? new AxisMetric(1, _finestSpacing, _spacing, _lastWidth, _couplingShare, _open)
        : new AxisMetric(CoarseCells, _finestSpacing, 2 * _spacing, LastCoarseWidth / 2, _couplingShare / 4, _open);

    /// <summary>Sets couplings and interpolation for a field.</summary>
    /// <param name="coupling">k of the finest level: D·dt/h² or D/h².</param>
    /// <param name="low">Wall at the low end; ignored on an axis with one site.</param>
    /// <param name="high">Wall at the high end.</param>
    public void Configure(float coupling, in FieldWall low, in FieldWall high)
    {
        double k = coupling * _couplingShare;
        int last = Cells - 1;
        Inside = (float)k;
        for (int i = 0; i < Cells; i++)
        {
            Low[i] = High[i] = Inside;
        }

        if (last > 0)
        {
            Low[last] = (float)(k * 2 / (1 + _lastWidth) / _lastWidth);
            High[last - 1] = (float)(k * 2 / (1 + _lastWidth));
        }

        double lowShare = _open ? WallWeight.Of(low, _finestSpacing) : 0, highShare = _open ? WallWeight.Of(high, _finestSpacing) : 0;
        Low[0] = WallCoupling(k, lowShare, last == 0 ? _lastWidth : 1);
        High[last] = WallCoupling(k, highShare, _lastWidth);
        SetInterpolation(lowShare, highShare);
    }

    public void Dispose() => _values.Dispose();

    private float WallCoupling(double k, double share, double width) => (float)(k * Widen(share, width) / (width * width));

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

    /// <summary>Linear interpolation between the centres of coarse cells, beyond the last towards the wall's ghost value.</summary>
    private void SetInterpolation(double low, double high)
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
            double away = Math.Abs(at - centre);
            if (wall)
            {
                Near[i] = (float)(1 - away / width * Widen(lower ? low : high, width));
                Far[i] = 0;
                continue;
            }

            double otherWidth = !lower && own + 1 == coarse - 1 ? lastWidth : 2;
            double share = away / ((width + otherWidth) / 2);
            Near[i] = (float)(1 - share);
            Far[i] = (float)share;
        }
    }
}
