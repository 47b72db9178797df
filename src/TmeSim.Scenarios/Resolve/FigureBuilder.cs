using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The figures that a scenario asks for.</summary>
/// <param name="names">What figures can name.</param>
/// <param name="duration">Key <c>time.duration</c>.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class FigureBuilder(ScenarioNames names, ScalarValue duration, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");
    private const double MmPerInch = 25.4;
    private const double PxPerInch = 96;
    private static readonly Unit Days = Unit.Of("d");

    /// <summary>End of the run [h]; +∞ after an error.</summary>
    public double EndHours { get; } = duration.IsGood ? duration.In(Hours) : double.PositiveInfinity;

    public FigureRequest Build(MapValue figure)
    {
        ScalarValue plot = figure.Scalar("plot");
        FigureInfo kind = FigureTable.All.FirstOrDefault(f => plot.IsGood && f.Name == plot.Text) ?? FigureTable.Of(FigureKind.TimeCourse);
        foreach ((string key, Value value) in figure.Ordered)
        {
            if (plot.IsGood && !value.IsDefault && !FigureTable.CommonKeys.Contains(key) && !kind.Keys.Contains(key))
            {
                sink.Error(value.Mark, value.Path,
                    $"a {plot.Text} figure takes no '{key}'; keys: {string.Join(", ", FigureTable.CommonKeys.Concat(kind.Keys))}");
            }
        }

        if (plot.IsGood && kind.Kind == FigureKind.Field && figure["field"] is null)
        {
            sink.Error(figure.Mark, figure.Path, "a field figure needs 'field', for example `field: oxygen`");
        }

        ScalarValue[] measures = [.. Items(figure, "measures")];
        if (plot.IsGood && kind.Kind == FigureKind.PhasePlane && measures.Length is not (0 or 2))
        {
            sink.Error(measures[0].Mark, measures[0].Path,
                $"a phase_plane figure takes two measures, x and y; {measures.Length} are given");
        }

        if (figure["times"] is ListValue times)
        {
            CheckTimes(times);
        }

        return new FigureRequest
        {
            Kind = kind.Kind,
            Measures = [.. measures.Where(names.Measure).Select(m => m.Text)],
            TimesHours = [.. Items(figure, "times").Select(t => t.In(Hours))],
            Layers = [.. Items(figure, "layers").Select(l => l.Text)],
            Field = figure.Optional("field")?.Text,
            Functions = [.. Items(figure, "functions").Select(f => f.Text)],
            Arms = [.. Items(figure, "arms").Where(names.Arm).Select(a => a.Text)],
            Lesions = [.. Items(figure, "lesions").Where(names.Lesion).Select(l => l.Text)],
            Control = figure.Optional("control") is { } control && names.Arm(control) ? control.Text : null,
            Title = figure.Optional("title")?.Text,
            Columns = (int?)figure.Optional("columns")?.Number,
            WidthPx = Pixels(figure.Optional("width"), 240, 2400),
            Formats = [.. Items(figure, "format").Select(f => f.Text)],
            IsLettered = figure.Optional("letters")?.Text == "on",
            HeightPx = Pixels(figure.Optional("height"), 60, 1200),
        };
    }

    // A plain number is one of pixels.
    private double? Pixels(ScalarValue? length, double min, double max)
    {
        if (length is not { IsGood: true })
        {
            return null;
        }

        const double PxPerMm = PxPerInch / MmPerInch;
        double px = length.Unit!.Text == "mm" ? length.Number * PxPerMm : length.Number;
        if (px < min - 1e-9 || px > max + 1e-9)
        {
            sink.Error(length.Mark, length.Path, string.Create(CultureInfo.InvariantCulture,
                $"'{Excerpt.Of(length.Text)}' is out of range; allowed: {min} to {max} pixels, or {min / PxPerMm:0.#} to {max / PxPerMm:0.#} mm"));
        }

        return px;
    }

    // A time after the end is a mistake; where --set has moved the end before it, the end is shown, here and in the resolved scenario.
    private void CheckTimes(ListValue times)
    {
        for (int i = times.Items.Count - 1; i >= 0; i--)
        {
            if (times.Items[i] is not ScalarValue { IsGood: true } time || time.In(Hours) <= EndHours)
            {
                continue;
            }

            string end = $"{Quantity.Format(EndHours / 24)} d";
            if (duration.Mark.Source.Name != SetApplier.OptionName || time.Mark.Source.Name == SetApplier.OptionName)
            {
                sink.Error(time.Mark, time.Path, $"{time.Text} is after the end of the run at {end}");
                continue;
            }

            sink.Warn(time.Mark, time.Path,
                $"{time.Text} is after the end of the run, which --set has moved to {end}; the end is shown in its place");
            times.Items.RemoveAt(i);
            if (!times.Scalars.Any(t => t.IsGood && t.In(Hours) == EndHours))
            {
                times.Items.Insert(i, new ScalarValue(time.Spec, time.Mark, time.Path) { Text = end, Number = EndHours / 24, Unit = Days });
            }
        }
    }

    private static IEnumerable<ScalarValue> Items(MapValue figure, string key) => (figure[key] as ListValue)?.Scalars ?? [];
}
