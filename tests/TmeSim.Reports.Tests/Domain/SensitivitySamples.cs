using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

/// <summary>Made-up sensitivity analyses: 2, 5 and 40 factors, several arms, odd values.</summary>
internal static class SensitivitySamples
{
    private const string Bootstrap = "95 % bootstrap interval";
    private static readonly string[] Names = ["CD8 kill rate", "CD8 entry", "doubling time", "PD-L1 half-saturation", "NLR", "vessel density", "macrophage suppression", "IFN-γ gain"];
    private static readonly double[] Odd = [0, double.NaN, 1e300, 1e-300, -1];

    public static IEnumerable<(string Name, Figure Figure)> Figures() => RankCorrelations().Concat(Screenings()).Concat(Indices()).Concat(Tornados());

    private static IEnumerable<(string Name, Figure Figure)> RankCorrelations()
    {
        foreach ((int arms, int factors, bool longNames) in new[] { (1, 5, false), (2, 5, false), (6, 8, false), (2, 40, false), (1, 40, true), (6, 2, true) })
        {
            string[] names = SweepSamples.Arms(arms, longNames);
            RankCorrelationArm[] rows = [.. names.Select((arm, a) => new RankCorrelationArm(arm, 256 + (longNames ? a : 0), [.. Factors(factors, longNames).Select((f, i) => (f, Untested(Within(Noise(i, a) * Math.Exp(-i / 9.0), 0.12))))]))];
            yield return ($"prcc-{arms}-{factors}{(longNames ? "-long" : "")}", RankCorrelationFigure.Create([new("Tumour volume at 26 weeks", rows), new("CD8 in the core", rows)], Bootstrap, "", new ArmLooks(names), new FigureOptions()));
        }

        yield return ("prcc-odd", RankCorrelationFigure.Create([new("x", [new("A", 0, [.. Odd.Select((v, i) => ($"f{i}", Untested(Estimate.Without(v))))]), new("B", 3, [])])], Bootstrap, "", new ArmLooks([]), new FigureOptions()));
        yield return ("prcc-empty", RankCorrelationFigure.Create([new("x", [])], "", "", new ArmLooks([]), new FigureOptions()));
        yield return ("prcc-narrow", RankCorrelationFigure.Create([new(Samples.LongName(1), [new(Samples.LongName(2), 4, [(Samples.LongName(3), Untested(E(0.3, 0.1))), ("b", Untested(E(-0.1, 0.3)))])])], Bootstrap, "", new ArmLooks([]), new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Screenings()
    {
        foreach ((int panels, int factors, bool longNames) in new[] { (1, 2, false), (1, 5, false), (2, 8, false), (1, 40, false), (6, 40, false), (1, 5, true), (2, 40, true) })
        {
            string[] arms = SweepSamples.Arms(panels, longNames);
            MorrisPanel[] rows = [.. arms.Select((arm, a) => new MorrisPanel(arm, "%", [.. Factors(factors, longNames).Select((f, i) => (f, Effect(E(40 * Math.Exp(-i / 6.0) * (1.2 + Noise(i, a)), 3), 25 * Math.Exp(-i / 5.0) * (1.1 + Noise(a, i)))))]) { Arm = arm })];
            yield return ($"morris-{panels}-{factors}{(longNames ? "-long" : "")}", MorrisFigure.Create(rows, Bootstrap, "20 trajectories, 820 runs.", new ArmLooks(arms), new FigureOptions()));
        }

        yield return ("morris-odd", MorrisFigure.Create([new MorrisPanel("odd", "", [.. Odd.Select((v, i) => ($"factor {i}", Effect(new Estimate(v, v, double.NaN), i % 2)))]), new MorrisPanel("zero", "", [("a", Effect(E(0, 0), 0)), ("b", Effect(E(0, 0), 0))]), new MorrisPanel("none", "", [])], Bootstrap, "", new ArmLooks([]), new FigureOptions()));
        yield return ("morris-nothing", MorrisFigure.Create([], Bootstrap, "", new ArmLooks([]), new FigureOptions()));
        yield return ("morris-narrow", MorrisFigure.Create([new MorrisPanel("A", "%", [.. Names.Select((f, i) => (f, Effect(E(9 - i, 1), i)))])], Bootstrap, "", new ArmLooks([]), new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Indices()
    {
        foreach ((int panels, int factors, bool longNames) in new[] { (1, 2, false), (2, 5, false), (1, 40, false), (6, 8, true) })
        {
            (string Factor, SobolIndex Index)[] indices = [.. Factors(factors, longNames).Select((f, i) => (f, new SobolIndex(E(0.45 * Math.Exp(-i / 2.0), 0.05), E((0.6 * Math.Exp(-i / 2.5)) + 0.01, 0.06))))];
            yield return ($"sobol-{panels}-{factors}{(longNames ? "-long" : "")}", SobolIndexFigure.Create([.. SweepSamples.Arms(panels, longNames).Select(arm => new SobolPanel(arm, indices) { Arm = arm })], Bootstrap, "512 base samples, 3 584 runs.", new FigureOptions()));
            int[] samples = [64, 128, 256, 512, 1024];
            yield return ($"convergence-{factors}-{panels}{(longNames ? "-long" : "")}", SobolConvergenceFigure.Create(
                [.. indices.Select((f, i) => new SobolConvergence(f.Factor, [.. samples.Select(n => (n, new SobolIndex(Shake(f.Index.First, n, i), Shake(f.Index.Total, n, i + 7))))]))], Bootstrap, "Tumour volume at 26 weeks.", new FigureOptions()));
        }

        yield return ("sobol-odd", SobolIndexFigure.Create([new SobolPanel("odd", [.. Odd.Select((v, i) => ($"f{i}", new SobolIndex(new Estimate(v, v, v), new Estimate(-v, double.NaN, 1))))]), new SobolPanel("", [])], Bootstrap, "", new FigureOptions()));
        yield return ("sobol-nothing", SobolIndexFigure.Create([], "", "", new FigureOptions()));
        yield return ("convergence-one", SobolConvergenceFigure.Create([new SobolConvergence("a", [(64, new(E(0.3, 0.1), E(0.4, 0.1)))]), new SobolConvergence("b", [])], Bootstrap, "", new FigureOptions()));
        yield return ("convergence-nothing", SobolConvergenceFigure.Create([], Bootstrap, "", new FigureOptions()));
    }

    private static IEnumerable<(string Name, Figure Figure)> Tornados()
    {
        foreach ((int panels, int factors, bool longNames) in new[] { (1, 2, false), (2, 5, false), (1, 40, false), (6, 5, true) })
        {
            TornadoFactor[] rows = [.. Factors(factors, longNames).Select((f, i) => new TornadoFactor(
                i == 1 ? new SweepAxis(f, "", false, ["off", "on"]) : new SweepAxis(f, "/d"), i == 1 ? 0 : 0.5, i == 1 ? 1 : 4, E(20 + (25 * Math.Exp(-i / 4.0)), 3), E(20 - (18 * Math.Exp(-i / 5.0) * (i % 4 == 2 ? -1 : 1)), 3)))];
            yield return ($"tornado-{panels}-{factors}{(longNames ? "-long" : "")}", TornadoFigure.Create([.. SweepSamples.Arms(panels, longNames).Select(arm => new TornadoPanel(arm, new SweepAxis("change of tumour volume", "%"), E(20, 2), rows) { Arm = arm })], "95 % interval over replicates", "8 replicates per end.", new FigureOptions()));
        }

        yield return ("tornado-log", TornadoFigure.Create([new TornadoPanel("Cells", new SweepAxis("tumour cells", "", true), new Estimate(1e4, 5e3, 2e4), [new(new SweepAxis("a"), 0, 1, new Estimate(10, -5, 30), new Estimate(1e6, 1e5, 1e7))])], "95 % interval", "", new FigureOptions()));
        yield return ("tornado-odd", TornadoFigure.Create([new TornadoPanel("odd", new SweepAxis("y"), E(1, 0), [.. Odd.Select((v, i) => new TornadoFactor(new SweepAxis($"f{i}"), v, 1e300, new Estimate(v, v, v), new Estimate(double.NaN, v, v)))]), new TornadoPanel("no base", new SweepAxis("y"), E(double.NaN, 1), [new(new SweepAxis("f"), 0, 1, E(double.NaN, 1), E(double.NaN, 1))]), new TornadoPanel("constant", new SweepAxis("y"), E(0, 0), [new(new SweepAxis("f"), 0, 1, E(0, 0), E(0, 0))])], "", "", new FigureOptions()));
        yield return ("tornado-nothing", TornadoFigure.Create([], "", "", new FigureOptions()));
        yield return ("tornado-narrow", TornadoFigure.Create([new TornadoPanel("A", new SweepAxis(Samples.LongName(2)), E(1, 0), [new(new SweepAxis(Samples.LongName(1), "mg/kg"), 0, 1, E(0, 1), E(2, 1))])], "", "", new FigureOptions(Width: 240, Height: 60)));
    }

    private static string[] Factors(int count, bool longNames) => [.. Enumerable.Range(0, count).Select(i => longNames ? Samples.LongName(i) : i < Names.Length ? Names[i] : $"parameter {i + 1}")];

    private static Estimate E(double value, double half) => new(value, value - half, value + half);

    private static RankCorrelation Untested(Estimate value) => new(value, double.NaN, 0);

    private static MorrisEffect Effect(Estimate muStar, double sigma) => new(Estimate.None, muStar, sigma, 20);

    private static Estimate Within(double value, double half) => new(value, Math.Max(-1, value - half), Math.Min(1, value + half));

    private static Estimate Shake(Estimate value, int samples, int i) => E(value.Value + (Noise(i, samples) / Math.Sqrt(samples)), 2 / Math.Sqrt(samples));

    // Deterministic and between −1 and 1.
    private static double Noise(int a, int b) => Math.Sin((a * 12.9898) + (b * 78.233) + 1);
}
