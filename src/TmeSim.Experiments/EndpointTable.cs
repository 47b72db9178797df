using System.Globalization;
using TmeSim.Analysis;

namespace TmeSim.Experiments;

/// <summary>
/// Tumour volume of each arm and lesion, over replicates, on the last day that all arms of a replicate have, read from timeseries.csv.
/// </summary>
/// <param name="Rows">One row per arm and lesion, in file order.</param>
/// <param name="Control">Arm that the others are compared with.</param>
public sealed record EndpointTable(IReadOnlyList<EndpointRow> Rows, string Control)
{
    /// <summary>Reads the table. The control is the arm called Control (any case), else the first.</summary>
    public static EndpointTable Read(string timeSeriesPath)
    {
        var table = TimeSeriesTable.Read(timeSeriesPath);
        string[] arms = [.. table.Rows.Select(r => r.Arm).Distinct()];
        string control = arms.FirstOrDefault(a => a.Equals("control", StringComparison.OrdinalIgnoreCase)) ?? arms.FirstOrDefault() ?? "";
        int change = table.Column("tumor_volume_change");
        Dictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> last = LastCommon(table);
        var rows = new List<EndpointRow>();
        foreach (var group in last.GroupBy(p => (p.Key.Arm, p.Key.Lesion)))
        {
            double[] changes = [.. group.Select(p => p.Value.Values[change])];
            double[] ratios =
            [
                .. group.Where(p => last.ContainsKey((control, p.Key.Lesion, p.Key.Replicate)))
                    .Select(p => (1 + p.Value.Values[change]) / (1 + last[(control, p.Key.Lesion, p.Key.Replicate)].Values[change])).Where(double.IsFinite),
            ];
            double[] q = Quantiles.Of(changes, 0.1, 0.5, 0.9);
            double? ratio = ratios.Length == 0 || group.Key.Arm == control ? null : Quantiles.Median(ratios);
            rows.Add(new EndpointRow(
                group.Key.Arm, group.Key.Lesion, changes.Length, group.Min(p => p.Value.TimeDays), group.Max(p => p.Value.TimeDays), q[1], q[0], q[2], ratio));
        }

        return new EndpointTable(rows, control);
    }

    // An arm may end early. All arms of a replicate are read on the last day that all of them have, so that they can be compared.
    private static Dictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> LastCommon(TimeSeriesTable table)
    {
        var found = new Dictionary<(string, string, int), TimeSeriesRow>();
        foreach (var replicate in table.Rows.GroupBy(r => (r.Lesion, r.Replicate)))
        {
            double end = replicate.GroupBy(r => r.Arm).Min(arm => arm.Max(r => r.TimeDays));
            foreach (var arm in replicate.GroupBy(r => r.Arm))
            {
                found.Add((arm.Key, replicate.Key.Lesion, replicate.Key.Replicate), arm.Where(r => r.TimeDays <= end + 1e-9).MaxBy(r => r.TimeDays)!);
            }
        }

        return found;
    }
}

/// <summary>Endpoint of one arm and lesion.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Lesion">Lesion.</param>
/// <param name="Replicates">Replicates counted.</param>
/// <param name="FirstDay">Time of the row read [d], the earliest over replicates.</param>
/// <param name="LastDay">The latest over replicates; another than the first when tumours came near the wall.</param>
/// <param name="Median">Median relative volume change.</param>
/// <param name="Low">10 % quantile.</param>
/// <param name="High">90 % quantile.</param>
/// <param name="RatioToControl">Median over replicates of volume / volume of the control in the same replicate; null for the control.</param>
public sealed record EndpointRow(string Arm, string Lesion, int Replicates, double FirstDay, double LastDay, double Median, double Low, double High, double? RatioToControl)
{
    /// <summary>Median and 10–90 % range as percent text.</summary>
    public string ChangeText => Replicates > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * Median:+0.0;-0.0;0.0} % [{100 * Low:+0.0;-0.0;0.0} to {100 * High:+0.0;-0.0;0.0} %]")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Median:+0.0;-0.0;0.0} %");

    /// <summary>Day or range of days as text.</summary>
    public string DayText => FirstDay == LastDay
        ? LastDay.ToString("0.#", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{FirstDay:0.#}-{LastDay:0.#}");

    /// <summary>Ratio as text; a dash for the control.</summary>
    public string RatioText => RatioToControl?.ToString("0.000", CultureInfo.InvariantCulture) ?? "—";
}
