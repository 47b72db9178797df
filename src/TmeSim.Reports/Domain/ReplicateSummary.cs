using System.Runtime.InteropServices;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Median and 10–90 % band over replicates at every time that any replicate recorded. A replicate counts between its
/// first and last record, interpolated linearly between neighbours in time and missing beside a missing value. Where
/// fewer than half of the replicates count, nothing is drawn: a median over survivors would be a different quantity.
/// </summary>
internal sealed class ReplicateSummary
{
    private ReplicateSummary(double[] times, double[] median, double[] low, double[] high, int replicates)
    {
        Times = times;
        Median = median;
        Low = low;
        High = high;
        Replicates = replicates;
    }

    /// <summary>Times [d], rising.</summary>
    public double[] Times { get; }

    public double[] Median { get; }

    public double[] Low { get; }

    public double[] High { get; }

    /// <summary>Replicates with at least one value.</summary>
    public int Replicates { get; }

    public static ReplicateSummary Of(ArmSeries arm)
    {
        int count = Math.Min(arm.TimesDaysPerReplicate.Count, arm.ValuesPerReplicate.Count);
        (double Time, double Value)[][] replicates =
        [
            .. Enumerable.Range(0, count)
                .Select(i => Records(arm.TimesDaysPerReplicate[i], arm.ValuesPerReplicate[i]))
                .Where(records => records.Any(record => double.IsFinite(record.Value))),
        ];
        double[] times = [.. replicates.SelectMany(records => records.Select(record => record.Time)).Distinct().Order()];
        double[] median = new double[times.Length];
        double[] low = new double[times.Length];
        double[] high = new double[times.Length];
        int[] cursors = new int[replicates.Length];
        var values = new List<double>(replicates.Length);
        for (int t = 0; t < times.Length; t++)
        {
            values.Clear();
            for (int r = 0; r < replicates.Length; r++)
            {
                double value = At(replicates[r], times[t], ref cursors[r]);
                if (double.IsFinite(value))
                {
                    values.Add(value);
                }
            }

            bool enough = values.Count * 2 >= replicates.Length;
            double[] ends = Quantiles.Of(CollectionsMarshal.AsSpan(values), 0.5, 0.1, 0.9);
            median[t] = enough ? ends[0] : double.NaN;
            (low[t], high[t]) = enough && values.Count > 1 ? (ends[1], ends[2]) : (double.NaN, double.NaN);
        }

        return new ReplicateSummary(times, median, low, high, replicates.Length);
    }

    private static (double Time, double Value)[] Records(double[] times, double[] values) =>
        [.. times.Zip(values).Where(record => double.IsFinite(record.First)).OrderBy(record => record.First)];

    private static double At((double Time, double Value)[] records, double time, ref int cursor)
    {
        while (cursor < records.Length && records[cursor].Time < time)
        {
            cursor++;
        }

        if (cursor == records.Length || (cursor == 0 && records[0].Time > time))
        {
            return double.NaN;
        }

        (double t1, double v1) = records[cursor];
        if (t1 <= time)
        {
            return v1;
        }

        (double t0, double v0) = records[cursor - 1];
        return v0 + ((v1 - v0) * ((time - t0) / (t1 - t0)));
    }
}
