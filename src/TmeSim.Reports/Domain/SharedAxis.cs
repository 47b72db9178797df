using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Domain;

/// <summary>An axis with round ends that several panels share.</summary>
internal static class SharedAxis
{
    /// <summary>The axis with ends that hold all finite values.</summary>
    /// <param name="axis">Axis without ends.</param>
    /// <param name="values">Values of all panels.</param>
    /// <param name="length">Length of the axis in each panel [px].</param>
    public static Axis Of(Axis axis, IEnumerable<double> values, double length)
    {
        bool log = axis.Scale == AxisScale.Log10;
        double[] shown = [.. values.Where(value => double.IsFinite(value) && !(log && value <= 0))];
        (double, double) range = shown.Length == 0 ? (double.NaN, double.NaN) : (shown.Min(), shown.Max());
        var map = AxisMap.Create(axis, range, Math.Max(2, (int)(length / LayoutStyle.ClosestYTicks)));
        return axis with { Min = map.Low, Max = map.High };
    }
}
