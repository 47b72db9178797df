using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>Estimates in words.</summary>
public static class EstimateText
{
    /// <summary>"0.42 [0.31, 0.50]" with two significant digits of the width of the interval.</summary>
    /// <param name="estimate">Estimate.</param>
    /// <param name="signed">A plus sign stands before a positive value.</param>
    /// <param name="unit">Unit behind the value; empty for none.</param>
    public static string Text(this Estimate estimate, bool signed = false, string unit = "")
    {
        (double value, double low, double high) = estimate;
        if (!double.IsFinite(value))
        {
            return "not estimable";
        }

        bool known = double.IsFinite(high - low);
        double scale = known && high > low ? high - low : Math.Abs(value);
        int decimals = scale > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(scale)), 0, 4) : 0;
        string interval = known ? $" [{Numbers.Readable(low, decimals)},\u00A0{Numbers.Readable(high, decimals)}]" : "";
        return (signed && value > 0 ? "+" : "") + Numbers.Readable(value, decimals) + (unit.Length > 0 ? "\u00A0" + unit : "") + interval;
    }
}
