using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>
/// Runs as lines over parallel axes, one per factor or output with its own scale, coloured by one of them. Many axes go on in further
/// rows; of many runs an even part is drawn, and said so.
/// </summary>
public static class ParallelCoordinatesFigure
{
    private const int MostRuns = 1500;
    private const int MostTicks = 5;
    private const double NarrowestSlot = 84;
    private const double TickPart = 0.025;
    private static readonly Rgb Unknown = Rgb.Parse("#b0b0b0");
    private static readonly Stroke AxisStroke = new(Rgb.Parse("#333333"), 1.2);

    /// <summary>Draws runs.</summary>
    /// <param name="axes">Factors and outputs from left to right.</param>
    /// <param name="runs">One list of values per run, in the order of the axes; NaN where missing.</param>
    /// <param name="colorBy">Index of the axis that colours the lines.</param>
    /// <param name="caption">How many runs and replicates; empty for nothing.</param>
    /// <param name="options">Title and layout; columns are without effect.</param>
    /// <exception cref="ArgumentException">A run has another number of values than there are axes, or there is no such axis to colour by.</exception>
    public static Figure Create(IReadOnlyList<SweepAxis> axes, IReadOnlyList<IReadOnlyList<double>> runs, int colorBy, string caption, FigureOptions options)
    {
        foreach ((int i, IReadOnlyList<double> run) in runs.Index())
        {
            if (run.Count != axes.Count)
            {
                throw new ArgumentException($"run {i}: {run.Count} values for {axes.Count} axes; give one each, NaN where missing");
            }
        }

        if (axes.Count > 0 && (colorBy < 0 || colorBy >= axes.Count))
        {
            throw new ArgumentException($"there is no axis {colorBy} to colour by; write 0 to {axes.Count - 1}");
        }

        double width = options.WidthOr(Math.Clamp(160 + (axes.Count * 110), 480, 1100));
        int perRow = Math.Max(2, (int)((width - 120) / NarrowestSlot));
        int rows = Math.Max(1, (axes.Count + perRow - 1) / perRow);
        perRow = Math.Max(1, (axes.Count + rows - 1) / rows);
        AxisPlaces[] maps = [.. axes.Select((axis, i) => Map(axis, [.. runs.Select(run => run[i])]))];
        int every = Math.Max(1, (runs.Count + MostRuns - 1) / MostRuns);
        IReadOnlyList<double>[] shown = axes.Count == 0 ? [] : [.. runs.Where((_, i) => i % every == 0)];
        SweepAxis? hue = axes.Count > 0 ? axes[colorBy] : null;
        double[] hues = hue is null ? [] : [.. runs.Select(run => run[colorBy]).Where(hue.Holds)];
        var colors = SweepColors.Sequential(hues, hue?.IsLogScale ?? false);
        bool unknown = hue is not null && shown.Any(run => !hue.Holds(run[colorBy]));
        bool worded = hue?.Words is not null;
        return new Figure
        {
            Title = options.TitleOr("Runs over factors and outputs"),
            Description = $"{runs.Count} runs over {string.Join(", ", axes.Select(axis => axis.Caption))}, coloured by {hue?.Label ?? "nothing"}.",
            Width = width,
            Panels = [.. Enumerable.Range(0, rows).Select(row => Panel(axes, maps, shown, (row * perRow, Math.Min(perRow, axes.Count - (row * perRow))), hue, colorBy, colors, options))],
            ColorBar = hues.Length == 0 || worded ? null : new ColorBar(colors.Map, colors.Min, colors.Max, hue!.Label, hue.Unit) { IsLog = colors.IsLog },
            Legend =
            [
                .. worded ? hue!.Words!.Select((word, i) => new LegendEntry(word) { Line = new Stroke(ArmPalette.Color(i), 2) }) : [],
                .. unknown ? new[] { new LegendEntry($"{hue!.Label} missing") { Line = new Stroke(Unknown, 2) } } : [],
            ],
            Values = new FigureValues([.. axes.Select(axis => axis.Caption)], [.. runs.Select(run => run.Select(v => (FigureValue)v).ToArray())]),
            Note = SweepText.Note(
                every > 1 ? $"{shown.Length} of {runs.Count} runs drawn, every {Ordinal(every)}." : "",
                rows > 1 ? "Lines go on from row to row." : "",
                caption),
        };
    }

    private static string Ordinal(int number) => number switch { 2 => "second", 3 => "third", _ => $"{number}th" };

    private static AxisPlaces Map(SweepAxis axis, double[] values)
    {
        double[] places = [.. values.Where(axis.Holds)];
        (double, double) range = places.Length == 0 ? (double.NaN, double.NaN) : (places.Min(), places.Max());
        return new AxisPlaces(axis.Axis, range, MostTicks);
    }

    private static Panel Panel(IReadOnlyList<SweepAxis> axes, AxisPlaces[] maps, IReadOnlyList<double>[] runs, (int First, int Count) part, SweepAxis? hue, int colorBy, SweepColors colors, FigureOptions options)
    {
        var elements = new List<PlotElement>();
        double opacity = runs.Length switch { <= 20 => 0.9, <= 100 => 0.7, <= 400 => 0.45, _ => 0.25 };
        double[] x = [.. Enumerable.Range(0, part.Count).Select(i => (double)i)];
        foreach (IReadOnlyList<double> run in Mixed(runs))
        {
            double[] y = [.. x.Select(i => Fraction(maps[part.First + (int)i], run[part.First + (int)i]))];
            double value = run[colorBy];
            bool known = hue!.Holds(value);
            Rgb color = !known ? Unknown : hue.Words is not null ? ArmPalette.Color((int)value) : colors.Color(value);
            elements.Add(new LineElement(x, y, new Stroke(color, 1.2) { Opacity = opacity }));
        }

        for (int i = 0; i < part.Count; i++)
        {
            AxisPlaces map = maps[part.First + i];
            elements.Add(new LineElement([i, i], [0, 1], AxisStroke));
            elements.AddRange(map.Ticks.Select(tick => new LineElement([i, i + TickPart], [map.Fraction(tick), map.Fraction(tick)], AxisStroke)));
        }

        PlacedLabel[] labels = [.. Enumerable.Range(0, part.Count).SelectMany(i => maps[part.First + i].Ticks.Zip(maps[part.First + i].Labels, (tick, label) => new PlacedLabel(Short(label), [(i + TickPart, maps[part.First + i].Fraction(tick))])))];
        elements.Add(new LabelElement(labels, Rgb.Black) { Gap = 4, Halo = Rgb.White });
        return new Panel
        {
            X = new Axis { Categories = [.. Enumerable.Range(part.First, part.Count).Select(i => axes[i].Caption)] },
            Y = Axis.Hidden(-0.04, 1.04),
            Elements = elements,
            PlotHeight = options.HeightOr(280),
        };
    }

    // A word as long as the room between two axes has.
    private static string Short(string label) => TextWrap.Ellipsis(label, NarrowestSlot - 14, 10);

    private static double Fraction(AxisPlaces map, double value) => map.Fraction(value) is >= -1e-9 and <= 1 + 1e-9 and var part ? part : double.NaN;

    // Neither the first nor the last of a sorted design is to lie on top of all others.
    private static IEnumerable<IReadOnlyList<double>> Mixed(IReadOnlyList<double>[] runs) => runs.Index().OrderBy(item => (item.Index * 2654435761L) & 0xFFFFFFFF).Select(item => item.Item);
}
