using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>One generation of a calibration by approximate Bayesian computation.</summary>
/// <param name="Generation">Number of the generation.</param>
/// <param name="Epsilon">Largest distance that is accepted; NaN where unknown.</param>
/// <param name="AcceptanceRate">Accepted particles over simulated ones, 0–1.</param>
/// <param name="EffectiveSamples">Effective sample size of the weights.</param>
public sealed record CalibrationGeneration(int Generation, double Epsilon, double AcceptanceRate, double EffectiveSamples);

/// <summary>How a calibration converged: tolerance, acceptance and effective sample size over the generations.</summary>
public static class CalibrationProgressFigure
{
    private static readonly Stroke Line = new(Rgb.Parse("#0072b2"), 1.8);
    private static readonly PointStyle Points = new(Marker.Circle, Rgb.Parse("#0072b2"), Rgb.Parse("#0072b2"), 6);

    /// <summary>Draws the progress.</summary>
    /// <param name="generations">Generations, each once, in any order.</param>
    /// <param name="particles">Particles per generation, the most that an effective size can be; 0 for unknown.</param>
    /// <param name="caption">How many runs; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A generation comes twice.</exception>
    public static Figure Create(IReadOnlyList<CalibrationGeneration> generations, int particles, string caption, FigureOptions options)
    {
        if (generations.Select(g => g.Generation).Distinct().Count() != generations.Count)
        {
            throw new ArgumentException("a generation comes twice; give each number once");
        }

        CalibrationGeneration[] rows = [.. generations.OrderBy(g => g.Generation)];
        double[] x = [.. rows.Select(g => (double)g.Generation)];
        (int columns, double width) = options.Grid(3, 3, 980);
        double height = options.HeightOr(200);
        double[] epsilons = [.. rows.Select(g => g.Epsilon).Where(e => double.IsFinite(e))];
        bool log = epsilons.Length > 1 && epsilons.Min() > 0 && epsilons.Max() / epsilons.Min() >= 10;
        var rate = new Axis { Label = "acceptance rate", Unit = "%", PreferZero = true };
        var size = new Axis { Label = "effective sample size", PreferZero = true };
        RuleElement[] most = particles > 0 ? [new RuleElement(particles, true, CategoryPanels.Zero)] : [];
        return new Figure
        {
            Title = options.TitleOr("Progress of the calibration"),
            Description = $"Tolerance, acceptance rate and effective sample size over {rows.Length} generations.",
            Width = width,
            Columns = columns,
            Panels =
            [
                Panel(x, [.. rows.Select(g => g.Epsilon)], new Axis { Label = "tolerance ε", Scale = log ? AxisScale.Log10 : AxisScale.Linear, PreferZero = true }, [], height),
                Panel(x, [.. rows.Select(g => g.AcceptanceRate * 100)], rate, [], height),
                Panel(x, [.. rows.Select(g => g.EffectiveSamples)], size, most, height),
            ],
            Note = SweepText.Note(particles > 0 ? $"Grey line: {particles} particles." : "", caption),
        };
    }

    private static Panel Panel(double[] x, double[] y, Axis axis, RuleElement[] below, double height) => new()
    {
        X = new Axis { Label = "generation", Min = x.Length > 0 ? x[0] - 0.5 : null, Max = x.Length > 0 ? x[^1] + 0.5 : null, RoundEnds = false, Steps = [1, 2, 5, 10] },
        Y = axis,
        Elements = [.. below, new LineElement(x, y, Line), new PointElement(x, y, Points)],
        PlotHeight = height,
    };
}
