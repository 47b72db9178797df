using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Spatial statistics of CD8 T cells and of CD8 against tumour cells, by arm, with envelopes; of one replicate at one time.</summary>
internal sealed class SpatialFigures(ResultSet results) : IFigureDrawer
{
    /// <summary>Simulated patterns of an envelope: the extremes of 39 hold 95 % at each radius.</summary>
    private const int Simulations = 39;

    /// <summary>Points of a pair above which a figure that nobody asked for is left out, because its envelope would take minutes.</summary>
    private const int MostPoints = 60_000;

    private static readonly (string From, string To)[] Pairs = [(SnapshotTissue.Cd8, SnapshotTissue.Cd8), (SnapshotTissue.Cd8, SnapshotTissue.Tumor)];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [SnapshotTissue.Cd8] = "CD8", [SnapshotTissue.Tumor] = "tumour", [SnapshotTissue.Cd163] = "CD163+",
    };

    private static readonly Dictionary<string, string> Statistics = new(StringComparer.Ordinal)
    {
        ["K"] = "Ripley's K", ["L"] = "Ripley's L less r", ["g"] = "Pair correlation", ["g_kernel"] = "Pair correlation (kernel)", ["G"] = "Nearest neighbour",
    };

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        IReadOnlyList<string> arms = results.Shown(request.Arms), lesions = results.ShownLesions(request.Lesions);
        bool asked = results.Scenario.Figures.Any(f => f.Kind == FigureKind.Spatial);
        var snapshots = new List<ShownSnapshot>();
        string note = "";
        foreach (string lesion in lesions)
        {
            ShownSnapshot[] own = [.. results.Snapshots.Where(s => arms.Contains(s.Arm) && s.Header.Lesion == lesion)];
            (ShownSnapshot[] chosen, string moved) = new SnapshotTimes(results).Nearest(own, request.TimesHours.Count > 0 ? [.. request.TimesHours.Select(h => h / 24)] : MiddleSnapshot(arms), omitted);
            snapshots.AddRange(chosen);
            note = moved.Length > 0 ? moved : note;
        }

        if (snapshots.Count == 0)
        {
            omitted.Add("spatial statistics", $"no snapshot of {string.Join(", ", arms)} is there at these times", $"Days with snapshots: {SnapshotTimes.Days(results.Snapshots)}");
        }

        string[] functions = request.Functions.Count > 0 ? [.. request.Functions] : ["L"];
        foreach (var group in snapshots.GroupBy(s => (s.Header.Lesion, s.Header.TimeD)).OrderBy(g => g.Key.TimeD))
        {
            // Envelopes take the time; what an arm gives does not depend on the others.
            (string Arm, CurvePoint Point)[] curves =
            [
                .. group.AsParallel().AsOrdered().SelectMany(snapshot =>
                {
                    var tissue = new SnapshotTissue(snapshot.Read(SnapshotFile.Read));
                    return !asked && tissue.Points(SnapshotTissue.Tumor).Length > MostPoints ? [] : SpatialCurves.Of(tissue, Request(), Pairs, functions).Select(p => (snapshot.Arm, p));
                }),
            ];
            SpatialFunction[] drawn =
            [
                .. curves.Where(c => functions.Contains(c.Point.Function)).GroupBy(c => (c.Point.Function, c.Point.From, c.Point.To)).OrderBy(g => Array.IndexOf(functions, g.Key.Function))
                    .Select(g => Function(g.Key.Function, g.Key.From, g.Key.To, [.. g])),
            ];
            string[] empty = [.. group.Select(s => s.Arm).Where(a => curves.All(c => c.Arm != a))];
            if (empty.Length > 0)
            {
                omitted.Add($"curves of {string.Join(", ", empty)}, lesion {group.Key.Lesion}, day {NumberText.Of(group.Key.TimeD)}", "no tumour, or fewer than two cells of a type");
            }

            if (drawn.Length > 0)
            {
                string day = NumberText.Of(group.Key.TimeD);
                Figure figure = SpatialCurvesFigure.Create(
                    drawn, "95 % pointwise envelope of 39 random patterns", results.Looks,
                    ResultSetFigures.Options(request) with { Title = request.Title ?? $"Spatial statistics, day {day}{results.Place(group.Key.Lesion)}" });
                figure = figure with { Note = $"{figure.Note} Replicate {group.First().Header.Replicate}. {Method([.. curves.Where(c => functions.Contains(c.Point.Function))])}".TrimStart() };
                yield return new DrawnFigure(
                    $"{group.Key.Lesion}-{day}d", new ReportFigure($"Spatial statistics on day {day}{results.Place(group.Key.Lesion)}", figure,
                    $"A curve begins where the first pairs are. An arm without tumour, or with fewer than two cells of a type, has no curve.{note}"));
            }
        }
    }

    // What a reader of the figure alone needs to judge it.
    private static string Method((string Arm, CurvePoint Point)[] curves)
    {
        string[] types = [.. Pairs.SelectMany(p => new[] { p.From, p.To }).Distinct()];
        IEnumerable<string> arms = curves.GroupBy(c => c.Arm).Select(arm =>
        {
            var counts = arm.SelectMany(c => new[] { (Type: c.Point.From, Cells: c.Point.Cells.From), (Type: c.Point.To, Cells: c.Point.Cells.To) }).Distinct().ToDictionary(c => c.Type, c => c.Cells);
            return $"{arm.Key} {string.Join(", ", types.Where(counts.ContainsKey).Select(t => $"{counts[t]} {Names[t]}"))}";
        });
        return $"Edge correction: {string.Join(", ", curves.Select(c => c.Point.Edge == "translate" ? "translation" : c.Point.Edge).Distinct())}. Null patterns: cells of one type on random sites of the tumour region, labels shuffled for two types. "
            + $"Cells in the tumour region: {string.Join("; ", arms)}.";
    }

    // The radii are those of the lattice: between them a curve would show its sites.
    private static ExportRequest Request() => new() { RunDirectory = "", Simulations = Simulations, Window = ExportWindow.Tumor };

    // Above and below 0, L(r) − r says clustered or apart; the others are drawn as they are. Up to the first pair L is 0 and would draw −r.
    private static SpatialFunction Function(string function, string from, string to, (string Arm, CurvePoint Point)[] points)
    {
        bool isL = function == "L";
        string pair = from == to ? Names[from] : $"{Names[from]} to {Names[to]}";
        double Shift(CurvePoint p, double value) => isL ? value - p.RadiusUm : value;
        double Known(CurvePoint p, double value, bool hasPairs) => isL && !hasPairs ? double.NaN : Shift(p, value);
        SpatialCurve[] curves =
        [
            .. points.GroupBy(p => p.Arm).Select(g => new SpatialCurve(
                g.Key, [.. g.Select(p => p.Point.RadiusUm)], [.. g.Select(p => Known(p.Point, p.Point.Value, p.Point.Value > 0))],
                [.. g.Select(p => Known(p.Point, p.Point.Low, p.Point.High > 0))], [.. g.Select(p => Known(p.Point, p.Point.High, p.Point.High > 0))])),
        ];

        // The theory of G depends on the density, which differs between arms.
        CurvePoint[] first = [.. points.GroupBy(p => p.Arm).First().Select(p => p.Point)];
        SpatialTheory? theory = function == "G" ? null : new SpatialTheory("complete spatial randomness", [.. first.Select(p => p.RadiusUm)], [.. first.Select(p => Shift(p, p.Theory))]);
        return new SpatialFunction(isL ? "L(r) − r" : $"{function}(r)", function switch { "L" => "µm", "K" => "µm²", _ => "" }, curves, theory)
        {
            Title = $"{Statistics[function]}, {pair}",
        };
    }

    // Of the times at which every arm kept a snapshot, the one nearest to the middle: at the end many a tumour is gone.
    private double[] MiddleSnapshot(IReadOnlyList<string> arms)
    {
        HashSet<double>[] times = [.. results.Snapshots.Where(s => arms.Contains(s.Arm)).GroupBy(s => s.Arm).Select(g => g.Select(s => s.Header.TimeD).ToHashSet())];
        double[] common = times.Length == 0 ? [] : [.. times[0].Where(t => times.All(o => o.Contains(t)))];
        return common.Length == 0 ? [] : [common.MinBy(t => Math.Abs(t - (common.Max() / 2)))];
    }
}
