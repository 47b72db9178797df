using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>What figures share that list arms in rows: first arm on top, rows high enough for wrapped names.</summary>
internal static class CategoryPanels
{
    private static readonly Stroke Rows = new(Rgb.Parse("#e6e6e6"), 1);

    /// <summary>Line at zero.</summary>
    public static Stroke Zero { get; } = new(Rgb.Parse("#6a6a6a"), 1.2);

    /// <summary>An axis of names from the top down.</summary>
    public static Axis Axis(IReadOnlyList<string> names, IReadOnlyList<string?> groups) => new()
    {
        Categories = [.. names.Reverse()],
        CategoryGroups = [.. groups.Reverse()],
    };

    /// <summary>Place of the row with this index from the top on such an axis.</summary>
    public static double Place(int index, int count) => count - 1 - index;

    /// <summary>Height of the plot area [px]: what was asked, but enough for names and notes.</summary>
    public static double Height(IReadOnlyList<string> names, IReadOnlyList<string> notes, (int Columns, double Width) grid, FigureOptions options, double shortestRow = 26)
    {
        double column = (grid.Width - (2 * FigurePage.Padding) - ((grid.Columns - 1) * FigurePage.ColumnGap)) / grid.Columns;
        double needed = names.Count * Math.Max(shortestRow, PanelPlot.RowHeight(names, notes, column));
        return Math.Max(needed, options.HeightOr(Math.Max(60, needed)));
    }

    /// <summary>Thin lines between rows, which guide the eye from name to text.</summary>
    public static IEnumerable<PlotElement> Lines(int count) => Enumerable.Range(1, Math.Max(0, count - 1)).Select(i => new RuleElement(i - 0.5, true, Rows));
}
