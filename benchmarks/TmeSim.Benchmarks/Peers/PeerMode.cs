using System.Globalization;
using System.Runtime.Intrinsics;
using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Experiments.Bench;

namespace TmeSim.Benchmarks;

/// <summary><c>-- peers [--quick] [--threads N]</c>: the work that other tools published, done here, as a Markdown table with ratios.</summary>
internal sealed class PeerMode
{
    /// <summary>Cells of HAL's birth–death lattice of 1000² sites in equilibrium.</summary>
    public const double HalEquilibrium = 0.893;

    /// <summary>Largest error of an implicit step against the converged one, relative to the largest value.</summary>
    private const double SolveError = 1e-3;

    private readonly TextWriter _out;
    private readonly Timing _timing;
    private readonly int _threads;
    private bool _disturbed;

    private PeerMode(TextWriter writer, bool quick, int threads) => (_out, _timing, _threads) = (writer, new Timing(quick), threads);

    /// <summary>Runs everything; returns the exit code.</summary>
    public static int Run(string[] options, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool quick = false;
        int threads = 1;
        for (int i = 0; i < options.Length; i++)
        {
            switch (options[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--threads" when i + 1 < options.Length && int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out threads) && threads > 0:
                    i++;
                    break;
                default:
                    Console.Error.WriteLine($"peers: '{options[i]}' is not an option; --quick and --threads N are");
                    return 2;
            }
        }

        var mode = new PeerMode(writer, quick, threads);
        var watch = new CoreWatch();
        mode.Head();
        mode.Limits();
        mode.BirthDeath();
        mode.Diffusion();
        mode.Tissues();
        mode.Immune();
        mode.Macro();
        mode.Foot(watch.Others());
        return 0;
    }

    private void Head()
    {
        string lanes = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        _out.WriteLine($"TmeSim on this machine ({Environment.ProcessorCount} cores, {lanes}-bit vectors), {_threads} thread(s), {DateTime.Now:yyyy-MM-dd}.");
        _out.WriteLine($"Peers: {PeerFacts.Machine}.");
        _out.WriteLine();
        _out.WriteLine("| work | TmeSim, median (quartiles) | peer | peer's figure | ratio | waited for a core |");
        _out.WriteLine("|---|---|---|---|---|---|");
    }

    private void Foot((double OtherCores, double Stolen)? others)
    {
        if (_disturbed || others is { OtherCores: > CoreWatch.OthersAtMost } or { Stolen: > CoreWatch.StolenAtMost })
        {
            _out.WriteLine();
            _out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"**Other programs kept {others?.OtherCores:0.0} of {Environment.ProcessorCount} cores busy meanwhile**: these figures are worse than those of a free machine."));
        }
    }

    private unsafe void Limits()
    {
        foreach ((string level, int floats) in ((string, int)[])[("L2", 32_768), ("L3", 1_048_576), ("memory", 33_554_432)])
        {
            using SiteArray<float> a = new(floats), b = new(floats), c = new(floats);
            BatchTimes triad = _timing.Seconds(() => Streams.Triad(a.Pointer, b.Pointer, c.Pointer, floats));
            Row($"triad in {level}, one thread", triad.Select(t => Streams.TriadBytes * (double)floats / 1e9 / t), "GB/s", null);
        }
    }

    private void BirthDeath()
    {
        const int side = 1000;
        using var model = new BirthDeath(side, 1, _threads);
        for (int i = 0; i < 50; i++)
        {
            model.Step();
        }

        BatchTimes rate = _timing.Seconds(model.Step, _threads).Select(t => model.Cells / 1e6 / t);
        double density = model.Cells / (double)(side * side);
        if (Math.Abs(density - HalEquilibrium) > 0.005)
        {
            throw new InvalidOperationException($"the birth–death lattice settles at {density:F4} cells per site, HAL's at {HalEquilibrium}: not the same work");
        }

        Row($"birth–death lattice 1000², {model.Cells:N0} cells", rate, "M cell-steps/s", PeerFacts.HalBirthDeath);
        Row("the same, against HAL in random order", rate, "M cell-steps/s", PeerFacts.HalBirthDeathShuffled);
    }

    private void Diffusion()
    {
        Implicit(Grid.Square(1000), 1, PeerFacts.BioFvm);
        Implicit(Grid.Square(1000), 4, PeerFacts.BioFvmFour);
        Implicit(Grid.Cube(100), 1, _threads > 1 ? PeerFacts.DareTwo : PeerFacts.Dare);
        Explicit(Grid.Square(1000), PeerFacts.HalExplicit, PeerFacts.HalAdi, PeerFacts.Artistoo);
        Explicit(Grid.Cube(100), PeerFacts.HalExplicitCube);
    }

    private void Implicit(Grid grid, int substrates, Peer peer)
    {
        using var work = new DiffusionWork(grid, substrates, _threads);
        double million = grid.Sites * substrates / 1e6;
        string what = $"diffusion {grid}, {substrates} substrate(s)";
        int many = work.CyclesFor(0, 60, SolveError), few = work.CyclesFor(1, 0.01, SolveError);
        BatchTimes step = _timing.Seconds(() => work.Implicit(0.01, few), _threads);
        Row($"{what}: one implicit step of 0.01 min ({few} cycle(s))", step.Select(t => million / t), "M voxel-substrates/s", peer);
        BatchTimes hour = _timing.Seconds(
            () =>
            {
                work.Clear();
                work.Implicit(60, many);
            },
            _threads);
        Row(
            $"{what}: an hour from zero, here one step of {many} cycles, there {PeerFacts.BioFvmStepsPerHour:N0} steps",
            hour,
            "s",
            peer with { Value = PeerFacts.BioFvmStepsPerHour * million / peer.Value });
    }

    private void Explicit(Grid grid, params Peer[] peers)
    {
        using var work = new DiffusionWork(grid, 1, _threads);
        work.Implicit(1, 3);
        BatchTimes rate = _timing.Seconds(work.TwoExplicit, _threads).Select(t => 2 * grid.Sites / 1e6 / t);
        foreach (Peer peer in peers)
        {
            Row($"diffusion {grid}: one explicit step", rate, "M voxels/s", peer);
        }
    }

    private void Tissues()
    {
        var cube = Grid.Cube(75);
        using (Simulation simulation = TissueWork.Tissue(cube, 23_000, 2_300, 2_300, _threads))
        {
            BatchTimes seconds = TissueWork.SecondsPerStep(simulation, _timing, _threads);
            Row("421,875 sites (75³ of 20 µm), 23,000 tumour cells: one hour", seconds, "s", _threads > 1 ? PeerFacts.PhysiCellTwo : PeerFacts.PhysiCell);
            BatchTimes site = seconds.Select(t => t * 1e9 / cube.Sites);
            foreach (Peer peer in (Peer[])[PeerFacts.SpQsp, PeerFacts.SpQspA100, PeerFacts.SpQspGpu])
            {
                Row("the same per site", site, "ns", peer);
            }
        }

        var square = Grid.Square(351);
        using (Simulation simulation = TissueWork.Tissue(square, 67_000, 450, 450, _threads))
        {
            Row("351² sites, 67,000 tumour and 900 immune cells: 12 steps of 1 h", TissueWork.SecondsPerStep(simulation, _timing, _threads).Select(t => t * 12_000), "ms", PeerFacts.Kather);
        }
    }

    private void Immune()
    {
        (BatchTimes cd8, BatchTimes macrophages) = TissueWork.ImmuneRates(_timing);
        Row("CD8 T cells: move, engage, kill, exhaust, divide, six sub-steps an hour", cd8, "M sub-steps/s", PeerFacts.ImmunoAbm);
        Row("macrophages: enter, move, polarise, eat, die, one sub-step an hour", macrophages, "M sub-steps/s", PeerFacts.ImmunoAbmMacrophages);
    }

    private void Macro()
    {
        Row($"patient-year, 128² sites{(_timing.Quick ? ", from 14 d" : "")}, one thread", MacroRuns.PatientYear(_timing.Quick), "s", null);
        Row("`tmesim run scenarios/quick-start.yaml`, process start to report", MacroRuns.QuickStart(), "s", null);
    }

    /// <summary>Rates are better when higher, times when lower; a ratio above 1 is in favour of TmeSim. Ratios are of medians.</summary>
    private void Row(string work, BatchTimes value, string unit, Peer? peer)
    {
        bool rate = unit.EndsWith("/s", StringComparison.Ordinal);
        string figure = peer is null ? "" : $"{Number(peer.Value)} {unit}";
        string name = peer is null ? "" : peer.Threads == _threads ? peer.Name : $"{peer.Name}, {peer.Threads} thread(s)";
        string ratio = peer is null ? "" : Number(rate ? value.Median / peer.Value : peer.Value / value.Median);
        string waited = value.Waited is { } w ? string.Create(CultureInfo.InvariantCulture, $"{w * 100:0} %") : "";
        _disturbed |= value.Waited > BatchTimes.WaitedAtMost || value.Compiling > 0;
        _out.WriteLine($"| {work} | {Number(value.Median)} ({Number(value.Low)}–{Number(value.High)}) {unit} | {name} | {figure} | {ratio} | {waited} |");
        _out.Flush();
    }

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "0.0" : value >= 0.1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);
}
