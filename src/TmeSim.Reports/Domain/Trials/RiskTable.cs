using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>
/// The table below a survival curve: at risk, censored and events of each arm at the ticks, counted from the start, as KMunicate has it
/// (Morris et al. 2019, BMJ Open, doi:10.1136/bmjopen-2019-030215).
/// </summary>
internal static class RiskTable
{
    /// <summary>Times of all rows, rising.</summary>
    public static IReadOnlyList<double> Times(IEnumerable<IReadOnlyList<RiskRow>> rows) =>
        [.. rows.SelectMany(r => r).Select(r => r.Time).Where(double.IsFinite).Distinct().Order()];

    /// <summary>Rows of arms that have counts.</summary>
    public static IReadOnlyList<AxisRow> Rows(IEnumerable<(string Arm, IReadOnlyList<RiskRow> Rows)> arms, ArmLooks looks) =>
        [.. arms.Where(arm => arm.Rows.Count > 0).SelectMany(arm => Of(arm.Arm, arm.Rows, looks.Color(arm.Arm)))];

    private static IEnumerable<AxisRow> Of(string arm, IReadOnlyList<RiskRow> rows, Rgb color)
    {
        yield return new AxisRow(arm, []) { Group = arm, Color = color };
        foreach ((string label, Func<RiskRow, int> count) in
            new (string, Func<RiskRow, int>)[] { ("At risk", r => r.AtRisk), ("Censored", r => r.Censored), ("Events", r => r.Events) })
        {
            yield return new AxisRow(label, [.. rows.Select(r => new AxisCell(r.Time, TrialText.Count(count(r))))]) { Group = arm };
        }
    }
}
