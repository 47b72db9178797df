using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Reporting;

/// <summary>
/// What came out of a sweep in a few sentences, for the top of its page: from the statistics that figures and tables show.
/// </summary>
internal static class SweepAnswer
{
    private const int MaxWinners = 3;

    /// <summary>Lesion by lesion.</summary>
    /// <param name="data">Values.</param>
    /// <param name="sensitivity">Statistics of the factors.</param>
    /// <param name="points">Points, which know what simulations they share.</param>
    public static string Of(SweepData data, SweepSensitivity sensitivity, SweepPoints points)
    {
        string size =
            $"Over {SweepTexts.Number(data.Points, "point")}{(data.Arms.Count > 1 ? $" × {data.Arms.Count} arms" : "")} × "
            + $"{SweepTexts.Number(data.Replicates, "replicate")}";
        IEnumerable<string> sentences = Enumerable.Range(0, data.Lesions.Count)
            .SelectMany(lesion => Lesion(data, sensitivity, points, lesion, lesion == 0 ? size : ""));
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    private static IEnumerable<string> Lesion(SweepData data, SweepSensitivity sensitivity, SweepPoints points, int lesion, string size)
    {
        SweepQuantity output = BestPoints.Criterion(data);
        PointOfArm[] ranked = BestPoints.Ranked(data, points, output, lesion);
        string place = data.Lesions.Count > 1 ? $"in lesion {data.Lesions[lesion]} " : "";
        string begin = size.Length > 0 ? $"{size} {place}" : char.ToUpperInvariant(place[0]) + place[1..];
        if (ranked.Length == 0)
        {
            yield return $"{begin}no simulation has a value of {output.Inside}. {Gaps(data, lesion, output)}".TrimEnd();
            yield break;
        }

        yield return BestPoints.IsLower(data, output) ? Lowest(data, output, ranked, lesion, begin) : Span(data, output, ranked, begin);
        yield return Winners(data, lesion);
        yield return Strongest(data, sensitivity, output, ranked[0].Arm, lesion);
        yield return Gaps(data, lesion, output);
    }

    private static string Lowest(SweepData data, SweepQuantity output, PointOfArm[] ranked, int lesion, string begin)
    {
        PointOfArm best = ranked[0];
        double[] values = data.Of(output, best.Arm, lesion, best.Point);
        var mean = ArmContrast.Of(values);
        string interval = double.IsNaN(mean.Lower) ? ", of one replicate"
            : $" (95 % interval of this point alone {Value(mean.Lower)} to {Value(mean.Upper)}, n = {mean.Count})";
        string text = $"{begin}the lowest {output.Inside} is {Value(best.Mean)}{Unit(output)}{interval}: {Where(data, best)}";
        if (ranked.Length == 1 || double.IsNaN(mean.Lower))
        {
            return text + (ranked.Length == 1 ? "." : "; with one replicate it cannot be told from the others.");
        }

        int alike = ranked.Skip(1).Count(other => !(ArmContrast.Paired(values, data.Of(output, other.Arm, lesion, other.Point)).Upper < 0));
        return text + (alike == 0 ? $"; all {ranked.Length - 1} others are above it, each by itself."
            : $"; {alike} of the {ranked.Length - 1} others are not told apart from it.");
    }

    // Of an output that may be good or bad.
    private static string Span(SweepData data, SweepQuantity output, PointOfArm[] ranked, string begin) => ranked.Length == 1
        ? $"{begin}{output.Inside} is {Value(ranked[0].Mean)}{Unit(output)}."
        : $"{begin}{output.Inside} goes from {Value(ranked[^1].Mean)} ({Where(data, ranked[^1])}) to {Value(ranked[0].Mean)}{Unit(output)} "
            + $"({Where(data, ranked[0])}).";

    private static string Where(SweepData data, PointOfArm at)
    {
        // A fixed arm is the same at all points.
        string place = data.IsFixed(at.Arm) ? "whatever is varied" : data.Design.Describe(at.Point);
        return data.Arms.Count > 1 ? $"{data.Arms[at.Arm]}, {place}" : place;
    }

    private static string Winners(SweepData data, int lesion)
    {
        if (BestArmDrawer.Criterion(data) is not { } output)
        {
            return "";
        }

        BestArm[] best = [.. Enumerable.Range(0, data.Points).Select(p => BestArm.Of(data, output.Output, lesion, [p]))];
        int known = best.Count(b => b.Arm is not null);
        if (known == 0)
        {
            return "At no point do all arms have a value, so none is the best.";
        }

        var arms = best.Where(b => b.Arm is not null).GroupBy(b => b.Arm!.Value)
            .Select(g => (Arm: g.Key, All: g.Count(), Clear: g.Count(b => !b.IsUnresolved))).OrderByDescending(a => a.All).ToArray();
        string counts = string.Join(", ", arms.Take(MaxWinners).Select((a, i) =>
            $"{data.Arms[a.Arm]} {(i == 0 ? $"leads at {a.All} of {SweepTexts.Number(known, "point")}" : $"at {a.All}")}{(data.Replicates > 1 ? $" (clearly at {a.Clear})" : "")}"));
        string rest = arms.Length > MaxWinners ? $", others at {arms.Skip(MaxWinners).Sum(a => a.All)}" : "";
        string chance = data.Replicates > 1 ? "" : "; with one replicate no lead can be told from chance";
        return $"{counts}{rest}{chance}{(known < data.Points ? $"; at {data.Points - known} an arm has no value" : "")}.";
    }

    private static string Strongest(SweepData data, SweepSensitivity sensitivity, SweepQuantity output, int bestArm, int lesion)
    {
        if (data.Varied.Count < 2)
        {
            return "";
        }

        SensitivityRow[] all = [.. sensitivity.Rows.Where(r => r.Quantity == output && r.Lesion == lesion
            && double.IsFinite(r.Estimate.Value))];
        string? statistic = ((string[])[SensitivityStatistic.Total, SensitivityStatistic.MeanAbsoluteEffect,
            SensitivityStatistic.RankCorrelation, SensitivityStatistic.EtaSquared])
            .FirstOrDefault(s => all.Count(r => r.Statistic == s) > 1);
        SensitivityRow[] rows = [.. all.Where(r => r.Statistic == statistic)];
        if (rows.Length == 0)
        {
            return "";
        }

        int arm = rows.Any(r => r.Arm == bestArm) ? bestArm : rows.MaxBy(r => Math.Abs(r.Estimate.Value))!.Arm;
        SensitivityRow[] ranked = [.. rows.Where(r => r.Arm == arm).OrderByDescending(r => Math.Abs(r.Estimate.Value))];
        if (ranked.Length < 2)
        {
            return "";
        }

        (SensitivityRow first, SensitivityRow second) = (ranked[0], ranked[1]);
        string under = data.Arms.Count > 1 ? $" under {data.Arms[arm]}" : "";
        if (first.Estimate is { Low: <= 0, High: >= 0 } && statistic == SensitivityStatistic.RankCorrelation)
        {
            return $"No input stands out{under}: the strongest, {first.Factor.Label}, has {Said(first, output)}.";
        }

        string rest = SweepFindings.Overlap(first.Estimate, second.Estimate) ? ", not told apart from" : ", before";
        return $"The strongest input{under} is {first.Factor.Label}, {Said(first, output)}{rest} {second.Factor.Label}, {Said(second, output)}.";
    }

    private static string Said(SensitivityRow row, SweepQuantity output)
    {
        string interval = double.IsFinite(row.Estimate.Low) ? $" ({Value(row.Estimate.Low)} to {Value(row.Estimate.High)})" : "",
            value = Value(row.Estimate.Value) + interval;
        return row.Statistic switch
        {
            SensitivityStatistic.Total => $"total Sobol index {value}",
            SensitivityStatistic.MeanAbsoluteEffect => $"mean effect of its range {Value(row.Estimate.Value)}{Unit(output)}{interval}",
            SensitivityStatistic.RankCorrelation => $"partial rank correlation {value}",
            _ => $"share of the variance {value}",
        };
    }

    private static string Value(double value) => ReportCell.Of(value).Text;

    private static string Unit(SweepQuantity output) => output.Axis.Unit is "" or "1" ? "" : "\u00A0" + output.Axis.Unit;

    private static string Gaps(SweepData data, int lesion, SweepQuantity output) => data.Gaps(lesion, output) is { Length: > 0 } gaps
        ? $"Left out: {gaps}." : "";
}
