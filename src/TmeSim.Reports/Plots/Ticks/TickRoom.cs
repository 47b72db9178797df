using ScottPlot;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>Whether the labels of ticks have room beside each other.</summary>
internal static class TickRoom
{
    private const double Space = 8;
    private const double LineRoom = 18;

    /// <summary>No label touches the one before it.</summary>
    public static bool Fits(IReadOnlyList<(double At, string Label)> ticks, CoordinateRange range, Edge edge, float length, LabelStyle style)
    {
        double pixels = length / range.Span;
        float size = style.FontSize;
        bool acrossLines = edge is Edge.Left or Edge.Right || style.Rotation != 0;
        for (int i = 1; i < ticks.Count; i++)
        {
            double distance = Math.Abs(ticks[i].At - ticks[i - 1].At) * pixels;
            double needed = acrossLines ? LineRoom : ((Width(ticks[i].Label, size) + Width(ticks[i - 1].Label, size)) / 2) + Space;
            if (distance < needed)
            {
                return false;
            }
        }

        return true;
    }

    private static double Width(string label, float size) => label.Split('\n').Max(line => TextMetrics.Width(line, size));
}
