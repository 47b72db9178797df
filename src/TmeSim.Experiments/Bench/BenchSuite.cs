using System.Diagnostics;
using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Bench;

/// <summary>One measured figure. Only what was measured is set.</summary>
public sealed record BenchRecord
{
    /// <summary>step, cycle, solve_warm, solve_cold, scaling, patient_year, bytes_per_site or startup.</summary>
    public required string Name { get; init; }

    /// <summary>Sites along x, y, z.</summary>
    public int[]? Size { get; init; }

    public int? Threads { get; init; }

    /// <summary>Nanoseconds per site: median over repeats.</summary>
    public double? NsPerSite { get; init; }

    /// <summary>Largest residual left: max |r / diagonal| over max |c|.</summary>
    public double? Residual { get; init; }

    /// <summary>Factor by which a cycle reduces the residual.</summary>
    public double? Reduction { get; init; }

    /// <summary>
    /// Of a field's equation: "same" on every site, as for IFN-γ, CXCL9/10, the suppressive field and DAMP, or "varying".
    /// </summary>
    public string? Diagonal { get; init; }

    /// <summary>Mean multigrid cycles of a solve.</summary>
    public double? Cycles { get; init; }

    /// <summary>Speed of two threads over that of one.</summary>
    public double? Ratio { get; init; }

    /// <summary>Wall time [s].</summary>
    public double? Seconds { get; init; }

    /// <summary>Bytes of site arrays per site.</summary>
    public double? Bytes { get; init; }

    /// <summary>Days simulated, where a time was scaled up from fewer than it names.</summary>
    public double? MeasuredDays { get; init; }
}

/// <summary>All figures of one machine.</summary>
/// <param name="Simd">Widest vectors that the hardware runs: Vector512, Vector256, Vector128 or none.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="Benchmarks">Figures in order of measurement.</param>
public sealed record BenchResult(string Simd, int Cores, IReadOnlyList<BenchRecord> Benchmarks);

/// <summary>Measures the engine on <see cref="BenchScene"/>. Medians of several repeats; nothing else should run beside it.</summary>
public sealed class BenchSuite
{
    private const int StepSites = 256;
    private const int YearSites = 128;
    private const int ScalingSites = 1024;
    private const double YearDays = 365;
    private readonly bool _quick;
    private readonly Action<string> _say;
    private readonly CancellationToken _cancellation;
    private readonly List<BenchRecord> _records = [];

    /// <param name="quick">Shorter burn-ins and fewer repeats: within a minute.</param>
    /// <param name="say">Told what is measured next.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public BenchSuite(bool quick, Action<string> say, CancellationToken cancellation)
    {
        _quick = quick;
        _say = say;
        _cancellation = cancellation;
    }

    /// <summary>Measures everything but the start of the process, which needs one of its own.</summary>
    public BenchResult Run()
    {
        Step();
        foreach (bool varying in (bool[])[false, true])
        {
            foreach (int sites in (int[])[256, 200])
            {
                Cycle(sites, varying);
            }

            Solve(varying);
        }

        Scaling();
        PatientYear();
        return new BenchResult(ToolInfo.Cpu().Simd, Environment.ProcessorCount, _records);
    }

    private void Step()
    {
        _say($"step: {StepSites} x {StepSites}, burn-in and three weeks of therapy first");
        long before = SiteMemory.Bytes;
        using Simulation simulation = BenchScene.At(StepSites, _quick ? 7 : 60, _quick ? 7 : 21, 1, _cancellation);
        double bytes = SiteMemory.Bytes - before;
        var times = new List<double>();
        float residual = 0;
        int steps = _quick ? 56 : 168;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < steps; i++)
            {
                _cancellation.ThrowIfCancellationRequested();
                simulation.Step();
                residual = Math.Max(residual, simulation.FieldReports(0).Max(r => r.Residual));
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / steps / simulation.Lesions[0].Shape.SiteCount);
        }

        int[] size = [StepSites, StepSites, 1];
        _records.Add(new BenchRecord { Name = "step", Size = size, Threads = 1, NsPerSite = Median(times), Residual = residual });
        _records.Add(new BenchRecord { Name = "bytes_per_site", Size = size, Threads = 1,
            Bytes = bytes / simulation.Lesions[0].Shape.SiteCount });
    }

    private void Cycle(int sites, bool varying)
    {
        _say($"cycle: {sites} x {sites}, {Kind(varying)} diagonal");
        using var problem = new BenchField(sites, varying);
        (double one, SolveReport first) = problem.TimeCold(1, _quick ? 100 : 400);
        (double three, SolveReport last) = problem.TimeCold(3, _quick ? 100 : 400);
        _records.Add(new BenchRecord
        {
            Name = "cycle",
            Size = [sites, sites, 1],
            Threads = 1,
            Diagonal = Kind(varying),
            NsPerSite = (three - one) / 2,
            Reduction = Math.Sqrt(first.Residual / last.Residual),
            Residual = last.Residual,
        });
    }

    private void Solve(bool varying)
    {
        _say($"solve: {StepSites} x {StepSites}, {Kind(varying)} diagonal, warm after one source in ten hopped, cold from zero");
        using var problem = new BenchField(StepSites, varying);
        int[] size = [StepSites, StepSites, 1];
        (double warm, double warmCycles, SolveReport warmReport) = problem.TimeWarm(_quick ? 100 : 400);
        (double cold, SolveReport coldReport) = problem.TimeCold(0, _quick ? 50 : 200);
        _records.Add(new BenchRecord
        {
            Name = "solve_warm", Size = size, Threads = 1, Diagonal = Kind(varying), NsPerSite = warm, Cycles = warmCycles,
                Residual = warmReport.Residual,
        });
        _records.Add(new BenchRecord
        {
            Name = "solve_cold", Size = size, Threads = 1, Diagonal = Kind(varying), NsPerSite = cold, Cycles = coldReport.Cycles,
                Residual = coldReport.Residual,
        });
    }

    private static string Kind(bool varying) => varying ? "varying" : "same";

    private void Scaling()
    {
        _say($"scaling: {ScalingSites} x {ScalingSites}, one thread and two in turn");
        using Simulation one = BenchScene.At(ScalingSites, 0, 0.25, 1, _cancellation),
            two = BenchScene.At(ScalingSites, 0, 0.25, 2, _cancellation);
        var ratios = new List<double>();
        for (int repeat = 0; repeat < (_quick ? 3 : 7); repeat++)
        {
            ratios.Add(Seconds(one, 6) / Seconds(two, 6));
        }

        _records.Add(new BenchRecord { Name = "scaling", Size = [ScalingSites, ScalingSites, 1], Threads = 2, Ratio = Median(ratios) });
    }

    private void PatientYear()
    {
        double days = _quick ? 14 : YearDays;
        _say($"patient_year: {YearSites} x {YearSites}, {days:0} d");
        using Simulation simulation = BenchScene.At(YearSites, 7, 0, 1, _cancellation);
        double seconds = Seconds(simulation, (int)(days * 24)) * YearDays / days;
        _records.Add(new BenchRecord { Name = "patient_year", Size = [YearSites, YearSites, 1], Threads = 1, Seconds = seconds,
            MeasuredDays = days });
    }

    private double Seconds(Simulation simulation, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            simulation.Step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>
    /// An hour of a secreted signal: D·dt/h² = 261, decay 0.69 /h, half of the output from all sites and half from one in twelve, as
    /// from tumour cells and macrophages at 200 per mm²; with a varying diagonal one site in fifty takes up as a vessel does.
    /// </summary>
    private sealed class BenchField : IDisposable
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

        /// <summary>Median time of solves from zero [ns per site]: of so many cycles, or to the tolerance when none are asked.</summary>
        public (double NsPerSite, SolveReport Report) TimeCold(int cycles, int repeats)
        {
            var times = new List<double>(repeats);
            SolveReport report = default;
            for (int i = 0; i < repeats; i++)
            {
                _field.Values.Clear();
                long start = Stopwatch.GetTimestamp();
                report = cycles > 0 ? Solve(1e-12f, cycles, cycles) : Solve(Tolerance, 50, 0);
                times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / _shape.SiteCount);
            }

            return (Median(times), report);
        }

        /// <summary>Median time of steps in which one source in ten hops to the next site .</summary>
        public (double NsPerSite, double Cycles, SolveReport Report) TimeWarm(int repeats)
        {
            var times = new List<double>(repeats);
            SolveReport report = default;
            long cycles = 0;
            Solve(1e-6f, 50, 0);
            for (int i = 0; i < repeats; i++)
            {
                for (int k = i % 10; k < _sources.Length; k += 10)
                {
                    (int x, int y, _) = _shape.Coordinates(_sources[k]);
                    _rhs.Values[_sources[k]] -= 1;
                    _sources[k] = x + 1 < _shape.Nx ? _shape.Site(x + 1, y) : _shape.Site(0, y);
                    _rhs.Values[_sources[k]] += 1;
                }

                long start = Stopwatch.GetTimestamp();
                report = Solve(Tolerance, 50, 0);
                times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / _shape.SiteCount);
                cycles += report.Cycles;
            }

            return (Median(times), (double)cycles / repeats, report);
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
}
