using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>A spatial function of one arm. Values that are not finite are gaps.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="RadiiUm">Distances [µm], rising.</param>
/// <param name="Values">Values there.</param>
/// <param name="Low">Lower envelope; null for none.</param>
/// <param name="High">Upper envelope.</param>
public sealed record SpatialCurve(string Arm, double[] RadiiUm, double[] Values, double[]? Low = null, double[]? High = null);

/// <summary>What theory lets expect (complete spatial randomness, say).</summary>
/// <param name="Label">Name in the legend.</param>
/// <param name="RadiiUm">Distances [µm], rising.</param>
/// <param name="Values">Values there.</param>
public sealed record SpatialTheory(string Label, double[] RadiiUm, double[] Values);

/// <summary>One spatial function of one kind or pair of cells.</summary>
/// <param name="Label">Name beside the axis ("L(r) − r, CD8", say).</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Curves">Arms.</param>
/// <param name="Theory">Expectation drawn as a dashed line; null for none.</param>
public sealed record SpatialFunction(string Label, string Unit, IReadOnlyList<SpatialCurve> Curves, SpatialTheory? Theory);

/// <summary>Spatial functions over distance with envelopes; with more than three arms each has a panel of its own.</summary>
public static class SpatialCurvesFigure
{
    private const int MostTogether = 3;
    private static readonly Stroke TheoryLine = new(Rgb.Parse("#6a6a6a"), 1.3, [5, 4]);

    /// <summary>Draws functions, each on new rows of panels.</summary>
    /// <param name="functions">Functions.</param>
    /// <param name="envelope">What the bands show ("95 % pointwise envelope of random labelling", say).</param>
    /// <param name="looks">Looks of the arms of the run, whose order panels follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<SpatialFunction> functions, string envelope, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(functions.SelectMany(function => function.Curves.Select(curve => curve.Arm)));
        IReadOnlyList<string> arms = looks.Sort(functions.SelectMany(function => function.Curves.Select(curve => curve.Arm)));
        bool together = arms.Count <= MostTogether;
        int panels = together ? functions.Count : arms.Count;
        (int columns, double width) = options.Grid(panels, together ? 2 : FigureOptions.Balanced(arms.Count), panels == 1 ? 680 : together ? 940 : 1020);
        double height = options.HeightOr(together ? 220 : 160);
        var all = new List<Panel?>();
        foreach (SpatialFunction function in functions)
        {
            all.AddRange(together ? [Together(function, looks, height)] : arms.Select(arm => Alone(function, arm, looks, height)));

            // The next function starts a new row.
            while (!together && all.Count % columns != 0)
            {
                all.Add(null);
            }
        }

        bool banded = functions.SelectMany(function => function.Curves).Any(curve => curve.Low is not null && curve.High is not null);
        bool Empty(string arm) => !functions.SelectMany(function => function.Curves).Any(curve => curve.Arm == arm && curve.Values.Any(double.IsFinite));
        return new Figure
        {
            Title = options.TitleOr("Spatial functions"),
            Description = $"{string.Join(", ", functions.Select(function => function.Label))} over distance for {string.Join(", ", arms)}.",
            Width = width,
            Columns = columns,
            Panels = all,
            Legend =
            [
                .. together ? ArmLegend.Lines(arms, looks, Empty, banded) : [],
                .. functions.Select(function => function.Theory?.Label).OfType<string>().Distinct().Select(label => new LegendEntry(label) { Line = TheoryLine }),
            ],
            Note = banded ? $"Bands: {envelope}." : "",
        };
    }

    private static Panel Together(SpatialFunction function, ArmLooks looks, double height)
    {
        SpatialCurve[] curves = [.. function.Curves.OrderBy(curve => looks.Index(curve.Arm))];
        return Panel(function, [.. curves.Select(curve => Band(curve, looks)).OfType<PlotElement>(), .. Theory(function), .. curves.Select(curve => Line(curve, looks.Line(curve.Arm)))], height);
    }

    private static Panel Alone(SpatialFunction function, string arm, ArmLooks looks, double height)
    {
        SpatialCurve[] curves = [.. function.Curves.Where(curve => curve.Arm == arm)];
        if (!curves.Any(curve => curve.Values.Any(double.IsFinite)))
        {
            return ArmLegend.EmptyPanel(arm, height);
        }

        Panel panel = Panel(function, [.. curves.Select(curve => Band(curve, looks)).OfType<PlotElement>(), .. Theory(function), .. curves.Select(curve => Line(curve, new Stroke(looks.Color(arm), 1.8)))], height);
        return panel with { Title = arm, Group = arm };
    }

    private static Panel Panel(SpatialFunction function, IReadOnlyList<PlotElement> elements, double height)
    {
        double[] radii = [.. function.Curves.SelectMany(curve => curve.RadiiUm).Where(double.IsFinite)];
        double last = radii.Length == 0 ? 1 : radii.Max();
        IEnumerable<double> values = [.. function.Curves.SelectMany(curve => curve.Values.Concat(curve.Low ?? []).Concat(curve.High ?? [])), .. function.Theory?.Values ?? []];
        return new Panel
        {
            X = new Axis { Label = "distance r", Unit = "µm", Min = 0, Max = last > 0 ? last : 1 },
            Y = SharedAxis.Of(new Axis { Label = function.Label, Unit = function.Unit, PreferZero = true }, values),
            Elements = elements,
            PlotHeight = height,
        };
    }

    private static IEnumerable<PlotElement> Theory(SpatialFunction function) =>
        function.Theory is { } theory ? [new LineElement(theory.RadiiUm, theory.Values, TheoryLine)] : [];

    private static BandElement? Band(SpatialCurve curve, ArmLooks looks) => curve.Low is { } low && curve.High is { } high
        ? new BandElement(curve.RadiiUm, low, high, looks.Color(curve.Arm), 0.15) { Group = curve.Arm }
        : null;

    private static LineElement Line(SpatialCurve curve, Stroke stroke) => new(curve.RadiiUm, curve.Values, stroke) { Group = curve.Arm };
}
