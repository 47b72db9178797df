using System.Globalization;
using System.Text;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Measures;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Reporting;

/// <summary>Statistics of factors as a file and as a table of the report.</summary>
internal static class SensitivityTable
{
    private const int MaxShown = 400;

    /// <summary>Columns of sensitivity.csv.</summary>
    public static IReadOnlyList<ColumnInfo> Columns { get; } =
    [
        new("output", "", "Output of the sweep, or its difference to the control."),
        new("arm", "", "Therapy arm."),
        new("lesion", "", "Lesion."),
        new("factor", "", "Varied key, by its label."),
        new("statistic", "",
        "What is measured: partial rank correlation, share of variance, Morris effects (mu, mu*, sigma) or Sobol indices, as the design "
        + "allows."),
        new("value", "1", "Value of the statistic; Morris effects in the unit of the output per declared range."),
        new("low", "1", "Lower end of its 95 % interval; empty without one."),
        new("high", "1", "Upper end of its 95 % interval; empty without one."),
        new("p", "1", "Probability of such a value without an effect; empty where it is not tested."),
        new("n", "1", "Points, trajectories or blocks of the design without a missing value."),
        new("interval", "", "How the interval was made: Fisher z, t, t of the log or bootstrap; \"too few\" where n does not support one."),
    ];

    /// <summary>sensitivity.csv, tidy.</summary>
    public static string Csv(SweepData data, SweepSensitivity sensitivity)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        foreach (SensitivityRow row in sensitivity.Rows)
        {
            // Effects of Morris are in the unit of the output, as in sweep.csv.
            double scale = row.Statistic is SensitivityStatistic.MeanEffect or SensitivityStatistic.MeanAbsoluteEffect or SensitivityStatistic.EffectSpread
                ? row.Quantity.Scale : 1;
            text.AppendJoin(
                ',', Folders.Csv.Text(row.Quantity.Name), Folders.Csv.Text(data.Arms[row.Arm]), Folders.Csv.Text(data.Lesions[row.Lesion]),
                Folders.Csv.Text(row.Factor.Label), row.Statistic,
                Folders.Csv.Number(row.Estimate.Value / scale), Folders.Csv.Number(row.Estimate.Low / scale),
                Folders.Csv.Number(row.Estimate.High / scale),
                Folders.Csv.Number(row.P), row.Count.ToString(CultureInfo.InvariantCulture), row.Interval).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same for readers; none without statistics.</summary>
    public static IEnumerable<ReportTable> Table(SweepData data, SweepSensitivity sensitivity)
    {
        if (sensitivity.Rows.Count == 0)
        {
            yield break;
        }

        bool lesions = data.Lesions.Count > 1;
        SensitivityRow[] shown = [.. sensitivity.Rows.GroupBy(r => (r.Quantity, r.Lesion, r.Arm, r.Statistic))
            .SelectMany(g => g.OrderByDescending(r => double.IsFinite(r.Estimate.Value) ? Math.Abs(r.Estimate.Value) : -1))
            .Take(MaxShown)];
        yield return new ReportTable(
            "Sensitivity",
            ["Output", "Arm", .. lesions ? ["Lesion"] : (string[])[], "Factor", "Statistic", "Value", "95 % interval", "p", "n"],
            [.. shown.Select(r => (IReadOnlyList<ReportCell>)
            [
                r.Quantity.Name, data.Arms[r.Arm], .. lesions ? [data.Lesions[r.Lesion]] : (ReportCell[])[], r.Factor.Label,
                    Name(r.Statistic), ReportCell.Of(r.Estimate.Value),
                ReportCell.Interval(r.Estimate.Low, r.Estimate.High, r.Interval), P(r.P), $"{r.Count}",
            ])],
            "On means over replicates; Δ: difference to the control in the same replicate. n: points, trajectories or blocks of the design "
                + "without a missing value. "
            + $"Intervals: {Methods(sensitivity)}."
            + (sensitivity.Rows.Count > MaxShown ? $" The first {MaxShown} of {sensitivity.Rows.Count} rows; sensitivity.csv has all."
                : "")) { ArmColumn = 1 };
    }

    // What the intervals of the statistics of this design are.
    private static string Methods(SweepSensitivity sensitivity) => sensitivity.Rows[0].Statistic switch
    {
        SensitivityStatistic.MeanAbsoluteEffect =>
            $"Student's t over trajectories, for μ* on the log scale; none below {MorrisEffects.MinTrajectories} trajectories",
        SensitivityStatistic.FirstOrder => $"percentiles of a bootstrap over blocks; none below {SobolIndices.MinBlocks} blocks",
        _ => "Fisher's z over points, an approximation",
    };

    private static ReportCell P(double p) => !double.IsFinite(p) ? "" : p < 0.001 ? new ReportCell("< 0.001", p) : ReportCell.Of(p);

    private static string Name(string statistic) => statistic switch
    {
        SensitivityStatistic.RankCorrelation => "PRCC",
        SensitivityStatistic.EtaSquared => "η²",
        SensitivityStatistic.MeanEffect => "μ",
        SensitivityStatistic.MeanAbsoluteEffect => "μ*",
        SensitivityStatistic.EffectSpread => "σ",
        SensitivityStatistic.FirstOrder => "Sobol, first order",
        _ => "Sobol, total",
    };
}
