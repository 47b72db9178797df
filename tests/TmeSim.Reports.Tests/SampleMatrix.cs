using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests;

/// <summary>What is odd about the data of a sample.</summary>
internal enum Oddity
{
    None,
    SingleReplicate,
    Zeros,
    Missing,
    EmptyArm,
    Extreme,
}

/// <summary>Made-up data of every kind of figure for any number of arms.</summary>
internal sealed class SampleMatrix
{
    private const int Days = 126;
    private const int Every = 3;
    private readonly string[] _arms;
    private readonly Oddity _odd;
    private readonly ArmLooks _looks;
    private readonly int _replicates;
    private readonly FigureOptions _options;

    public SampleMatrix(string[] arms, Oddity odd, FigureOptions options)
    {
        _arms = arms;
        _odd = odd;
        _looks = new ArmLooks(arms);
        _replicates = odd == Oddity.SingleReplicate ? 1 : 6;
        _options = options;
    }

    private static ResponseRules Rules { get; } = new([0.2], -0.3) { Note = "Progression: a rise of 20 % and 5 mm." };

    /// <summary>Every kind of figure once.</summary>
    public IEnumerable<(string Kind, Figure Figure)> Figures()
    {
        yield return ("time-course", TimeCourseFigure.Create([Measure("Tumour diameter", "mm", 20), Measure("CD8 in the core", "/mm²", 300), Measure("Exhausted CD8", "", 1)], Doses(), _looks, _options));
        yield return ("clones", CloneFigure.Create([.. _arms.Select(Clones)], Doses(), "Mean over replicates.", _looks, _options));
        yield return ("tissue", TissueFigure.Create([.. _arms.Select(arm => Samples.Tissue(arm, 42, 15, 10))], true, _looks, _options));
        yield return ("field", FieldFigure.Create([.. _arms.SelectMany(arm => new[] { Samples.Field(arm, 0, 15, 10), Samples.Field(arm, 42, 15, 10) })], "Oxygen", "mmHg", _looks, _options, 10));
        yield return ("contrast", ContrastFigure.Create([Contrast("Tumour volume, log ratio", "", 0.4), Contrast("CD8 in the core", "/mm²", 120)], _arms[0], 0.95, _looks, _options));
        yield return ("burden", BurdenFigure.Create([.. _arms.Select(Burden)], "Living tumour cells at the end", "", "95 % bootstrap interval of the median", _arms.Length < 4, _looks, _options));
        yield return ("waterfall", WaterfallFigure.Create([.. _arms.Select(Best)], "Best change of tumour diameter", Rules, _looks, _options));
        yield return ("spider", SpiderFigure.Create(Series((a, r, t) => Math.Max(-1, (0.002 * t * (3 - a) * (1 + Noise(a, r, 1))) + (0.03 * Noise(a, r, t)))), Doses(), "Change of tumour diameter", Rules, _looks, _options));
        yield return ("swimmer", SwimmerFigure.Create([.. _arms.Select(Lanes)], "Progression: a rise of 20 % and 5 mm.", _looks, _options));
        yield return ("synergy", SynergyFigure.Create([.. _arms.Select(Synergy)], "Reduction of tumour volume", "", "95 % bootstrap interval", _looks, _options));
        yield return ("phase-plane", PhasePlaneFigure.Create([.. _arms.Select(Track)], ("CD8 in the core", "/mm²"), ("CD163+ macrophages", "/mm²"), _looks, _options));
        yield return ("spatial", SpatialCurvesFigure.Create([Spatial("L(r) − r", "µm", 0), Spatial("g(r)", "", 1)], "95 % envelope of random labelling", _looks, _options));
        yield return ("pharmacokinetics", PharmacokineticsFigure.Create([Levels("atezolizumab", "µg/mL", 400), Levels("bevacizumab", "mg/L", 80)], [Occupancy("PD-L1"), Occupancy("VEGF-A")], Doses(), _looks, _options));
    }

    private MeasureSeries Measure(string label, string unit, double scale)
    {
        double[] times = [0, 42, 84];
        var observed = new ObservedPoints("trial", _arms[0], times, [.. times.Select(t => Shape(0, t) * scale)]) { Low = [.. times.Select(t => Shape(0, t) * scale * 0.8)], High = [.. times.Select(t => Shape(0, t) * scale * 1.2)] };
        return new MeasureSeries(label, label, unit, Series((a, r, t) => scale * Shape(a, t) * (1 + (0.2 * Noise(a, r, 0)))), _odd == Oddity.None ? [observed] : []);
    }

    private CloneCourse Clones(string arm, int a)
    {
        if (Empty(a))
        {
            return new CloneCourse(arm, [], []);
        }

        double[] times = [.. Enumerable.Range(0, 19).Select(i => i * 7.0)];
        double[] lost = [.. times.Select(t => _odd == Oddity.Zeros ? 0 : _odd == Oddity.Missing && t > 50 ? double.NaN : 0.05 + (0.8 * t * (a + 1) / (t * (a + 1) + 200)))];
        return new CloneCourse(arm, times, [new CloneBand("founder", ClonePalette.Founder, [.. lost.Select(l => 1 - l)]), new CloneBand("B2M", ClonePalette.Color(0), lost)]);
    }

    private ContrastMeasure Contrast(string label, string unit, double scale) => new(label, unit, [.. _arms.Skip(_arms.Length > 1 ? 1 : 0).Select((arm, i) =>
    {
        double mean = scale * (Noise(i, 3, 0) - 0.3), error = _odd == Oddity.SingleReplicate ? double.NaN : scale * 0.1 * (1 + Math.Abs(Noise(i, 1, 1)));
        return Empty(i + 1) || (_odd == Oddity.Missing && i % 2 == 0)
            ? new ContrastRow(arm, double.NaN, double.NaN, double.NaN, double.NaN, 0, null, null)
            : _odd == Oddity.Zeros ? new ContrastRow(arm, 0, 0, 0, 0, 8, null, 1)
            : _odd == Oddity.Extreme ? new ContrastRow(arm, -1e300, -1e308, 1e-300, 1e290, int.MaxValue, int.MaxValue, 1e-300)
            : new ContrastRow(arm, mean, mean - (2.36 * error), mean + (2.36 * error), error, _replicates, double.IsNaN(error) ? null : 3 + i, double.IsNaN(error) ? null : Math.Min(1, 0.0004 * Math.Pow(4, i)));
    })]);

    private BurdenArm Burden(string arm, int a)
    {
        double[] values = Values(a, r => 20_000 * Shape(a, Days) * (1 + (0.5 * Noise(a, r, 0))));
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length < 2 ? new BurdenArm(arm, values, double.NaN, double.NaN) : new BurdenArm(arm, values, finite.Average() * 0.9, finite.Average() * 1.15);
    }

    private WaterfallArm Best(string arm, int a) => new(
        arm, [.. Values(a, r => a == 0 && r == 0 ? 7.5 : Math.Max(-1, 0.3 - (0.1 * a) + (0.5 * Noise(a, r, 2)))).Select(change => new WaterfallBar(change, change <= -0.3 ? "PR" : "SD"))])
    {
        Summary = "1 PR, 5 SD",
    };

    private SwimmerArm Lanes(string arm, int a) => new(
        arm,
        [
            .. Values(a, r => 42 + (30 * a) + (20 * Noise(a, r, 3))).Select((day, r) => new SwimmerLane(
                Days - (r == 1 ? 30 : 0), a == 0 ? double.NaN : r % 3 == 2 ? double.PositiveInfinity : Math.Min(84, day), a > 1 && r % 2 == 0 ? 21 : double.NaN, day < Days ? day : double.NaN, a > 1 && r % 2 == 0 ? "PR" : "SD")),
        ]);

    private SynergyRow Synergy(string arm, int a)
    {
        Estimate E(double value, double half) => _odd switch
        {
            Oddity.Zeros => new(0, 0, 0),
            Oddity.Extreme => new(1e300, -1e300, double.PositiveInfinity),
            Oddity.SingleReplicate => new(value, double.NaN, double.NaN),
            Oddity.Missing when a % 2 == 0 => new(double.NaN, double.NaN, double.NaN),
            _ => Empty(a) ? new(double.NaN, double.NaN, double.NaN) : new(value, value - half, value + half),
        };
        return new SynergyRow(arm, _arms[0] + " I", _arms[^1] + " II", new(5, E(0.2, 0.1), E(0.35, 0.12), E(0.55 + (0.02 * a), 0.08), E(0.48, 0.09), E(0.35, 0.12), E(0.07 + (0.02 * a), 0.06), E(0.2 + (0.02 * a), 0.09), 0.1));
    }

    private PhaseTrack Track(string arm, int a)
    {
        if (Empty(a))
        {
            return new PhaseTrack(arm, [], [], [], [], []);
        }

        double[] times = [.. Enumerable.Range(0, Days + 1).Select(day => (double)day)];
        double X(double t) => _odd == Oddity.Zeros ? 0 : _odd == Oddity.Extreme ? Odd(0, t, 0) : _odd == Oddity.Missing && t is > 40 and < 60 ? double.NaN : 100 + (3 * t * (1 + (0.4 * a)) * Math.Exp(-t / (60 + (10 * a))));
        double Y(double t) => _odd == Oddity.Zeros ? 0 : 200 + (40 * a) - (t * (0.3 + (0.1 * a))) + (30 * Math.Sin(t / 30));
        return new PhaseTrack(arm, times, [.. times.Select(X)], [.. times.Select(Y)], Values(a, r => X(Days) + (20 * Noise(a, r, 0))), Values(a, r => Y(Days) + (20 * Noise(a, r, 1))));
    }

    private SpatialFunction Spatial(string label, string unit, double theory)
    {
        double[] radii = [.. Enumerable.Range(0, 41).Select(i => i * 5.0)];
        SpatialCurve Curve(string arm, int a)
        {
            double[] values = [.. radii.Select((r, i) => Empty(a) || (_odd == Oddity.Missing && (i < 5 || a == 1)) ? double.NaN : _odd == Oddity.Zeros ? 0 : _odd == Oddity.Extreme ? Odd(0, i, 0) : theory + ((2 + a) * Math.Exp(-r / 60) * Math.Sin(r / 30)))];
            return _odd == Oddity.SingleReplicate ? new SpatialCurve(arm, radii, values) : new SpatialCurve(arm, radii, values, [.. radii.Select(r => theory - 0.4 - (0.1 * a))], [.. radii.Select(r => theory + 0.4 + (0.1 * a))]);
        }

        return new SpatialFunction(label, unit, [.. _arms.Select(Curve)], new SpatialTheory("complete spatial randomness", [0, 200], [theory, theory])) { Title = $"{label} of CD8" };
    }

    private DrugLevels Levels(string drug, string unit, double peak) =>
        new(drug, unit, Series((a, r, t) => a == 0 && _arms.Length > 1 ? 0 : peak * (1 + (0.2 * Noise(a, r, 0))) * Enumerable.Range(0, 4).Sum(k => t >= k * 21 ? Math.Exp(-(t - (k * 21)) / (8 + a)) : 0)));

    private TargetOccupancy Occupancy(string target) =>
        new(target, Series((a, r, t) => a == 0 && _arms.Length > 1 ? 0 : 1 - Math.Exp(-4 * Math.Exp(-t / (60 + (10 * a)))) + (0.02 * Noise(a, r, 0))));

    private DoseMark[] Doses() => [.. _arms.Skip(_arms.Length > 1 ? 1 : 0).SelectMany((arm, a) => Enumerable.Range(0, 4).SelectMany(k => new[] { new DoseMark(arm, "atezolizumab", k * 21), new DoseMark(arm, "bevacizumab", (k * 14) + (a % 3)) }))];

    private ArmSeries[] Series(Func<int, int, double, double> value) => [.. _arms.Select((arm, a) =>
    {
        double[][] times = Empty(a) ? [] : [.. Enumerable.Range(0, _replicates).Select(r => Enumerable.Range(0, 1 + ((r == 1 || _odd == Oddity.Missing ? Days / 2 : Days) / Every)).Select(i => (double)i * Every).ToArray())];
        return new ArmSeries(arm, times, [.. times.Select((t, r) => t.Select(day => Odd(r, day, value(a, r, day))).ToArray())]);
    })];

    private double[] Values(int a, Func<int, double> value) => Empty(a) ? [] : [.. Enumerable.Range(0, _replicates).Select(r => Odd(r, r * 7, value(r)))];

    private double Odd(int replicate, double day, double value) => _odd switch
    {
        Oddity.Zeros => 0,
        Oddity.Extreme => ((int)day % 4) switch { 0 => 1e300, 1 => -1e300, 2 => 1e-300, _ => double.PositiveInfinity },
        Oddity.Missing when replicate == 1 || (int)day % 8 == 7 => double.NaN,
        _ => value,
    };

    private bool Empty(int arm) => _odd == Oddity.EmptyArm && arm == _arms.Length - 1;

    private static double Shape(int arm, double day) => 0.2 + (0.6 * Math.Exp(-day * arm / 300)) + (0.15 * Math.Sin((day / 25) + arm));

    // Deterministic and between −1 and 1.
    private static double Noise(int a, int b, double c) => Math.Sin((a * 12.9898) + (b * 78.233) + (c * 37.719) + 1);
}
