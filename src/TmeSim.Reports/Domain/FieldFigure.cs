using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>A montage of field maps, arms as rows and times as columns, with one colour bar for all of them.</summary>
public static class FieldFigure
{
    private static readonly Stroke OutlineHalo = new(Rgb.White, 3);
    private static readonly Stroke Outline = new(Rgb.Black, 1.3);

    /// <summary>Draws one field. The colours run from the lowest to the highest value of all frames (from 0 when that is close).</summary>
    /// <param name="frames">Frames in any order; sizes may differ.</param>
    /// <param name="label">Name of the field.</param>
    /// <param name="unit">Unit; empty or "1" for a plain number.</param>
    /// <param name="looks">Arms of the run, whose order the rows follow.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">An array does not fit the size of its frame.</exception>
    public static Figure Create(IReadOnlyList<FieldFrame> frames, string label, string unit, ArmLooks looks, FigureOptions options)
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
        Figure figure = Montage.Create(frames, frame => (frame.Arm, frame.TimeDays), (frame, name) => Panel(frame, name, low, high), looks, options, label);
        string[] arms = [.. frames.Select(frame => frame.Arm).Distinct()];
        bool outlined = frames.Any(frame => frame.Parenchyma is not null);
        return figure with
        {
            Width = options.Width is null ? Math.Min(figure.Width + 70, FigureOptions.WidestWidth) : figure.Width,
            Description = $"Maps of {label} for {arms.Length} arms ({string.Join(", ", arms)}) at {frames.Select(frame => frame.TimeDays).Distinct().Count()} times.",
            Values = FrameValues.Of(frames, label, unit),
            ColorBar = new ColorBar(ColorMap.Viridis, low, high, label, unit),
            Legend = outlined ? [new LegendEntry("outline of the tumour") { Line = Outline }] : [],
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

    private static Panel Panel(FieldFrame frame, string name, double low, double high)
    {
        var extents = new Extents(0, frame.Width * frame.SpacingUm, 0, frame.Height * frame.SpacingUm);
        var elements = new List<PlotElement> { new HeatMapElement(frame.Width, frame.Height, frame.Values, extents, ColorMap.Viridis, low, high) };
        if (frame.Parenchyma is { } parenchyma)
        {
            // A white halo keeps the line visible on the dark end of the map.
            elements.AddRange(TumorOutline.Create(parenchyma, frame.Width, frame.Height, frame.SpacingUm, OutlineHalo));
            elements.AddRange(TumorOutline.Create(parenchyma, frame.Width, frame.Height, frame.SpacingUm, Outline));
        }

        return Montage.Frame(frame.Width, frame.Height, frame.SpacingUm, name, elements);
    }
}
