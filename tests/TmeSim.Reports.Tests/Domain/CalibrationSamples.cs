using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

/// <summary>Made-up calibrations and sets of runs: 1, 2, 5 and 40 parameters, words, odd values and weights.</summary>
internal static class CalibrationSamples
{
    private static readonly SweepAxis[] Axes =
    [
        new("CD8 kill rate", "/d", true), new("CD8 entry"), new("doubling time", "d"), new("immune pattern", "", false, ["inflamed", "excluded", "desert"]),
        new("NLR"), new("tumour cells at the end", "", true), new("change of tumour volume", "%"),
    ];

    public static IEnumerable<(string Name, Figure Figure)> Figures() => Parallels().Concat(Posteriors()).Concat(Progress()).Concat(Predictions());

    private static IEnumerable<(string Name, Figure Figure)> Parallels()
    {
        foreach ((int axes, int runs, int hue) in new[] { (7, 12, 6), (7, 400, 6), (7, 5000, 5), (5, 300, 3), (2, 40, 1), (1, 5, 0), (40, 200, 39) })
        {
            SweepAxis[] all = [.. Enumerable.Range(0, axes).Select(i => i < Axes.Length ? Axes[i] : new SweepAxis($"parameter {i}"))];
            yield return ($"parallel-{axes}-{runs}", ParallelCoordinatesFigure.Create(all, [.. Enumerable.Range(0, runs).Select(r => Run(all, r))], hue, $"{runs} runs of one replicate.", new FigureOptions()));
        }

        yield return ("parallel-long", ParallelCoordinatesFigure.Create([new(Samples.LongName(1), "mm", true), new(Samples.LongName(2)), new(Samples.LongName(3), "", false, [Samples.LongName(4), "b"])], [[1, 2, 0], [3, 4, 1]], 2, "", new FigureOptions()));
        yield return ("parallel-odd", ParallelCoordinatesFigure.Create(Axes[..3], [[double.NaN, 1, 2], [1, double.NaN, double.NaN], [0, 1e300, -1], [5, -1e300, 3]], 2, "", new FigureOptions()));
        yield return ("parallel-missing", ParallelCoordinatesFigure.Create(Axes[..3], [[double.NaN, double.NaN, double.NaN]], 2, "", new FigureOptions()));
        yield return ("parallel-constant", ParallelCoordinatesFigure.Create(Axes[..3], [[1, 0, 5], [1, 0, 5]], 2, "", new FigureOptions()));
        yield return ("parallel-nothing", ParallelCoordinatesFigure.Create([], [[]], 0, "", new FigureOptions()));
        yield return ("parallel-no-runs", ParallelCoordinatesFigure.Create(Axes, [], 0, "", new FigureOptions()));
        yield return ("parallel-narrow", ParallelCoordinatesFigure.Create(Axes, [.. Enumerable.Range(0, 30).Select(r => Run(Axes, r))], 6, "", new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Posteriors()
    {
        double[] weights = [.. Enumerable.Range(0, 800).Select(i => 1 + Math.Sin(i))];
        foreach (int count in new[] { 1, 2, 5, 8, 9, 40 })
        {
            yield return ($"posterior-{count}", PosteriorFigure.Create([.. Enumerable.Range(0, count).Select(p => Parameter(p, 800))], weights, "800 particles of generation 9.", new FigureOptions()));
        }

        yield return ("posterior-words", PosteriorFigure.Create([new(Axes[3], [.. Enumerable.Range(0, 90).Select(i => (double)(i % 4 / 2))]), Parameter(1, 90)], null, "", new FigureOptions()));
        yield return ("posterior-few", PosteriorFigure.Create([Parameter(0, 3), Parameter(1, 3)], null, "", new FigureOptions()));
        yield return ("posterior-one", PosteriorFigure.Create([Parameter(0, 1), Parameter(1, 1)], [0.2], "", new FigureOptions()));
        yield return ("posterior-constant", PosteriorFigure.Create([new(Axes[0], [2, 2, 2]), new(Axes[1], [0, 0, 0])], null, "", new FigureOptions()));
        yield return ("posterior-missing", PosteriorFigure.Create([new(Axes[0], [double.NaN, -1]), new(Axes[1], [double.NaN, double.NaN])], [0, 0], "", new FigureOptions()));
        yield return ("posterior-huge", PosteriorFigure.Create([new(Axes[0], [1e-300, 1e300, 1]), new(Axes[1], [1e300, -1e300, 0])], null, "", new FigureOptions()));
        yield return ("posterior-nothing", PosteriorFigure.Create([], null, "", new FigureOptions()));
        yield return ("posterior-narrow", PosteriorFigure.Create([Parameter(0, 50), new(new SweepAxis(Samples.LongName(1), "mm"), Parameter(1, 50).Values)], null, "", new FigureOptions(Width: 240, Height: 60)));
        yield return ("posterior-long", PosteriorFigure.Create([.. Enumerable.Range(0, 3).Select(p => Parameter(p, 200) with { Axis = new SweepAxis(Samples.LongName(p), "µg/mL") })], null, "", new FigureOptions()));
    }

    private static IEnumerable<(string Name, Figure Figure)> Progress()
    {
        CalibrationGeneration[] rows = [.. Enumerable.Range(0, 12).Select(g => new CalibrationGeneration(g, 30 * Math.Exp(-g / 2.5), 0.6 * Math.Exp(-g / 5.0), 900 - (40 * g)))];
        yield return ("progress", CalibrationProgressFigure.Create(rows, 1000, "12 000 runs.", new FigureOptions()));
        yield return ("progress-one", CalibrationProgressFigure.Create(rows[..1], 0, "", new FigureOptions()));
        yield return ("progress-nothing", CalibrationProgressFigure.Create([], 0, "", new FigureOptions()));
        yield return ("progress-odd", CalibrationProgressFigure.Create([new(0, double.PositiveInfinity, double.NaN, 0), new(200, 1e-300, 0, 1e300), new(3, 0, 1, 5)], 10, "", new FigureOptions()));
    }

    private static IEnumerable<(string Name, Figure Figure)> Predictions()
    {
        string[] arms = ["Control", "Atezo + Bev"];
        PredictiveSeries[] series = [.. arms.Select((arm, a) => Series(arm, a))];
        PredictiveTarget[] targets = [Target("CD8 in the core at 6 weeks", "/mm²", 180, 30, 400), Target("response rate", "%", 27, 5, 400), Target("doubling time", "d", 140, 0, 12)];
        var looks = new ArmLooks(arms);
        yield return ("predictive", PosteriorPredictiveFigure.Create(series, targets, "standard error", "400 particles of generation 9.", looks, new FigureOptions()));
        yield return ("predictive-arms", PosteriorPredictiveFigure.Create(series[..1], [.. targets.Select((t, i) => t with { Arm = arms[i % 2] })], "standard error", "", looks, new FigureOptions()));
        yield return ("predictive-odd", PosteriorPredictiveFigure.Create(
            [new("none", "", [], [], [], [], new ObservedPoints("", null, [], [])), new("gaps", "", [0, 1, 2], [1, double.NaN, 3], [double.NaN, 0, 2], [2, 2, 1e300], new ObservedPoints("", null, [1], [double.NaN]))],
            [new("empty", "", new(double.NaN, double.NaN, double.NaN), []), new("huge", "", new(1e300, -1e300, double.NaN), [1e-300, double.NaN, -1e300]), new(Samples.LongName(1), "mm", new(0, 0, 0), [0, 0, 0]) { Weights = [0, 0, 1] }],
            "95 % interval", "", looks, new FigureOptions()));
        yield return ("predictive-nothing", PosteriorPredictiveFigure.Create([], [], "", "", looks, new FigureOptions()));
        yield return ("predictive-narrow", PosteriorPredictiveFigure.Create(series, targets, "standard error", "", looks, new FigureOptions(Width: 240, Height: 60)));
    }

    private static PredictiveSeries Series(string arm, int a)
    {
        double[] days = [.. Enumerable.Range(0, 27).Select(week => week * 7.0)];
        double Middle(double day) => (day / 3) - (a * 0.6 * day);
        return new PredictiveSeries("Change of tumour volume", "%", days, [.. days.Select(Middle)], [.. days.Select(d => Middle(d) - (d / 8))], [.. days.Select(d => Middle(d) + (d / 7))],
            new ObservedPoints("trial", arm, [0, 42, 84, 126, 182], [0, 12 - (30 * a), 30 - (50 * a), 36 - (70 * a), 70 - (110 * a)]) { Low = [0, 4 - (30 * a), 20 - (50 * a), 20 - (70 * a), 52 - (110 * a)], High = [0, 20 - (30 * a), 40 - (50 * a), 52 - (70 * a), 90 - (110 * a)] })
        {
            InnerLow = [.. days.Select(d => Middle(d) - (d / 24))],
            InnerHigh = [.. days.Select(d => Middle(d) + (d / 21))],
            Arm = arm,
        };
    }

    private static PredictiveTarget Target(string label, string unit, double value, double error, int count) =>
        new(label, unit, new(value, value - error, value + error), [.. Enumerable.Range(0, count).Select(i => value * (1.05 + (0.2 * Normal(i, 3))))]) { Weights = [.. Enumerable.Range(0, count).Select(i => 1 + Math.Sin(i))] };

    private static PosteriorParameter Parameter(int p, int count)
    {
        SweepAxis axis = p == 0 ? Axes[0] : p == 1 ? Axes[1] : p == 2 ? Axes[2] : new SweepAxis($"parameter {p}", "µm²/d");
        double Shared(int i) => Normal(i, 0);
        double Value(int i) => p switch { 0 => Math.Pow(10, 0.3 + (0.2 * Shared(i))), 1 => 5 - Shared(i) + (0.4 * Normal(i, 1)), 2 => 140 + (15 * Normal(i, 2)), _ => p + (Normal(i, p) * p / 5.0) };
        (double, double)[] prior = p switch { 0 => [(0.1, 1), (30, 1)], 1 => [], 2 => [.. Enumerable.Range(0, 41).Select(i => (60 + (4.0 * i), Math.Exp(-0.5 * (i - 20) * (i - 20) / 64)))], _ => [(0, 1), (2 * p, 1)] };
        return new PosteriorParameter(axis, [.. Enumerable.Range(0, count).Select(Value)]) { Prior = prior };
    }

    private static double[] Run(SweepAxis[] axes, int run) =>
    [
        .. axes.Select((axis, i) => axis.Words is { } words ? run * 7 % words.Count : i == 5 ? 1e5 * Math.Pow(10, Uniform(run, 0) - Uniform(run, 1)) : i == 6 || i == axes.Length - 1 ? 100 * (Uniform(run, 0) - Uniform(run, 1)) : axis.IsLog ? Math.Pow(10, 2 * Uniform(run, i)) : Uniform(run, i)),
    ];

    // Van der Corput numbers: even, deterministic, between 0 and 1.
    private static double Uniform(int index, int dimension)
    {
        int radix = new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23 }[dimension % 9];
        double value = 0, place = 1.0 / radix;
        for (int rest = index + 1 + dimension; rest > 0; rest /= radix, place /= radix)
        {
            value += rest % radix * place;
        }

        return value;
    }

    private static double Normal(int i, int dimension) => Math.Sqrt(-2 * Math.Log(Uniform(i, 2 * dimension))) * Math.Cos(2 * Math.PI * Uniform(i, (2 * dimension) + 1));
}
