using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Trials;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain.Trials;

/// <summary>Made-up data of every kind of figure of clinical trials, with every oddity that they must survive.</summary>
internal static class TrialSamples
{
    /// <summary>Width of one column and of a page of a journal [px]: 89 and 183 mm.</summary>
    private static readonly FigureOptions Column = new(Width: 89 / 25.4 * 96), Page = new(Width: 183 / 25.4 * 96), Plain = new();

    public static IEnumerable<(string Name, Figure Figure)> Figures() => Survival().Concat(Forests()).Concat(Trees()).Concat(Flows()).Concat(Incidences()).Concat(Boxes()).Concat(Maps()).Concat(Patients()).Select(item => ("trial-" + item.Name, item.Figure));

    private static IEnumerable<(string Name, Figure Figure)> Survival()
    {
        const string Summary = "HR 0.66 (95 % CI 0.50–0.87), stratified log-rank p = 0.003";
        Figure Draw(IReadOnlyList<SurvivalArm> arms, FigureOptions? options = null, string summary = Summary) => KaplanMeierFigure.Create(
            arms, "Overall survival", TrialTime.Months, summary, 0.95, new ArmLooks([.. arms.Select(arm => arm.Arm)]), options ?? Plain);

        foreach (int arms in new[] { 1, 2, 3, 6, 12 })
        {
            SurvivalArm[] all = [.. SweepSamples.Arms(arms).Select((arm, a) => Survival(arm, 300, 9 + (5 * a), 26))];
            yield return ($"km-{arms}", Draw(all));
            yield return ($"km-{arms}-column", Draw(all, Column));
        }

        SurvivalArm[] two = [.. SweepSamples.Arms(2).Select((arm, a) => Survival(arm, 300, 9 + (5 * a), 26))];
        yield return ("km-page", Draw(two, Page));
        yield return ("km-long", Draw([.. SweepSamples.Arms(4, true).Select((arm, a) => Survival(arm, 1500, 9 + (5 * a), 26))], null, Samples.LongName(1) + " " + Samples.LongName(2)));
        yield return ("km-long-column", Draw([.. SweepSamples.Arms(4, true).Select((arm, a) => Survival(arm, 15000, 9 + (5 * a), 26))], Column));
        yield return ("km-no-events", Draw([new SurvivalArm("A", [], [20, 22, 24], [.. TrialTime.Months.Ticks(24).Select(t => new RiskRow(t, 3, 0, 0))]) { Median = new(double.NaN) }, two[1]]));
        yield return ("km-empty-arm", Draw([two[0], new SurvivalArm("Nobody", [], [], [])]));
        yield return ("km-none", Draw([], null, ""));
        yield return ("km-narrow", Draw(two, new FigureOptions(Width: 240, Height: 60)));
        yield return ("km-no-table", Draw([.. two.Select(arm => arm with { Rows = [], CensorTimes = [] })], null, ""));
        yield return ("km-odd", Draw([new SurvivalArm("A", [new(0, 1), new(double.NaN, 0.5), new(3, double.NaN), new(4, 0.5, double.NaN, 0.6)], [double.NaN, double.PositiveInfinity, 5], [new(double.NaN, 1, 0, 0)])]));
    }

    private static IEnumerable<(string Name, Figure Figure)> Forests()
    {
        SubgroupContrast contrast = new("hazard ratio", "A+B", "sorafenib");
        SubgroupCount[] counts = [new(96, 336), new(65, 165)];
        SubgroupRow Row(string level, int i, int n = 300) => new(level, [new(n / 4, n), new(n / 5, n / 2)], new Estimate(0.58 + (0.09 * (i % 5)), (0.58 + (0.09 * (i % 5))) / Math.Exp(3.5 / Math.Sqrt(n)), (0.58 + (0.09 * (i % 5))) * Math.Exp(3.5 / Math.Sqrt(n))));
        Subgroup[] groups =
        [
            new("Age", [Row("< 65 years", 0, 180), Row("≥ 65 years", 1, 150)]) { InteractionP = 0.42 },
            new("Sex", [Row("male", 2, 270), Row("female", 3, 60)]) { InteractionP = 0.81 },
            new("Aetiology", [Row("hepatitis B", 0, 164), Row("hepatitis C", 1, 72), Row("non-viral", 4, 100)]) { InteractionP = 0.04 },
            new("AFP", [Row("< 400 ng/mL", 1, 210), Row("≥ 400 ng/mL", 3, 126)]) { InteractionP = 0.0004 },
        ];
        var overall = new SubgroupRow("All patients", counts, new Estimate(0.66, 0.52, 0.85));
        Figure Draw(SubgroupRow all, IReadOnlyList<Subgroup> some, FigureOptions? options = null, SubgroupContrast? what = null) => SubgroupForestFigure.Create(all, some, what ?? contrast, "Cox model within levels.", options ?? Plain);
        yield return ("forest", Draw(overall, groups));
        yield return ("forest-page", Draw(overall, groups, Page));
        yield return ("forest-column", Draw(overall, groups, Column));
        yield return ("forest-narrow", Draw(overall, groups, new FigureOptions(Width: 240, Height: 60)));
        Subgroup[] open =
        [
            new("Open ends", [new("no upper end", counts, new Estimate(0.8, 0.3, double.PositiveInfinity)), new("no lower end", counts, new Estimate(0.8, 0, 3)), new("no interval", counts, new Estimate(1.2, double.NaN, double.NaN)), new("nothing", counts, new Estimate(double.NaN, double.NaN, double.NaN)), new("wide", counts, new Estimate(1.1, 0.004, 300)), new("far away", counts, new Estimate(1e5, 1e4, 1e6))]),
            new("", [new("without a heading", [], new Estimate(1, 0.9, 1.1)), new("no events", [new(0, 0), new(0, 0)], new Estimate(double.PositiveInfinity, 0, double.PositiveInfinity))]) { InteractionP = 0.3 },
        ];
        yield return ("forest-open", Draw(overall, open));
        yield return ("forest-open-column", Draw(overall, open, Column));
        yield return ("forest-long", Draw(overall with { Level = Samples.LongName(0) }, [.. groups.Select(g => g with { Name = g.Name + " " + Samples.LongName(2), Levels = [.. g.Levels.Select(l => l with { Level = l.Level + " " + Samples.LongName(3) })] })], null, new SubgroupContrast("ratio of restricted mean survival times", Samples.LongName(1), Samples.LongName(2)) { LowerIsBetter = false }));
        yield return ("forest-long-column", Draw(overall, [.. groups.Select(g => g with { Name = g.Name + " " + Samples.LongName(2) })], Column, new SubgroupContrast("hazard ratio", Samples.LongName(1), Samples.LongName(2))));
        yield return ("forest-none", Draw(new SubgroupRow("All", [], new Estimate(double.NaN, double.NaN, double.NaN)), []));
        yield return ("forest-many", Draw(overall, [.. Enumerable.Range(0, 15).Select(g => new Subgroup($"Subgroup {g}", [Row("low", g), Row("middle", g + 1), Row("high", g + 2)]))]));
    }

    private static IEnumerable<(string Name, Figure Figure)> Trees()
    {
        Figure Draw(TreeNode? root, FigureOptions? options = null) => DecisionTreeFigure.Create(root, "refractory", "Permutation tests, Bonferroni.", options ?? Plain);
        TreeNode Full(int depth, int seed, bool longNames = false) => depth == 0 ? new TreeNode(20 + (seed * 7 % 60), (20 + (seed * 7 % 60)) * (seed * 13 % 100) / 100) : new TreeNode(100, 50)
        {
            Split = TreeSplit.At(longNames ? Samples.LongName(seed) : new[] { "NLR", "IFN-γ score", "CD8 in the core", "Baseline diameter [mm]", "AFP [ng/mL]" }[seed % 5], seed % 3 == 0 ? 0.0001 : 0.013 * seed, 1.7 * (seed + 1), Full(depth - 1, (2 * seed) + 1, longNames), Full(depth - 1, (2 * seed) + 2, longNames)),
        };
        TreeNode leaf = new(120, 40);
        TreeNode lopsided = new TreeNode(300, 100) { Split = TreeSplit.At("NLR", 0.0002, 3.2, leaf, new TreeNode(180, 60) { Split = TreeSplit.At("IFN-γ score", 0.01, 0.4, leaf, new TreeNode(90, 20) { Split = new TreeSplit("Immune pattern", 0.04, "desert, excluded", "inflamed", leaf, leaf) }) }) };
        for (int depth = 1; depth <= 4; depth++)
        {
            yield return ($"tree-{depth}", Draw(Full(depth, 0)));
            yield return ($"tree-{depth}-column", Draw(Full(depth, 0), Column));
        }

        yield return ("tree-lopsided", Draw(lopsided, Page));
        yield return ("tree-lopsided-column", Draw(lopsided, Column));
        yield return ("tree-long", Draw(Full(3, 0, true)));
        yield return ("tree-long-column", Draw(Full(4, 0, true), Column));
        yield return ("tree-deep", Draw(Full(6, 0)));
        yield return ("tree-stump", Draw(leaf));
        yield return ("tree-empty", Draw(new TreeNode(0, 0)));
        yield return ("tree-none", Draw(null));
        yield return ("tree-narrow", Draw(Full(3, 0), new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Flows()
    {
        FlowStep[] Common(string more = "") =>
        [
            new("Screened" + more, 812) { Leaving = [new("Child-Pugh B or C" + more, 96), new("no measurable lesion" + more, 61), new("consent withdrawn" + more, 55)] },
            new("Randomised" + more, 600),
        ];
        FlowArm Arm(string name, int n, string more = "") => new(name,
        [
            new("Allocated", n) { LeavingLabel = "Not treated", Leaving = [new("withdrew" + more, 4)] },
            new("Treated", n - 4) { LeavingLabel = "Lost to follow-up", Leaving = [new("moved" + more, 6), new("other" + more, 3)] },
            new("Analysed", n),
        ]);
        Figure Draw(IReadOnlyList<FlowStep> common, IReadOnlyList<FlowArm> arms, FigureOptions? options = null) => FlowFigure.Create(common, arms, "Analysed as allocated.", new ArmLooks([.. arms.Select(a => a.Arm)]), options ?? Plain);
        foreach (int arms in new[] { 1, 2, 3, 12 })
        {
            yield return ($"flow-{arms}", Draw(Common(), [.. SweepSamples.Arms(arms).Select(a => Arm(a, 600 / arms))]));
            yield return ($"flow-{arms}-column", Draw(Common(), [.. SweepSamples.Arms(arms).Select(a => Arm(a, 600 / arms))], Column));
        }

        yield return ("flow-long", Draw(Common(" " + Samples.LongName(1)), [.. SweepSamples.Arms(5, true).Select(a => Arm(a, 120, " " + Samples.LongName(2)))]));
        yield return ("flow-long-column", Draw(Common(" " + Samples.LongName(1)), [.. SweepSamples.Arms(2, true).Select(a => Arm(a, 300))], Column));
        yield return ("flow-no-arms", Draw(Common(), []));
        yield return ("flow-arms-only", Draw([], [Arm("A", 30), new FlowArm("B", [])]));
        yield return ("flow-ends-with-leaving", Draw([Common()[0]], []));
        yield return ("flow-none", Draw([], []));
        yield return ("flow-narrow", Draw(Common(), [Arm("A", 300), Arm("B", 300)], new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Incidences()
    {
        Figure Draw(IReadOnlyList<IncidenceArm> arms, IncidenceLayout layout, FigureOptions? options = null) => CumulativeIncidenceFigure.Create(
            arms, TrialTime.Months, layout, "Gray's test p = 0.02", 0.95, new ArmLooks([.. arms.Select(a => a.Arm)]), options ?? Plain);
        IncidenceArm Arm(string name, int a, bool longNames = false)
        {
            double[] times = [.. Enumerable.Range(0, 120).Select(i => i * 0.2)];
            IncidenceCurve Cause(string cause, double most, double rate) => new(cause, [.. times.Select(t => most * (1 - Math.Exp(-t * rate))).Zip(times, (v, t) => new SurvivalPoint(t, v, v * 0.85, v * 1.15))]) { Events = [.. TrialTime.Months.Ticks(24).Select(t => (int)(300 * most * (1 - Math.Exp(-t * rate))))] };
            return new IncidenceArm(
                name, [Cause(longNames ? Samples.LongName(1) : "progression", 0.6, 0.08 - (0.02 * a)), Cause(longNames ? Samples.LongName(2) : "death without progression", 0.2, 0.05)], 24.5,
                [.. TrialTime.Months.Ticks(24).Select(t => new RiskRow(t, (int)(300 * Math.Exp(-t / 12)), (int)t, (int)(200 * (1 - Math.Exp(-t / 12)))))]);
        }

        foreach (IncidenceLayout layout in Enum.GetValues<IncidenceLayout>())
        {
            yield return ($"incidence-{layout}", Draw([Arm("Control", 0), Arm("A+B", 1)], layout));
            yield return ($"incidence-{layout}-column", Draw([Arm("Control", 0), Arm("A+B", 1)], layout, Column));
            yield return ($"incidence-{layout}-long", Draw([.. SweepSamples.Arms(5, true).Select((a, i) => Arm(a, i % 3, true))], layout));
            yield return ($"incidence-{layout}-one", Draw([Arm("A", 0)], layout));
            yield return ($"incidence-{layout}-empty", Draw([Arm("A", 0), new IncidenceArm("B", [], double.NaN, []), new IncidenceArm("C", [new("progression", [])], 12, [])], layout));
            yield return ($"incidence-{layout}-none", Draw([], layout));
        }
    }

    private static IEnumerable<(string Name, Figure Figure)> Boxes()
    {
        Figure Draw(IReadOnlyList<Biomarker> biomarkers, FigureOptions? options = null) => BiomarkerBoxFigure.Create(biomarkers, "to the last value within 1.5 interquartile ranges", "Kruskal–Wallis test", "", options ?? Plain);
        Biomarker Marker(BiomarkerAxis axis, int n, Func<int, int, double> value, params string[] groups) => new(axis, [.. (groups.Length > 0 ? groups : ["PD", "CR", "SD", "PR"]).Select((g, k) =>
        {
            double[] values = [.. Enumerable.Range(0, n * (k + 1)).Select(i => value(k, i)).Order()];
            return new BiomarkerGroup(g, values.Length == 0 ? new BoxSummary(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
                : new BoxSummary(values.Length, values[0], values[values.Length / 4], values[values.Length / 2], values[values.Length * 3 / 4], values[^1]), values);
        })]) { P = 0.003 };
        double Noise(int k, int i) => Math.Sin((k * 12.9) + (i * 78.2)) * 0.5;
        Biomarker[] four = [Marker(new("NLR", "", true), 12, (k, i) => Math.Exp(1 + (0.2 * k) + Noise(k, i))), Marker(new("IFN-γ score"), 12, (k, i) => Noise(k, i) - (0.2 * k)), Marker(new("CD8 in the core", "/mm²"), 70, (k, i) => 300 + (200 * Noise(k, i))), Marker(new("AFP", "ng/mL", true), 3, (k, i) => Math.Pow(10, 2 + (2 * Noise(k, i))))];
        yield return ("box", Draw(four));
        yield return ("box-column", Draw(four, Column));
        yield return ("box-page", Draw(four, Page));
        yield return ("box-one", Draw([four[0]]));
        yield return ("box-long", Draw([Marker(new(Samples.LongName(1), "cells of one kind per mm²"), 8, Noise, [.. SweepSamples.Arms(4, true)]), four[1]]));
        yield return ("box-odd", Draw([Marker(new("empty"), 0, Noise), Marker(new("constant"), 3, (_, _) => 4), Marker(new("log without values", "", true), 3, (_, _) => -1), Marker(new("missing"), 3, (k, i) => i == 1 ? double.NaN : k), Marker(new("huge"), 3, (k, i) => i % 2 == 0 ? 1e300 : -1e300)]));
        yield return ("box-none", Draw([]));
        yield return ("box-narrow", Draw(four, new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Maps()
    {
        BiomarkerAxis nlr = new("NLR", "", true), ifn = new("IFN-γ score"), wordy = new(Samples.LongName(1), "cells per mm²");
        ResponsePoint[] points = [.. Enumerable.Range(0, 300).Select(i => new ResponsePoint(Math.Exp(1 + Math.Sin(i * 12.9898)), Math.Cos(i * 78.233), new[] { "PD", "PD", "SD", "SD", "SD", "PR", "PR", "CR", "NE" }[i * 7 % 9]))];
        ResponseCell[] Cells(int n) => [.. Enumerable.Range(0, n).Select(i => new ResponseCell(i % 12, i == 3 ? 0 : 20 + (i % 5))).Select(c => c.Patients == 0 ? default : c)];
        ResponseGrid grid = new([1.8, 2.7, 4.1], [-0.6, 0.02, 0.55], Cells(16)) { XMargin = Cells(4), YMargin = Cells(4) };
        Figure Draw(BiomarkerAxis x, BiomarkerAxis y, IReadOnlyList<ResponsePoint> some, ResponseGrid? cells, FigureOptions? options = null) => ResponseMapFigure.Create(x, y, some, cells, "objective response", "Cells: quartiles of all patients.", options ?? Plain);
        yield return ("map", Draw(nlr, ifn, points, grid));
        yield return ("map-page", Draw(nlr, ifn, points, grid, Page));
        yield return ("map-column", Draw(nlr, ifn, points, grid, Column));
        yield return ("map-points", Draw(nlr, ifn, points, null));
        yield return ("map-cells", Draw(nlr, ifn, [], grid with { XMargin = [], YMargin = [] }));
        yield return ("map-long", Draw(wordy, wordy, [.. points.Take(20).Select((p, i) => p with { Category = Samples.LongName(i % 4) })], grid));
        yield return ("map-odd", Draw(nlr, ifn, [new(-1, 2, "CR"), new(double.NaN, 1, "PD")], new ResponseGrid([], [], [default])));
        yield return ("map-none", Draw(nlr, ifn, [], null));
        yield return ("map-narrow", Draw(nlr, ifn, points, grid, new FigureOptions(Width: 240, Height: 60)));
    }

    private static IEnumerable<(string Name, Figure Figure)> Patients()
    {
        var rules = new ResponseRules([0.2], -0.3) { Note = "Progression: a rise of 20 % and 5 mm." };
        double Change(int a, int i) => Math.Max(-1, 0.4 - (0.25 * a) + (0.8 * Math.Sin((a * 5.1) + (i * 12.9898))));
        foreach ((string name, string[] arms, FigureOptions options) in new (string, string[], FigureOptions)[] { ("2", SweepSamples.Arms(2), Plain), ("2-column", SweepSamples.Arms(2), Column), ("2-page", SweepSamples.Arms(2), Page), ("1", SweepSamples.Arms(1), Plain), ("4-long", SweepSamples.Arms(4, true), Plain) })
        {
            var looks = new ArmLooks(arms);
            yield return ($"waterfall-{name}", WaterfallFigure.Create([.. arms.Select((arm, a) => new WaterfallArm(arm, [.. Enumerable.Range(0, 300).Select(i => Change(a, i)).Select(c => new WaterfallBar(c, c <= -1 ? "CR" : c <= -0.3 ? "PR" : c > 0.2 ? "PD" : "SD"))]) { Summary = "12 CR, 80 PR, 120 SD, 88 PD" })], "Best change of tumour diameter", rules, looks, options, Subjects.Patients));
            yield return ($"swimmer-{name}", SwimmerFigure.Create([.. arms.Select((arm, a) => new SwimmerArm(arm, [.. Enumerable.Range(0, 300).Select(i => new SwimmerLane(700 + (100 * Math.Sin(i)), i % 5 == 0 ? double.PositiveInfinity : 300 + (200 * Math.Sin(i * 3.3)), i % 3 == 0 ? 60 : double.NaN, i % 5 == 0 ? double.NaN : 350 + (250 * Math.Sin(i * 3.3)), i % 3 == 0 ? "PR" : "SD"))]))], rules.Note, looks, options, Subjects.Patients));
            yield return ($"spider-{name}", SpiderFigure.Create([.. arms.Select((arm, a) => new ArmSeries(arm, [.. Enumerable.Range(0, 300).Select(i => Enumerable.Range(0, 4 + (i % 8)).Select(t => t * 42.0).ToArray())], [.. Enumerable.Range(0, 300).Select(i => Enumerable.Range(0, 4 + (i % 8)).Select(t => Math.Max(-1, Change(a, i) * t / 6)).ToArray())]))], [], "Change of tumour diameter", rules, looks, options, Subjects.Patients));
        }
    }

    private static SurvivalArm Survival(string arm, int patients, double median, double end)
    {
        // Quantiles of exponential times, censored by staggered entry.
        (double Time, bool Event)[] courses =
        [
            .. Enumerable.Range(0, patients).Select(i =>
            {
                double death = -median / Math.Log(2) * Math.Log(1 - ((((i * 0.6180339887) % 1) * 0.998) + 0.001)), follow = end * (0.4 + (0.6 * ((i * 0.754877666) % 1)));
                return (Math.Min(death, follow), death <= follow);
            }).OrderBy(c => c.Item1),
        ];
        var points = new List<SurvivalPoint> { new(0, 1, 1, 1) };
        double survival = 1, variance = 0;
        foreach ((int i, (double time, bool isEvent)) in courses.Index().Where(c => c.Item.Event))
        {
            int risk = patients - i;
            survival *= 1 - (1.0 / risk);
            variance += risk > 1 ? 1.0 / risk / (risk - 1) : 0;
            double half = 1.96 * survival * Math.Sqrt(variance);
            points.Add(new SurvivalPoint(time, survival, Math.Max(0, survival - half), Math.Min(1, survival + half)));
        }

        return new SurvivalArm(
            arm, points, [.. courses.Where(c => !c.Event).Select(c => c.Time)],
            [.. TrialTime.Months.Ticks(end).Select(t => new RiskRow(t, courses.Count(c => c.Time >= t), courses.Count(c => !c.Event && c.Time <= t), courses.Count(c => c.Event && c.Time <= t)))])
        {
            Median = new MedianTime(points.FirstOrDefault(p => p.Value <= 0.5, new(double.NaN, 0)).Time),
        };
    }
}
