using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Benchmarks;

/// <summary>
/// Diffusion and decay of substrates as BioFVM's benchmarks set them: D = 10⁵ µm²/min, decay 0.1 /min, 20 µm voxels, zero flux, here
/// with a source at every seventh site. One implicit step of any length with the engine's solver, or explicit steps.
/// </summary>
internal sealed unsafe class DiffusionWork : IDisposable
{
    private const double UmSquaredPerMinute = 1e5;
    private const double DecayPerMinute = 0.1;
    private const float Tolerance = 1e-3f;
    private const int ManyCycles = 15;
    private readonly LatticeShape _shape;
    private readonly RowRunner _runner;
    private readonly MultigridSolver _solver;
    private readonly SiteArray<float>[] _fields;
    private readonly SiteArray<float> _rhs;

    /// <param name="grid">The lattice.</param>
    /// <param name="substrates">Substrates, each a field of its own.</param>
    /// <param name="threads">Threads.</param>
    public DiffusionWork(Grid grid, int substrates, int threads = 1)
    {
        _shape = grid.Shape();
        _runner = new RowRunner(threads);
        _solver = new MultigridSolver(_shape, _runner);
        _fields = new SiteArray<float>[substrates];
        for (int s = 0; s < substrates; s++)
        {
            _fields[s] = new SiteArray<float>(_shape.Length);
        }

        _rhs = new SiteArray<float>(_shape.Length);
    }

    /// <summary>Mean of the first substrate.</summary>
    public double Mean
    {
        get
        {
            double sum = 0;
            for (int row = 0; row < _shape.Rows; row++)
            {
                foreach (float value in _fields[0].Span.Slice(_shape.RowStart(row), _shape.Nx))
                {
                    sum += value;
                }
            }

            return sum / _shape.SiteCount;
        }
    }

    /// <summary>Sets all substrates to zero.</summary>
    public void Clear()
    {
        foreach (SiteArray<float> field in _fields)
        {
            field.Writable.Clear();
        }
    }

    /// <summary>One implicit step of all substrates from where they stand: right-hand side assembled, then so many cycles.</summary>
    public void Implicit(double minutes, int cycles)
    {
        float coupling = (float)(UmSquaredPerMinute * minutes / (_shape.SpacingUm * _shape.SpacingUm));
        float diagonal = 1 + (float)(DecayPerMinute * minutes);
        foreach (SiteArray<float> field in _fields)
        {
            _runner.Run(new Assemble(_shape, field, _rhs, (float)minutes), _shape.Rows);
            _solver.Solve(coupling, FieldWalls.All(FieldWall.ZeroFlux), field, diagonal, _rhs, Tolerance, cycles, cycles);
        }
    }

    /// <summary>
    /// Cycles after which a step is within <paramref name="error"/> of the converged one everywhere, relative to its largest value. It
    /// starts <paramref name="after"/> minutes after all substrates were zero. The residual would not tell:
    /// smooth errors hide from it when D·dt/h² is large.
    /// </summary>
    public int CyclesFor(double after, double minutes, double error)
    {
        Clear();
        if (after > 0)
        {
            Implicit(after, ManyCycles);
        }

        float[] start = _fields[0].Span.ToArray();
        Implicit(minutes, ManyCycles);
        float[] exact = _fields[0].Span.ToArray();
        for (int cycles = 1; cycles < ManyCycles; cycles++)
        {
            start.CopyTo(_fields[0].Writable);
            Implicit(minutes, cycles);
            if (LargestDifference(exact) < error)
            {
                return cycles;
            }
        }

        throw new InvalidOperationException($"{ManyCycles} cycles do not bring the error below {error}");
    }

    /// <summary>Two explicit steps of the first substrate, there and back between two arrays.</summary>
    public void TwoExplicit()
    {
        _runner.Run(new ExplicitStencil(_shape, _fields[0], _rhs, 0.1f, vectors: true), _shape.Rows);
        _runner.Run(new ExplicitStencil(_shape, _rhs, _fields[0], 0.1f, vectors: true), _shape.Rows);
    }

    public void Dispose()
    {
        _solver.Dispose();
        _runner.Dispose();
        _rhs.Dispose();
        foreach (SiteArray<float> field in _fields)
        {
            field.Dispose();
        }
    }

    private double LargestDifference(float[] exact)
    {
        double largest = 0, difference = 0;
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int site = _shape.RowStart(row), end = site + _shape.Nx; site < end; site++)
            {
                largest = Math.Max(largest, Math.Abs(exact[site]));
                difference = Math.Max(difference, Math.Abs(exact[site] - _fields[0][site]));
            }
        }

        return difference / largest;
    }

    private readonly struct Assemble(LatticeShape shape, SiteArray<float> field, SiteArray<float> rhs, float minutes) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                int start = shape.RowStart(row);
                Span<float> right = rhs.Writable.Slice(start, shape.Nx);
                field.Span.Slice(start, shape.Nx).CopyTo(right);
                for (int x = row % 7; x < right.Length; x += 7)
                {
                    right[x] += minutes;
                }
            }
        }
    }
}
