using System.Globalization;
using TmeSim.Analysis;

namespace TmeSim.Experiments;

/// <summary>Last tumour volume of each arm and lesion, over replicates, read from timeseries.csv.</summary>
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
        var last = table.Rows.GroupBy(r => (r.Arm, r.Lesion, r.Replicate)).ToDictionary(g => g.Key, g => g.MaxBy(r => r.TimeDays)!);
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
            rows.Add(new EndpointRow(group.Key.Arm, group.Key.Lesion, changes.Length, group.Max(p => p.Value.TimeDays), q[1], q[0], q[2], ratios.Length == 0 || group.Key.Arm == control ? null : Quantiles.Median(ratios)));
        }

        return new EndpointTable(rows, control);
    }
}

/// <summary>Endpoint of one arm and lesion.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Lesion">Lesion.</param>
/// <param name="Replicates">Replicates counted.</param>
/// <param name="TimeDays">Time of the last row [d].</param>
/// <param name="Median">Median relative volume change.</param>
/// <param name="Low">10 % quantile.</param>
/// <param name="High">90 % quantile.</param>
/// <param name="RatioToControl">Median over replicates of volume / volume of the control in the same replicate; null for the control.</param>
public sealed record EndpointRow(string Arm, string Lesion, int Replicates, double TimeDays, double Median, double Low, double High, double? RatioToControl)
{
    /// <summary>Median and 10–90 % range as percent text.</summary>
    public string ChangeText => Replicates > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * Median:+0.0;-0.0;0.0} % [{100 * Low:+0.0;-0.0;0.0} to {100 * High:+0.0;-0.0;0.0} %]")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Median:+0.0;-0.0;0.0} %");

    /// <summary>Ratio as text; a dash for the control.</summary>
    public string RatioText => RatioToControl?.ToString("0.000", CultureInfo.InvariantCulture) ?? "—";
}
