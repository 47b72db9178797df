using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>Lines of text from the upper left corner of a plot without axes.</summary>
/// <param name="lines">Lines.</param>
/// <param name="color">Colour.</param>
/// <param name="size">Size [px], positive.</param>
/// <param name="isBold">Bold letters.</param>
/// <param name="group">What it belongs to (an arm, say); null for nothing.</param>
public sealed class TextBlock(IReadOnlyList<string> lines, Color color, float size, bool isBold = false, string? group = null) : PlottableBase
{
    /// <summary>Height [px] of a number of lines.</summary>
    public static float HeightOf(int lines, float size) => (float)(lines * size * TextMetrics.LineHeight);

    public override void Render(RenderPack rp) => Marked.Around(rp, Marked.Group, group, () =>
    {
        float baseline = rp.DataRect.Top + (size * (PlotText.Ascent + 0.1f));
        foreach (string line in lines)
        {
            PlotText.Draw(rp, line, new Pixel(rp.DataRect.Left, baseline), TextAnchor.Start, color, size, isBold);
            baseline += HeightOf(1, size);
        }
    });
}
