using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>The course of one replicate. Times [d] that are not finite did not come.</summary>
/// <param name="EndDays">Last time that was simulated.</param>
/// <param name="TherapyEndDays">End of therapy; +∞ where it goes on at the end.</param>
/// <param name="ResponseDays">First visit with a response.</param>
/// <param name="ProgressionDays">First visit with progression.</param>
/// <param name="Category">Best response, written beside the bar (CR, PR, SD, PD, NE).</param>
public readonly record struct SwimmerLane(double EndDays, double TherapyEndDays, double ResponseDays, double ProgressionDays, string Category);

/// <summary>Replicates of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Lanes">Replicates.</param>
public sealed record SwimmerArm(string Arm, IReadOnlyList<SwimmerLane> Lanes);

/// <summary>
/// A swimmer plot: a bar per replicate from start to end, in full colour as long as therapy is given, with marks of response and progression and an
/// arrow where therapy goes on; an arm after the other.
/// </summary>
public static class SwimmerFigure
{
    private const double LaneHeight = 17;

    // More lanes than this are thin and have no texts beside them, where arms stand apart.
    private const int MostHighLanes = 30;
    private const double ThinLaneHeight = 9;
    private const double ThinMark = 0.72;
    private const double BarWidth = 0.62;
    // An arrow at the end reaches beyond it.
    private const double Arrow = 0.04;
    private const double ArrowWidth = 2.4;
    private const double ArrowSize = 9;
    private const double Room = 1.01 + Arrow;
    private const double Pale = 0.68;
    private static readonly Rgb Grey = Rgb.Parse("#5a5a5a");
    private static readonly PointStyle Response = new(Marker.Triangle, Rgb.White, Rgb.Black, 8.5);
    private static readonly PointStyle Progression = new(Marker.Diamond, Rgb.Black, Rgb.White, 8);

    /// <summary>Draws courses; in each arm those with the longest time to progression come first.</summary>
    /// <param name="arms">Arms.</param>
    /// <param name="rules">Rules of response in words; empty for none.</param>
    /// <param name="looks">Looks of the arms of the run, whose order the panels follow.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="subjects">What the bars stand for; null for replicates.</param>
    public static Figure Create(IReadOnlyList<SwimmerArm> arms, string rules, ArmLooks looks, FigureOptions options, Subjects? subjects = null)
    {
        subjects ??= Subjects.Replicates;
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        SwimmerLane[] all = [.. arms.SelectMany(arm => arm.Lanes)];
        double last = all.Select(lane => lane.EndDays).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        last = last > 0 ? last : 1;
        var unit = TimeUnit.For(last);
        int most = subjects.MostLanes, sides = subjects.IsApart ? Math.Clamp(arms.Count, 1, 2) : 1;
        (int columns, double width) = options.Grid(arms.Count, sides, sides > 1 ? 1020 : 680);
        SwimmerArm[] thinned = [.. arms.Where(arm => arm.Lanes.Count > most)];
        return new Figure
        {
            Title = options.TitleOr(Findings.Counts(
                "Progression", [.. arms.Select(arm => (arm.Arm, arm.Lanes.Count(lane => double.IsFinite(lane.ProgressionDays)), arm.Lanes.Count))], subjects)),
            Description = $"Course of each {subjects.One} with response, progression and end of therapy, for {string.Join(", ", arms.Select(arm => arm.Arm))}.",
            Width = width,
            Columns = columns,
            EvenPlots = true,
            Panels = SharedAxis.Outer(
                [.. arms.Select(arm => arm.Lanes.Count == 0 ? ArmLegend.EmptyPanel(arm.Arm, 40) : Panel(arm, last, unit, looks, options, subjects))], columns, true),
            Legend =
            [
                new LegendEntry("therapy") { Box = Grey },
                new LegendEntry("after its end, or none given") { Box = Rgb.Mix(Grey, Rgb.White, Pale) },
                new LegendEntry("response") { Points = Response },
                new LegendEntry("progression") { Points = Progression },
            ],
            Values = !arms.Any(arm => IsThin(Math.Min(most, arm.Lanes.Count), subjects)) ? null : new FigureValues(
                ["arm", "end_d", "therapy_end_d", "response_d", "progression_d", "best_response"],
                [
                    .. arms.SelectMany(arm => arm.Lanes.Select(lane =>
                        (FigureValue[])[arm.Arm, lane.EndDays, lane.TherapyEndDays, lane.ResponseDays, lane.ProgressionDays, lane.Category])),
                ]),
            Note = ($"Bars: {subjects.Many}, until the last recorded time. "
                + (thinned.Length == 0 ? "" : $"Shown: {most} at even ranks of time to progression; left out {string.Join(", ", thinned.Select(arm => $"{arm.Lanes.Count - most} of {arm.Lanes.Count} of {arm.Arm}"))} (in the table of the figure). ")
                + "Therapy ends at its planned end (an interval after its last dose), or when progression or another "
                + $"condition stops it{(all.Any(GoesOn) ? "; arrows: it goes on" : "")}. "
                + (arms.All(arm => IsThin(Math.Min(most, arm.Lanes.Count), subjects)) ? "" : "Right: best response (NE: not evaluable). ")
                + ""
                + "Marks: the first visit with response or progression. " + rules).TrimEnd(),
        };
    }

    private static bool IsThin(int lanes, Subjects subjects) => subjects.IsApart && lanes > MostHighLanes;

    // The first, the last, and those at even distances between them.
    private static SwimmerLane[] Shown(SwimmerLane[] lanes, int most) => lanes.Length <= most ? lanes
        : most <= 1 ? lanes[..Math.Max(0, most)]
        : [.. Enumerable.Range(0, most).Select(i => lanes[(int)Math.Round((double)i * (lanes.Length - 1) / (most - 1))])];

    private static bool GoesOn(SwimmerLane lane) => double.IsPositiveInfinity(lane.TherapyEndDays) && double.IsFinite(lane.EndDays);

    private static IEnumerable<PlotElement> ArrowFrom(double end, double tip, double y, Rgb color, string arm, bool thin) =>
    [
        new LineElement([end, end + ((tip - end) * 0.75)], [y, y], new Stroke(color, thin ? ArrowWidth * ThinMark : ArrowWidth)) { Group = arm, IsDecoration = true },
        new ArrowElement(end, y, tip, y, color, thin ? ArrowSize * ThinMark : ArrowSize) { Group = arm, IsDecoration = true },
    ];

    private static Panel Panel(SwimmerArm arm, double last, TimeUnit unit, ArmLooks looks, FigureOptions options, Subjects subjects)
    {
        SwimmerLane[] lanes =
        [
            .. arm.Lanes.OrderByDescending(lane => double.IsFinite(lane.ProgressionDays) ? lane.ProgressionDays : double.PositiveInfinity)
                .ThenByDescending(lane => lane.EndDays),
        ];
        lanes = Shown(lanes, subjects.MostLanes);
        bool thin = IsThin(lanes.Length, subjects);
        double laneHeight = thin ? ThinLaneHeight : LaneHeight;
        double[] places = [.. lanes.Select((_, i) => CategoryPanels.Place(i, lanes.Length))];
        IReadOnlyList<double> Times(Func<SwimmerLane, double> of) => [.. lanes.Select(lane => of(lane) / unit.Days)];
        BarElement Bars(Func<SwimmerLane, double> end, Rgb color) => new(places, Times(end), BarWidth, color) { Horizontal = true, Group = arm.Arm };
        PointElement Marks(Func<SwimmerLane, double> at, PointStyle style) => new(Times(at), places, thin ? style with { Size = style.Size * ThinMark } : style) { Group = arm.Arm };
        Rgb color = looks.Color(arm.Arm);
        return new Panel
        {
            Title = arm.Arm,
            Group = arm.Arm,
            X = unit.Axis(0, last * Room),
            Y = new Axis { Min = -0.6, Max = lanes.Length - 0.4, Visible = true, Labelled = false, TickValues = [] },
            Elements =
            [
                Bars(lane => lane.EndDays, Rgb.Mix(color, Rgb.White, Pale)), Bars(lane => Math.Min(lane.TherapyEndDays, lane.EndDays), color),
                .. lanes.Zip(places).Where(lane => GoesOn(lane.First))
                    .SelectMany(lane => ArrowFrom(lane.First.EndDays / unit.Days, (lane.First.EndDays + (last * Arrow)) / unit.Days, lane.Second, color, arm.Arm, thin)),
                Marks(lane => lane.ResponseDays, Response), Marks(lane => lane.ProgressionDays, Progression),
            ],
            RowNotes = thin ? [] : [.. lanes.Select(lane => lane.Category).Reverse()],
            DaysPerX = unit.Days,
            PlotHeight = Math.Max(lanes.Length * laneHeight, options.HeightOr(lanes.Length * laneHeight)),
        };
    }
}
