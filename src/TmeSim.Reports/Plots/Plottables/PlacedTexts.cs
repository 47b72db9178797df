using ScottPlot;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>A line of text, or a box of a colour, at a place of a table.</summary>
/// <param name="Text">Text.</param>
/// <param name="X">Right of the left side of the plot [px].</param>
/// <param name="Y">Base line below the top of the plot [px].</param>
/// <param name="Anchor">Side of the text that lies there.</param>
/// <param name="Bold">Bold letters.</param>
public readonly record struct PlacedText(string Text, float X, float Y, TextAnchor Anchor, bool Bold)
{
    /// <summary>What it belongs to; null for nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Colour of a box left of the text, as high as its capitals; null for none.</summary>
    public Color? Box { get; init; }
}

/// <summary>Texts at places of a plot without axes.</summary>
/// <param name="texts">Texts.</param>
/// <param name="color">Colour.</param>
/// <param name="size">Size [px], positive.</param>
public sealed class PlacedTexts(IReadOnlyList<PlacedText> texts, Color color, float size) : PlottableBase
{
    /// <summary>Room of a box before a text [px].</summary>
    internal const float BoxRoom = 13;

    private const float BoxSide = 8;

    public override void Render(RenderPack rp)
    {
        foreach (PlacedText text in texts)
        {
            var at = new Pixel(rp.DataRect.Left + text.X, rp.DataRect.Top + text.Y);
            Marked.Around(rp, Marked.Group, text.Group, () =>
            {
                if (text.Box is { } box)
                {
                    var place = new PixelRect(at.X - BoxRoom, at.X - BoxRoom + BoxSide, at.Y, at.Y - BoxSide);
                    Drawing.FillRectangle(rp.Canvas, place, rp.Paint, new FillStyle { Color = box });
                }

                PlotText.Draw(rp, text.Text, at, text.Anchor, color, size, text.Bold);
            });
        }
    }
}
