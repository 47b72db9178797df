using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Which figures fit a design.</summary>
internal static class SweepFigures
{
    /// <summary>Outputs with figures of their own at most: beyond, the explorer and the tables say more than a hundred figures.</summary>
    public const int MostOutputs = 6;

    private const int MostMaps = 48;

    // The figures of convergence are many and alike.
    private const int MostConvergence = 2;
    private const int MostResponses = 3;

    /// <summary>Points of a sample that are worth putting into cells, at least.</summary>
    public const int FewestForMap = 16;

    /// <summary>Points beyond the number of factors that rank correlations need, at least.</summary>
    public const int FewestForCorrelation = 8;

    private const string Response = "response";
    private const string HeatMap = "heatmap";
    private const string EffectMap = "effect";
    private const string BestArms = "bestarm";
    private const string RankCorrelations = "prcc";
    private const string Tornado = "tornado";
    private const string Parallel = "parallel";
    private const string Morris = "morris";
    private const string Sobol = "sobol";
    private const string Convergence = "convergence";

    // Arms stand side by side in the first of these.
    private static readonly string[] Comparing = [Response, HeatMap, EffectMap, BestArms, Tornado, Parallel];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Comparing, RankCorrelations, Morris, Sobol, Convergence];

    /// <summary>Figures of a sweep, lesion by lesion.</summary>
    public static FigureList Of(SweepData data, SweepSensitivity sensitivity)
    {
        var omitted = new Omissions();
        FigureTask[] tasks = [.. Enumerable.Range(0, data.Lesions.Count).SelectMany(lesion => Tasks(data, sensitivity, lesion, omitted))];
        if (data.Plan.Method != SweepMethod.Morris && data.Varied.Count > 1 && data.Arms.Count > 1 && BestArmDrawer.Criterion(data) is null)
        {
            omitted.Add(
                "the map of the best arm", "no output is one of which less is better", "Add one such as tumor_volume_change@end to sweep.outputs");
        }

        return new FigureList(Kinds, [.. tasks.Select(t => Comparing.Contains(t.Kind) ? t with { Draw = o => t.Draw(o).Select(d => Fair(d, data.Fairness)) } : t)])
        {
            Remarks = [.. Remarks(data), .. omitted.All.Select(o => o.Text("figures of the sweep"))],
        };
    }

    // In the figure, not below it: files of figures go out alone.
    private static DrawnFigure Fair(DrawnFigure drawn, string fairness)
    {
        ReportFigure shown = drawn.Figure;
        return fairness.Length == 0 ? drawn
            : drawn with { Figure = shown with { Figure = shown.Figure with { Note = $"{shown.Figure.Note} {fairness}".TrimStart() } } };
    }

    private static FigureTask[] Tasks(SweepData data, SweepSensitivity sensitivity, int lesion, Omissions omitted) => data.Plan.Method switch
    {
        SweepMethod.Grid or SweepMethod.List when data.Varied.Count <= 1 => [Curve(data, lesion)],
        SweepMethod.Grid => [.. Grid(data, sensitivity, lesion), .. Screening(data, sensitivity, lesion, omitted)],
        SweepMethod.Morris =>
        [
            .. Each(Quantities(data), Morris, q => SensitivityDrawer.Morris(data, sensitivity, q, lesion)),
            Lines(data, lesion),
        ],
        SweepMethod.Saltelli =>
        [
            .. Each(Quantities(data), Sobol, q => SensitivityDrawer.Sobol(data, sensitivity, q, lesion)),
            .. Each(
                Quantities(data).Where(q => q.Output < MostConvergence), Convergence, q => SensitivityDrawer.Convergence(data, q, lesion)),
            .. Sample(data, sensitivity, lesion, omitted),
        ],
        SweepMethod.List when SweepPlane.Of(data) is { } plane => [.. Plane(data, plane.X, plane.Y, "", lesion), Lines(data, lesion)],
        SweepMethod.List => [Curve(data, lesion), Lines(data, lesion), .. Screening(data, sensitivity, lesion, omitted)],
        _ => [.. Sample(data, sensitivity, lesion, omitted), .. Screening(data, sensitivity, lesion, omitted)],
    };

    private static IEnumerable<FigureTask> Grid(SweepData data, SweepSensitivity sensitivity, int lesion)
    {
        (FactorColumn x, FactorColumn y) = (data.Varied[0], data.Varied[1]);
        if (data.Varied.Count == 3)
        {
            return
            [
                new(BestArms, _ => BestArmDrawer.Levels(data, x, y, data.Varied[2], lesion)),
                .. Maps(data, q => HeatMapDrawer.Levels(data, q, x, y, data.Varied[2], lesion)),
            ];
        }

        if (data.Varied.Count == 2)
        {
            return Plane(data, x, y, "", lesion);
        }

        IReadOnlyList<FactorColumn> ranked = sensitivity.Ranked(Criterion(data), lesion);
        return Plane(data, ranked[0], ranked[1], string.Join(", ", ranked.Skip(2).Select(f => f.Name)), lesion);
    }

    private static IEnumerable<FigureTask> Plane(SweepData data, FactorColumn x, FactorColumn y, string averaged, int lesion)
    {
        var cells = SweepCellSet.OfLevels(x, y, Enumerable.Range(0, data.Points));
        return
        [
            new(BestArms, _ => BestArmDrawer.Map(data, cells, lesion, averaged.Length > 0 ? "all values of " + averaged : "")),
            .. Maps(data, q => HeatMapDrawer.Arms(data, q, cells, lesion, averaged)),
            .. Each(
                averaged.Length == 0 ? data.Outputs.Take(Shown(data)) : [], Response,
                output => [ResponseDrawer.ByLevel(data, output, x, y, lesion)]),
        ];
    }

    private static IEnumerable<FigureTask> Sample(SweepData data, SweepSensitivity sensitivity, int lesion, Omissions omitted)
    {
        IReadOnlyList<FactorColumn> ranked = data.Points >= FewestForMap ? sensitivity.Ranked(Criterion(data), lesion) : [];
        if (data.Points < FewestForMap)
        {
            omitted.Add(
                "maps and curves over single factors", $"{data.Points} points are too few to be put into cells", $"They are drawn from {FewestForMap} points on");
        }

        if (ranked.Count >= 2)
        {
            var cells = SweepCellSet.Binned(ranked[0], ranked[1], data.Points);
            string averaged = $"the points of each of {cells.XLevels.Length} × {cells.YLevels.Length} cells, whatever the other factors are";
            yield return new FigureTask(BestArms, _ => BestArmDrawer.Map(data, cells, lesion, averaged));
        }

        foreach (FigureTask curve in Each(ranked.Take(MostResponses), Response, factor => [ResponseDrawer.Binned(data, factor, lesion)]))
        {
            yield return curve;
        }

        yield return Lines(data, lesion);
    }

    // What a grid or a list does not have can be seen from it; a sample could have had more points.
    private static IEnumerable<FigureTask> Screening(SweepData data, SweepSensitivity sensitivity, int lesion, Omissions omitted)
    {
        int factors = data.Varied.Count, needed = FewestForCorrelation + factors;
        bool whole = data.Plan.Method is SweepMethod.Grid or SweepMethod.List, ranks = data.Varied.Count(f => f.IsOrdered) > 1;
        if (ranks && data.Points >= needed)
        {
            yield return new FigureTask(RankCorrelations, _ => SensitivityDrawer.RankCorrelations(data, sensitivity, lesion));
        }
        else if (ranks && !whole)
        {
            omitted.Add(
                "rank correlations", $"{data.Points} points are too few for {factors} factors", $"They are drawn from {needed} points on");
        }

        bool ends = whole || data.Points >= TornadoDrawer.FewestPoints;
        if (factors > 1 && !ends)
        {
            omitted.Add(
                "tornado plots", $"{data.Points} points are too few for their ends", $"They are drawn from {TornadoDrawer.FewestPoints} points on");
        }

        foreach (FigureTask plot in Each(factors > 1 && ends ? Quantities(data) : [], Tornado, q => TornadoDrawer.Draw(data, q, lesion)))
        {
            yield return plot;
        }
    }

    private static IEnumerable<FigureTask> Maps(SweepData data, Func<SweepQuantity, IEnumerable<DrawnFigure>> draw) =>
        Quantities(data).Select(q => new FigureTask(q.IsEffect ? EffectMap : HeatMap, _ => draw(q)));

    private static FigureTask Curve(SweepData data, int lesion) =>
        new(Response, _ => [ResponseDrawer.Single(data, data.Varied.Count > 0 ? data.Varied[0] : data.Factors[0], lesion)]);

    private static FigureTask Lines(SweepData data, int lesion) => new(Parallel, _ => [ParallelDrawer.Draw(data, lesion)]);

    private static IEnumerable<FigureTask> Each<T>(IEnumerable<T> of, string kind, Func<T, IEnumerable<DrawnFigure>> draw) =>
        of.Select(item => new FigureTask(kind, _ => draw(item)));

    private static int Criterion(SweepData data) => BestArmDrawer.Criterion(data)?.Output ?? 0;

    // Outputs with their differences behind them.
    private static IEnumerable<SweepQuantity> Quantities(SweepData data) =>
        data.Outputs.Take(Shown(data)).SelectMany((output, i) => (SweepQuantity[])[output, .. data.Effects.Skip(i).Take(1)]);

    // With three factors every arm has a figure of its own.
    private static int Shown(SweepData data)
    {
        int each = data.Lesions.Count * (data.Plan.Method == SweepMethod.Grid && data.Varied.Count == 3 ? (2 * data.Arms.Count) - 1 : 2);
        return Math.Clamp(MostMaps / each, 1, Math.Min(MostOutputs, data.Outputs.Count));
    }

    private static IEnumerable<string> Remarks(SweepData data)
    {
        if (data.Outputs.Count > Shown(data))
        {
            yield return $"{data.Outputs.Count} outputs: figures of single outputs are drawn of the first {Shown(data)}; "
                + "the others stand in the explorer and in the tables.";
        }

        if (data.Plan.Method == SweepMethod.List && data.Varied.Count > 1 && SweepPlane.Of(data) is { Along.Length: > 0 } plane)
        {
            yield return $"In this list other keys go along: {plane.Along}. Figures show what they do together.";
        }
    }
}
