using ScottPlot;
using ScottPlot.Plottables;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;

namespace TmeSim.Reports.Plots;

/// <summary>Adds the elements of a panel to its plot, in coordinates of the plot: data, or its decimal logarithm on a logarithmic axis.</summary>
/// <param name="plot">Where they go.</param>
/// <param name="panel">What has them.</param>
/// <param name="forSvg">Dashes become attributes.</param>
internal sealed class ElementPlots(Plot plot, Panel panel, bool forSvg)
{
    private readonly bool _xLog = panel.X is { Scale: AxisScale.Log10, Categories: null };
    private readonly bool _yLog = panel.Y is { Scale: AxisScale.Log10, Categories: null };

    private bool IsPicture => panel.Elements.Any(element => element is HeatMapElement or ImageElement or TileElement);

    public void AddAll()
    {
        foreach (PlotElement element in panel.Elements)
        {
            foreach (IPlottable plottable in Plottables(element))
            {
                plot.PlottableList.Add(Own(forSvg && element.Group is { } group ? new Marked(plottable, Marked.Group, group) : plottable));
            }
        }
    }

    /// <summary>Pictures and what lies on them keep their colours on dark paper.</summary>
    public IPlottable Own(IPlottable plottable) => forSvg && IsPicture ? new Marked(plottable, Marked.Own, "") : plottable;

    /// <summary>Coordinate of a value; NaN for one that has no place.</summary>
    public double X(double value) => Place(value, _xLog);

    /// <summary>Coordinate of a value; NaN for one that has no place.</summary>
    public double Y(double value) => Place(value, _yLog);

    private static double Place(double value, bool log) => !double.IsFinite(value) || (log && value <= 0) ? double.NaN : log ? Math.Log10(value) : value;

    private Coordinates At(double x, double y) => new(X(x), Y(y));

    private IEnumerable<IPlottable> Plottables(PlotElement element) => element switch
    {
        LineElement line => Lines(line.X, line.Y, line.Stroke, line.Closed, ConnectStyle.Straight),
        StepElement step => Lines(step.X, step.Y, step.Stroke, false, ConnectStyle.StepHorizontal),
        BandElement band => Bands(band),
        PointElement points => Points(points),
        SwarmElement swarm => [SwarmOf(swarm)],
        PairElement pairs => [new SwarmPairs(SwarmOf(pairs.From), SwarmOf(pairs.To), PlotStyles.Line(pairs.Stroke))],
        ArrowElement arrow => [new ArrowHead(At(arrow.FromX, arrow.FromY), At(arrow.X, arrow.Y), PlotStyles.Of(arrow.Color), (float)arrow.Size)],
        BarElement bars => Bars(bars),
        RuleElement rule => Rules(rule),
        HeatMapElement map => [HeatMap(map)],
        ImageElement image => [Image(image)],
        TileElement tiles => [Tiles(tiles)],
        TextElement text => [new InsideText(At(text.X, text.Y), text.Text, text.Anchor, PlotStyles.Of(text.Color), (float)text.Size)],
        LabelElement labels => [Labels(labels)],
        _ => throw new NotSupportedException($"a plot cannot show a {element.GetType().Name}"),
    };

    private Swarm SwarmOf(SwarmElement swarm) => new(
        swarm.Horizontal ? Y(swarm.Position) : X(swarm.Position), [.. swarm.Values.Select(v => swarm.Horizontal ? X(v) : Y(v))], swarm.Width,
        PlotStyles.Marker(swarm.Style), swarm.Horizontal);

    private IEnumerable<IPlottable> Lines(IReadOnlyList<double> x, IReadOnlyList<double> y, Stroke stroke, bool closed, ConnectStyle connect)
    {
        foreach (Coordinates[] piece in Pieces(x, y).Where(p => p.Length > 1))
        {
            yield return Dashed(stroke, style => new Scatter(new ScottPlot.DataSources.ScatterSourceCoordinatesArray(closed ? [.. piece, piece[0]] : piece))
            {
                LineStyle = style, MarkerStyle = MarkerStyle.None, ConnectStyle = connect,
            });
        }
    }

    private IPlottable Dashed(Stroke stroke, Func<LineStyle, IPlottable> make) => forSvg && stroke.Dash is { } dash
        ? new Marked(make(PlotStyles.Solid(stroke)), Marked.Dash, Marked.DashText(dash))
        : make(PlotStyles.Line(stroke));

    // Broken where a value is missing.
    private IEnumerable<Coordinates[]> Pieces(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var piece = new List<Coordinates>();
        for (int i = 0; i < Math.Min(x.Count, y.Count); i++)
        {
            Coordinates at = At(x[i], y[i]);
            if (double.IsNaN(at.X + at.Y))
            {
                yield return [.. piece];
                piece.Clear();
            }
            else
            {
                piece.Add(at);
            }
        }

        yield return [.. piece];
    }

    private IEnumerable<IPlottable> Bands(BandElement band)
    {
        Coordinates[][] low = [.. Pieces(band.X, [.. band.Low.Zip(band.High, (l, h) => double.IsNaN(Y(h)) ? double.NaN : l)])];
        Coordinates[][] high = [.. Pieces(band.X, [.. band.Low.Zip(band.High, (l, h) => double.IsNaN(Y(l)) ? double.NaN : h)])];
        foreach ((Coordinates[] lower, Coordinates[] upper) in low.Zip(high).Where(p => p.First.Length > 1))
        {
            yield return new Polygon([.. lower, .. upper.Reverse()])
            {
                FillColor = PlotStyles.Of(band.Color, band.Opacity), LineWidth = 0, MarkerStyle = MarkerStyle.None,
            };
        }
    }

    private IEnumerable<IPlottable> Points(PointElement points)
    {
        int count = Math.Min(points.X.Count, points.Y.Count);
        int[] shown = [.. Enumerable.Range(0, count).Where(i => !double.IsNaN(X(points.X[i]) + Y(points.Y[i])))];
        double[] x = [.. shown.Select(i => X(points.X[i]))], y = [.. shown.Select(i => Y(points.Y[i]))];
        if (shown.Length == 0)
        {
            yield break;
        }

        if (points.ErrorLow is not null || points.XErrorLow is not null)
        {
            yield return new ErrorBar(
                x, y, Error(points.XErrorHigh, X, x, shown, 1), Error(points.XErrorLow, X, x, shown, -1), Error(points.ErrorHigh, Y, y, shown, 1),
                Error(points.ErrorLow, Y, y, shown, -1))
            {
                LineWidth = 1.2f, LineColor = PlotStyles.Of(points.Style.Outline), CapSize = 3,
            };
        }

        yield return new Markers(new ScottPlot.DataSources.ScatterSourceDoubleArray(x, y)) { MarkerStyle = PlotStyles.Marker(points.Style) };
    }

    private static double[]? Error(IReadOnlyList<double>? ends, Func<double, double> place, double[] at, int[] shown, int sign) => ends is null
        ? null
        : [.. shown.Select((i, k) => i < ends.Count && place(ends[i]) is var end && !double.IsNaN(end) ? Math.Max(0, sign * (end - at[k])) : 0)];

    private IEnumerable<IPlottable> Bars(BarElement bars)
    {
        Func<double, double> value = bars.Horizontal ? X : Y, position = bars.Horizontal ? Y : X;
        Bar[] shown =
        [
            .. bars.Position.Zip(bars.Value).Where(b => !double.IsNaN(position(b.First) + value(b.Second))).Select(b => new Bar
            {
                Position = position(b.First), Value = value(b.Second), ValueBase = double.IsNaN(value(bars.Baseline)) ? 0 : value(bars.Baseline), Size = bars.Width,
                FillColor = PlotStyles.Of(bars.Color), LineWidth = 0, Orientation = bars.Horizontal ? Orientation.Horizontal : Orientation.Vertical,
            }),
        ];
        yield return new BarPlot([.. shown]);
        if (bars.ErrorLow is not null && bars.ErrorHigh is not null)
        {
            var ends = new PointElement(bars.Horizontal ? bars.Value : bars.Position, bars.Horizontal ? bars.Position : bars.Value, new PointStyle(Figures.Marker.Circle, Rgb.Black, null, 0))
            {
                ErrorLow = bars.Horizontal ? null : bars.ErrorLow, ErrorHigh = bars.Horizontal ? null : bars.ErrorHigh,
                XErrorLow = bars.Horizontal ? bars.ErrorLow : null, XErrorHigh = bars.Horizontal ? bars.ErrorHigh : null,
            };
            foreach (IPlottable error in Points(ends).OfType<ErrorBar>())
            {
                yield return error;
            }
        }
    }

    private IEnumerable<IPlottable> Rules(RuleElement rule)
    {
        double at = rule.Horizontal ? Y(rule.Value) : X(rule.Value);
        if (!double.IsNaN(at))
        {
            yield return Dashed(rule.Stroke, style => rule.Horizontal
                ? new HorizontalLine { Y = at, LineStyle = style }
                : new VerticalLine { X = at, LineStyle = style });
        }
    }

    private Heatmap HeatMap(HeatMapElement map)
    {
        var values = new double[map.Height, map.Width];
        for (int i = 0; i < map.Width * map.Height; i++)
        {
            values[i / map.Width, i % map.Width] = float.IsFinite(map.Values[i]) ? map.Values[i] : double.NaN;
        }

        var plotted = new Heatmap(values)
        {
            Colormap = new MapColors(map.Map), ManualRange = new ScottPlot.Range(map.Min, map.Max > map.Min ? map.Max : map.Min + 1), Rectangle = Rect(map.Extents),
            NaNCellColor = Colors.Transparent,
        };
        plotted.Update();
        return plotted;
    }

    private ImageRect Image(ImageElement image) => new()
    {
        Image = PlotImages.Of(image.Width, image.Height, image.Rgba), Rect = Rect(image.Extents), AntiAlias = false,
    };

    private TileSet Tiles(TileElement tiles) => new(
        [.. tiles.Tiles.Select(t => (Rect(t.Extents), t.Color is { } color ? PlotStyles.Of(color) : (Color?)null, t.Text))],
        tiles.Hatch is null ? null : PlotStyles.Line(tiles.Hatch));

    private LabelSet Labels(LabelElement labels) => new(
        [.. labels.Labels.Select(l => (l.Text, (IReadOnlyList<Coordinates>)[.. l.Places.Select(p => At(p.X, p.Y))]))], PlotStyles.Of(labels.Color), (float)labels.Size)
    {
        Gap = (float)labels.Gap,
        Halo = labels.Halo is { } halo ? PlotStyles.Of(halo) : null,
        Leader = labels.Leader is { } leader ? PlotStyles.Of(leader) : null,
        Markers = [.. panel.Elements.OfType<PointElement>().SelectMany(MarkersOf)],
    };

    private IEnumerable<MarkerPlace> MarkersOf(PointElement points) => Enumerable.Range(0, Math.Min(points.X.Count, points.Y.Count))
        .Where(i => !double.IsNaN(X(points.X[i]) + Y(points.Y[i])))
        .Select(i => new MarkerPlace(
            At(points.X[i], points.Y[i]), (End(points.XErrorLow, i, X), End(points.XErrorHigh, i, X)), (End(points.ErrorLow, i, Y), End(points.ErrorHigh, i, Y)), points.Style.Size));

    private static double End(IReadOnlyList<double>? ends, int i, Func<double, double> place) => ends is not null && i < ends.Count ? place(ends[i]) : double.NaN;

    private CoordinateRect Rect(Extents extents) => new(X(extents.XMin), X(extents.XMax), Y(extents.YMin), Y(extents.YMax));
}
