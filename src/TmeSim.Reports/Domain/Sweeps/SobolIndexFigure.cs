using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Sobol indices of one output of one arm.</summary>
/// <param name="Title">Output, arm or both.</param>
/// <param name="Factors">Indices by factor, each once.</param>
public sealed record SobolPanel(string Title, IReadOnlyList<(string Factor, SobolIndex Index)> Factors)
{
    /// <summary>Arm that the panel belongs to; null for none.</summary>
    public string? Arm { get; init; }
}

/// <summary>First-order and total Sobol indices with intervals, factors in rows sorted by the total one; the room between both is interaction.</summary>
public static class SobolIndexFigure
{
    internal static readonly PointStyle First = new(Marker.Circle, Rgb.Parse("#0072b2"), Rgb.Parse("#0072b2"), 7);
    internal static readonly PointStyle Total = new(Marker.Square, Rgb.Parse("#d55e00"), Rgb.White, 7);

    /// <summary>Draws indices.</summary>
    /// <param name="panels">Panels.</param>
    /// <param name="interval">What the bars are ("95 % bootstrap interval", say).</param>
    /// <param name="caption">How many samples and runs; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A factor comes twice in a panel.</exception>
    public static Figure Create(IReadOnlyList<SobolPanel> panels, string interval, string caption, FigureOptions options)
    {
        (int Columns, double Width) grid = options.Grid(panels.Count, Math.Min(2, Math.Max(1, panels.Count)), panels.Count > 1 ? 980 : 720);
        IEnumerable<double> ends = panels.SelectMany(panel => panel.Factors).SelectMany(f => new[] { f.Index.First, f.Index.Total }).SelectMany(e => new[] { e.Value, e.Low, e.High });
        Axis x = SharedAxis.Of(new Axis { Label = "share of the variance" }, [0, 1, .. ends]);
        return new Figure
        {
            Title = options.TitleOr("Sobol indices"),
            Description = $"First-order and total Sobol indices of {string.Join(", ", panels.Select(panel => panel.Title))}.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels = [.. panels.Select(panel => Panel(panel, x, grid, options))],
            Legend = [new LegendEntry("first order (by itself)") { Points = First }, new LegendEntry("total (with interactions)") { Points = Total }],
            Note = SweepText.Note($"Bars: {interval}.", caption),
        };
    }

    private static Panel Panel(SobolPanel panel, Axis x, (int Columns, double Width) grid, FigureOptions options)
    {
        Dictionary<string, SobolIndex> indices = FactorRows.ByFactor($"panel '{panel.Title}'", panel.Factors);
        string[] factors = FactorRows.Sorted(indices.Keys, factor => indices[factor].Total.Value);
        FactorSeries[] series = [new(panel.Arm, factor => indices[factor].First, _ => First), new(panel.Arm, factor => indices[factor].Total, _ => Total)];
        return FactorRows.Panel(panel.Title, panel.Arm, x, factors, series, [], FactorRows.Height(factors, [], 2, grid, options), [new RuleElement(0, false, CategoryPanels.Zero)]);
    }
}
