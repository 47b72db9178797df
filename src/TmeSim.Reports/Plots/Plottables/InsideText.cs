using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>Text whose base line begins, lies around or ends at a point; moved inwards where it would leave the plot area, and shortened to its width.</summary>
/// <param name="at">Place.</param>
/// <param name="text">Text.</param>
/// <param name="anchor">Side of the text that lies at the place.</param>
/// <param name="color">Colour.</param>
/// <param name="size">Size [px], positive.</param>
public sealed class InsideText(Coordinates at, string text, TextAnchor anchor, Color color, float size) : PlottableBase
{
    public override void Render(RenderPack rp)
    {
        (string shown, Pixel place) = Fitted(rp.DataRect);
        if (float.IsFinite(place.X + place.Y))
        {
            PlotText.Draw(rp, shown, place, anchor, color, size);
        }
    }

    /// <summary>Room that the text takes [px].</summary>
    internal PixelRect Room(PixelRect plot)
    {
        (string shown, Pixel place) = Fitted(plot);
        return PlotText.Room(shown, place, anchor, size);
    }

    private (string Text, Pixel Place) Fitted(PixelRect plot)
    {
        string shown = TextWrap.Ellipsis(text, plot.Width - 4, size);
        Pixel pixel = Axes.GetPixel(at);
        PixelRect room = PlotText.Room(shown, pixel, anchor, size);
        float dx = Math.Max(plot.Left + 2 - room.Left, 0) + Math.Min(plot.Right - 2 - room.Right, 0);
        float dy = Math.Max(plot.Top + 1 - room.Top, 0) + Math.Min(plot.Bottom - 1 - room.Bottom, 0);
        return (shown, new Pixel(pixel.X + dx, pixel.Y + dy));
    }
}
