using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>Tumour volume of each arm and lesion, over replicates, on the last day that all arms of a replicate have.</summary>
/// <param name="Rows">One row per arm and lesion, in the order of the table.</param>
/// <param name="Control">Arm that the others are compared with; "control" where several runs have controls of their own.</param>
public sealed record EndpointTable(IReadOnlyList<EndpointRow> Rows, string Control)
{
    /// <summary>Which replicates were read before the end, when, and which arm had ended; empty for none.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Reads timeseries.csv of one run. The control is the arm called Control (any case), else the first.</summary>
    /// <param name="timeSeriesPath">The file.</param>
    /// <param name="responses">Responses of the run; null where there are none.</param>
    /// <param name="plannedDays">How long the arms were to last [d]; null for as long as the longest did.</param>
    /// <exception cref="RunFolderException">The file cannot be read.</exception>
    public static EndpointTable Read(string timeSeriesPath, ResponseTable? responses = null, double? plannedDays = null)
    {
        var table = TimeSeriesTable.Read(timeSeriesPath);
        string control = ResultSet.ControlName(table.Rows.Select(r => r.Arm).Distinct());
        return Of(table, responses, control, _ => control, _ => "", plannedDays is { } days ? _ => days : null);
    }

    internal static EndpointTable Of(ResultSet results) => Of(
        results.Table, results.Responses, results.Arms.Select(a => results.ControlOf(a.Label)).Distinct().Count() > 1 ? "control"
        : results.Control, results.ControlOf,
        results.StartOf, results.PlannedDays);

    private static EndpointTable Of(
        TimeSeriesTable table, ResponseTable? responses, string control, Func<string, string> controlOf, Func<string, string> startOf,
        Func<string, double>? plannedDays)
    {
        var last = new LastCommon(table, startOf, plannedDays: plannedDays);
        var rows = new List<EndpointRow>();
        foreach (var group in last.Rows.GroupBy(p => (p.Key.Arm, p.Key.Lesion)))
        {
            (string arm, string lesion) = group.Key;
            IReadOnlyDictionary<int, double> changes = last.Values(arm, lesion, "tumor_volume_change"),
                others = last.Values(controlOf(arm), lesion, "tumor_volume_change");
            double[] ratios = [.. changes.Where(p => others.ContainsKey(p.Key)).Select(p => (1 + p.Value) / (1 + others[p.Key]))
                .Where(double.IsFinite)];
            double[] q = Quantiles.Of([.. changes.Values.Where(double.IsFinite)], 0.1, 0.5, 0.9);
            rows.Add(new EndpointRow(
                arm, lesion, changes.Count, group.Min(p => p.Value.TimeDays), group.Max(p => p.Value.TimeDays), q[1], q[0], q[2],
                ratios.Length == 0 || arm == controlOf(arm) || startOf(arm) != startOf(controlOf(arm)) ? null : Quantiles.Median(ratios))
            {
                ReadEarly = last.EarlyReplicates(lesion, [arm]),
                Course = Course(table, arm, lesion),
                BestResponses = responses?.Counts(arm),
                Cd8PerMm2 = Median(last.Values(arm, lesion, "cd8_bed_per_mm2")),
                HypoxicFraction = Median(last.Values(arm, lesion, "hypoxic_fraction")),
            });
        }

        return new EndpointTable(rows, control) { Remark = last.Remark() };
    }

    private static double Median(IReadOnlyDictionary<int, double> values) => Quantiles.Median([.. values.Values.Where(double.IsFinite)]);

    // Median over replicates at times that at least half of them recorded: a median over fewer would be that of a selection.
    private static double[] Course(TimeSeriesTable table, string arm, string lesion)
    {
        int column = table.Column("tumor_volume_change");
        TimeSeriesRow[] rows = [.. table.Rows.Where(r => r.Arm == arm && r.Lesion == lesion)];
        int replicates = rows.Select(r => r.Replicate).Distinct().Count();
        return column < 0 ? [] :
        [
            .. rows.GroupBy(r => r.TimeDays).Where(g => 2 * g.Count() >= replicates).OrderBy(g => g.Key)
                .Select(g => 1 + Quantiles.Median([.. g.Select(r => r.Values[column]).Where(double.IsFinite)])),
        ];
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
/// <param name="RatioToControl">Median over replicates of volume / volume of the control in the same replicate; null for the control, and
/// where replicates of the two did not begin from the same state.</param>
public sealed record EndpointRow(string Arm, string Lesion, int Replicates, double FirstDay, double LastDay, double Median, double Low,
    double High, double? RatioToControl)
{
    /// <summary>Replicates that were read before the end because an arm of theirs had ended.</summary>
    public int ReadEarly { get; init; }

    /// <summary>Median volume relative to t = 0 at each time that at least half of the replicates recorded, rising times.</summary>
    public IReadOnlyList<double> Course { get; init; } = [];

    /// <summary>Best responses of the arm by the visits, over all its lesions; null where the run has none written.</summary>
    public ResponseCounts? BestResponses { get; init; }

    /// <summary>Median CD8 T cells of the tumour bed [/mm²]; NaN when undefined.</summary>
    public double Cd8PerMm2 { get; init; } = double.NaN;

    /// <summary>Median share of tumour cells below 10 mmHg; NaN when undefined.</summary>
    public double HypoxicFraction { get; init; } = double.NaN;

    /// <summary>Median and 10–90 % range as percent text.</summary>
    public string ChangeText => Replicates > 1
        ? string.Create(CultureInfo.InvariantCulture,
            $"{100 * Median:+0.0;-0.0;0.0} % [{100 * Low:+0.0;-0.0;0.0} to {100 * High:+0.0;-0.0;0.0} %]")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Median:+0.0;-0.0;0.0} %");

    /// <summary>Day or range of days as text.</summary>
    public string DayText => FirstDay == LastDay
        ? LastDay.ToString("0.#", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{FirstDay:0.#}-{LastDay:0.#}");

    /// <summary>Best responses as text, "1 PR, 3 SD"; a dash where there are none.</summary>
    public string ResponseText => BestResponses?.Text ?? "—";

    /// <summary>Ratio as text; a dash where there is none.</summary>
    public string RatioText => RatioToControl?.ToString("0.000", CultureInfo.InvariantCulture) ?? "—";
}
