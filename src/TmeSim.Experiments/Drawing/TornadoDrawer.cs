using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>What the ends of single factors do to an output.</summary>
internal static class TornadoDrawer
{
    private const double Part = 0.2;

    /// <summary>Points of a sample that leave two for each end.</summary>
    public const int FewestPoints = 10;

    /// <summary>A panel per arm that depends on what is varied; nothing when none does.</summary>
    public static IEnumerable<DrawnFigure> Draw(SweepData data, SweepQuantity quantity, int lesion)
    {
        int? middle = Middle(data);
        TornadoPanel[] panels = [.. data.MovedArms(quantity).Select(arm => Panel(data, quantity, arm, lesion, middle)).Where(p => double.IsFinite(p.Base.Value))];
        if (panels.Length == 0)
        {
            yield break;
        }

        bool levels = data.Plan.Method is SweepMethod.Grid or SweepMethod.List;
        string caption = middle is not null ? $"One factor at its ends, the others at their middle levels ({data.Design.Describe(middle.Value)})."
            : $"Mean over the points with the {(levels ? "lowest and with the highest level" : "lowest and with the highest fifth of the values")} of a factor, whatever the others are; base: mean over all points.{(data.Varied.Any(f => !f.IsOrdered) ? " Of words the two with the lowest and the highest mean." : "")}{(data.Plan.Method == SweepMethod.List ? " In a list factors change together: what one seems to do may be another's doing." : "")}";
        string what = $"{quantity.Axis.Label}, one factor at a time";
        string interval = middle is null && !levels ? "95 % t interval over points" : data.Replicates > 1 ? $"95 % t interval over replicates{(middle is null ? ", each a mean over the points" : "")}" : "";
        yield return data.Drawn(
            RunFolder.Slug(quantity.File), lesion, what,
            TornadoFigure.Create(panels, interval, data.Counts(lesion, quantity), data.Options(Finding(panels, data) ?? what, lesion)), caption);
    }

    // The factor with the longest bars of any arm.
    private static string? Finding(TornadoPanel[] panels, SweepData data)
    {
        var all = panels.SelectMany(panel => panel.Factors.Select(f => (Panel: panel, Factor: f, Reach: Math.Abs(f.AtHigh.Value - f.AtLow.Value)))).Where(f => double.IsFinite(f.Reach)).ToArray();
        if (all.Length == 0)
        {
            return null;
        }

        (TornadoPanel panel, TornadoFactor factor, _) = all.MaxBy(f => f.Reach);
        return $"{panel.Output.Label} moves most with {factor.Factor.Label}: {factor.AtLow.Text()} to {factor.AtHigh.Text()}{(panel.Output.Unit is "" or "1" ? "" : "\u00A0" + panel.Output.Unit)}{(data.Arms.Count > 1 ? $" ({panel.Title})" : "")}";
    }

    // The point of a grid at which all factors are at their middle level; null where a factor has none.
    private static int? Middle(SweepData data) =>
        data.Plan.Method == SweepMethod.Grid && data.Varied.All(f => !f.IsWord && f.Levels.Length % 2 == 1)
            ? Enumerable.Range(0, data.Points).First(p => data.Varied.All(f => f.Place(p) == f.Levels.Length / 2)) : null;

    private static TornadoPanel Panel(SweepData data, SweepQuantity quantity, int arm, int lesion, int? middle)
    {
        double[] means = data.Means(quantity, arm, lesion);
        return new TornadoPanel(
            data.Arms[arm], quantity.Axis, middle is { } point ? Estimate.MeanOf(data.Sample(quantity, arm, lesion, point)) : MeanOver(data, quantity, arm, lesion, Known(means)),
            [.. data.Varied.Select(f => middle is { } center ? Single(data, quantity, arm, lesion, f, center) : Whole(data, quantity, arm, lesion, f))]) { Arm = data.Arms[arm] };
    }

    private static TornadoFactor Single(SweepData data, SweepQuantity quantity, int arm, int lesion, FactorColumn factor, int middle)
    {
        int[] along = [.. Enumerable.Range(0, data.Points).Where(p => data.Varied.All(f => f == factor || f.Place(p) == f.Place(middle))).OrderBy(p => factor.Values[p])];
        return new TornadoFactor(factor.Axis, factor.Levels[0], factor.Levels[^1], Estimate.MeanOf(data.Sample(quantity, arm, lesion, along[0])), Estimate.MeanOf(data.Sample(quantity, arm, lesion, along[^1])));
    }

    private static TornadoFactor Whole(SweepData data, SweepQuantity quantity, int arm, int lesion, FactorColumn factor)
    {
        double[] means = data.Means(quantity, arm, lesion);
        int[] known = [.. Known(means).OrderBy(p => factor.Values[p])];
        bool levels = factor.IsWord || data.Plan.Method is SweepMethod.Grid or SweepMethod.List;
        int part = Math.Max(1, (int)(known.Length * Part));
        int[] low = levels ? [.. known.Where(p => factor.Values[p] == factor.Levels[0])] : known[..Math.Min(part, known.Length)];
        int[] high = levels ? [.. known.Where(p => factor.Values[p] == factor.Levels[^1])] : known[Math.Max(0, known.Length - part)..];
        if (!factor.IsOrdered)
        {
            int[][] words = [.. known.GroupBy(p => factor.Values[p]).Select(g => g.ToArray()).OrderBy(g => g.Average(p => means[p]))];
            (low, high) = (words.FirstOrDefault() ?? [], words.LastOrDefault() ?? []);
        }

        return new TornadoFactor(factor.Axis, At(low, factor.Levels[0]), At(high, factor.Levels[^1]), MeanOver(data, quantity, arm, lesion, low), MeanOver(data, quantity, arm, lesion, high));

        double At(int[] points, double end) => points.Length == 0 ? end : levels ? factor.Values[points[0]] : points.Average(p => factor.Values[p]);
    }

    private static IEnumerable<int> Known(double[] means) => Enumerable.Range(0, means.Length).Where(p => double.IsFinite(means[p]));

    // Points of a sample stand for all that could have been drawn; those of a grid or list are all there are, and only replicates leave their mean in doubt.
    private static Estimate MeanOver(SweepData data, SweepQuantity quantity, int arm, int lesion, IEnumerable<int> points)
    {
        double[][] values = [.. points.Select(p => data.Of(quantity, arm, lesion, p))];
        double[] means = [.. values.Select(v => SweepData.Mean(v))];
        if (data.Plan.Method is not (SweepMethod.Grid or SweepMethod.List))
        {
            return Estimate.MeanOf(means);
        }

        Estimate whole = Estimate.MeanOf(SweepData.ByReplicate(values));
        return means.Length == 0 ? whole : whole with { Value = means.Average() };
    }
}
