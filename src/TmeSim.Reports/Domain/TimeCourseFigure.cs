using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Time courses: one panel per measure; per arm the median over replicates with a 10–90 % band, observed points over it,
/// doses as ticks above the time axis. A small ring marks where a curve ends before the others, because fewer than half
/// of its replicates go on.
/// </summary>
public static class TimeCourseFigure
{
    private static readonly Stroke Zero = new(Rgb.Parse("#9a9a9a"), 1);
    private static readonly Marker[] ObservedMarkers = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    /// <summary>Draws measures of all arms.</summary>
    /// <param name="measures">Measures, one panel each.</param>
    /// <param name="doses">Doses of all arms.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<MeasureSeries> measures, IReadOnlyList<DoseMark> doses, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(measures.SelectMany(measure => measure.Arms.Select(arm => arm.Arm)));
        IReadOnlyList<string> arms = looks.Sort(measures.SelectMany(measure => measure.Arms.Select(arm => arm.Arm)));
        double[] times =
        [
            .. measures.SelectMany(measure => measure.Arms.SelectMany(arm => arm.TimesDaysPerReplicate).Concat(measure.Observed.Select(points => points.TimesDays)))
                .SelectMany(values => values).Where(double.IsFinite),
        ];
        (double first, double last) = times.Length == 0 ? (0, 1) : (Math.Min(0, times.Min()), times.Max());
        var unit = TimeUnit.For(last - first);
        var axis = unit.Axis(first, last > first ? last : first + 1);
        bool banded = measures.Any(measure => measure.Arms.Any(arm => ReplicateSummary.Of(arm).Replicates > 1));
        (int columns, double width) = options.Grid(measures.Count, 2, measures.Count > 1 ? 940 : 680);
        double height = options.HeightOr(measures.Count > 1 ? 200 : 280);
        return new Figure
        {
            Title = options.TitleOr(Finding(measures)),
            Description = $"Time courses of {string.Join(", ", measures.Select(measure => measure.Label))} for {arms.Count} arms: {string.Join(", ", arms)}.",
            Width = width,
            Columns = columns,
            Panels = SharedAxis.Outer(
                DoseTracks.OnTop([.. measures.Select(measure => Panel(measure, looks, axis, unit, height, LineMarkers.Needed(arms.Count)))], DoseTracks.Create(doses, looks, unit), columns), columns, false),
            Legend = [.. ArmLegend.Lines(arms, looks, arm => !HasData(measures, arm), banded, marked: LineMarkers.Needed(arms.Count)), .. Observed(measures, looks)],
            Note = Note(banded, doses.Count > 0, measures, last) + UnitWords.Explain(measures.Select(measure => measure.Unit)),
        };
    }

    // What the first measure is at the end.
    private static string Finding(IReadOnlyList<MeasureSeries> measures) => measures.Count == 0 ? "Time courses" : Findings.Medians(
        $"{measures[0].Label} at the end", measures[0].Unit, measures[0].Arms.Select(arm => (arm.Arm, arm.ValuesPerReplicate.Where(values => values.Length > 0).Select(values => values[^1]))));

    private static Panel Panel(MeasureSeries measure, ArmLooks looks, Axis axis, TimeUnit unit, double height, bool marked)
    {
        var bands = new List<PlotElement>();
        var lines = new List<PlotElement>();
        double opacity = measure.Arms.Count switch { <= 4 => 0.17, <= 8 => 0.1, _ => 0.06 };
        foreach (ArmSeries arm in measure.Arms)
        {
            var summary = ReplicateSummary.Of(arm);
            double[] x = [.. summary.Times.Select(time => time / unit.Days)];
            if (summary.Replicates > 1)
            {
                bands.Add(new BandElement(x, summary.Low, summary.High, looks.Color(arm.Arm), opacity) { Group = arm.Arm });
            }

            lines.Add(new LineElement(x, summary.Median, looks.Line(arm.Arm)) { Group = arm.Arm });
            if (marked)
            {
                lines.AddRange(LineMarkers.Create(arm.Arm, x, summary.Median, axis, looks));
            }

            double halfEnd = HalfEnd(arm) / unit.Days;
            int end = Enumerable.Range(0, x.Length).LastOrDefault(i => x[i] <= halfEnd + 1e-9 && double.IsFinite(summary.Median[i]), -1);
            if (end >= 0 && halfEnd < axis.Max - ((axis.Max - axis.Min) * 0.01))
            {
                lines.Add(new PointElement([x[end]], [summary.Median[end]], new PointStyle(Marker.Circle, looks.Color(arm.Arm), Rgb.White, 6)) { Group = arm.Arm });
            }
        }

        foreach ((int index, ObservedPoints points) in measure.Observed.Index())
        {
            lines.Add(new PointElement([.. points.TimesDays.Select(time => time / unit.Days)], points.Values, ObservedStyle(points, index, looks)) { ErrorLow = points.Low, ErrorHigh = points.High, Group = points.Arm });
        }

        if (CrossesZero(measure))
        {
            bands.Insert(0, new RuleElement(0, true, Zero));
        }

        return new Panel
        {
            X = axis,
            Y = new Axis { Label = measure.Label, Unit = measure.Unit, PreferZero = true },
            Elements = [.. bands, .. lines],
            DaysPerX = unit.Days,
            PlotHeight = height,
        };
    }

    private static bool HasData(IReadOnlyList<MeasureSeries> measures, string arm) =>
        measures.SelectMany(measure => measure.Arms).Any(series => series.Arm == arm && series.ValuesPerReplicate.Any(values => values.Any(double.IsFinite)));

    // The last time [d] that at least half of the replicates recorded, defined value or not.
    private static double HalfEnd(ArmSeries arm)
    {
        double[] ends = [.. LastDays(arm).OrderDescending()];
        return ends.Length == 0 ? 0 : ends[((ends.Length + 1) / 2) - 1];
    }

    private static double[] LastDays(ArmSeries arm) => [.. arm.TimesDaysPerReplicate.Where(times => times.Length > 0).Select(times => times[^1])];

    private static string Note(bool banded, bool dosed, IReadOnlyList<MeasureSeries> measures, double last)
    {
        string lines = banded ? "Lines: median over replicates. Bands: 10–90 % of replicates." : "Lines: one replicate per arm.";
        bool early = measures.SelectMany(measure => measure.Arms).Any(arm => arm.TimesDaysPerReplicate.Count > 0 && HalfEnd(arm) < last * 0.99);
        bool leaving = measures.SelectMany(measure => measure.Arms).Any(arm => LastDays(arm) is { Length: > 1 } ends && ends.Min() < ends.Max() * 0.99);
        string survivors = leaving ? " Where replicates have ended, the median is that of those that go on." : "";
        string ends = !early ? "" : banded ? " Rings: beyond, fewer than half of the replicates go on." : " Rings: the run ends.";
        return lines + (dosed ? " Ticks above the axes: doses." : "") + survivors + ends;
    }

    private static bool CrossesZero(MeasureSeries measure)
    {
        double[] values = [.. measure.Arms.SelectMany(arm => arm.ValuesPerReplicate).SelectMany(replicate => replicate).Where(double.IsFinite)];
        return values.Length > 0 && values.Min() < 0 && values.Max() > 0;
    }

    private static IEnumerable<LegendEntry> Observed(IReadOnlyList<MeasureSeries> measures, ArmLooks looks) => measures
        .SelectMany(measure => measure.Observed.Index())
        .Select(item => new LegendEntry($"{item.Item.Label} (observed)") { Points = ObservedStyle(item.Item, item.Index, looks), Group = item.Item.Arm })
        .Distinct();

    private static PointStyle ObservedStyle(ObservedPoints points, int index, ArmLooks looks) =>
        new(ObservedMarkers[index % ObservedMarkers.Length], Rgb.Black, points.Arm is null ? Rgb.White : looks.Color(points.Arm), 6.5);
}
