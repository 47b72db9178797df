using System.Diagnostics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Experiments.Bench;

/// <summary>
/// An hour of a secreted signal: D·dt/h² = 261, decay 0.69 /h, half of the output from all sites and half from one in twelve, as
/// from tumour cells and macrophages at 200 per mm²; with a varying diagonal one site in fifty takes up as a vessel does.
/// </summary>
internal sealed class BenchField : IDisposable
{
    private const float Coupling = 261;
    private const float Loss = 1.69f;
    private const float Tolerance = 1e-3f;
    private readonly MultigridSolver _solver;
    private readonly LatticeShape _shape;
    private readonly SiteBuffer<float> _field, _diagonal, _rhs;
    private readonly int[] _sources;
    private readonly FieldWalls _walls = FieldWalls.All(FieldWall.Robin(390));
    private readonly Random _random = new(1);
    private readonly bool _varying;
    private int _step;

    public BenchField(int sites, bool varying)
    {
        _varying = varying;
        _shape = new LatticeShape(sites, sites, 1, 20);
        _solver = new MultigridSolver(_shape);
        (_field, _diagonal, _rhs) = (new(_shape.Length), new(_shape.Length), new(_shape.Length));
        _diagonal.Values.Fill(Loss);
        for (int i = 0; i < _shape.SiteCount / 50; i++)
        {
            _diagonal.Values[AnySite()] += 1;
        }

        _rhs.Values.Fill(1f / 12);
        _sources = new int[_shape.SiteCount / 12];
        for (int i = 0; i < _sources.Length; i++)
        {
            _sources[i] = AnySite();
            _rhs.Values[_sources[i]] += 1;
        }
    }

    /// <summary>Seconds of a solve from zero to the tolerance.</summary>
    public double Cold(out SolveReport report) => Cold(Tolerance, 50, 0, out report);

    /// <summary>Seconds of a cycle: half of what a solve of three from zero takes longer than one of a single cycle.</summary>
    /// <param name="first">The solve of one cycle.</param>
    /// <param name="last">The solve of three.</param>
    public double Cycle(out SolveReport first, out SolveReport last)
    {
        double one = Cold(1e-12f, 1, 1, out first);
        return (Cold(1e-12f, 3, 3, out last) - one) / 2;
    }

    /// <summary>Seconds of the solve of a step in which one source in ten has hopped to the next site.</summary>
    public double Warm(out SolveReport report)
    {
        for (int k = _step++ % 10; k < _sources.Length; k += 10)
        {
            (int x, int y, _) = _shape.Coordinates(_sources[k]);
            _rhs.Values[_sources[k]] -= 1;
            _sources[k] = x + 1 < _shape.Nx ? _shape.Site(x + 1, y) : _shape.Site(0, y);
            _rhs.Values[_sources[k]] += 1;
        }

        long start = Stopwatch.GetTimestamp();
        report = Solve(Tolerance, 50, 0);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private double Cold(float tolerance, int maxCycles, int minCycles, out SolveReport report)
    {
        _field.Values.Clear();
        long start = Stopwatch.GetTimestamp();
        report = Solve(tolerance, maxCycles, minCycles);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private SolveReport Solve(float tolerance, int maxCycles, int minCycles) => _varying
        ? _solver.Solve(Coupling, _walls, _field, _diagonal, _rhs, tolerance, maxCycles, minCycles)
        : _solver.Solve(Coupling, _walls, _field, Loss, _rhs, tolerance, maxCycles, minCycles);

    private int AnySite() => _shape.Site(_random.Next(_shape.Nx), _random.Next(_shape.Ny));

    public void Dispose()
    {
        _solver.Dispose();
        _field.Dispose();
        _diagonal.Dispose();
        _rhs.Dispose();
    }
}
