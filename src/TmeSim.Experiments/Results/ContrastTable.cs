using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Results;

/// <summary>An arm against its control, in one measure and lesion.</summary>
/// <param name="Measure">Column of the time series.</param>
/// <param name="Lesion">Lesion.</param>
/// <param name="Arm">Arm.</param>
/// <param name="Control">Arm that it is compared with.</param>
/// <param name="Difference">Mean difference, with its Monte-Carlo error.</param>
public sealed record ArmContrastRow(string Measure, string Lesion, string Arm, string Control, ArmContrast Difference)
{
    /// <summary>Earliest and latest time read [d], over the replicates of both arms.</summary>
    public (double First, double Last) Days { get; init; } = (double.NaN, double.NaN);

    /// <summary>Replicates that were read before the end because an arm had ended.</summary>
    public int ReadEarly { get; init; }
}

/// <summary>Contrasts of all arms against their controls at one time.</summary>
/// <param name="Rows">By measure, lesion and arm.</param>
/// <param name="FirstDay">Earliest time read [d]: replicates are read on the last day that all their arms have.</param>
/// <param name="LastDay">Latest time read [d].</param>
public sealed record ContrastTable(IReadOnlyList<ArmContrastRow> Rows, double FirstDay, double LastDay)
{
    /// <summary>Which replicates were read before the end, when, and why; empty for none.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Measures that are compared when none is asked for.</summary>
    public static IReadOnlyList<string> Measures { get; } = ["tumor_volume_change", "cd8_bed_per_mm2", "cd163_fraction",
        "hypoxic_fraction"];

    /// <summary>The usual measures of all arms and lesions at the end.</summary>
    internal static ContrastTable Of(ResultSet results) => Of(results, Measures, results.Lesions, [.. results.Arms.Select(a => a.Label)]);

    /// <summary>Compares.</summary>
    /// <param name="results">Arms.</param>
    /// <param name="measures">Columns; those that no run has are left out.</param>
    /// <param name="lesions">Lesions.</param>
    /// <param name="arms">Labels of the arms that are compared; controls may stand among them.</param>
    /// <param name="control">Label of the control of all; null for the control of each arm's run.</param>
    /// <param name="atDays">Time wanted [d], where an arm that ended before has no value; null for the last common one of each
    /// replicate.</param>
    internal static ContrastTable Of(
        ResultSet results, IReadOnlyList<string> measures, IReadOnlyList<string> lesions, IReadOnlyList<string> arms,
        string? control = null, double? atDays = null)
    {
        LastCommon together = results.ReadTogether(atDays);
        ArmContrastRow[] rows =
        [
            .. from measure in measures
               where results.Table.Column(measure) >= 0
               from lesion in lesions
               from arm in arms
               let other = control ?? results.ControlOf(arm)
               where arm != other

               // Arms of different starts meet on the last day that both have.
               let last = results.ArePaired(arm, other) ? together
                   : new LastCommon(results.Table, _ => "", atDays, [arm, other], results.PlannedDays)
               let values = last.Values(arm, lesion, measure)
               let others = last.Values(other, lesion, measure)
               where values.Count > 0 && others.Count > 0
               select new ArmContrastRow(measure, lesion, arm, other,
                   Difference(values, others, results.ArePaired(arm, other))) { Days = last.DaysOf(lesion, arm, other),
                   ReadEarly = last.EarlyReplicates(lesion, [arm, other]) },
        ];
        return new ContrastTable(rows, rows.Length == 0 ? double.NaN : rows.Min(r => r.Days.First), rows.Length == 0 ? double.NaN
            : rows.Max(r => r.Days.Last))
        {
            Remark = together.Remark(lesions.Count == 1 ? lesions[0] : null, [.. arms, .. rows.Select(r => r.Control)]),
        };
    }

    private static ArmContrast Difference(IReadOnlyDictionary<int, double> treated, IReadOnlyDictionary<int, double> control, bool paired)
    {
        if (!paired)
        {
            return ArmContrast.Independent([.. treated.Values], [.. control.Values]);
        }

        int[] shared = [.. treated.Keys.Where(control.ContainsKey).Order()];
        return ArmContrast.Paired([.. shared.Select(r => treated[r])], [.. shared.Select(r => control[r])]);
    }
}
