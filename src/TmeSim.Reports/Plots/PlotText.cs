using ScottPlot;
using SkiaSharp;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Lines of text drawn at a base line.</summary>
internal static class PlotText
{
    /// <summary>Height above the base line in units of the size; accents included.</summary>
    public const float Ascent = 0.8f;

    /// <summary>Depth below the base line in units of the size.</summary>
    public const float Descent = 0.22f;

    /// <summary>Draws one line.</summary>
    /// <param name="rp">Where to draw.</param>
    /// <param name="text">Text.</param>
    /// <param name="at">Point of the base line [px].</param>
    /// <param name="anchor">Side of the text that lies there.</param>
    /// <param name="color">Colour.</param>
    /// <param name="size">Size [px].</param>
    /// <param name="bold">Bold letters.</param>
    /// <param name="halo">Colour of a rim around the letters; null for none.</param>
    public static void Draw(RenderPack rp, string text, Pixel at, TextAnchor anchor, Color color, float size, bool bold = false, Color? halo = null)
    {
        using SKFont font = PlotFont.Sized(size, bold);
        using var paint = new SKPaint { IsAntialias = true, Color = color.ToSKColor() };
        SKTextAlign align = anchor switch { TextAnchor.Start => SKTextAlign.Left, TextAnchor.Middle => SKTextAlign.Center, _ => SKTextAlign.Right };
        if (halo is { } rim)
        {
            using var stroke = new SKPaint
            {
                IsAntialias = true, Color = rim.ToSKColor(), Style = SKPaintStyle.Stroke, StrokeWidth = 2.5f, StrokeJoin = SKStrokeJoin.Round,
            };
            rp.Canvas.DrawText(text, at.X, at.Y, align, font, stroke);
        }

        rp.Canvas.DrawText(text, at.X, at.Y, align, font, paint);
    }

    /// <summary>Room of a line [px].</summary>
    public static PixelRect Room(string text, Pixel at, TextAnchor anchor, float size)
    {
        float width = (float)TextMetrics.Width(text, size);
        float left = at.X - (anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => width / 2, _ => width });
        return new PixelRect(left, left + width, at.Y + (Descent * size), at.Y - (Ascent * size));
    }
}
