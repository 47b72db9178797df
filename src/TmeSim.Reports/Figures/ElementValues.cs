namespace TmeSim.Reports.Figures;

/// <summary>One point of a plot element in data coordinates; NaN for what it does not have.</summary>
internal readonly record struct ElementValue(string Mark)
{
    public double X { get; init; } = double.NaN;

    public double Y { get; init; } = double.NaN;

    public double Low { get; init; } = double.NaN;

    public double High { get; init; } = double.NaN;

    public double XLow { get; init; } = double.NaN;

    public double XHigh { get; init; } = double.NaN;

    public double Value { get; init; } = double.NaN;

    public string Text { get; init; } = "";
}

/// <summary>The values of plot elements. Missing points of lines are left out; pictures and arrowheads have none.</summary>
internal static class ElementValues
{
    public static IEnumerable<ElementValue> Of(PlotElement element) => element switch
    {
        LineElement line => Pairs("line", line.X, line.Y),
        StepElement step => Pairs("step", step.X, step.Y),
        BandElement band => band.X.Select((x, i) => new ElementValue("band") { X = x, Low = band.Low[i], High = band.High[i] }).Where(v => double.IsFinite(v.Low + v.High)),
        PointElement point => point.X.Select((x, i) => new ElementValue("point")
        {
            X = x, Y = point.Y[i], Low = At(point.ErrorLow, i), High = At(point.ErrorHigh, i), XLow = At(point.XErrorLow, i), XHigh = At(point.XErrorHigh, i),
        }),
        SwarmElement swarm => swarm.Values.Select(v => swarm.Horizontal ? new ElementValue("point") { X = v, Y = swarm.Position } : new ElementValue("point") { X = swarm.Position, Y = v }),
        BarElement bar => bar.Position.Select((at, i) => Bar(bar, at, i)),
        RuleElement rule => [rule.Horizontal ? new ElementValue("rule") { Y = rule.Value } : new ElementValue("rule") { X = rule.Value }],
        HeatMapElement map => Map(map),
        TileElement tiles => tiles.Tiles.Select(t => new ElementValue("tile")
        {
            X = (t.Extents.XMin + t.Extents.XMax) / 2, Y = (t.Extents.YMin + t.Extents.YMax) / 2, XLow = t.Extents.XMin, XHigh = t.Extents.XMax,
            Low = t.Extents.YMin, High = t.Extents.YMax, Value = t.Value, Text = t.Text,
        }),
        TextElement text => [new ElementValue("text") { X = text.X, Y = text.Y, Text = text.Text }],
        LabelElement labels => labels.Labels.Where(l => l.Places.Count > 0).Select(l => new ElementValue("text") { X = l.Places[0].X, Y = l.Places[0].Y, Text = l.Text }),
        _ => [],
    };

    private static IEnumerable<ElementValue> Pairs(string mark, IReadOnlyList<double> xs, IReadOnlyList<double> ys) =>
        xs.Select((x, i) => new ElementValue(mark) { X = x, Y = ys[i] }).Where(v => double.IsFinite(v.X + v.Y));

    private static ElementValue Bar(BarElement bar, double at, int i) => bar.Horizontal
        ? new ElementValue("bar") { X = bar.Value[i], Y = at, XLow = At(bar.ErrorLow, i), XHigh = At(bar.ErrorHigh, i) }
        : new ElementValue("bar") { X = at, Y = bar.Value[i], Low = At(bar.ErrorLow, i), High = At(bar.ErrorHigh, i) };

    private static IEnumerable<ElementValue> Map(HeatMapElement map)
    {
        double dx = (map.Extents.XMax - map.Extents.XMin) / map.Width, dy = (map.Extents.YMax - map.Extents.YMin) / map.Height;
        for (int i = 0; i < map.Values.Count; i++)
        {
            yield return new ElementValue("map")
            {
                X = map.Extents.XMin + ((i % map.Width) + 0.5) * dx, Y = map.Extents.YMax - ((i / map.Width) + 0.5) * dy, Value = map.Values[i],
            };
        }
    }

    private static double At(IReadOnlyList<double>? values, int i) => values is null ? double.NaN : values[i];
}
