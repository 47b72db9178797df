namespace TmeSim.Experiments;

/// <summary>
/// Rows at which arms are compared. An arm may end early; all arms of a replicate that began from the same state are read at one time that all of them
/// have, so that they can be compared. Arms of another start do not cut them short.
/// </summary>
internal sealed class LastCommon
{
    private readonly Dictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> _rows = [];
    private readonly TimeSeriesTable _table;

    /// <param name="table">Time series.</param>
    /// <param name="startOf">Name of the start of an arm: arms of one start are read together.</param>
    /// <param name="atDays">Time wanted [d]; null for the last one. Where a replicate has ended before it in any arm, its last common row stands in.</param>
    /// <param name="arms">Arms that are read; null for all.</param>
    public LastCommon(TimeSeriesTable table, Func<string, string> startOf, double? atDays = null, IReadOnlyList<string>? arms = null)
    {
        _table = table;
        foreach (var together in table.Rows.Where(r => arms is null || arms.Contains(r.Arm)).GroupBy(r => (r.Lesion, Start: startOf(r.Arm))))
        {
            // A replicate that only the longer of two runs has is read no later than the others, or means would mix times.
            double shortest = together.GroupBy(r => r.Arm).Min(arm => arm.Max(r => r.TimeDays));
            foreach (var replicate in together.GroupBy(r => r.Replicate))
            {
                var parts = replicate.GroupBy(r => r.Arm).ToArray();
                double end = Math.Min(Math.Min(shortest, parts.Min(arm => arm.Max(r => r.TimeDays))), atDays ?? double.PositiveInfinity);
                foreach (var arm in parts)
                {
                    if (arm.Where(r => r.TimeDays <= end + 1e-9).MaxBy(r => r.TimeDays) is { } row)
                    {
                        _rows.Add((arm.Key, together.Key.Lesion, replicate.Key), row);
                    }
                }
            }
        }
    }

    /// <summary>Rows by arm, lesion and replicate.</summary>
    public IReadOnlyDictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> Rows => _rows;

    /// <summary>First and last time that was read [d], of all replicates; NaN for none.</summary>
    public (double First, double Last) Days => _rows.Count == 0 ? (double.NaN, double.NaN) : (_rows.Values.Min(r => r.TimeDays), _rows.Values.Max(r => r.TimeDays));

    /// <summary>First and last time that was read [d] of two arms in a lesion.</summary>
    public (double First, double Last) DaysOf(string lesion, string arm, string other)
    {
        double[] days = [.. _rows.Where(p => p.Key.Lesion == lesion && (p.Key.Arm == arm || p.Key.Arm == other)).Select(p => p.Value.TimeDays)];
        return (days.Min(), days.Max());
    }

    /// <summary>A measure by replicate.</summary>
    public IReadOnlyDictionary<int, double> Values(string arm, string lesion, string measure)
    {
        int column = _table.Column(measure);
        return _rows.Where(p => column >= 0 && p.Key.Arm == arm && p.Key.Lesion == lesion).ToDictionary(p => p.Key.Replicate, p => p.Value.Values[column]);
    }
}
