namespace TmeSim.Experiments;

/// <summary>
/// Rows at which arms are compared. An arm may end early; all arms of a replicate are read at one time that all of them have, so that they can be compared.
/// </summary>
internal sealed class LastCommon
{
    private readonly Dictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> _rows = [];
    private readonly TimeSeriesTable _table;

    /// <param name="table">Time series.</param>
    /// <param name="atDays">Time wanted [d]; null for the last one. Where a replicate has ended before it in any arm, its last common row stands in.</param>
    public LastCommon(TimeSeriesTable table, double? atDays = null)
    {
        _table = table;

        // A replicate that only the longer of two runs has is read no later than the others, or means would mix times.
        var ends = table.Rows.GroupBy(r => r.Lesion).ToDictionary(g => g.Key, g => g.GroupBy(r => r.Arm).Min(arm => arm.Max(r => r.TimeDays)));
        foreach (var replicate in table.Rows.GroupBy(r => (r.Lesion, r.Replicate)))
        {
            var arms = replicate.GroupBy(r => r.Arm).ToArray();
            double end = Math.Min(Math.Min(ends[replicate.Key.Lesion], arms.Min(arm => arm.Max(r => r.TimeDays))), atDays ?? double.PositiveInfinity);
            foreach (var arm in arms)
            {
                if (arm.Where(r => r.TimeDays <= end + 1e-9).MaxBy(r => r.TimeDays) is { } row)
                {
                    _rows.Add((arm.Key, replicate.Key.Lesion, replicate.Key.Replicate), row);
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
