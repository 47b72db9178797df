namespace TmeSim.Reports.Figures;

/// <summary>What a reader may ask of the layout of any figure; null leaves the choice to the figure.</summary>
/// <param name="Title">Title.</param>
/// <param name="Columns">Panels side by side, 1–12; fewer where the width has no room for them.</param>
/// <param name="Width">Width of the figure [px], 240–2400.</param>
/// <param name="Height">Height of a plot area [px], 60–1200; more where its labels need it. Pictures follow their width instead.</param>
public sealed record FigureOptions(string? Title = null, int? Columns = null, double? Width = null, double? Height = null)
{
    public const double NarrowestWidth = 240;
    public const double WidestWidth = 2400;
    public const double LowestHeight = 60;
    public const double HighestHeight = 1200;
    public const int MostColumns = 12;
    private const double NarrowestColumn = 230;
    private const double ColumnWidth = 440;

    internal string TitleOr(string title) => Title ?? title;

    internal double HeightOr(double height) => Height is { } asked && double.IsFinite(asked) ? Math.Clamp(asked, LowestHeight, HighestHeight) : height;

    internal double WidthOr(double width) => Math.Clamp(Width is { } asked && double.IsFinite(asked) ? asked : width, NarrowestWidth, WidestWidth);

    /// <summary>Columns for panels of arms: at most three, and no last row with a single panel for four.</summary>
    internal static int Balanced(int panels) => panels switch { <= 3 => Math.Max(1, panels), 4 => 2, _ => 3 };

    /// <summary>Columns for pictures of arms: one row of up to four, else three or four with the fewest empty cells.</summary>
    internal static int Full(int panels) => panels <= 4 ? Math.Max(1, panels) : (3 - (panels % 3)) % 3 < (4 - (panels % 4)) % 4 ? 3 : 4;

    /// <summary>Columns and width of a grid of panels, from those the figure would choose by itself.</summary>
    /// <param name="panels">Number of panels.</param>
    /// <param name="columns">Columns when none are asked for.</param>
    /// <param name="width">Width [px] when neither width nor columns are asked for.</param>
    internal (int Columns, double Width) Grid(int panels, int columns, double width)
    {
        int most = Math.Clamp(panels, 1, MostColumns);
        int wanted = Math.Clamp(Columns ?? columns, 1, most);
        double room = WidthOr(Columns is null || wanted == columns ? width : 60 + (wanted * ColumnWidth));
        return (Math.Clamp((int)(room / NarrowestColumn), 1, wanted), room);
    }
}
