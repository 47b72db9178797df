using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>A montage of field maps, arms as rows and times as columns, with one colour bar for all of them.</summary>
public static class FieldFigure
{
    // A shorter line is a speck.
    private const int MinPoints = 6;
    private static readonly Stroke OutlineHalo = new(Rgb.White, 3);
    private static readonly Stroke LevelHalo = new(Rgb.Black, 2.8);
    private static readonly Stroke LevelLine = new(Rgb.Parse("#ff8c42"), 1.6);
    private static readonly Stroke Outline = new(Rgb.Black, 1.3);

    /// <summary>Draws one field. The colours run from the lowest to the highest value of all frames (from 0 when that is close).</summary>
    /// <param name="frames">Frames in any order; sizes may differ.</param>
    /// <param name="label">Name of the field.</param>
    /// <param name="unit">Unit; empty or "1" for a plain number.</param>
    /// <param name="looks">Arms of the run, whose order the rows follow.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="level">Value with a line of its own (10 mmHg, below which tissue is hypoxic, say); null for none.</param>
    /// <exception cref="ArgumentException">An array does not fit the size of its frame.</exception>
    public static Figure Create(IReadOnlyList<FieldFrame> frames, string label, string unit, ArmLooks looks, FigureOptions options, double? level = null)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (FieldFrame frame in frames)
        {
            Montage.Check(frame.Width, frame.Height, frame.SpacingUm, ("Values", frame.Values.Length), ("Parenchyma", frame.Parenchyma?.Length ?? frame.Values.Length));
            foreach (float value in frame.Values)
            {
                if (float.IsFinite(value))
                {
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
            }
        }

        (low, high) = Range(low, high);
        Figure figure = Montage.Create(
            frames, frame => (frame.Arm, frame.TimeDays), (frame, name) => Panel(frame, name, low, high, level), looks, options, label,
            (a, b) => a.Values.AsSpan().SequenceEqual(b.Values));
        string[] arms = [.. frames.Select(frame => frame.Arm).Distinct()];
        bool outlined = frames.Any(frame => frame.Parenchyma is not null);
        return figure with
        {
            Width = options.Width is null ? Math.Min(figure.Width + 70, FigureOptions.WidestWidth) : figure.Width,
            Description = $"Maps of {label} for {arms.Length} arms ({string.Join(", ", arms)}) at {frames.Select(frame => frame.TimeDays).Distinct().Count()} times.",
            Values = FrameValues.Of(frames, label, unit),
            ColorBar = new ColorBar(ColorMap.Viridis, low, high, label, unit),
            Legend =
            [
                .. outlined ? (LegendEntry[])[new LegendEntry("outline of the tumour") { Line = Outline }] : [],
                .. level is { } line && figure.Panels.Any(HasLevel) ? (LegendEntry[])[new LegendEntry($"{Numbers.Short(line)} {unit}") { Line = LevelLine }] : [],
            ],
            Note = UnitWords.Explain([unit]).TrimStart(),
        };
    }

    /// <summary>Ends of the colour map for values between <paramref name="low"/> and <paramref name="high"/>; 0–1 when there are none.</summary>
    internal static (double Low, double High) Range(double low, double high)
    {
        if (low > high)
        {
            return (0, 1);
        }

        low = low > 0 && low < high / 4 ? 0 : low;
        return high > low ? (low, high) : low == 0 ? (0, 1) : (low - (Math.Abs(low) * 0.1), low + (Math.Abs(low) * 0.1));
    }

    private static bool HasLevel(Panel? panel) => panel?.Elements.OfType<LineElement>().Any(line => line.Stroke == LevelLine) == true;

    private static IEnumerable<PlotElement> Level(FieldFrame frame, double level)
    {
        double[] x = [.. Enumerable.Range(0, frame.Width).Select(i => (i + 0.5) * frame.SpacingUm)], y = [.. Enumerable.Range(0, frame.Height).Select(i => (i + 0.5) * frame.SpacingUm)];
        var lines = Contours.At(x, y, (column, row) => frame.Values[((frame.Height - 1 - row) * frame.Width) + column], level).Where(line => line.Count > MinPoints).ToArray();
        return new[] { LevelHalo, LevelLine }
            .SelectMany(stroke => lines.Select(line => new LineElement([.. line.Select(p => p.X)], [.. line.Select(p => p.Y)], stroke) { IsDecoration = true }));
    }

    private static Panel Panel(FieldFrame frame, string name, double low, double high, double? level)
    {
        var extents = new Extents(0, frame.Width * frame.SpacingUm, 0, frame.Height * frame.SpacingUm);
        var elements = new List<PlotElement> { new HeatMapElement(frame.Width, frame.Height, frame.Values, extents, ColorMap.Viridis, low, high) };
        if (frame.Parenchyma is { } parenchyma)
        {
            // A white halo keeps the line visible on the dark end of the map.
            elements.AddRange(TumorOutline.Create(parenchyma, frame.Width, frame.Height, frame.SpacingUm, OutlineHalo));
            elements.AddRange(TumorOutline.Create(parenchyma, frame.Width, frame.Height, frame.SpacingUm, Outline));
        }

        if (level is { } value)
        {
            elements.AddRange(Level(frame, value));
        }

        return Montage.Frame(frame.Width, frame.Height, frame.SpacingUm, name, elements);
    }
}
