using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws dose ticks above a plot area; doses too close to be told apart become one bar.</summary>
internal static class DoseTrackPainter
{
    private const double TickWidth = 2;
    private const double Closest = 3.5;
    private static readonly Rgb Neutral = Rgb.Parse("#444444");

    public static void Add(List<Shape> shapes, PanelLayout panel, DoseTrack track, double top)
    {
        string label = TextWrap.Ellipsis(track.Label, panel.TrackLabelWidth, LayoutStyle.SmallSize);
        double baseline = top + (LayoutStyle.TrackHeight / 2) + (LayoutStyle.SmallSize * 0.36) - 1;
        shapes.Add(new TextShape(new Pixel(panel.Plot.Left - 6, baseline), label, LayoutStyle.SmallSize, TextAnchor.End, LayoutStyle.Ink));
        IReadOnlyList<Rgb> colors = track.Colors.Count == 0 ? [Neutral] : track.Colors;
        double height = LayoutStyle.TrackHeight - 5;
        foreach ((double left, double right) in Runs(panel, track.Times))
        {
            for (int i = 0; i < colors.Count; i++)
            {
                double upper = top + 1.5 + (i * height / colors.Count);
                shapes.Add(new RectShape(new Box(left, upper, right, upper + (height / colors.Count)), colors[i], 1, null));
            }
        }
    }

    private static IEnumerable<(double Left, double Right)> Runs(PanelLayout panel, IReadOnlyList<double> times)
    {
        double start = double.NaN;
        double end = double.NaN;
        foreach (double time in times.Where(double.IsFinite).Order())
        {
            double fraction = panel.X.Fraction(time);
            if (fraction is < -1e-9 or > 1 + 1e-9 || double.IsNaN(fraction))
            {
                continue;
            }

            double x = panel.Plot.Left + (fraction * panel.Plot.Width);
            if (x - end < Closest)
            {
                end = x;
                continue;
            }

            if (!double.IsNaN(start))
            {
                yield return (start - (TickWidth / 2), end + (TickWidth / 2));
            }

            (start, end) = (x, x);
        }

        if (!double.IsNaN(start))
        {
            yield return (start - (TickWidth / 2), end + (TickWidth / 2));
        }
    }
}
