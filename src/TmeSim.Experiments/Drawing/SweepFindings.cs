using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain;

namespace TmeSim.Experiments.Drawing;

/// <summary>What figures of sweeps show, in their titles.</summary>
internal static class SweepFindings
{
    /// <summary>By size, whatever the sign; without intervals nothing is claimed.</summary>
    public static bool Overlap(Estimate first, Estimate second) =>
        !(Math.Min(Math.Abs(first.Low), Math.Abs(first.High)) > Math.Max(Math.Abs(second.Low), Math.Abs(second.High)));

    /// <summary>"CD8 kill rate decides Change of tumour volume: μ* 0.62 [0.50, 0.75] %", of the arm with the largest value; empty where nothing has one.</summary>
    /// <param name="data">Values.</param>
    /// <param name="rows">One statistic of all factors and arms.</param>
    /// <param name="of">What the factors act on.</param>
    /// <param name="symbol">Name of the statistic.</param>
    /// <param name="unit">Its unit; empty for none.</param>
    public static string Strongest(SweepData data, IEnumerable<SensitivityRow> rows, string of, string symbol, string unit = "")
    {
        SensitivityRow[] known = [.. rows.Where(r => double.IsFinite(r.Estimate.Value)).OrderByDescending(r => Math.Abs(r.Estimate.Value))];
        if (known.Length == 0)
        {
            return "";
        }

        SensitivityRow first = known[0];
        SensitivityRow? second = known.Skip(1).FirstOrDefault(r => r.Arm == first.Arm);
        bool clear = second is not null && !Overlap(first.Estimate, second.Estimate), none = first.Estimate is { Low: <= 0, High: >= 0 };
        string does = none ? "No factor stands out; the largest, " + first.Factor.Name + ", for " : first.Factor.Name + (clear ? " decides " : " ranks first for ");
        return $"{does}{of}: {symbol} {first.Estimate.Text()}{(unit is "" or "1" ? "" : "\u00A0" + unit)}{(data.Arms.Count > 1 ? $" ({data.Arms[first.Arm]})" : "")}";
    }
}
