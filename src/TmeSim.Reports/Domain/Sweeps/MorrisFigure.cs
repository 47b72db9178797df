using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Elementary effects on one output of one arm.</summary>
/// <param name="Title">Output, arm or both.</param>
/// <param name="Unit">Unit of the output; empty or "1" for a plain number.</param>
/// <param name="Factors">Effects by factor, each once.</param>
public sealed record MorrisPanel(string Title, string Unit, IReadOnlyList<(string Factor, MorrisEffect Effect)> Factors)
{
    /// <summary>Arm that the panel belongs to; null for none.</summary>
    public string? Arm { get; init; }
}

/// <summary>
/// Morris screening: spread of effects against their mean size. Right: matters; above the upper line: nonlinear or interacting; below
/// the lowest: nearly linear. Names stand beside the points, those of the largest effects first.
/// </summary>
public static class MorrisFigure
{
    private const double WidestName = 150;
    private const double NameSize = 9.5;
    private static readonly Rgb Blue = Rgb.Parse("#0072b2");
    private static readonly Rgb Grey = Rgb.Parse("#7a7a7a");
    private static readonly (double Slope, string Name, double[]? Dash)[] References = [(1, "σ = μ*", null), (0.5, "σ = 0.5 μ*", [6, 3]), (0.1, "σ = 0.1 μ*", [1.5, 2.5])];

    /// <summary>Draws effects.</summary>
    /// <param name="panels">Panels.</param>
    /// <param name="interval">What the bars are ("95 % bootstrap interval", say).</param>
    /// <param name="caption">How many trajectories and runs; empty for nothing.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A factor comes twice in a panel.</exception>
    public static Figure Create(IReadOnlyList<MorrisPanel> panels, string interval, string caption, ArmLooks looks, FigureOptions options)
    {
        foreach (MorrisPanel panel in panels)
        {
            FactorRows.ByFactor($"panel '{panel.Title}'", panel.Factors);
        }

        looks = looks.With(panels.Select(panel => panel.Arm).OfType<string>());

        // Shares of the largest effect make factors of several outputs comparable.
        Dictionary<string, double> weights = new(StringComparer.Ordinal);
        foreach (MorrisPanel panel in panels)
        {
            double most = panel.Factors.Select(f => f.Effect.MeanAbsolute.Value).Where(double.IsFinite).DefaultIfEmpty(0).Max();
            foreach ((string factor, MorrisEffect effect) in panel.Factors)
            {
                double share = most > 0 && double.IsFinite(effect.MeanAbsolute.Value) ? effect.MeanAbsolute.Value / most : double.NegativeInfinity;
                weights[factor] = Math.Max(weights.GetValueOrDefault(factor, double.NegativeInfinity), share);
            }
        }

        string[] factors = FactorRows.Sorted(weights.Keys, factor => weights[factor]);
        (int columns, double width) = options.Grid(panels.Count, Math.Min(2, Math.Max(1, panels.Count)), panels.Count > 1 ? 960 : 680);
        Figure figure = new()
        {
            Title = options.TitleOr("Morris screening"),
            Description = $"Standard deviation against mean absolute elementary effect of {factors.Length} factors on {string.Join(", ", panels.Select(panel => panel.Title))}; largest first: {string.Join(", ", factors.Take(12))}.",
            Width = width,
            Columns = columns,
            Panels = [.. panels.Select(panel => Panel(panel, looks, options.HeightOr(panels.Count > 1 ? 300 : 400)))],
            Legend = [.. References.Select(line => new LegendEntry(line.Name) { Line = new Stroke(Grey, 1.2, line.Dash) })],
            Note = SweepText.Note($"Bars: {interval} of μ*.", caption),
        };
        return AllPlaced(figure) ? figure
            : figure with { Note = SweepText.Note(figure.Note, "The largest effects have their names; points that crowd have none.") };
    }

    private static Panel Panel(MorrisPanel panel, ArmLooks looks, double height)
    {
        (string Factor, Estimate MuStar, double Sigma)[] known =
        [
            .. panel.Factors.Select(f => (f.Factor, MuStar: f.Effect.MeanAbsolute, Sigma: f.Effect.StandardDeviation))
                .Where(f => double.IsFinite(f.MuStar.Value + f.Sigma)).OrderByDescending(f => f.MuStar.Value),
        ];
        Rgb color = panel.Arm is null ? Blue : looks.Color(panel.Arm);
        double right = known.SelectMany(f => new[] { f.MuStar.Value, f.MuStar.High }).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double top = known.Select(f => f.Sigma).DefaultIfEmpty(0).Max() * 1.05;
        var elements = new List<PlotElement>();
        foreach ((double slope, string _, double[]? dash) in References)
        {
            double end = slope * right > top && top > 0 ? top / slope : right;
            if (end > 0)
            {
                elements.Add(new LineElement([0, end], [0, end * slope], new Stroke(Grey, 1.2, dash)));
            }
        }

        elements.Add(new PointElement([.. known.Select(f => f.MuStar.Value)], [.. known.Select(f => f.Sigma)], new PointStyle(Marker.Circle, color, color, 6.5)) { XErrorLow = [.. known.Select(f => Math.Max(0, f.MuStar.Low))], XErrorHigh = [.. known.Select(f => f.MuStar.High)] });
        elements.Add(new LabelElement([.. known.Select(f => new PlacedLabel(TextWrap.Ellipsis(f.Factor, WidestName, NameSize), [(f.MuStar.Value, f.Sigma)]))], Rgb.Black, NameSize) { Gap = 6, Halo = Rgb.White, Leader = Grey });
        return new Panel
        {
            Title = panel.Title,
            Group = panel.Arm,
            X = new Axis { Label = "mean absolute effect μ*", Unit = panel.Unit, PreferZero = true },
            Y = new Axis { Label = "standard deviation σ", Unit = panel.Unit, PreferZero = true },
            Elements = elements,
            PlotHeight = height,
        };
    }

    private static bool AllPlaced(Figure figure) => FigurePage.Of(figure).CountLabelsLeftOut() == 0;
}
