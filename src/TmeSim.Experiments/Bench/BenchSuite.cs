using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Bench;

/// <summary>
/// Measures the engine on <see cref="BenchScene"/> in its steady state: medians over batches with their quartiles, and what else the machine did.
/// </summary>
public sealed class BenchSuite
{
    private const int StepSites = 256;
    private const int SmallSites = 128;
    private const int ScalingSites = 1024;
    private const int HoursPerDay = 24;
    private readonly bool _quick;
    private readonly Action<string> _say;
    private readonly CancellationToken _cancellation;
    private readonly List<BenchRecord> _records = [];

    /// <param name="quick">Shorter burn-ins and fewer batches: within a minute.</param>
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
        var watch = new CoreWatch();
        Step(StepSites);
        Step(SmallSites);
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
        (double OtherCores, double Stolen)? others = watch.Others();
        return new BenchResult(ToolInfo.Cpu().Simd, Environment.ProcessorCount, _records, others?.OtherCores, others?.Stolen);
    }

    // Batches are whole days, so that what is done once a day is in each.
    private void Step(int sites)
    {
        _say($"step: {sites} x {sites}, burn-in and {(_quick ? "a week" : "three weeks")} of therapy first");
        long before = SiteMemory.Bytes;
        using Simulation simulation = BenchScene.At(sites, _quick ? 7 : 60, _quick ? 7 : 21, 1, _cancellation);
        double bytes = SiteMemory.Bytes - before;
        long count = simulation.Lesions[0].Shape.SiteCount;
        float residual = 0;
        BatchTimes times = SteadyClock.Measure(
            () =>
            {
                double seconds = Seconds(simulation, HoursPerDay);
                residual = Math.Max(residual, simulation.FieldReports(0).Max(r => r.Residual));
                return seconds * 1e9 / HoursPerDay / count;
            },
            _quick ? 7 : 21);
        int[] size = [sites, sites, 1];
        _records.Add(new BenchRecord { Name = "step", Size = size, Threads = 1, NsPerSite = times.Median, Residual = residual }.With(times));
        _records.Add(new BenchRecord { Name = "bytes_per_site", Size = size, Threads = 1, Bytes = bytes / count });
    }

    private void Cycle(int sites, bool varying)
    {
        _say($"cycle: {sites} x {sites}, {Kind(varying)} diagonal");
        using var problem = new BenchField(sites, varying);
        SolveReport first = default, last = default;
        BatchTimes times = SteadyClock.Measure(() => problem.Cycle(out first, out last) * 1e9 / (sites * sites), Repeats);
        _records.Add(new BenchRecord
        {
            Name = "cycle",
            Size = [sites, sites, 1],
            Threads = 1,
            Diagonal = Kind(varying),
            NsPerSite = times.Median,
            Reduction = Math.Sqrt(first.Residual / last.Residual),
            Residual = last.Residual,
        }.With(times));
    }

    private void Solve(bool varying)
    {
        _say($"solve: {StepSites} x {StepSites}, {Kind(varying)} diagonal, warm after one source in ten hopped, cold from zero");
        using var problem = new BenchField(StepSites, varying);
        const double PerSite = 1e9 / (StepSites * StepSites);
        SolveReport report = default;
        long cycles = 0, solves = 0;
        BatchTimes cold = SteadyClock.Measure(() => problem.Cold(out report) * PerSite, Repeats);
        SolveReport coldReport = report;
        BatchTimes warm = SteadyClock.Measure(
            () =>
            {
                double seconds = problem.Warm(out report);
                cycles += report.Cycles;
                solves++;
                return seconds * PerSite;
            },
            Repeats);
        foreach ((string name, BatchTimes times, double mean, float residual) in ((string, BatchTimes, double, float)[])
            [("solve_warm", warm, (double)cycles / solves, report.Residual), ("solve_cold", cold, coldReport.Cycles, coldReport.Residual)])
        {
            _records.Add(new BenchRecord
            {
                Name = name,
                Size = [StepSites, StepSites, 1],
                Threads = 1,
                Diagonal = Kind(varying),
                NsPerSite = times.Median,
                Cycles = mean,
                Residual = residual,
            }.With(times));
        }
    }

    private int Repeats => _quick ? 100 : 400;

    private static string Kind(bool varying) => varying ? "varying" : "same";

    private void Scaling()
    {
        _say($"scaling: {ScalingSites} x {ScalingSites}, one thread and two in turn");
        using Simulation one = BenchScene.At(ScalingSites, 0, 0.25, 1, _cancellation),
            two = BenchScene.At(ScalingSites, 0, 0.25, 2, _cancellation);
        BatchTimes ratios = SteadyClock.Measure(() => Seconds(one, 6) / Seconds(two, 6), _quick ? 3 : 15, 2);
        _records.Add(
            new BenchRecord { Name = "scaling", Size = [ScalingSites, ScalingSites, 1], Threads = 2, Ratio = ratios.Median }.With(ratios));
    }

    // A patient has one year, so each batch is a patient of its own; by now the code is warm.
    private void PatientYear()
    {
        double days = _quick ? 14 : BenchScene.YearDays;
        _say($"patient_year: {SmallSites} x {SmallSites}, {days:0} d, three times");
        BatchTimes times = SteadyClock.Measure(
            () => BenchScene.PatientYear(SmallSites, days, _cancellation),
            3);
        _records.Add(new BenchRecord { Name = "patient_year", Size = [SmallSites, SmallSites, 1], Threads = 1, Seconds = times.Median,
            MeasuredDays = days }.With(times));
    }

    private double Seconds(Simulation simulation, int steps) => BenchScene.Seconds(simulation, steps, _cancellation);
}
