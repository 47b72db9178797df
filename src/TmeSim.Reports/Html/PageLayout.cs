using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Html;

/// <summary>
/// Layouts of a figure for the page, which draws charts as wide as their column: one for screens, so that letters of all charts have one
/// size there, and one with panels below each other for telephones, where letters of the first would be too small to read.
/// </summary>
internal static class PageLayout
{
    private const double WideWidth = 940;
    private const double NarrowWidth = 380;

    public static Figure Wide(Figure figure) => figure with { Width = Math.Max(figure.Width, WideWidth) };

    /// <summary>
    /// The figure in one column, rows high enough for the texts beside them; null for pictures of tissue and their rows, which belong
    /// side by side. Doses that several columns show stand once, above the first.
    /// </summary>
    public static Figure? Narrow(Figure figure)
    {
        Panel[] panels = [.. figure.Panels.OfType<Panel>()];
        return figure.RowTitles.Count > 0 || panels.Any(panel => panel.Elements.Any(element => element is ImageElement))
            ? null
            : figure with
            {
                Width = NarrowWidth,
                Columns = 1,
                Panels = [.. panels.Select((panel, i) => One(panel, panels[..i].Any(above => ReferenceEquals(above.DoseTracks, panel.DoseTracks))))],
            };

        static Panel One(Panel panel, bool dosesStandAbove) => panel with
        {
            X = panel.X with { Labelled = true },
            Y = panel.Y with { Labelled = true },
            DoseTracks = dosesStandAbove ? [] : panel.DoseTracks,
            PlotHeight = Math.Max(
                panel.PlotHeight, panel.RowNotes.Count * PanelPlot.RowHeight(panel.Y.Categories ?? [], panel.RowNotes, NarrowWidth - (2 * FigurePage.Padding))),
        };
    }
}
