using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>The cumulative incidence of one cause.</summary>
/// <param name="Cause">Cause ("progression", "death without progression").</param>
/// <param name="Points">Steps of the curve by rising time; a start at 0 is added where it is missing.</param>
public sealed record IncidenceCurve(string Cause, IReadOnlyList<SurvivalPoint> Points)
{
    /// <summary>Events of this cause up to each of the rows of the arm, as many as rows; empty where they are not told apart.</summary>
    public IReadOnlyList<int> Events { get; init; } = [];
}

/// <summary>Competing events of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Causes">Curves of all causes.</param>
/// <param name="LastTime">Last time that was followed, in the unit of the figure; not finite for that of the last step.</param>
/// <param name="Rows">Counts at the ticks, events of any cause; empty for no table.</param>
public sealed record IncidenceArm(string Arm, IReadOnlyList<IncidenceCurve> Causes, double LastTime, IReadOnlyList<RiskRow> Rows);

/// <summary>How competing events are arranged.</summary>
public enum IncidenceLayout
{
    /// <summary>A panel for each cause, with a line for each arm.</summary>
    Causes,

    /// <summary>A panel for each arm, with the causes on top of each other.</summary>
    Arms,
}

/// <summary>Cumulative incidence of competing events (Aalen and Johansen 1978) by arm, with the table of survival curves below.</summary>
public static class CumulativeIncidenceFigure
{
    private const int MostBands = 6;
    private const int MostNamed = 3;
    private const double BandOpacity = 0.14;
    private static readonly Rgb[] Colors =
        [.. new[] { "#d55e00", "#56b4e9", "#cc79a7", "#e69f00", "#009e73", "#8a8a8a" }.Select(Rgb.Parse)];

    /// <summary>Draws curves.</summary>
    /// <param name="arms">Arms.</param>
    /// <param name="time">Unit of all times.</param>
    /// <param name="layout">How they are arranged.</param>
    /// <param name="summary">Tests and the like in words, for the note; empty for nothing.</param>
    /// <param name="level">Level of the intervals, 0–1.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(
        IReadOnlyList<IncidenceArm> arms, TrialTime time, IncidenceLayout layout, string summary, double level, ArmLooks looks,
            FigureOptions options)
    {
        ArgumentNullException.ThrowIfNull(time);
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        string[] causes = [.. arms.SelectMany(arm => arm.Causes).Select(c => c.Cause).Distinct(StringComparer.Ordinal)];
        double last = arms.SelectMany(arm => arm.Causes.Select(c => Curve(arm, c).Last)).DefaultIfEmpty(0).Max();
        IReadOnlyList<double> ticks = RiskTable.Times(arms.Select(arm => arm.Rows));
        bool byCause = layout == IncidenceLayout.Causes;
        bool banded = byCause && arms.Count <= MostBands
            && arms.Any(arm => arm.Causes.Any(c => c.Points.Any(p => double.IsFinite(p.Low + p.High))));
        int count = byCause ? causes.Length : arms.Count;
        (int columns, double width) = options.Grid(count, Math.Min(2, Math.Max(1, count)), count > 1 ? 940 : 620);
        double height = options.HeightOr(240);
        Axis y = new() { Label = "cumulative incidence", Unit = "%", Min = 0, Max = 100 };
        Panel Frame() => new() { X = time.Axis(last, ticks), Y = y, DaysPerX = time.Days, PlotHeight = height };
        Panel OfCause(string cause) => Frame() with
        {
            Title = cause,
            Elements = [.. Lines(arms, cause, banded, looks)],
            AxisRows = RiskTable.Rows(arms.Select(arm => (arm.Arm, RowsOf(arm, cause))), looks),
        };
        Panel OfArm(IncidenceArm arm) => arm.Causes.All(c => Curve(arm, c).IsEmpty) ? ArmLegend.EmptyPanel(arm.Arm, height) : Frame() with
        {
            Title = arm.Arm,
            Group = arm.Arm,
            Elements = [.. Stack(arm, causes)],
            AxisRows = RiskTable.Rows([(arm.Arm, arm.Rows)], looks),
        };
        Panel[] panels = byCause ? [.. causes.Select(OfCause)] : [.. arms.Select(OfArm)];
        string counted = byCause && arms.Any(arm => arm.Causes.Any(c => c.Events.Count > 0)) ? "the cause" : "any cause";
        string names = string.Join(", ", arms.Select(arm => arm.Arm));
        return new Figure
        {
            Title = options.TitleOr(Finding(arms, causes)),
            Description = TrialText.Note($"Cumulative incidence of {string.Join(", ", causes)} over {time.Name} for {names}", summary),
            Width = width,
            Columns = columns,
            EvenPlots = true,
            Panels = panels.Length == 0 ? [ArmLegend.EmptyPanel("", 40)] : panels,
            Legend = byCause
                ? [.. ArmLegend.Lines(arms.Select(arm => arm.Arm), looks, name => arms.First(a => a.Arm == name).Causes.Count == 0, banded)]
                : [.. causes.Select((cause, i) => new LegendEntry(cause) { Box = Color(i) })],
            Note = TrialText.Note(
                banded ? $"Bands: {Numbers.Plain(level * 100, 1, trim: true)} % confidence intervals" : "",
                ticks.Count > 0 ? $"Table: at risk just before each time; censored and events of {counted} up to it" : "", summary),
            Values = new FigureValues(
                ["arm", "row", "cause", "time_" + time.Name, "incidence", "low", "high", "at_risk", "censored", "events"],
                [.. arms.SelectMany(Rows)]),
        };
    }

    private static Rgb Color(int cause) => Colors[cause % Colors.Length];

    private static StepCurve Curve(IncidenceArm arm, IncidenceCurve curve) => new(curve.Points, 0, arm.LastTime);

    private static IReadOnlyList<RiskRow> RowsOf(IncidenceArm arm, string cause) =>
        arm.Causes.FirstOrDefault(c => c.Cause == cause)?.Events is { Count: > 0 } events && events.Count == arm.Rows.Count
            ? [.. arm.Rows.Select((row, i) => row with { Events = events[i] })] : arm.Rows;

    private static IEnumerable<PlotElement> Lines(IReadOnlyList<IncidenceArm> arms, string cause, bool banded, ArmLooks looks)
    {
        (string Arm, StepCurve Curve)[] curves =
        [
            .. arms.SelectMany(arm => arm.Causes.Where(c => c.Cause == cause).Select(c => (arm.Arm, Curve(arm, c))))
                .Where(c => !c.Item2.IsEmpty),
        ];
        IEnumerable<PlotElement> bands = banded
            ? curves.Select(c => c.Curve.Band(looks.Color(c.Arm), BandOpacity, c.Arm)).OfType<PlotElement>() : [];
        return bands.Concat(curves.Select(c => c.Curve.Line(looks.Line(c.Arm), c.Arm)));
    }

    // Each cause on those before it, as steps.
    private static IEnumerable<PlotElement> Stack(IncidenceArm arm, string[] causes)
    {
        StepCurve[] curves = [.. causes.Select(cause => arm.Causes.FirstOrDefault(c => c.Cause == cause) is { } found ? Curve(arm, found)
            : new StepCurve([], 0, double.NaN))];
        double[] times = [.. curves.SelectMany(c => c.Times).Distinct().Order()];
        if (times.Length == 0)
        {
            yield break;
        }

        double[] corners = [.. times.SelectMany((t, i) => i + 1 < times.Length ? new[] { t, times[i + 1] } : [t])];
        double[] floor = new double[corners.Length];
        foreach ((int i, StepCurve curve) in curves.Index())
        {
            double[] values = [.. times.SelectMany((t, k) => k + 1 < times.Length ? new[] { curve.At(t), curve.At(t) } : [curve.At(t)])];
            double[] top = [.. floor.Zip(values, (below, value) => below + (double.IsFinite(value) ? value : 0))];
            yield return new BandElement(corners, floor, top, Color(i), 1) { Group = arm.Arm };
            yield return new LineElement(corners, top, new Stroke(Rgb.White, 0.8)) { Group = arm.Arm, IsDecoration = true };
            floor = top;
        }
    }

    private static string Finding(IReadOnlyList<IncidenceArm> arms, string[] causes)
    {
        const string What = "Cumulative incidence";
        (string Cause, string Arm, double End)[] ends =
        [
            .. causes.SelectMany(cause => arms.SelectMany(arm => arm.Causes.Where(c => c.Cause == cause)
                .Select(c => (cause, arm.Arm, Curve(arm, c)))
                .Where(c => !c.Item3.IsEmpty).Select(c => (c.cause, c.Arm, c.Item3.At(c.Item3.Last))))),
        ];
        string Ends(IEnumerable<(string Cause, string Arm, double End)> of) =>
            string.Join(", ", of.Select(e => $"{Numbers.Plain(e.End, 0)}\u00A0% in {e.Arm}"));
        return ends.Length == 0 || arms.Count > MostNamed || causes.Length > MostNamed
            ? causes.Length == 0 ? What : $"{What} of {string.Join(", ", causes)}"
            : $"{What} at the end: {string.Join("; ", ends.GroupBy(e => e.Cause).Select(c => $"{c.Key} {Ends(c)}"))}";
    }

    private static IEnumerable<IReadOnlyList<FigureValue>> Rows(IncidenceArm arm) =>
    [
        .. arm.Causes.SelectMany(c => c.Points
            .Select(p => (FigureValue[])[arm.Arm, "curve", c.Cause, p.Time, p.Value, p.Low, p.High, double.NaN, double.NaN, double.NaN])),
        .. arm.Rows.Select(r => (FigureValue[])[arm.Arm, "table", "", r.Time, double.NaN, double.NaN, double.NaN, r.AtRisk, r.Censored,
            r.Events]),
    ];
}
