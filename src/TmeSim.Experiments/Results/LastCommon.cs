using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Rows at which arms are compared. Without a time asked for, all arms of a replicate that began from the same state are read on the last
/// day that all of them have; an arm may end early, and arms of another start do not cut them short. With one, every arm is read at that
/// time, between two of its rows by linear interpolation; an arm that ended before has no value. No row is carried on to a later time.
/// </summary>
internal sealed class LastCommon
{
    private const double SameTime = 1e-6;
    private const int MaxNamed = 6;
    private readonly Dictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> _rows = [];
    private readonly List<EarlyRead> _early = [];
    private readonly TimeSeriesTable _table;
    private readonly double? _atDays;

    /// <param name="table">Time series.</param>
    /// <param name="startOf">Name of the start of an arm: arms of one start are read together.</param>
    /// <param name="atDays">Time wanted [d]; null for the last common one of each replicate.</param>
    /// <param name="arms">Arms that are read; null for all.</param>
    /// <param name="plannedDays">How long an arm was to last [d]; null for as long as the longest of its start did.</param>
    public LastCommon(TimeSeriesTable table, Func<string, string> startOf, double? atDays = null, IReadOnlyList<string>? arms = null,
        Func<string, double>? plannedDays = null)
    {
        (_table, _atDays) = (table, atDays);
        foreach (var together in table.Rows.Where(r => arms is null || arms.Contains(r.Arm))
            .GroupBy(r => (r.Lesion, Start: startOf(r.Arm))))
        {
            TimeSeriesRow[][] parts = [.. together.GroupBy(r => (r.Arm, r.Replicate))
                .Select(part => part.OrderBy(r => r.TimeDays).ToArray())];
            if (atDays is { } day)
            {
                ReadAt(parts, day);
            }
            else
            {
                double planned = plannedDays is null ? parts.Max(part => part[^1].TimeDays) : parts.Select(part => part[0].Arm).Distinct()
                    .Max(plannedDays);
                ReadTogether(parts, planned);
            }
        }
    }

    /// <summary>Rows by arm, lesion and replicate.</summary>
    public IReadOnlyDictionary<(string Arm, string Lesion, int Replicate), TimeSeriesRow> Rows => _rows;

    /// <summary>First and last time that was read [d], of all replicates; NaN for none.</summary>
    public (double First, double Last) Days => _rows.Count == 0 ? (double.NaN, double.NaN)
        : (_rows.Values.Min(r => r.TimeDays), _rows.Values.Max(r => r.TimeDays));

    /// <summary>First and last time that was read [d] of two arms in a lesion.</summary>
    public (double First, double Last) DaysOf(string lesion, string arm, string other)
    {
        double[] days = [.. _rows.Where(p => p.Key.Lesion == lesion && (p.Key.Arm == arm || p.Key.Arm == other))
            .Select(p => p.Value.TimeDays)];
        return (days.Min(), days.Max());
    }

    /// <summary>A measure by replicate.</summary>
    public IReadOnlyDictionary<int, double> Values(string arm, string lesion, string measure)
    {
        int column = _table.Column(measure);
        return _rows.Where(p => column >= 0 && p.Key.Arm == arm && p.Key.Lesion == lesion)
            .ToDictionary(p => p.Key.Replicate, p => p.Value.Values[column]);
    }

    /// <summary>Replicates that some of these arms are read in before the end, or not at all at the time asked for.</summary>
    /// <param name="lesion">Lesion.</param>
    /// <param name="arms">Arms; null for all.</param>
    public int EarlyReplicates(string lesion, IReadOnlyList<string>? arms = null) =>
        Early(lesion, arms).Select(e => e.Replicate).Distinct().Count();

    /// <summary>
    /// What a reader must know of replicates that are read before the end, or have no value at the time asked for: how many, when, and
    /// which arm ended. Empty for none.
    /// </summary>
    /// <param name="lesion">Lesion; null for all of them.</param>
    /// <param name="arms">Arms that are shown; null for all.</param>
    public string Remark(string? lesion = null, IReadOnlyList<string>? arms = null)
    {
        EarlyRead[] early = [.. Early(lesion, arms)];
        if (early.Length == 0)
        {
            return "";
        }

        int all = _table.Rows.Select(r => r.Replicate).Distinct().Count(), some = early.Select(e => e.Replicate).Distinct().Count();
        string[] named = [.. early.Select(e => _atDays is null
            ? $"replicate {e.Replicate} on day {NumberText.Of(e.Days)} ({string.Join(", ", e.Ended)} ended)"
                : $"{e.Ended[0]} of replicate {e.Replicate} on day {NumberText.Of(e.Days)}").Distinct()];
        string list = string.Join("; ", named.Take(MaxNamed)) + (named.Length > MaxNamed ? $"; and {named.Length - MaxNamed} more" : "");
        return _atDays is { } at
            ? $"{some} of {all} replicate{(all == 1 ? "" : "s")} {(some == 1 ? "has" : "have")} arms without a value on day "
                + $"{NumberText.Of(at)}, which ended before: {list}."
            : $"{some} of {all} replicate{(all == 1 ? "" : "s")} {(some == 1 ? "is" : "are")} read before day "
                + $"{NumberText.Of(early.Max(e => e.Planned))}: {list}.";
    }

    private IEnumerable<EarlyRead> Early(string? lesion, IReadOnlyList<string>? arms) => _early
        .Where(e => (lesion is null || e.Lesion == lesion) && (arms is null || e.Arms.Any(arms.Contains))).OrderBy(e => e.Replicate)
            .ThenBy(e => e.Days);

    private void ReadTogether(TimeSeriesRow[][] parts, double planned)
    {
        // A replicate that only the longer of two runs has is read no later than the others, or means would mix times.
        double shortest = parts.GroupBy(part => part[0].Arm).Min(arm => arm.Max(part => part[^1].TimeDays));
        foreach (var replicate in parts.GroupBy(part => part[0].Replicate))
        {
            double end = Math.Min(shortest, replicate.Min(part => part[^1].TimeDays));
            foreach (TimeSeriesRow[] part in replicate)
            {
                if (At(part, end) is { } row)
                {
                    _rows.Add((row.Arm, row.Lesion, row.Replicate), row);
                }
            }

            if (end < planned - SameTime)
            {
                string[] ended = [.. replicate.Where(part => part[^1].TimeDays <= end + SameTime).Select(part => part[0].Arm)];
                ended = ended.Length > 0 ? ended
                    : [.. parts.GroupBy(part => part[0].Arm).Where(arm => arm.Max(part => part[^1].TimeDays) <= end + SameTime)
                    .Select(arm => arm.Key)];
                _early.Add(new EarlyRead(replicate.First()[0].Lesion, replicate.Key, end, planned, ended,
                    [.. replicate.Select(part => part[0].Arm)]));
            }
        }
    }

    private void ReadAt(TimeSeriesRow[][] parts, double day)
    {
        foreach (TimeSeriesRow[] part in parts)
        {
            if (At(part, day) is { } row)
            {
                _rows.Add((row.Arm, row.Lesion, row.Replicate), row);
            }
            else
            {
                _early.Add(new EarlyRead(part[0].Lesion, part[0].Replicate, part[^1].TimeDays, day, [part[0].Arm], [part[0].Arm]));
            }
        }
    }

    // The row of a time, or one between its neighbours; null outside them.
    private static TimeSeriesRow? At(TimeSeriesRow[] rows, double day)
    {
        int after = Array.FindIndex(rows, r => r.TimeDays >= day - SameTime);
        if (after < 0 || (after == 0 && rows[0].TimeDays > day + SameTime))
        {
            return null;
        }

        TimeSeriesRow late = rows[after];
        if (late.TimeDays <= day + SameTime)
        {
            return late;
        }

        TimeSeriesRow early = rows[after - 1];
        double share = (day - early.TimeDays) / (late.TimeDays - early.TimeDays);
        return late with { TimeDays = day, Values = [.. early.Values.Zip(late.Values, (a, b) => a + ((b - a) * share))] };
    }

    /// <summary>A replicate that is read before the end, or an arm of it that has no value at the time asked for.</summary>
    private sealed record EarlyRead(string Lesion, int Replicate, double Days, double Planned, IReadOnlyList<string> Ended,
        IReadOnlyList<string> Arms);
}
