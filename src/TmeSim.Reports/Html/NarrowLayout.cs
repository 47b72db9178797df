using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Html;

/// <summary>A figure laid out for the screen of a telephone: panels below each other, texts at their size.</summary>
internal static class NarrowLayout
{
    /// <summary>Width [px].</summary>
    public const double Width = 380;

    /// <summary>The figure in one column; null for one that is narrow already, and for pictures of tissue in rows, which belong side by side.</summary>
    public static Figure? Of(Figure figure)
    {
        Panel[] panels = [.. figure.Panels.OfType<Panel>()];
        return figure.Width <= Width || figure.RowTitles.Count > 0 || panels.Any(panel => panel.Elements.Any(element => element is ImageElement))
            ? null
            : figure with
            {
                Width = Width,
                Columns = 1,
                Panels = [.. panels.Select(panel => panel with { X = panel.X with { Labelled = true }, Y = panel.Y with { Labelled = true } })],
            };
    }
}
