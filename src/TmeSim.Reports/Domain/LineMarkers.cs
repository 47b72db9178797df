using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>A few markers on the curve of an arm, at other places for each arm: many curves stay apart in grey print where they cross.</summary>
internal static class LineMarkers
{
    private const int PerLine = 4;
    private const int Places = 12;

    /// <summary>More arms than colours and dashes keep apart.</summary>
    public static bool Needed(int arms) => arms > 4;

    /// <summary>Markers on the points of a curve nearest to their places; none where the curve is missing.</summary>
    /// <param name="arm">Arm.</param>
    /// <param name="x">Positions, rising.</param>
    /// <param name="y">Values.</param>
    /// <param name="axis">Axis of x, with both ends.</param>
    /// <param name="looks">Looks of the arms.</param>
    public static IEnumerable<PlotElement> Create(string arm, double[] x, double[] y, Axis axis, ArmLooks looks)
    {
        double first = axis.Min ?? 0, range = (axis.Max ?? 1) - first;

        // 5 and 12 share no factor: neighbours in the legend lie far from each other on the axis.
        double offset = (looks.Index(arm) * 5 % Places) + 0.5;
        double[] wanted = [.. Enumerable.Range(0, PerLine).Select(k => first + (range * (k + (offset / Places)) / PerLine))];
        int[] nearest =
        [
            .. wanted.Select(place => Enumerable.Range(0, x.Length).MinBy(i => Math.Abs(x[i] - place)))
                .Where((i, k) => i < x.Length && Math.Abs(x[i] - wanted[k]) <= range / PerLine / 2).Distinct(),
        ];
        if (nearest.Length > 0)
        {
            yield return new PointElement([.. nearest.Select(i => x[i])], [.. nearest.Select(i => y[i])], looks.Marker(arm, 6)) { Group = arm };
        }
    }
}
