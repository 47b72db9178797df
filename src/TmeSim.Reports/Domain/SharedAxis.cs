using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Domain;

/// <summary>An axis that several panels share.</summary>
internal static class SharedAxis
{
    /// <summary>The axis with ends that hold all finite values.</summary>
    /// <param name="axis">Axis without ends.</param>
    /// <param name="values">Values of all panels.</param>
    public static Axis Of(Axis axis, IEnumerable<double> values)
    {
        bool log = axis.Scale == AxisScale.Log10;
        double[] shown = [.. values.Where(value => double.IsFinite(value) && !(log && value <= 0))];
        (double, double) range = shown.Length == 0 ? (double.NaN, double.NaN) : (shown.Min(), shown.Max());
        (double low, double high) = AxisRange.Of(axis, log ? (Math.Log10(range.Item1), Math.Log10(range.Item2)) : range);
        return axis with { Min = log ? Math.Pow(10, low) : low, Max = log ? Math.Pow(10, high) : high };
    }

    /// <summary>Panels of a grid with one axis of x, labelled where no panel lies below, and one of y, labelled in the first column, if they share that too.</summary>
    public static IReadOnlyList<Panel?> Outer(IReadOnlyList<Panel?> panels, int columns, bool sharesY) =>
    [
        .. panels.Select((panel, i) => panel is null ? null : panel with
        {
            X = panel.X with { Labelled = !(i + columns < panels.Count && panels[i + columns] is { X.Visible: true }) },
            Y = panel.Y with { Labelled = !sharesY || i % columns == 0 || panels[i - 1] is not { Y.Visible: true } },
        }),
    ];
}
