using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Accepted values of one calibrated parameter.</summary>
/// <param name="Axis">The parameter.</param>
/// <param name="Values">One value per particle.</param>
public sealed record PosteriorParameter(SweepAxis Axis, IReadOnlyList<double> Values)
{
    /// <summary>
    /// Points of the prior density, values rising; densities per unit of the axis as it is drawn (per decade where it is logarithmic), up
    /// to a common factor. Empty for none.
    /// </summary>
    public IReadOnlyList<(double Value, double Density)> Prior { get; init; } = [];
}

/// <summary>
/// What a calibration leaves of its parameters: on the diagonal the weighted distribution of each over its prior, below it each pair, with
/// the regions that hold 50 % and 95 %. Without room for pairs the distributions alone.
/// </summary>
public static class PosteriorFigure
{
    // A longer name would push the numbers out of the title.
    private const double WidestName = 230;
    private const int MostPaired = 8;
    private const double NarrowestPair = 112;
    private const int FewestPoints = 150;
    private const int MostPoints = 500;
    private const int PointsPerRow = 1600;
    private const int MostForDensity = 2000;
    private static readonly Rgb Blue = Rgb.Parse("#0072b2");
    private static readonly Rgb Pale = Rgb.Mix(Blue, Rgb.White, 0.55);
    private static readonly Stroke PriorLine = new(Rgb.Parse("#d55e00"), 1.6, [5, 2.5]);
    private static readonly Stroke Median = new(Rgb.Black, 1.6);
    private static readonly Stroke Interval = new(Rgb.Black, 1.1, [2, 2]);
    private static readonly Stroke Inner = new(Rgb.Parse("#003a5d"), 1.9);
    private static readonly Stroke Outer = new(Rgb.Parse("#003a5d"), 1);

    /// <summary>Draws a posterior.</summary>
    /// <param name="parameters">Parameters, with as many values each.</param>
    /// <param name="weights">Weight of each particle; null for equal ones.</param>
    /// <param name="caption">How many particles, generations and runs; empty for nothing.</param>
    /// <param name="options">Title and layout; columns are those of the distributions where pairs are not drawn.</param>
    /// <exception cref="ArgumentException">Lists differ in length or a weight is not a number of 0 or more.</exception>
    public static Figure Create(IReadOnlyList<PosteriorParameter> parameters, IReadOnlyList<double>? weights, string caption, FigureOptions options)
    {
        foreach (PosteriorParameter parameter in parameters)
        {
            if (parameter.Values.Count != parameters[0].Values.Count)
            {
                throw new ArgumentException($"{parameter.Axis.Label}: {parameter.Values.Count} values, {parameters[0].Axis.Label} has {parameters[0].Values.Count}; give one of each per particle");
            }

            WeightedSample.Check(parameter.Axis.Label, parameter.Values.Count, weights);
        }

        int n = parameters.Count;
        double width = options.WidthOr(n <= 1 ? 520 : Math.Clamp(120 + (n * 170), 480, 1400));
        bool paired = n is > 1 and <= MostPaired && (width - 40) / n >= NarrowestPair;
        (int columns, double alone) = options.Grid(n, Math.Clamp(n, 1, 4), n <= 1 ? 520 : 1080);
        PosteriorMarginal[] marginals = [.. parameters.Select(p => new PosteriorMarginal(p, weights))];
        double height = options.HeightOr(paired ? Math.Max(70, (width / n * 0.72) - 10) : n <= 1 ? 260 : 150);
        double effective = n == 0 ? 0 : WeightedSample.Of(parameters[0].Values, weights, _ => true).EffectiveSize;
        bool prior = parameters.Any(p => p.Prior.Count > 0);
        return new Figure
        {
            Title = options.TitleOr("Posterior of the parameters"),
            Description = $"Weighted posterior of {string.Join(", ", parameters.Select((p, i) => $"{p.Axis.Caption}: {marginals[i].Text}"))}.",
            Width = paired ? width : alone,
            Columns = paired ? n : columns,
            EvenPlots = paired,
            Panels = paired
                ? [.. Enumerable.Range(0, n * n).Select(i => Cell(i / n, i % n, marginals, weights, height))]
                : [.. marginals.Select(m => Diagonal(m, height, true))],
            Legend =
            [
                new LegendEntry("posterior") { Box = Pale },
                .. prior ? new[] { new LegendEntry("prior") { Line = PriorLine } } : [],
                new LegendEntry("median") { Line = Median },
                new LegendEntry("middle 95 % of the posterior") { Line = Interval },
                .. paired ? new[] { new LegendEntry("region with 50 %") { Line = Inner }, new LegendEntry("region with 95 %") { Line = Outer } } : [],
            ],
            Note = SweepText.Note(
                paired ? "Below the diagonal: particles by weight." : n > 1 ? $"Pairs are drawn for up to {MostPaired} parameters where they have room." : "",
                effective > 0 ? $"Effective sample size {Numbers.Plain(effective, 0)}." : "",
                caption),
        };
    }

    private static Panel? Cell(int row, int column, PosteriorMarginal[] marginals, IReadOnlyList<double>? weights, double height) =>
        column > row ? null : column == row ? Diagonal(marginals[row], height, row == marginals.Length - 1) : Pair(marginals[column], marginals[row], weights, column == 0, row == marginals.Length - 1, Math.Clamp(PointsPerRow / marginals.Length, FewestPoints, MostPoints), height);

    private static Panel Diagonal(PosteriorMarginal marginal, double height, bool labelled)
    {
        var elements = new List<PlotElement> { new TileElement([.. marginal.Bars().Select(bar => new Tile(bar, Pale))]) };
        if (marginal.Prior is { } prior)
        {
            elements.Add(new LineElement(prior.X, prior.Density, PriorLine));
        }

        Estimate summary = marginal.Summary;
        if (double.IsFinite(summary.Value) && marginal.Axis.Words is null)
        {
            elements.AddRange([new RuleElement(summary.Low, false, Interval), new RuleElement(summary.High, false, Interval), new RuleElement(summary.Value, false, Median)]);
        }

        return new Panel
        {
            Title = $"{TextWrap.Ellipsis(marginal.Axis.Label, WidestName, PlotStyles.PanelTitleSize, bold: true)}: {marginal.Text}",
            X = marginal.PanelAxis with { Labelled = labelled },
            Y = Figures.Axis.Hidden(0, marginal.Tallest > 0 ? marginal.Tallest * 1.08 : 1),
            Elements = elements,
            PlotHeight = height,
        };
    }

    private static Panel Pair(PosteriorMarginal x, PosteriorMarginal y, IReadOnlyList<double>? weights, bool left, bool bottom, int points, double height)
    {
        IReadOnlyList<double> across = x.Parameter.Values, up = y.Parameter.Values;
        double[] both = [.. across.Zip(up, (a, b) => x.Axis.Holds(a) && y.Axis.Holds(b) ? 1 : double.NaN)];
        var sample = WeightedSample.Of(both, weights, double.IsFinite);
        var elements = new List<PlotElement>();
        foreach (var times in sample.Draws(points).Index().Where(item => item.Item > 0).GroupBy(item => Math.Min(item.Item, 16)).OrderBy(group => group.Key))
        {
            int[] chosen = [.. times.Select(item => sample.Indices[item.Index])];
            elements.Add(new PointElement([.. chosen.Select(i => across[i])], [.. chosen.Select(i => up[i])], new PointStyle(Marker.Circle, Pale, Pale, 1.6 * Math.Sqrt(times.Key))));
        }

        (int Index, int Times)[] drawn = [.. sample.Draws(MostForDensity).Index().Where(item => item.Item > 0)];
        double total = drawn.Sum(item => item.Times);
        DensityMap? map = x.Axis.Words is not null || y.Axis.Words is not null || sample.EffectiveSize < 20 ? null : DensityMap.Of(
            [.. drawn.Select(item => x.Axis.Place(across[sample.Indices[item.Index]]))], [.. drawn.Select(item => y.Axis.Place(up[sample.Indices[item.Index]]))], [.. drawn.Select(item => item.Times / total)], x.Range, y.Range);
        foreach ((double part, Stroke stroke) in map is null ? [] : new[] { (0.95, Outer), (0.5, Inner) })
        {
            elements.AddRange(Contours.At(map!.X, map.Y, map.At, map.Level(part)).Select(line => new LineElement([.. line.Select(p => x.Axis.At(p.X))], [.. line.Select(p => y.Axis.At(p.Y))], stroke)));
        }

        return new Panel { X = x.PanelAxis with { Labelled = bottom }, Y = y.PanelAxis with { Labelled = left }, Elements = elements, PlotHeight = height };
    }
}
