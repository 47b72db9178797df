using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>A number that a calibration aims at, and what the calibrated model makes of it.</summary>
/// <param name="Label">Name.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Observed">Observed value with its error.</param>
/// <param name="Predicted">Predicted values of particles.</param>
public sealed record PredictiveTarget(string Label, string Unit, Estimate Observed, IReadOnlyList<double> Predicted)
{
    /// <summary>Weight of each prediction; null for equal ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Arm that it belongs to; null for none.</summary>
    public string? Arm { get; init; }
}

/// <summary>A time course that a calibration aims at: median and bands of the predictions, and observed points.</summary>
/// <param name="Label">Name.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="TimesDays">Times of the predictions [d], rising.</param>
/// <param name="Median">Median prediction.</param>
/// <param name="Low">Lower end of the middle 95 %.</param>
/// <param name="High">Upper end.</param>
/// <param name="Observed">Observed points with their errors.</param>
public sealed record PredictiveSeries(string Label, string Unit, IReadOnlyList<double> TimesDays, IReadOnlyList<double> Median, IReadOnlyList<double> Low, IReadOnlyList<double> High, ObservedPoints Observed)
{
    /// <summary>Lower end of the middle 50 %; null for none.</summary>
    public IReadOnlyList<double>? InnerLow { get; init; }

    /// <summary>Upper end of the middle 50 %.</summary>
    public IReadOnlyList<double>? InnerHigh { get; init; }

    /// <summary>Arm that it belongs to; null for none.</summary>
    public string? Arm { get; init; }
}

/// <summary>Does the calibrated model meet its targets: time courses as bands under observed points, numbers as predictions beside the observed value.</summary>
public static class PosteriorPredictiveFigure
{
    private const int MostPoints = 200;
    private static readonly Rgb Blue = Rgb.Parse("#0072b2");
    private static readonly PointStyle Seen = new(Marker.Diamond, Rgb.Black, Rgb.White, 8);

    /// <summary>Draws targets, time courses first.</summary>
    /// <param name="series">Time courses.</param>
    /// <param name="targets">Numbers.</param>
    /// <param name="error">What the bars of observed values are ("standard error", say).</param>
    /// <param name="caption">How many particles; empty for nothing.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">Weights and predictions differ in number, or a weight is not a number of 0 or more.</exception>
    public static Figure Create(IReadOnlyList<PredictiveSeries> series, IReadOnlyList<PredictiveTarget> targets, string error, string caption, ArmLooks looks, FigureOptions options)
    {
        foreach (PredictiveTarget target in targets)
        {
            WeightedSample.Check(target.Label, target.Predicted.Count, target.Weights);
        }

        looks = looks.With(series.Select(s => s.Arm).Concat(targets.Select(t => t.Arm)).OfType<string>());
        int count = series.Count + targets.Count;
        (int Columns, double Width) grid = options.Grid(count, Math.Clamp(count, 1, 2), count > 1 ? 960 : 620);
        double[] times = [.. series.SelectMany(s => s.TimesDays.Concat(s.Observed.TimesDays)).Where(double.IsFinite)];
        (double first, double last) = times.Length == 0 ? (0, 1) : (Math.Min(0, times.Min()), times.Max());
        var unit = TimeUnit.For(last - first);
        double room = (last > first ? last - first : 1) * 0.02;
        Axis time = unit.Axis(first - room, (last > first ? last : first + 1) + room);

        // A row holds time courses or numbers, whose panels differ in height.
        Panel?[] gap = [.. Enumerable.Repeat<Panel?>(null, (grid.Columns - (series.Count % grid.Columns)) % grid.Columns)];
        return new Figure
        {
            Title = options.TitleOr("Predictions of the calibrated model"),
            Description = $"Observed and predicted {string.Join(", ", series.Select(s => s.Label).Concat(targets.Select(t => t.Label)))}.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels =
            [
                .. series.Select(s => Course(s, time, unit, looks, options.HeightOr(220))),
                .. targets.Count > 0 ? gap : [],
                .. targets.Select(t => Number(t, looks, grid, options)),
            ],
            Legend = [new LegendEntry("observed") { Points = Seen }, .. Predicted(series, targets, looks)],
            Note = SweepText.Note(
                count == 0 ? "" : $"Bars of observed values: {error}.",
                series.Count == 0 ? "" : $"Lines: median prediction; bands: middle 95 %{(series.Any(s => s.InnerLow is not null) ? " and 50 %" : "")}.",
                targets.Count == 0 ? "" : "Small points: predictions of particles by weight; larger one: median and middle 95 %.",
                caption),
        };
    }

    private static IEnumerable<LegendEntry> Predicted(IReadOnlyList<PredictiveSeries> series, IReadOnlyList<PredictiveTarget> targets, ArmLooks looks)
    {
        string?[] arms = [.. series.Select(s => s.Arm).Concat(targets.Select(t => t.Arm)).Distinct()];
        return arms.OrderBy(arm => arm is null ? -1 : looks.Index(arm)).Select(arm => new LegendEntry(arm is null ? "predicted" : $"predicted, {arm}")
        {
            Group = arm,
            Band = Color(arm, looks),
            Line = new Stroke(Color(arm, looks), 1.8),
        });
    }

    private static Rgb Color(string? arm, ArmLooks looks) => arm is null ? Blue : looks.Color(arm);

    private static Panel Course(PredictiveSeries series, Axis time, TimeUnit unit, ArmLooks looks, double height)
    {
        Rgb color = Color(series.Arm, looks);
        double[] x = [.. series.TimesDays.Select(t => t / unit.Days)];
        var elements = new List<PlotElement> { new BandElement(x, series.Low, series.High, color, 0.17) };
        if (series.InnerLow is { } low && series.InnerHigh is { } high)
        {
            elements.Add(new BandElement(x, low, high, color, 0.22));
        }

        elements.Add(new LineElement(x, series.Median, new Stroke(color, 1.8)));
        elements.Add(new PointElement([.. series.Observed.TimesDays.Select(t => t / unit.Days)], series.Observed.Values, Seen with { Size = 7 }) { ErrorLow = series.Observed.Low, ErrorHigh = series.Observed.High });
        return new Panel
        {
            Title = series.Arm ?? "",
            Group = series.Arm,
            X = time,
            Y = new Axis { Label = series.Label, Unit = series.Unit, PreferZero = true },
            Elements = elements,
            DaysPerX = unit.Days,
            PlotHeight = height,
        };
    }

    private static Panel Number(PredictiveTarget target, ArmLooks looks, (int Columns, double Width) grid, FigureOptions options)
    {
        Rgb color = Color(target.Arm, looks);
        var sample = WeightedSample.Of(target.Predicted, target.Weights, double.IsFinite);
        Estimate summary = sample.Summary();
        int[] draws = sample.Draws(Math.Min(MostPoints, sample.Values.Length));
        double[] points = [.. sample.Values.SelectMany((value, i) => Enumerable.Repeat(value, draws[i]))];
        string[] names = ["observed", "predicted"];
        string[] notes = [target.Observed.Text(), summary.Text()];
        Rgb pale = Rgb.Mix(color, Rgb.White, 0.5);
        return new Panel
        {
            Title = target.Label,
            Group = target.Arm,
            X = new Axis { Unit = target.Unit },
            Y = CategoryPanels.Axis(names, []),
            Elements =
            [
                .. CategoryPanels.Lines(2),
                new SwarmElement(0.13, points, 0.6, new PointStyle(Marker.Circle, pale, pale, 3)) { Horizontal = true },
                new PointElement([summary.Value], [-0.34], new PointStyle(Marker.Circle, color, color, 7)) { XErrorLow = [summary.Low], XErrorHigh = [summary.High] },
                new PointElement([target.Observed.Value], [1], Seen) { XErrorLow = [target.Observed.Low], XErrorHigh = [target.Observed.High] },
            ],
            RowNotes = [.. notes.Reverse()],
            PlotHeight = CategoryPanels.Height(names, notes, grid, options with { Height = null }, 46),
        };
    }
}
