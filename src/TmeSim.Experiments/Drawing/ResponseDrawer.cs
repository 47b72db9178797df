using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Outputs over one factor: at its levels, or in parts of a sample with as many points each.</summary>
internal static class ResponseDrawer
{
    /// <summary>Panels of one figure at most; more levels are thinned evenly.</summary>
    public const int MostPanels = 12;

    private const int FewestForBand = 3;
    private const int FewestBins = 4;
    private const int MostBins = 10;
    private const int PointsPerBin = 8;

    /// <summary>A panel per output over the only factor.</summary>
    public static DrawnFigure Single(SweepData data, FactorColumn x, int lesion)
    {
        ResponsePanel[] panels = [.. data.Outputs.Select(o => new ResponsePanel(data.Outputs.Count > 1 ? o.Axis.Label : "", o.Axis, Curves(data, o, x, lesion, _ => true)))];
        return Draw(data, panels, x, false, lesion, "", $"response to {x.Name}", data.Counts(lesion, [.. data.Outputs]), "Means over replicates of the runs at each value.");
    }

    /// <summary>One output over the first factor, a panel per level of the second.</summary>
    public static DrawnFigure ByLevel(SweepData data, SweepQuantity output, FactorColumn x, FactorColumn panel, int lesion)
    {
        int[] shown = Thinned(panel.Levels.Length);
        ResponsePanel[] panels = [.. shown.Select(place => new ResponsePanel(Level(panel, place), output.Axis, Curves(data, output, x, lesion, p => panel.Place(p) == place)))];
        string thinned = shown.Length < panel.Levels.Length ? $" {shown.Length} of {panel.Levels.Length} levels of {panel.Name} are shown." : "";
        return Draw(
            data, panels, x, true, lesion, RunFolder.Slug(output.Name), $"{output.Axis.Label} over {x.Name}", data.Counts(lesion, output), $"A panel for each value of {panel.Name}; means over replicates.{thinned}");
    }

    /// <summary>A panel per output over a factor of a random sample.</summary>
    public static DrawnFigure Binned(SweepData data, FactorColumn x, int lesion)
    {
        int[][] bins = Bins(data, x);
        ResponsePanel[] panels = [.. data.Outputs.Select(o => new ResponsePanel(data.Outputs.Count > 1 ? o.Axis.Label : "", o.Axis, [.. Arms(data).Select(arm =>
        {
            double[] means = data.Means(o, arm, lesion);
            return Curve(data.Arms[arm], [.. bins.Select(b => Middle(x, b))], [.. bins.Select(b => data.OfPoints(means, arm, b))]);
        })]))];
        return Draw(
            data, panels, x, false, lesion, RunFolder.Slug(x.Name), $"response to {x.Name}", data.Counts(lesion, [.. data.Outputs]),
            $"Points in order of {x.Name}, in {bins.Length} parts of {(x.IsWord ? "one word each" : "equal size")}: mean over the points of each, whatever the other factors are; band and standard error are those of points.", "points");
    }

    /// <summary>Even choice of levels for panels.</summary>
    public static int[] Thinned(int levels) =>
        levels <= MostPanels ? [.. Enumerable.Range(0, levels)] : [.. Enumerable.Range(0, MostPanels).Select(i => (int)Math.Round(i * (levels - 1.0) / (MostPanels - 1)))];

    public static string Level(FactorColumn factor, int place) => $"{factor.Name}: {factor.Axis.Text(factor.Levels[place])}";

    private static DrawnFigure Draw(
        SweepData data, ResponsePanel[] panels, FactorColumn x, bool sameScale, int lesion, string subject, string what, string counts, string caption, string spreadOf = "replicates")
    {
        string along = data.Plan.Method == SweepMethod.List && data.Varied.Count > 1 ? " Other factors change along with it." : "";
        return data.Drawn(
            subject, lesion, what,
            ResponseCurveFigure.Create(panels, x.Axis, sameScale, counts, data.Looks, data.Options(what, lesion), spreadOf), caption + along);
    }

    private static IReadOnlyList<ResponseCurve> Curves(SweepData data, SweepQuantity output, FactorColumn x, int lesion, Func<int, bool> counts)
    {
        IGrouping<double, int>[] levels = [.. Enumerable.Range(0, data.Points).Where(counts).GroupBy(p => x.Values[p]).OrderBy(g => g.Key)];
        return [.. Arms(data).Select(arm => Curve(
            data.Arms[arm], [.. levels.Select(l => l.Key)], [.. levels.Select(l => data.Sample(output, arm, lesion, [.. l]))]))];
    }

    private static ResponseCurve Curve(string arm, double[] x, double[][] samples)
    {
        MonteCarloError[] errors = [.. samples.Select(s => MonteCarloError.Of(s))];
        double[][] ends = [.. samples.Select(s => s.Length < FewestForBand ? [double.NaN, double.NaN] : Quantiles.Of(s, 0.1, 0.9))];
        bool banded = samples.Any(s => s.Length >= FewestForBand);
        return new ResponseCurve(arm, x, [.. errors.Select(e => e.Mean)])
        {
            Low = banded ? [.. ends.Select(e => e[0])] : null,
            High = banded ? [.. ends.Select(e => e[1])] : null,
            StandardErrors = samples.Any(s => s.Length > 1) ? [.. errors.Select(e => e.StandardError)] : null,
        };
    }

    private static int[][] Bins(SweepData data, FactorColumn x)
    {
        int[] order = [.. Enumerable.Range(0, data.Points).OrderBy(p => x.Values[p])];
        int bins = Math.Clamp(data.Points / PointsPerBin, FewestBins, MostBins);
        return x.Levels.Length <= bins ? [.. order.GroupBy(p => x.Values[p]).Select(g => g.ToArray())]
            : [.. Enumerable.Range(0, bins).Select(b => order[(int)((long)b * order.Length / bins)..(int)((b + 1L) * order.Length / bins)]).Where(b => b.Length > 0).DistinctBy(b => Middle(x, b))];
    }

    private static double Middle(FactorColumn x, int[] points) =>
        x.IsWord ? x.Values[points[0]] : x.Axis.IsLog ? Math.Exp(points.Average(p => Math.Log(x.Values[p]))) : points.Average(p => x.Values[p]);

    private static IEnumerable<int> Arms(SweepData data) => Enumerable.Range(0, data.Arms.Count);
}
