using System.Globalization;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>
/// Draws a plottable between two marks which <see cref="SvgFile"/> turns into an attribute of what lies between them: <c>data-group</c>, so that a page
/// can hide and show it, <c>data-own</c>, or <c>stroke-dasharray</c>, as vectors keep dashes only so. Other formats are drawn without
/// marks, which PDF would show as links.
/// </summary>
/// <param name="inner">What is drawn.</param>
/// <param name="attribute">Name of the attribute.</param>
/// <param name="value">Its value.</param>
public sealed class Marked(IPlottable inner, string attribute, string value) : IPlottable
{
    /// <summary>What something belongs to (an arm, say).</summary>
    public const string Group = "data-group";

    /// <summary>Lengths of dashes and gaps.</summary>
    public const string Dash = "stroke-dasharray";

    /// <summary>What keeps its colours on dark paper.</summary>
    public const string Own = "data-own";

    internal const string Begin = "urn:begin:";
    internal const string End = "urn:end:";

    public bool IsVisible
    {
        get => inner.IsVisible;
        set => inner.IsVisible = value;
    }

    public IAxes Axes
    {
        get => inner.Axes;
        set => inner.Axes = value;
    }

    public IEnumerable<LegendItem> LegendItems => inner.LegendItems;

    /// <summary>What is drawn between marks, or the plottable itself where there are none.</summary>
    public static IPlottable Content(IPlottable plottable) => plottable is Marked marked ? Content(marked.Inner) : plottable;

    private IPlottable Inner => inner;

    public AxisLimits GetAxisLimits() => inner.GetAxisLimits();

    public void Render(RenderPack rp) => Around(rp, attribute, value, () => inner.Render(rp));

    /// <summary>Value of <see cref="Dash"/>.</summary>
    internal static string DashText(IReadOnlyList<double> dash) => string.Join(' ', dash.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Draws something between marks; without them for no value.</summary>
    internal static void Around(RenderPack rp, string attribute, string? value, Action draw)
    {
        if (value is null)
        {
            draw();
            return;
        }

        // A mark outside the clip would be dropped.
        SKRect clip = rp.Canvas.LocalClipBounds;
        var spot = new SKRect(clip.MidX, clip.MidY, clip.MidX + 1, clip.MidY + 1);
        Mark(rp.Canvas, spot, $"{Begin}{attribute}:{Uri.EscapeDataString(value)}");
        draw();
        Mark(rp.Canvas, spot, End + attribute);
    }

    // The text is held until it is drawn: one that only the canvas refers to could be collected before.
    private static void Mark(SKCanvas canvas, SKRect spot, string target)
    {
        using var text = SKData.CreateCopy(Encoding.ASCII.GetBytes(target + '\0'));
        canvas.DrawUrlAnnotation(spot, text);
    }
}
