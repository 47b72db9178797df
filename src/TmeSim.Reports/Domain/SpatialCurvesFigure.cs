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
/// <param name="Label">Name beside the axis ("L(r) − r", say).</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Curves">Arms.</param>
/// <param name="Theory">Expectation drawn as a dashed line; null for none.</param>
public sealed record SpatialFunction(string Label, string Unit, IReadOnlyList<SpatialCurve> Curves, SpatialTheory? Theory)
{
    /// <summary>What it says of which cells ("Pair correlation, CD8", say), above the panel; empty for nothing.</summary>
    public string Title { get; init; } = "";
}

/// <summary>
/// Spatial functions over distance, all arms in one panel. Up to three arms have their envelopes as bands; of more, curves are thick where they leave
/// their envelope.
/// </summary>
public static class SpatialCurvesFigure
{
    private const int MaxBands = 3;
    private const double Thin = 1.1;
    private const double Thick = 2.8;
    private static readonly Stroke TheoryLine = new(Rgb.Parse("#6a6a6a"), 1.3, [5, 4]);

    /// <summary>Draws functions, a panel each.</summary>
    /// <param name="functions">Functions.</param>
    /// <param name="envelope">What the bands show ("95 % pointwise envelope of random labelling", say).</param>
    /// <param name="looks">Looks of the arms of the run, whose order curves follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<SpatialFunction> functions, string envelope, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(functions.SelectMany(function => function.Curves.Select(curve => curve.Arm)));
        IReadOnlyList<string> arms = looks.Sort(functions.SelectMany(function => function.Curves.Select(curve => curve.Arm)));
        (int columns, double width) = options.Grid(functions.Count, 2, functions.Count <= 1 ? 680 : 940);
        double height = options.HeightOr(220);
        SpatialCurve[] curves = [.. functions.SelectMany(function => function.Curves)];
        bool enveloped = curves.Any(curve => curve.Low is not null && curve.High is not null), banded = enveloped && arms.Count <= MaxBands;
        bool Empty(string arm) => !curves.Any(curve => curve.Arm == arm && curve.Values.Any(double.IsFinite));
        return new Figure
        {
            Title = options.TitleOr("Spatial functions"),
            Description = $"{string.Join(", ", functions.Select(function => function.Title.Length > 0 ? function.Title : function.Label))} over distance for {string.Join(", ", arms)}.",
            Width = width,
            Columns = columns,
            Panels = SharedAxis.Outer([.. functions.Select(function => Panel(function, arms, banded, looks, height))], columns, false),
            Legend =
            [
                .. ArmLegend.Lines(arms, looks, Empty, banded, marked: LineMarkers.Needed(arms.Count)),
                .. functions.Select(function => function.Theory?.Label).OfType<string>().Distinct().Select(label => new LegendEntry(label) { Line = TheoryLine }),
            ],
            Note = banded ? $"Bands: {envelope}." : enveloped ? $"Thick: outside the {envelope} of the arm." : "",
        };
    }

    private static Panel Panel(SpatialFunction function, IReadOnlyList<string> arms, bool banded, ArmLooks looks, double height)
    {
        SpatialCurve[] curves = [.. function.Curves.OrderBy(curve => looks.Index(curve.Arm))];
        double[] radii = [.. curves.SelectMany(curve => curve.RadiiUm).Where(double.IsFinite)];
        double last = radii.Length == 0 ? 1 : radii.Max();
        IEnumerable<double> values = [.. curves.SelectMany(curve => curve.Values.Concat(banded ? [.. curve.Low ?? [], .. curve.High ?? []] : [])), .. function.Theory?.Values ?? []];
        var x = new Axis { Label = "distance r", Unit = "µm", Min = 0, Max = last > 0 ? last : 1 };
        return new Panel
        {
            Title = function.Title,
            X = x,
            Y = SharedAxis.Of(new Axis { Label = function.Label, Unit = function.Unit, PreferZero = true }, values),
            Elements =
            [
                .. banded ? curves.Where(curve => curve.Low is not null && curve.High is not null)
                    .Select(curve => new BandElement(curve.RadiiUm, curve.Low!, curve.High!, looks.Color(curve.Arm), 0.15) { Group = curve.Arm }) : [],
                .. function.Theory is { } theory ? (PlotElement[])[new LineElement(theory.RadiiUm, theory.Values, TheoryLine)] : [],
                .. curves.SelectMany(curve => Lines(curve, banded, looks)),
                .. LineMarkers.Needed(arms.Count) ? curves.SelectMany(curve => LineMarkers.Create(curve.Arm, curve.RadiiUm, curve.Values, x, looks)) : [],
            ],
            PlotHeight = height,
        };
    }

    private static IEnumerable<PlotElement> Lines(SpatialCurve curve, bool banded, ArmLooks looks)
    {
        if (banded || curve.Low is not { } low || curve.High is not { } high)
        {
            yield return new LineElement(curve.RadiiUm, curve.Values, looks.Line(curve.Arm)) { Group = curve.Arm };
            yield break;
        }

        // A stretch counts as outside when it begins and ends there, on either side.
        bool Outside(int i) => i < Math.Min(low.Length, high.Length) && (curve.Values[i] < low[i] || curve.Values[i] > high[i]);
        double[] outside = [.. curve.Values.Select((v, i) => Outside(i) && ((i > 0 && Outside(i - 1)) || (i + 1 < curve.Values.Length && Outside(i + 1))) ? v : double.NaN)];
        yield return new LineElement(curve.RadiiUm, curve.Values, looks.Line(curve.Arm, Thin)) { Group = curve.Arm };
        yield return new LineElement(curve.RadiiUm, outside, looks.Line(curve.Arm, Thick)) { Group = curve.Arm, IsDecoration = true };
    }
}
