using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Partial rank correlations of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Runs">Runs that they come from.</param>
/// <param name="Factors">Correlations by factor, each once.</param>
public sealed record RankCorrelationArm(string Arm, int Runs, IReadOnlyList<(string Factor, RankCorrelation Value)> Factors);

/// <summary>Partial rank correlations of one output.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Arms">Arms.</param>
public sealed record RankCorrelationPanel(string Output, IReadOnlyList<RankCorrelationArm> Arms);

/// <summary>Partial rank correlation coefficients (PRCC) with intervals, a panel per output: factors in rows sorted by size, arms beside each other, those that may be 0 hollow.</summary>
public static class RankCorrelationFigure
{
    /// <summary>Draws coefficients.</summary>
    /// <param name="panels">Outputs.</param>
    /// <param name="interval">What the bars are ("95 % bootstrap interval", say).</param>
    /// <param name="caption">Further remarks; empty for nothing. The numbers of runs are said without it.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="noun">What is counted as n.</param>
    /// <exception cref="ArgumentException">A factor comes twice in one arm of a panel.</exception>
    public static Figure Create(IReadOnlyList<RankCorrelationPanel> panels, string interval, string caption, ArmLooks looks, FigureOptions options, string noun = "runs")
    {
        RankCorrelationArm[] all = [.. panels.SelectMany(panel => panel.Arms)];
        looks = looks.With(all.Select(arm => arm.Arm));
        IReadOnlyList<string> arms = looks.Sort(all.Select(arm => arm.Arm));
        (int Columns, double Width) grid = options.Grid(panels.Count, Math.Min(2, Math.Max(1, panels.Count)), panels.Count > 1 ? 980 : 720);
        return new Figure
        {
            Title = options.TitleOr("Partial rank correlations"),
            Description = $"Partial rank correlation coefficients of {string.Join(", ", panels.Select(panel => panel.Output))} with {all.SelectMany(arm => arm.Factors.Select(f => f.Factor)).Distinct().Count()} factors in {string.Join(", ", arms)}.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels = [.. panels.Select(panel => Panel(panel, arms, looks, grid, options))],
            Legend = arms.Count < 2 ? [] : [.. arms.Select(arm => new LegendEntry(ArmLegend.Label(arm, !all.Any(a => a.Arm == arm && a.Factors.Any(f => double.IsFinite(f.Value.Coefficient.Value))))) { Group = arm, Points = Style(looks, arm, true) })],
            Note = SweepText.Note(all.Length == 0 ? "" : $"Bars: {interval}. Hollow: not significant. {Runs(all, arms, noun)}.", caption),
        };
    }

    // "n = 256 runs", or by arm where they differ.
    private static string Runs(RankCorrelationArm[] all, IReadOnlyList<string> arms, string noun)
    {
        int[] counts = [.. all.Select(arm => arm.Runs).Distinct().Order()];
        return counts.Length == 1 ? $"n = {counts[0]} {noun}{(arms.Count > 1 ? " per arm" : "")}"
            : arms.Count <= 4 && all.GroupBy(arm => arm.Arm).All(group => group.Select(arm => arm.Runs).Distinct().Count() == 1)
                ? $"{char.ToUpperInvariant(noun[0])}{noun[1..]}: {string.Join(", ", arms.Select(arm => $"{arm} n = {all.First(a => a.Arm == arm).Runs}"))}"
                : $"n = {counts[0]} to {counts[^1]} {noun}";
    }

    private static Panel Panel(RankCorrelationPanel panel, IReadOnlyList<string> arms, ArmLooks looks, (int Columns, double Width) grid, FigureOptions options)
    {
        RankCorrelationArm[] rows = [.. panel.Arms.OrderBy(arm => looks.Index(arm.Arm))];
        var series = rows.Select(arm =>
        {
            Dictionary<string, RankCorrelation> values = FactorRows.ByFactor($"output '{panel.Output}', arm '{arm.Arm}'", arm.Factors);
            return new FactorSeries(arm.Arm, factor => values.TryGetValue(factor, out RankCorrelation r) ? r.Coefficient : Estimate.None, factor => Style(looks, arm.Arm, Stands(values[factor])));
        }).ToArray();
        string[] factors = FactorRows.Sorted(rows.SelectMany(arm => arm.Factors.Select(f => f.Factor)), factor => series.Select(s => Math.Abs(s.Estimate(factor).Value)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max());
        string[] notes = series.Length != 1 ? [] : [.. factors.Select(factor => series[0].Estimate(factor).Text())];
        var x = new Axis { Label = "partial rank correlation", Min = -1, Max = 1 };
        return FactorRows.Panel(panel.Output, arms.Count == 1 ? arms[0] : null, x, factors, series, notes, FactorRows.Height(factors, notes, series.Length, grid, options), [new RuleElement(0, false, CategoryPanels.Zero)]);
    }

    // Without a test the interval says it.
    private static bool Stands(RankCorrelation value) => double.IsNaN(value.P) ? value.Coefficient.IsResolved : value.P < 0.05;

    private static PointStyle Style(ArmLooks looks, string arm, bool stands)
    {
        PointStyle style = looks.Marker(arm, 7.5);
        return style with { Fill = stands ? style.Outline : Rgb.White };
    }
}
