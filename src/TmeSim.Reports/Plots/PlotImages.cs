using SkiaSharp;

namespace TmeSim.Reports.Plots;

/// <summary>Rasters as images of ScottPlot.</summary>
internal static class PlotImages
{
    /// <summary>An RGBA raster, row 0 at the top.</summary>
    public static ScottPlot.Image Of(int width, int height, byte[] rgba)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using SKImage image = SKImage.FromPixelCopy(info, rgba);
        return new ScottPlot.Image(SKBitmap.FromImage(image));
    }
}
