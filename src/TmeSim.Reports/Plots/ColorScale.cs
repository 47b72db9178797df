using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Ticks;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>The colour bar right of the panels as a plot of its own.</summary>
internal sealed class ColorScale : IHasColorAxis
{
    /// <summary>Least height [px].</summary>
    public const float MinHeight = 130;

    private const float BarWidth = 14;
    private const float TickedHeight = 240;
    private readonly ScottPlot.Range _range;

    public ColorScale(ColorBar bar)
    {
        Colormap = new MapColors(bar.Map);
        _range = bar.IsLog ? new ScottPlot.Range(Math.Log10(bar.Min), Math.Log10(bar.Max)) : new ScottPlot.Range(bar.Min, bar.Max);
        Plot = PlotStyles.New();
        Plot.HideGrid();
        Plot.Axes.SetLimits(0, 1, 0, 1);
        PlotStyles.SetFrames(Plot, false, false);
        foreach (IAxis axis in Plot.Axes.GetAxes())
        {
            PlotStyles.Hide(axis);
            axis.FrameLineStyle.IsVisible = false;
        }

        ScottPlot.Panels.ColorBar panel = Plot.Add.ColorBar(this);
        panel.Width = BarWidth;
        panel.Axis.TickGenerator = bar.IsLog ? new LogTicks() : new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Numbers.Tick, MinimumTickSpacing = 30 };
        panel.Axis.TickLabelStyle.FontSize = PlotStyles.TickSize;
        panel.Axis.TickLabelStyle.ForeColor = PlotStyles.Ink;
        panel.Axis.MinorTickStyle.Length = 0;
        string caption = new Axis { Label = bar.Label, Unit = bar.Unit }.Caption;
        panel.Axis.Label.Text = string.Join('\n', TextWrap.Lines(caption, MinHeight, PlotStyles.LabelSize, maxLines: 3));
        panel.Axis.Label.FontSize = PlotStyles.LabelSize;
        panel.Axis.Label.Bold = false;
        using Paint paint = Paint.NewDisposablePaint();
        panel.Axis.Min = _range.Min;
        panel.Axis.Max = _range.Max;

        // The room that labels take is the same however tall the bar becomes.
        panel.Axis.RegenerateTicks(new PixelLength(TickedHeight), paint);
        panel.Axis.TickGenerator = new GivenTicks([.. panel.Axis.TickGenerator.Ticks.Where(t => t.IsMajor).Select(t => (t.Position, t.Label))]);
        panel.MinimumSize = panel.MaximumSize = Width = BarWidth + PlotStyles.Size(panel.Axis, TickedHeight);
        Plot.Layout.Fixed(new PixelPadding(0, Width, 0, 0));
    }

    public Plot Plot { get; }

    /// <summary>Room that the bar takes with its labels [px].</summary>
    public float Width { get; }

    public IColormap Colormap { get; }

    public ScottPlot.Range GetRange() => _range;
}
