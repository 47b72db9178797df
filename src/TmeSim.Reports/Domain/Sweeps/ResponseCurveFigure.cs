using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Outputs against one parameter, a line per arm through the simulated values; over words points beside each other. Bands show the spread of replicates.</summary>
public static class ResponseCurveFigure
{
    private const double Opacity = 0.17;
    private const double Spread = 0.6;
    private const int MostMarkers = 60;

    /// <summary>Draws outputs.</summary>
    /// <param name="panels">Panels.</param>
    /// <param name="x">Parameter.</param>
    /// <param name="sameScale">All panels have the same axis of values (levels of a third parameter, say).</param>
    /// <param name="caption">What points and bands are, over how many runs and replicates; empty for nothing.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="spreadOf">What bands show the spread of.</param>
    /// <exception cref="ArgumentException">A value of the parameter cannot be shown or comes twice, or lists differ in length.</exception>
    public static Figure Create(IReadOnlyList<ResponsePanel> panels, SweepAxis x, bool sameScale, string caption, ArmLooks looks, FigureOptions options, string spreadOf = "replicates")
    {
        ResponseCurve[] all = [.. panels.SelectMany(panel => panel.Curves)];
        foreach (ResponseCurve curve in all)
        {
            Check(curve, x);
        }

        looks = looks.With(all.Select(curve => curve.Arm));
        IReadOnlyList<string> arms = looks.Sort(all.Select(curve => curve.Arm));
        (int columns, double width) = options.Grid(panels.Count, Math.Min(2, Math.Max(1, panels.Count)), panels.Count > 1 ? 940 : 680);
        double height = options.HeightOr(panels.Count > 1 ? 220 : 320);
        double[] places = [.. all.SelectMany(curve => curve.X).Select(x.Place)];
        Axis xAxis = XAxis(x, places);
        double[] values = [.. all.SelectMany(curve => curve.X.Select((_, i) => Reach(curve, i)).SelectMany(reach => reach))];
        bool banded = all.Any(curve => curve.Low is { } low && low.Any(double.IsFinite));
        bool barred = all.Any(curve => curve.StandardErrors is { } errors && errors.Any(double.IsFinite));
        return new Figure
        {
            Title = options.TitleOr($"Response to {x.Label}"),
            Description = $"{string.Join(", ", panels.Select(panel => panel.Value.Label).Distinct())} against {x.Caption} for {string.Join(", ", arms)}.",
            Width = width,
            Columns = columns,
            Panels = [.. panels.Select(panel => Panel(panel, x, xAxis, sameScale ? values : null, arms, looks, height))],
            Legend = [.. ArmLegend.Lines(arms, looks, arm => !all.Any(curve => curve.Arm == arm && curve.Values.Any(double.IsFinite)), banded, marked: true)
                .Select(entry => x.Words is null ? entry : entry with { Line = null })],
            Note = SweepText.Note(banded ? $"{(x.Words is null ? "Bands" : "Broad bars")}: 10–90 % of {spreadOf}." : "", barred ? "Error bars: standard error." : "", caption),
        };
    }

    private static void Check(ResponseCurve curve, SweepAxis x)
    {
        x.CheckLevels(curve.X, $"arm '{curve.Arm}'");
        foreach ((string name, int count) in new[] { ("values", curve.Values.Count), ("lower ends", curve.Low?.Count ?? curve.X.Count), ("upper ends", curve.High?.Count ?? curve.X.Count), ("standard errors", curve.StandardErrors?.Count ?? curve.X.Count) })
        {
            if (count != curve.X.Count)
            {
                throw new ArgumentException($"arm '{curve.Arm}': {count} {name} for {curve.X.Count} values of {x.Label}; give one each, NaN where missing");
            }
        }

        if (curve.Low is null != curve.High is null)
        {
            throw new ArgumentException($"arm '{curve.Arm}': a band needs lower and upper ends; give both or none");
        }
    }

    // A little room at both ends, so that the outermost markers are whole.
    private static Axis XAxis(SweepAxis x, double[] places)
    {
        if (x.Words is not null || places.Length == 0)
        {
            return x.Axis;
        }

        (double low, double high) = (places.Min(), places.Max());
        double room = high > low ? (high - low) * 0.04 : x.IsLogScale ? 0.25 : low == 0 ? 0.5 : Math.Abs(low) * 0.1;
        double[] levels = [.. places.Distinct().Select(x.At)];
        return x.Axis with { Min = x.At(low - room), Max = x.At(high + room), RoundEnds = false, TickValues = levels.Length <= 10 ? levels : null };
    }

    private static Panel Panel(ResponsePanel panel, SweepAxis x, Axis xAxis, double[]? shared, IReadOnlyList<string> arms, ArmLooks looks, double height)
    {
        Axis y = panel.Value.Axis with { PreferZero = true };
        double[] reach = shared ?? [.. panel.Curves.SelectMany(curve => curve.X.SelectMany((_, i) => Reach(curve, i)))];

        // Ends that have no place on a logarithmic axis reach down to the lowest value that has.
        double floor = panel.Value.IsLogScale ? reach.Where(panel.Value.Holds).DefaultIfEmpty(double.NegativeInfinity).Min() : double.NegativeInfinity;
        var bands = new List<PlotElement>();
        var lines = new List<PlotElement>();
        foreach (ResponseCurve curve in panel.Curves.OrderBy(curve => looks.Index(curve.Arm)))
        {
            int[] order = [.. Enumerable.Range(0, curve.X.Count).OrderBy(i => curve.X[i])];
            double aside = x.Words is null ? 0 : Spread * (((arms.ToList().IndexOf(curve.Arm) + 0.5) / arms.Count) - 0.5);
            double[] at = [.. order.Select(i => curve.X[i] + aside)];
            double[] values = [.. order.Select(i => curve.Values[i])];
            bool dense = at.Length > MostMarkers;
            PointStyle style = looks.Marker(curve.Arm, dense ? 2 : 6.5);
            bands.AddRange(Bands(curve, at, order, x.Words is not null, floor, looks));
            if (x.Words is null)
            {
                lines.Add(new LineElement(at, values, looks.Line(curve.Arm)) { Group = curve.Arm });
            }

            PointElement points = new(at, values, style) { Group = curve.Arm };
            lines.Add(curve.StandardErrors is not { } errors || (dense && curve.Low is not null) ? points : points with
            {
                ErrorLow = [.. order.Select(i => Math.Max(curve.Values[i] - errors[i], floor))],
                ErrorHigh = [.. order.Select(i => curve.Values[i] + errors[i])],
            });
        }

        if (reach.Any(value => value < 0) && reach.Any(value => value > 0))
        {
            bands.Insert(0, new RuleElement(0, true, CategoryPanels.Zero));
        }

        return new Panel
        {
            Title = panel.Title,
            X = xAxis,
            Y = shared is null || panel.Value.Words is not null ? y : SharedAxis.Of(y, shared),
            Elements = [.. bands, .. lines],
            PlotHeight = height,
        };
    }

    private static IEnumerable<PlotElement> Bands(ResponseCurve curve, double[] at, int[] order, bool apart, double floor, ArmLooks looks)
    {
        if (curve.Low is null || curve.High is null)
        {
            yield break;
        }

        double[] low = [.. order.Select(i => Math.Max(curve.Low[i], floor))];
        double[] high = [.. order.Select(i => curve.High[i])];
        if (!apart)
        {
            yield return new BandElement(at, low, high, looks.Color(curve.Arm), Opacity) { Group = curve.Arm };
        }

        // A band needs neighbours; a value that stands alone shows its spread as a bar.
        var stroke = new Stroke(looks.Color(curve.Arm), 7) { Opacity = Opacity * 1.6 };
        for (int i = 0; i < at.Length; i++)
        {
            if (Known(i) && (apart || (!Known(i - 1) && !Known(i + 1))))
            {
                yield return new LineElement([at[i], at[i]], [low[i], high[i]], stroke) { Group = curve.Arm };
            }
        }

        bool Known(int i) => i >= 0 && i < at.Length && double.IsFinite(low[i] + high[i]);
    }

    private static IEnumerable<double> Reach(ResponseCurve curve, int i)
    {
        yield return curve.Values[i];
        yield return curve.Low?[i] ?? double.NaN;
        yield return curve.High?[i] ?? double.NaN;
        yield return curve.Values[i] - (curve.StandardErrors?[i] ?? double.NaN);
        yield return curve.Values[i] + (curve.StandardErrors?[i] ?? double.NaN);
    }
}
