using System.Buffers.Binary;
using ScottPlot;
using ScottPlot.Rendering;
using ScottPlot.Rendering.RenderActions;
using SkiaSharp;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots;

/// <summary>Figures as PNG and PDF.</summary>
public static class PageDrawing
{
    private const double PixelsPerInch = 96;
    private const double PointsPerInch = 72;

    /// <summary>A picture of so many dots per inch, the figure being its width in 1/96 inch.</summary>
    public static byte[] Png(Figure figure, double dpi = 192)
    {
        FigurePage page = FigurePage.Of(figure);
        double scale = dpi / PixelsPerInch;
        Multiplot plots = page.Multiplot();
        Rehearse(plots, page);
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)Math.Round(page.Width * scale), (int)Math.Round(page.Height * scale)));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale((float)scale);
        plots.Render(surface.Canvas, new PixelRect(0, page.Width, page.Height, 0));
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return WithDensity(data.Span, dpi);
    }

    // Skia leaves out how large a pixel is: the chunk that says so stands behind the header.
    private static byte[] WithDensity(ReadOnlySpan<byte> png, double dpi)
    {
        const int HeaderEnd = 8 + 4 + 4 + 13 + 4;
        const double MetresPerInch = 0.0254;
        Span<byte> density = stackalloc byte[9];
        int perMetre = (int)Math.Round(dpi / MetresPerInch);
        BinaryPrimitives.WriteInt32BigEndian(density, perMetre);
        BinaryPrimitives.WriteInt32BigEndian(density[4..], perMetre);
        density[8] = 1;
        using var file = new MemoryStream(png.Length + 21);
        file.Write(png[..HeaderEnd]);
        PngChunk.Write(file, "pHYs"u8, density);
        file.Write(png[HeaderEnd..]);
        return file.ToArray();
    }

    /// <summary>One page of the size of the figure.</summary>
    public static byte[] Pdf(Figure figure)
    {
        FigurePage page = FigurePage.Of(figure);
        Multiplot plots = page.Multiplot();
        Rehearse(plots, page);
        var metadata = new SKDocumentPdfMetadata { Title = figure.Title, Creation = DateTime.UnixEpoch, Modified = DateTime.UnixEpoch, RasterDpi = 300 };
        using var stream = new MemoryStream();
        using (SKDocument document = SKDocument.CreatePdf(stream, metadata))
        {
            const float scale = (float)(PointsPerInch / PixelsPerInch);
            SKCanvas canvas = document.BeginPage(page.Width * scale, page.Height * scale);
            canvas.Scale(scale);
            plots.Render(canvas, new PixelRect(0, page.Width, page.Height, 0));
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }

    // A plot draws itself twice the first time, once to find its layout, which would double translucent colours: it finds it here, without drawing.
    internal static void Rehearse(Multiplot plots, FigurePage page)
    {
        Plot[] all = plots.Subplots.GetPlots();
        IRenderAction[][] actions = [.. all.Select(plot => plot.RenderManager.RenderActions.ToArray())];
        foreach (Plot plot in all)
        {
            plot.RenderManager.RenderActions.RemoveAll(action => !Finds(action));
        }

        using var canvas = new SKNoDrawCanvas((int)page.Width, (int)page.Height);
        plots.Render(canvas, new PixelRect(0, page.Width, page.Height, 0));
        foreach ((Plot plot, IRenderAction[] its) in all.Zip(actions))
        {
            plot.RenderManager.RenderActions.Clear();
            plot.RenderManager.RenderActions.AddRange(its);
        }
    }

    private static bool Finds(IRenderAction action) => action is ReplaceNullAxesWithDefaults or AutoScaleUnsetAxes or ExecutePlottableAxisManagers
        or ApplyAxisRulesBeforeLayout or CalculateLayout or ApplyAxisRulesAfterLayout or RegenerateTicks;
}
