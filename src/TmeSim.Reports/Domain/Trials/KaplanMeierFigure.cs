using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>
/// Survival by arm as step curves with pale confidence bands, marks of censoring and dropped medians, and below the axis the numbers at
/// risk, censored and with an event (Morris et al. 2019, BMJ Open, doi:10.1136/bmjopen-2019-030215).
/// </summary>
public static class KaplanMeierFigure
{
    private const int MostBands = 6;
    private const int MostNamed = 3;
    private const double ClosestMarks = 0.008;
    private const double BandOpacity = 0.14;
    private static readonly Rgb Grey = Rgb.Parse("#8a8a8a");

    /// <summary>Draws curves.</summary>
    /// <param name="arms">Arms; no statistics are made of them.</param>
    /// <param name="endpoint">What is survived ("Overall survival").</param>
    /// <param name="time">Unit of all times.</param>
    /// <param name="summary">Hazard ratio, test and the like in words, written below the title; empty for nothing.</param>
    /// <param name="level">Level of the intervals, 0–1 (0.95, say).</param>
    /// <param name="looks">Looks of the arms of the run, whose order legend and table follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(
        IReadOnlyList<SurvivalArm> arms, string endpoint, TrialTime time, string summary, double level, ArmLooks looks,
            FigureOptions options)
    {
        ArgumentNullException.ThrowIfNull(time);
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        (SurvivalArm Arm, StepCurve Curve)[] drawn = [.. arms.Select(arm => (arm, Curve(arm)))];
        IReadOnlyList<double> ticks = RiskTable.Times(arms.Select(arm => arm.Rows));
        double last = drawn.Select(d => d.Curve.Last).DefaultIfEmpty(0).Max();
        (int columns, double width) = options.Grid(1, 1, 760);
        bool banded = arms.Count <= MostBands && arms.Any(arm => arm.Points.Any(p => double.IsFinite(p.Low + p.High)));
        bool censored = drawn.Any(d => Censored(d.Arm, d.Curve).Any());
        bool dropped = drawn.Any(d => IsReached(d.Arm.Median));
        string percent = Numbers.Plain(level * 100, 1, trim: true);
        return new Figure
        {
            Title = options.TitleOr(Finding(arms, endpoint, time)),
            Description = TrialText.Note(
                $"{endpoint} over {time.Name} since {time.Origin} as step curves for {string.Join(", ", arms.Select(arm => arm.Arm))}",
                    summary),
            Width = width,
            Columns = columns,
            Panels =
            [
                new Panel
                {
                    Title = summary,
                    X = time.Axis(last, ticks),
                    Y = new Axis { Label = endpoint, Unit = "%", Min = 0, Max = 101 },
                    Elements = [.. Elements(drawn, banded, last, looks)],
                    AxisRows = RiskTable.Rows(arms.Select(arm => (arm.Arm, arm.Rows)), looks),
                    DaysPerX = time.Days,
                    PlotHeight = options.HeightOr(300),
                },
            ],
            Legend =
            [
                .. drawn.Select(d => new LegendEntry(ArmLegend.Label(d.Arm.Arm, d.Curve.IsEmpty))
                {
                    Group = d.Arm.Arm, Line = looks.Line(d.Arm.Arm), Band = banded ? looks.Color(d.Arm.Arm) : null,
                }),
                .. censored ? [new LegendEntry("censored") { Points = Censoring(Rgb.Parse("#333333")) }] : Array.Empty<LegendEntry>(),
            ],
            Note = TrialText.Note(
                arms.Count > MostBands && arms.Any(arm => arm.Points.Any(p => double.IsFinite(p.Low + p.High)))
                    ? $"Confidence intervals of more than {MostBands} arms are in the table of the figure alone" : "",
                banded ? $"Bands: {percent} % confidence intervals" : "", dropped ? "Dropped lines: medians" : "",
                ticks.Count > 0 ? "Table: at risk just before each time; censored and events up to it" : ""),
            Values = Values(arms, time),
        };
    }

    private static StepCurve Curve(SurvivalArm arm) =>
        new(arm.Points, 1, arm.CensorTimes.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max());

    private static bool IsReached(MedianTime? median) => median is { } known && double.IsFinite(known.Value);

    private static PointStyle Censoring(Rgb color) => new(Marker.Tick, color, null, 7);

    private static IEnumerable<double> Censored(SurvivalArm arm, StepCurve curve) =>
        arm.CensorTimes.Where(t => double.IsFinite(t) && double.IsFinite(curve.At(t))).Distinct();

    // Marks that would lie on each other are drawn as one.
    private static IEnumerable<double> Apart(double[] times, double distance)
    {
        double before = double.NegativeInfinity;
        foreach (double time in times.Where(time => time - before >= distance || time == times[^1]))
        {
            before = time;
            yield return time;
        }
    }

    private static IEnumerable<PlotElement> Elements((SurvivalArm Arm, StepCurve Curve)[] drawn, bool banded, double last, ArmLooks looks)
    {
        foreach ((SurvivalArm arm, StepCurve curve) in drawn)
        {
            if (banded && curve.Band(looks.Color(arm.Arm), BandOpacity, arm.Arm) is { } band)
            {
                yield return band;
            }
        }

        foreach (PlotElement line in drawn.SelectMany(d => Dropped(d.Arm, looks)))
        {
            yield return line;
        }

        foreach ((SurvivalArm arm, StepCurve curve) in drawn.Where(d => !d.Curve.IsEmpty))
        {
            yield return curve.Line(looks.Line(arm.Arm), arm.Arm);
            double[] times = [.. Apart([.. Censored(arm, curve).Order()], last * ClosestMarks)];
            if (times.Length > 0)
            {
                yield return new PointElement(times, [.. times.Select(curve.At)], Censoring(looks.Color(arm.Arm))) { Group = arm.Arm };
            }
        }
    }

    private static IEnumerable<PlotElement> Dropped(SurvivalArm arm, ArmLooks looks)
    {
        if (arm.Median is { } median && IsReached(median))
        {
            var stroke = new Stroke(Grey, 1, [3, 3]);
            yield return new LineElement([0, median.Value], [50, 50], stroke) { Group = arm.Arm, IsDecoration = true };
            yield return new LineElement([median.Value, median.Value], [50, 0], stroke with { Color = looks.Color(arm.Arm) })
                { Group = arm.Arm, IsDecoration = true };
        }
    }

    private static string Finding(IReadOnlyList<SurvivalArm> arms, string endpoint, TrialTime time)
    {
        SurvivalArm[] told = [.. arms.Where(arm => arm.Median is not null)];
        if (told.Length == 0)
        {
            return endpoint;
        }

        if (told.Length > MostNamed)
        {
            SurvivalArm[] reached = [.. told.Where(arm => IsReached(arm.Median)).OrderBy(arm => arm.Median!.Value.Value)];
            return reached.Length == 0 ? $"{endpoint}: median {TrialText.NotReached} in any arm"
                : $"{endpoint}: median {Text(reached[0], true)}"
                    + (reached.Length < told.Length ? $", {TrialText.NotReached} in {told.Length - reached.Length} of {told.Length} arms"
                        : $" to {Text(reached[^1], true)}");
        }

        return $"{endpoint}: median {string.Join(", ", told.Select((arm, i) => Text(arm, i == 0)))}";

        string Text(SurvivalArm arm, bool unit) => IsReached(arm.Median)
            ? $"{Numbers.Plain(arm.Median!.Value.Value, 1)}{(unit ? "\u00A0" + time.Name : "")} in {arm.Arm}"
                : $"{TrialText.NotReached} in {arm.Arm}";
    }

    private static FigureValues Values(IReadOnlyList<SurvivalArm> arms, TrialTime time) => new(
        ["arm", "row", "time_" + time.Name, "survival", "low", "high", "at_risk", "censored", "events"],
        [
            .. arms.SelectMany(arm => (IEnumerable<IReadOnlyList<FigureValue>>)
            [
                .. arm.Points.Select(p => (FigureValue[])[arm.Arm, "curve", p.Time, p.Value, p.Low, p.High, double.NaN, double.NaN,
                    double.NaN]),
                .. arm.CensorTimes.Select(t => (FigureValue[])[arm.Arm, "censored", t, double.NaN, double.NaN, double.NaN, double.NaN,
                    double.NaN, double.NaN]),
                .. arm.Rows.Select(r => (FigureValue[])[arm.Arm, "table", r.Time, double.NaN, double.NaN, double.NaN, r.AtRisk,
                    r.Censored, r.Events]),
                .. arm.Median is { } median
                    ? [(FigureValue[])[arm.Arm, "median", median.Value, 0.5, median.Low, median.High, double.NaN, double.NaN, double.NaN]]
                    : Array.Empty<FigureValue[]>(),
            ]),
        ]);
}
