using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The figures that a scenario asks for.</summary>
internal sealed class FigureBuilder(IReadOnlyList<string> arms, double durationHours, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    private static readonly Dictionary<string, string[]> KeysOf = new(StringComparer.Ordinal)
    {
        ["time_course"] = ["plot", "measures", "arms"],
        ["tissue"] = ["plot", "times", "layers", "arms"],
        ["field"] = ["plot", "times", "field", "arms"],
        ["clones"] = ["plot", "arms"],
    };

    public FigureRequest Build(MapValue figure)
    {
        ScalarValue plot = figure.Scalar("plot");
        foreach ((string key, Value value) in figure.Ordered)
        {
            if (plot.IsGood && !value.IsDefault && !KeysOf[plot.Text].Contains(key))
            {
                sink.Error(value.Mark, value.Path, $"a {plot.Text} figure takes no '{key}'; keys: {string.Join(", ", KeysOf[plot.Text])}");
            }
        }

        if (plot is { IsGood: true, Text: "field" } && figure["field"] is null)
        {
            sink.Error(figure.Mark, figure.Path, "a field figure needs 'field', for example `field: oxygen`");
        }

        foreach (ScalarValue time in Items(figure, "times").Where(t => t.IsGood && t.In(Hours) > durationHours))
        {
            sink.Error(time.Mark, time.Path, $"{time.Text} is after the end of the run at {Quantity.Format(durationHours / 24)} d");
        }

        return new FigureRequest
        {
            Kind = plot.Text switch { "tissue" => FigureKind.Tissue, "field" => FigureKind.Field, "clones" => FigureKind.Clones, _ => FigureKind.TimeCourse },
            Measures = [.. Items(figure, "measures").Where(Measure).Select(m => m.Text)],
            TimesHours = [.. Items(figure, "times").Select(t => t.In(Hours))],
            Layers = [.. Items(figure, "layers").Select(l => l.Text)],
            Field = figure.Optional("field")?.Text,
            Arms = [.. Items(figure, "arms").Where(Arm).Select(a => a.Text)],
        };
    }

    /// <summary>False, after an error, for a name that no measure has.</summary>
    public bool Measure(ScalarValue name)
    {
        if (!name.IsGood || MeasureTable.Find(name.Text) is not null)
        {
            return name.IsGood;
        }

        sink.Error(name.Mark, name.Path, $"unknown measure '{Validator.Short(name.Text)}'{Suggestion.Clause(name.Text, [.. MeasureTable.All.Select(m => m.Name)], "measures")}");
        return false;
    }

    /// <summary>False, after an error, for a name that no arm has.</summary>
    public bool Arm(ScalarValue name)
    {
        if (!name.IsGood || arms.Contains(name.Text))
        {
            return name.IsGood;
        }

        sink.Error(name.Mark, name.Path, $"unknown arm '{Validator.Short(name.Text)}'{Suggestion.Clause(name.Text, [.. arms], "arms")}");
        return false;
    }

    private static IEnumerable<ScalarValue> Items(MapValue figure, string key) => (figure[key] as ListValue)?.Scalars ?? [];
}
