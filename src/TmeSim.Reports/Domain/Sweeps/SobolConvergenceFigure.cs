using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Sobol indices of one factor with rising numbers of base samples.</summary>
/// <param name="Factor">Factor.</param>
/// <param name="Steps">Numbers of base samples, above 0, with the indices that they give.</param>
public sealed record SobolConvergence(string Factor, IReadOnlyList<(int Samples, SobolIndex Index)> Steps);

/// <summary>Sobol indices against the number of base samples: they are to be trusted where the lines are level and the bars short.</summary>
public static class SobolConvergenceFigure
{
    // Steps to the side, in factors of the number of samples, that keep the bars of factors apart.
    private const double Aside = 0.035;
    private const int MostNamed = 8;
    private static readonly Rgb Further = Rgb.Parse("#9a9a9a");

    /// <summary>Draws convergence; factors are named in order of their last total index, those beyond eight are one grey band.</summary>
    /// <param name="factors">Factors, each once.</param>
    /// <param name="interval">What the bars are ("95 % bootstrap interval", say).</param>
    /// <param name="caption">Output, arm and further remarks; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A factor comes twice, or a number of samples is not above 0.</exception>
    public static Figure Create(IReadOnlyList<SobolConvergence> factors, string interval, string caption, FigureOptions options)
    {
        Dictionary<string, SobolConvergence> byFactor = FactorRows.ByFactor("convergence", factors.Select(f => (f.Factor, f)));
        if (factors.FirstOrDefault(f => f.Steps.Any(s => s.Samples <= 0)) is { } wrong)
        {
            throw new ArgumentException($"factor '{wrong.Factor}': a number of samples is not above 0");
        }

        string[] order = FactorRows.Sorted(factors.Select(f => f.Factor), factor => byFactor[factor].Steps.Select(s => s.Index.Total.Value).LastOrDefault(double.NaN));
        SobolConvergence[] sorted = [.. order.Select(name => byFactor[name])];
        (int columns, double width) = options.Grid(2, 2, 940);
        double height = options.HeightOr(260);
        double[] samples = [.. factors.SelectMany(f => f.Steps).Select(s => (double)s.Samples).Distinct().Order()];
        var x = new Axis
        {
            Label = "base samples",
            Scale = AxisScale.Log10,
            Min = samples.Length > 0 ? samples[0] / 1.3 : null,
            Max = samples.Length > 0 ? samples[^1] * 1.3 : null,
            RoundEnds = false,
            TickValues = samples.Length is > 0 and <= 14 ? samples : null,
        };
        Axis y = SharedAxis.Of(new Axis { Label = "share of the variance" }, [0, 1, .. factors.SelectMany(f => f.Steps).SelectMany(s => new[] { s.Index.First, s.Index.Total }).SelectMany(e => new[] { e.Value, e.Low, e.High })]);
        int named = Math.Min(order.Length, MostNamed);
        return new Figure
        {
            Title = options.TitleOr("Convergence of Sobol indices"),
            Description = $"First-order and total Sobol indices of {order.Length} factors against the number of base samples.",
            Width = width,
            Columns = columns,
            Panels =
            [
                new Panel { Title = "First-order index", X = x, Y = y, PlotHeight = height, Elements = [.. Elements(sorted, i => i.First, named)] },
                new Panel { Title = "Total index", X = x, Y = y, PlotHeight = height, Elements = [.. Elements(sorted, i => i.Total, named)] },
            ],
            Legend =
            [
                .. order.Take(named).Select((name, i) => new LegendEntry(name) { Line = ArmPalette.Line(i), Points = ArmPalette.Marker(i, 6) }),
                .. order.Length > named ? new[] { new LegendEntry($"{order.Length - named} further factors, ends of their intervals") { Band = Further, Line = new Stroke(Further, 0.8) } } : [],
            ],
            Note = SweepText.Note($"Bars: {interval}, set a little apart.", caption),
        };
    }

    private static IEnumerable<PlotElement> Elements(SobolConvergence[] factors, Func<SobolIndex, Estimate> index, int named)
    {
        yield return new RuleElement(0, true, CategoryPanels.Zero);
        var further = factors.Skip(named).SelectMany(factor => factor.Steps.Select(s => (s.Samples, Value: index(s.Index))))
            .Where(at => double.IsFinite(at.Value.Value)).GroupBy(at => at.Samples).OrderBy(at => at.Key).ToArray();
        if (further.Length > 0)
        {
            double[] at = [.. further.Select(group => (double)group.Key)];
            double[] low = [.. further.Select(group => group.Min(f => Math.Min(f.Value.Value, double.IsNaN(f.Value.Low) ? f.Value.Value : f.Value.Low)))];
            double[] high = [.. further.Select(group => group.Max(f => Math.Max(f.Value.Value, double.IsNaN(f.Value.High) ? f.Value.Value : f.Value.High)))];
            yield return new BandElement(at, low, high, Further, 0.3);
            yield return new LineElement(at, low, new Stroke(Further, 0.8));
            yield return new LineElement(at, high, new Stroke(Further, 0.8));
        }

        foreach ((int i, SobolConvergence factor) in factors.Take(named).Index().Reverse())
        {
            (int Samples, SobolIndex Index)[] steps = [.. factor.Steps.OrderBy(s => s.Samples)];
            double shift = Math.Pow(1 + Aside, i - ((named - 1) / 2.0));
            double[] x = [.. steps.Select(s => s.Samples * shift)];
            Estimate[] values = [.. steps.Select(s => index(s.Index))];
            double[] y = [.. values.Select(e => e.Value)];
            yield return new LineElement(x, y, ArmPalette.Line(i));
            yield return new PointElement(x, y, ArmPalette.Marker(i, 6)) { ErrorLow = [.. values.Select(e => e.Low)], ErrorHigh = [.. values.Select(e => e.High)] };
        }
    }
}
