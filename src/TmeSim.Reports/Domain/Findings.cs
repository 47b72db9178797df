using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>What a figure found, in the words of its title.</summary>
internal static class Findings
{
    private const int MaxNamed = 3;
    private const string Blank = "\u00A0";

    /// <summary>"Tumour volume change, day 63: median 270 % in Control, 126 % in A, n = 8"; of many arms the lowest and the highest.</summary>
    /// <param name="what">What was measured, and when.</param>
    /// <param name="unit">Unit; empty or "1" for a plain number.</param>
    /// <param name="arms">Values of the replicates of each arm; those that are not finite are missing.</param>
    public static string Medians(string what, string unit, IEnumerable<(string Arm, IEnumerable<double> Values)> arms)
    {
        (string Arm, double Median, int Count)[] known =
        [
            .. from arm in arms
               let finite = arm.Values.Where(double.IsFinite).ToArray()
               where finite.Length > 0
               select (arm.Arm, Quantiles.Median(finite), finite.Length),
        ];
        if (known.Length == 0)
        {
            return what;
        }

        string Value(double value) => Numbers.Short(value) + (unit is "" or "1" ? "" : Blank + unit);
        var low = known.MinBy(arm => arm.Median);
        var high = known.MaxBy(arm => arm.Median);
        string medians = known.Length <= MaxNamed ? string.Join(", ", known.Select(arm => $"{Value(arm.Median)} in {arm.Arm}"))
            : low.Median < high.Median ? $"{Value(low.Median)} in {low.Arm} to {Value(high.Median)} in {high.Arm}"
            : $"{Value(low.Median)} in all arms";
        return $"{what}: {(known.All(arm => arm.Count == 1) ? "" : "median ")}{medians}{Count([.. known.Select(arm => arm.Count).Distinct()])}";
    }

    /// <summary>"Response in 2 of 8 replicates of A, 0 of 8 of Control"; of many arms the sum and the arm with the most.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="arms">Replicates in which it did, of all.</param>
    /// <param name="subjects">What is counted; null for replicates.</param>
    public static string Counts(string what, IReadOnlyList<(string Arm, int Count, int Of)> arms, Subjects? subjects = null)
    {
        string many = (subjects ?? Subjects.Replicates).Many;
        (int count, int of) = (arms.Sum(arm => arm.Count), arms.Sum(arm => arm.Of));
        if (count == 0 || arms.Count == 1)
        {
            return $"{what} in {(count == 0 ? "none" : count)} of {of} {many}";
        }

        double Share((string Arm, int Count, int Of) arm) => (double)arm.Count / Math.Max(1, arm.Of);
        var most = arms.Where(arm => Share(arm) >= arms.Max(Share)).ToArray();
        return arms.Count <= MaxNamed
            ? $"{what} in {string.Join(", ", arms.Select((arm, i) => $"{arm.Count} of {arm.Of} {(i == 0 ? many + " " : "")}of {arm.Arm}"))}"
            : $"{what} in {count} of {of} {many}{(most is [var (arm, times, all)] ? $", most often in {arm} ({times} of {all})" : "")}";
    }

    private static string Count(int[] counts) => counts is [> 1 and var n] ? $", n{Blank}={Blank}{n}" : "";
}
