using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Benchmarks;

/// <summary>
/// The equation that fields are measured on: one hour of VEGF, D·dt/h² = 261, decay 0.69 /h, a source at every seventh site, signals
/// leaving through the walls; and the loops that bound it, over the same arrays. The diagonal varies from site to site, as uptake by cells
/// makes it, or is the same everywhere, as for most signals.
/// </summary>
internal sealed unsafe class FieldProblem : IDisposable
{
    private const float Coupling = 261;
    private const float Diagonal = 1.69f;
    private readonly LatticeShape _shape;
    private readonly MultigridSolver _solver;
    private readonly SiteArray<float> _field, _diagonal, _next;
    private readonly SiteArray<float>[] _sources = new SiteArray<float>[2];
    private readonly FieldWalls _walls = FieldWalls.All(FieldWall.Robin(390));
    private readonly bool _same;
    private int _present;

    /// <param name="grid">The lattice.</param>
    /// <param name="same">The same diagonal at all sites.</param>
    /// <param name="width">Register width of the solver; null for the widest.</param>
    public FieldProblem(Grid grid, bool same = false, LaneWidth? width = null)
    {
        _same = same;
        _shape = grid.Shape();
        _solver = width is { } lanes ? new MultigridSolver(_shape, null, lanes) : new MultigridSolver(_shape);
        (_field, _diagonal, _next) = (new SiteArray<float>(_shape.Length), new SiteArray<float>(_shape.Length), new SiteArray<float>(_shape.Length));
        for (int site = 0; site < _shape.Length; site++)
        {
            _diagonal[site] = Diagonal + 0.01f * (site % 31);
        }

        for (int i = 0; i < 2; i++)
        {
            // The second right-hand side differs by one part in a thousand: what a warm solve follows.
            _sources[i] = new SiteArray<float>(_shape.Length);
            for (int site = 0; site < _shape.Length; site += 7)
            {
                _sources[i][site] = 1 + 0.001f * i;
            }
        }
    }

    /// <summary>Exactly <paramref name="cycles"/> cycles from where the field stands.</summary>
    public SolveReport Cycles(int cycles) => Solve(1e-12f, cycles, cycles);

    /// <summary>The sweep that opens a solve and measures the residual; the field stays as it is.</summary>
    public SolveReport Sweep() => Solve(0, 0, 0);

    /// <summary>From zero to 1e-3.</summary>
    public SolveReport Cold()
    {
        _field.Writable.Clear();
        return Solve(1e-3f, 50, 0);
    }

    /// <summary>After a change of one part in a thousand, with at least so many cycles; without any it may be close enough already.</summary>
    public SolveReport Warm(int minCycles)
    {
        _present ^= 1;
        return Solve(1e-3f, 50, minCycles);
    }

    /// <summary>Factor by which a cycle reduces the residual, over the second and third from zero.</summary>
    public double Reduction()
    {
        _field.Writable.Clear();
        float first = Cycles(1).Residual;
        return Math.Sqrt(first / Cycles(2).Residual);
    }

    /// <summary>Explicit five- or seven-point sweeps, as many as asked, a last one over part of the rows.</summary>
    public float Stencils(double sweeps, bool vectors = true)
    {
        (SiteArray<float> from, SiteArray<float> to) = (_field, _next);
        for (; sweeps > 0; sweeps--)
        {
            new ExplicitStencil(_shape, from, to, 0.1f, vectors).Run(0, (int)(_shape.Rows * Math.Min(1, sweeps)));
            (from, to) = (to, from);
        }

        return to[_shape.Origin];
    }

    /// <summary>A triad over three arrays of the lattice until it has moved so many bytes for each site.</summary>
    public float Traffic(double bytesPerSite)
    {
        double left = bytesPerSite / Streams.TriadBytes * _shape.SiteCount;
        while (left >= 16)
        {
            long count = Math.Min((long)left, _shape.SiteCount) & ~15L;
            Streams.Triad(_next.Pointer, _diagonal.Pointer, _sources[0].Pointer, count);
            left -= count;
        }

        return _next[0];
    }

    public void Dispose()
    {
        _solver.Dispose();
        _field.Dispose();
        _diagonal.Dispose();
        _next.Dispose();
        _sources[0].Dispose();
        _sources[1].Dispose();
    }

    private SolveReport Solve(float tolerance, int maxCycles, int minCycles) => _same
        ? _solver.Solve(Coupling, _walls, _field, Diagonal, _sources[_present], tolerance, maxCycles, minCycles)
        : _solver.Solve(Coupling, _walls, _field, _diagonal, _sources[_present], tolerance, maxCycles, minCycles);
}
