using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

/// <summary>Made-up data of every kind of figure of sweeps, sensitivity analyses and calibrations, with every oddity that they must survive.</summary>
internal static class SweepSamples
{
    private static readonly SweepAxis Dose = new("bevacizumab dose", "mg/kg", true);
    private static readonly SweepAxis Nlr = new("NLR");
    private static readonly SweepAxis Pattern = new("immune pattern", "", false, ["inflamed", "excluded", "desert"]);
    private static readonly SweepAxis Switch = new("macrophage suppression", "", false, ["off", "on"]);
    private static readonly SweepAxis Change = new("Change of tumour volume", "%");
    private static readonly SweepAxis Cells = new("Living tumour cells", "", true);
    private static readonly SweepAxis Long = new(Samples.LongName(1), "cells of one kind per mm²");

    public static IEnumerable<(string Name, Figure Figure)> Figures() => HeatMaps().Concat(BestArms()).Concat(Responses()).Concat(SensitivitySamples.Figures()).Concat(CalibrationSamples.Figures()).Select(item => ("sweep-" + item.Name, item.Figure));

    /// <summary>Arms with short or long names.</summary>
    public static string[] Arms(int count, bool longNames = false) => [.. Enumerable.Range(1, count).Select(i => longNames ? Samples.LongName(i) : i == 1 ? "Control" : $"Arm {i}")];

    private static IEnumerable<(string Name, Figure Figure)> HeatMaps()
    {
        double[] doses = [2.5, 5, 10, 20, 40], nlrs = [1, 1.5, 2, 3, 4, 6, 8];
        Figure Map(IReadOnlyList<SweepGrid> grids, SweepAxis x, SweepAxis y, SweepAxis value, SweepHeatMapOptions? show = null, FigureOptions? options = null) =>
            SweepHeatMapFigure.Create(grids, x, y, value, show ?? new SweepHeatMapOptions(), "Mean of 8 replicates per cell; 280 runs.", options ?? new FigureOptions());

        foreach (int arms in new[] { 1, 2, 6 })
        {
            yield return ($"heat-{arms}", Map([.. Arms(arms).Select((arm, a) => Grid(arm, doses, nlrs, (x, y) => (40 * Math.Log10(x)) - (9 * y) - (12 * a) + 10))], Dose, Nlr, Change));
        }

        yield return ("heat-numbers", Map([Grid("", doses, [1, 2, 3], (x, y) => (x * y / 3) - 20)], Dose, Nlr, Change, new SweepHeatMapOptions(Numbers: true)));
        yield return ("heat-missing-unresolved", Map([Grid("Arm", doses, nlrs, (x, y) => x == 10 && y < 3 ? double.NaN : x + y) with { Unresolved = [.. Enumerable.Range(0, 35).Select(i => i % 4 == 0)] }], Dose, Nlr, new SweepAxis("CD8 in the core", "/mm²")));
        yield return ("heat-words", Map([Grid("A", [0, 1, 2], [0, 1], (x, y) => (x * 0.3) - (y * 0.4)), Grid("B", [0, 2], [0, 1], (x, y) => 0.2 - (x * y))], Pattern, Switch, Change));
        yield return ("heat-words-numbers", Map([Grid("A", [0, 1, 2], nlrs, (x, y) => (x * 30) - (y * 4))], Pattern, Nlr, Change, new SweepHeatMapOptions(Numbers: true)));
        yield return ("heat-log-value", Map([Grid("Sequential, logarithmic", Range(24, i => Math.Pow(10, i / 8.0)), Range(30, i => i * 0.3), (x, y) => Math.Exp(x * y / 100))], Dose, Nlr, Cells));
        yield return ("heat-fine", Map([Grid("Fine", Range(50, i => i), Range(40, i => i), (x, y) => Math.Sin(x / 6) * Math.Cos(y / 7))], new SweepAxis("a"), new SweepAxis("b"), new SweepAxis("Volume, log ratio")));
        yield return ("heat-long", Map([.. Arms(6, true).Select(arm => Grid(arm, doses, nlrs, (x, y) => x * y))], Long with { IsLog = true }, Long, Long));
        yield return ("heat-empty", Map([Grid("All missing", doses, nlrs, (_, _) => double.NaN), Grid("Nothing", [], [], (_, _) => 0)], Dose, Nlr, Change));
        yield return ("heat-none", Map([], Dose, Nlr, Change));
        yield return ("heat-one", Map([Grid("One", [3], [0], (_, _) => 7)], Dose, Nlr, Change, new SweepHeatMapOptions(Numbers: true)));
        yield return ("heat-constant", Map([Grid("Constant", doses, nlrs, (_, _) => -3)], Dose, Nlr, Change));
        yield return ("heat-huge", Map([Grid("Huge", [1e-300, 1e-20, 1e300], [-1e300, 0, 1e-300, 1e300], (x, y) => y)], Dose, Nlr, Change, new SweepHeatMapOptions(Numbers: true)));
        yield return ("heat-narrow", Map([.. Arms(6).Select(arm => Grid(arm, doses, nlrs, (x, y) => (x * y) - 50))], Dose, Nlr, Change, null, new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> BestArms()
    {
        double[] doses = [2.5, 5, 10, 20, 40], nlrs = [1, 1.5, 2, 3, 4, 6, 8];
        Figure Map(IReadOnlyList<BestArmGrid> grids, SweepAxis x, SweepAxis y, string[] arms, FigureOptions? options = null) =>
            BestArmFigure.Create(grids, x, y, "smallest tumour volume at 26 weeks", "lead over the next arm within Monte-Carlo error", "8 replicates per arm and cell.", new ArmLooks(arms), options ?? new FigureOptions());

        foreach ((int arms, bool longNames) in new[] { (1, false), (2, false), (6, false), (6, true) })
        {
            string[] names = Arms(arms, longNames);
            yield return ($"best-{arms}{(longNames ? "-long" : "")}", Map([.. new[] { "NLR 2", "NLR 4" }.Select((title, p) => Best(title, doses, nlrs, (x, y) => names[(int)(((Math.Log2(x) / 2) + y + p) % arms)], (x, y) => (x + y) % 3 < 0.6))], Dose, Nlr, names));
        }

        yield return ("best-words", Map([Best("", [0, 1, 2], [0, 1], (x, y) => x == 1 && y == 0 ? null : x > y ? "A" : "B", (x, y) => x == 2)], Pattern, Switch, ["A", "B"]));
        yield return ("best-fine", Map([Best("", Range(60, i => i), Range(40, i => i), (x, y) => $"Arm {1 + (int)(Math.Abs(Math.Sin(x / 20) + Math.Cos(y / 13)) * 2.9)}", (x, y) => Math.Abs(Math.Sin(x / 20) + Math.Cos(y / 13)) * 2.9 % 1 < 0.15)], new SweepAxis("a"), new SweepAxis("b"), Arms(6)));
        yield return ("best-empty", Map([Best("Missing", doses, nlrs, (_, _) => null, (_, _) => true), Best("Nothing", [], [], (_, _) => null, (_, _) => true)], Dose, Nlr, []));
        yield return ("best-one", Map([Best("One", [3], [1], (_, _) => "A", (_, _) => true)], Dose, Nlr, []));
        yield return ("best-narrow", Map([Best("A", doses, nlrs, (x, y) => x > y ? Samples.LongName(1) : "B", (_, _) => false)], Long with { IsLog = true }, Long, [], new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Responses()
    {
        double[] doses = [1, 2.5, 5, 10, 20, 40];
        Figure Draw(IReadOnlyList<ResponsePanel> panels, SweepAxis x, bool same = false, string[]? arms = null, FigureOptions? options = null) =>
            ResponseCurveFigure.Create(panels, x, same, "Lines: mean of 8 replicates at each of 6 doses.", new ArmLooks(arms ?? []), options ?? new FigureOptions());

        foreach ((int arms, bool longNames) in new[] { (1, false), (2, false), (6, false), (12, true) })
        {
            string[] names = Arms(arms, longNames);
            ResponseCurve[] curves = [.. names.Select((arm, a) => Curve(arm, doses, x => 60 - (30 * (a + 1) * x / (x + 10)), x => 6 + (20 / x)))];
            yield return ($"response-{arms}{(longNames ? "-long" : "")}", Draw([new ResponsePanel("", longNames ? Long : Change, curves)], longNames ? Long with { IsLog = true } : Dose, false, names));
            yield return ($"response-words-{arms}{(longNames ? "-long" : "")}", Draw([new ResponsePanel("Volume", Change, [.. names.Select((arm, a) => Curve(arm, [0, 1, 2], x => 60 - (12 * (a + 1) * x), _ => 8))]), new ResponsePanel("CD8", new SweepAxis("CD8 in the core", "/mm²"), [.. names.Select((arm, a) => Curve(arm, [0, 1, 2], x => 300 - (100 * x), _ => 30))])], Pattern, false, names));
        }

        yield return ("response-panels", Draw([.. new[] { 1.5, 3, 6 }.Select(nlr => new ResponsePanel($"NLR {nlr}", Cells, [.. Arms(3).Select((arm, a) => Curve(arm, doses, x => 1e5 * Math.Exp(-x * a / nlr / 4), x => 5e3))]))], Dose, true));
        yield return ("response-missing", Draw([new ResponsePanel("Gaps", Change, [Curve("A", doses, x => x is 2.5 or 10 ? double.NaN : x, _ => 4), Curve("B", doses, _ => double.NaN, _ => double.NaN), new ResponseCurve("C", doses, [.. doses.Select(x => -x)])])], Dose));
        yield return ("response-one", Draw([new ResponsePanel("", Change, [Curve("A", [3], _ => 12, _ => 4)])], Dose));
        yield return ("response-constant", Draw([new ResponsePanel("", Change, [Curve("A", [0, 1], _ => 0, _ => 0)])], Nlr));
        yield return ("response-huge", Draw([new ResponsePanel("", Change, [Curve("A", [1e-300, 1, 1e300], x => x, x => x)])], Dose));
        yield return ("response-many", Draw([new ResponsePanel("", Change, [Curve("A", Range(400, i => 1 + i), x => Math.Sin(x / 30), _ => 0.3)])], Nlr));
        yield return ("response-nothing", Draw([], Dose));
        yield return ("response-empty", Draw([new ResponsePanel("", Change, []), new ResponsePanel("", Cells, [new ResponseCurve("A", [], [])])], Dose));
        yield return ("response-narrow", Draw([new ResponsePanel("", Long, [Curve(Samples.LongName(3), [0, 1, 2], x => x, _ => 1)])], Pattern, false, null, new FigureOptions(Width: 240, Height: 60)));
    }

    private static SweepGrid Grid(string title, double[] x, double[] y, Func<double, double, double> value) =>
        new(title, x, y, [.. y.SelectMany(row => x.Select(column => value(column, row)))]);

    private static BestArmGrid Best(string title, double[] x, double[] y, Func<double, double, string?> arm, Func<double, double, bool> open) =>
        new(title, x, y, [.. y.SelectMany(row => x.Select(column => arm(column, row)))]) { Unresolved = [.. y.SelectMany(row => x.Select(column => open(column, row)))] };

    private static ResponseCurve Curve(string arm, double[] x, Func<double, double> value, Func<double, double> spread) => new(arm, x, [.. x.Select(value)])
    {
        Low = [.. x.Select(v => value(v) - (1.3 * spread(v)))],
        High = [.. x.Select(v => value(v) + spread(v))],
        StandardErrors = [.. x.Select(v => spread(v) / 2.8)],
    };

    private static double[] Range(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
}
