using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>One estimate per factor, drawn as points with intervals.</summary>
/// <param name="Group">Arm that it belongs to; null for none.</param>
/// <param name="Estimate">Estimate of a factor; <see cref="Analysis.Contrasts.Estimate.None"/> where there is none.</param>
/// <param name="Style">How the point of an estimate is drawn.</param>
internal sealed record FactorSeries(string? Group, Func<string, Estimate> Estimate, Func<string, PointStyle> Style);

/// <summary>Panels with factors in rows, the most important one on top, and several estimates beside each other in a row.</summary>
internal static class FactorRows
{
    private const double Spread = 0.7;
    private const double PixelsPerSeries = 9;

    /// <summary>Values by factor.</summary>
    /// <exception cref="ArgumentException">A factor comes twice.</exception>
    public static Dictionary<string, T> ByFactor<T>(string what, IEnumerable<(string Factor, T Value)> rows)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string factor, T value) in rows)
        {
            if (!all.TryAdd(factor, value))
            {
                throw new ArgumentException($"{what}: factor '{factor}' comes twice; give each factor once");
            }
        }

        return all;
    }

    /// <summary>Factors from the largest weight to the smallest, those without one last; equal ones stay in the order given.</summary>
    public static string[] Sorted(IEnumerable<string> factors, Func<string, double> weight) =>
        [.. factors.Distinct(StringComparer.Ordinal).OrderByDescending(factor => weight(factor) is var w && double.IsNaN(w) ? double.NegativeInfinity : w)];

    public static Panel Panel(string title, string? group, Axis x, string[] factors, IReadOnlyList<FactorSeries> series, IReadOnlyList<string> notes, double height, IEnumerable<PlotElement> below)
    {
        var elements = new List<PlotElement>(below);
        elements.AddRange(CategoryPanels.Lines(factors.Length));
        foreach ((int s, FactorSeries one) in series.Index())
        {
            double aside = series.Count > 1 ? Spread * (0.5 - ((s + 0.5) / series.Count)) : 0;
            foreach ((int i, string factor) in factors.Index())
            {
                if (one.Estimate(factor) is var value && double.IsFinite(value.Value))
                {
                    elements.Add(new PointElement([value.Value], [CategoryPanels.Place(i, factors.Length) + aside], one.Style(factor)) { XErrorLow = [value.Low], XErrorHigh = [value.High], Group = one.Group });
                }
            }
        }

        return new Panel { Title = title, Group = group, X = x, Y = CategoryPanels.Axis(factors, []), Elements = elements, RowNotes = [.. notes.Reverse()], PlotHeight = height };
    }

    /// <summary>Height of the plot area [px] with room for names, notes and the points of all series.</summary>
    public static double Height(string[] factors, IReadOnlyList<string> notes, int series, (int Columns, double Width) grid, FigureOptions options) =>
        CategoryPanels.Height(factors, notes, grid, options, Math.Max(22, 6 + (series * PixelsPerSeries)));
}
