using TmeSim.Reports.Figures;

namespace TmeSim.Reports;

/// <summary>
/// Time courses: one panel per measure; per arm the median over replicates with a 10–90 % band, observed points over it,
/// doses as ticks above the time axis. A small ring marks where a curve ends before the others, because fewer than half
/// of its replicates go on.
/// </summary>
public static class TimeCourseFigure
{
    private static readonly Stroke Zero = new(Rgb.Parse("#9a9a9a"), 1);
    private static readonly Marker[] ObservedMarkers = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    /// <summary>Draws measures of all arms. An arm has the same colour in every panel: its place in order of first mention.</summary>
    /// <param name="measures">Measures, one panel each.</param>
    /// <param name="doses">Doses of all arms.</param>
    /// <param name="title">Title of the figure.</param>
    public static Figure Create(IReadOnlyList<MeasureSeries> measures, IReadOnlyList<DoseMark> doses, string title)
    {
        string[] arms = [.. measures.SelectMany(measure => measure.Arms.Select(arm => arm.Arm)).Distinct()];
        double[] times =
        [
            .. measures.SelectMany(measure => measure.Arms.SelectMany(arm => arm.TimesDaysPerReplicate).Concat(measure.Observed.Select(points => points.TimesDays)))
                .SelectMany(values => values).Where(double.IsFinite),
        ];
        (double first, double last) = times.Length == 0 ? (0, 1) : (Math.Min(0, times.Min()), times.Max());
        var unit = TimeUnit.For(last - first);
        var axis = unit.Axis(first, last > first ? last : first + 1);
        IReadOnlyList<DoseTrack> tracks = DoseTracks.Create(doses, arms, unit);
        bool banded = measures.Any(measure => measure.Arms.Any(arm => ReplicateSummary.Of(arm).Replicates > 1));
        int columns = measures.Count > 1 ? 2 : 1;
        return new Figure
        {
            Title = title,
            Description = $"Time courses of {string.Join(", ", measures.Select(measure => measure.Label))} for {arms.Length} arms: {string.Join(", ", arms)}.",
            Width = columns == 1 ? 680 : 940,
            Columns = columns,
            Panels = [.. measures.Select(measure => Panel(measure, arms, axis, tracks, unit, columns == 1 ? 280 : 200))],
            Legend = [.. arms.Select((arm, i) => new LegendEntry(arm) { Group = arm, Line = ArmPalette.Line(i), Band = banded ? ArmPalette.Color(i) : null }), .. Observed(measures, arms)],
            Note = Note(banded, doses.Count > 0, measures, last),
        };
    }

    private static Panel Panel(MeasureSeries measure, string[] arms, Axis axis, IReadOnlyList<DoseTrack> tracks, TimeUnit unit, double height)
    {
        var bands = new List<PlotElement>();
        var lines = new List<PlotElement>();
        double opacity = measure.Arms.Count <= 4 ? 0.17 : 0.1;
        foreach (ArmSeries arm in measure.Arms)
        {
            int index = Array.IndexOf(arms, arm.Arm);
            var summary = ReplicateSummary.Of(arm);
            double[] x = [.. summary.Times.Select(time => time / unit.Days)];
            if (summary.Replicates > 1)
            {
                bands.Add(new BandElement(x, summary.Low, summary.High, ArmPalette.Color(index), opacity) { Group = arm.Arm });
            }

            lines.Add(new LineElement(x, summary.Median, ArmPalette.Line(index)) { Group = arm.Arm });
            double halfEnd = HalfEnd(arm) / unit.Days;
            int end = Enumerable.Range(0, x.Length).LastOrDefault(i => x[i] <= halfEnd + 1e-9 && double.IsFinite(summary.Median[i]), -1);
            if (end >= 0 && halfEnd < axis.Max - ((axis.Max - axis.Min) * 0.01))
            {
                lines.Add(new PointElement([x[end]], [summary.Median[end]], new PointStyle(Marker.Circle, ArmPalette.Color(index), Rgb.White, 6)) { Group = arm.Arm });
            }
        }

        foreach ((int index, ObservedPoints points) in measure.Observed.Index())
        {
            lines.Add(new PointElement([.. points.TimesDays.Select(time => time / unit.Days)], points.Values, ObservedStyle(points, index, arms)) { Group = points.Arm });
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
            DoseTracks = tracks,
            DaysPerX = unit.Days,
            PlotHeight = height,
        };
    }

    // The last time [d] that at least half of the replicates recorded, defined value or not.
    private static double HalfEnd(ArmSeries arm)
    {
        double[] ends = [.. arm.TimesDaysPerReplicate.Where(times => times.Length > 0).Select(times => times[^1]).OrderDescending()];
        return ends.Length == 0 ? 0 : ends[((ends.Length + 1) / 2) - 1];
    }

    private static string Note(bool banded, bool dosed, IReadOnlyList<MeasureSeries> measures, double last)
    {
        string lines = banded ? "Lines: median over replicates. Bands: 10–90 % of replicates." : "Lines: one replicate per arm.";
        bool early = measures.SelectMany(measure => measure.Arms).SelectMany(arm => arm.TimesDaysPerReplicate).Any(times => times.Length > 0 && times[^1] < last * 0.99);
        string ends = !early ? "" : banded ? " Rings: beyond, fewer than half of the replicates go on." : " Rings: the run ends.";
        return lines + (dosed ? " Ticks above the axes: doses." : "") + ends;
    }

    private static bool CrossesZero(MeasureSeries measure)
    {
        double[] values = [.. measure.Arms.SelectMany(arm => arm.ValuesPerReplicate).SelectMany(replicate => replicate).Where(double.IsFinite)];
        return values.Length > 0 && values.Min() < 0 && values.Max() > 0;
    }

    private static IEnumerable<LegendEntry> Observed(IReadOnlyList<MeasureSeries> measures, string[] arms) => measures
        .SelectMany(measure => measure.Observed.Index())
        .Select(item => new LegendEntry($"{item.Item.Label} (observed)") { Points = ObservedStyle(item.Item, item.Index, arms) })
        .Distinct();

    private static PointStyle ObservedStyle(ObservedPoints points, int index, string[] arms)
    {
        int arm = points.Arm is null ? -1 : Array.IndexOf(arms, points.Arm);
        return new PointStyle(ObservedMarkers[index % ObservedMarkers.Length], Rgb.Black, arm < 0 ? Rgb.White : ArmPalette.Color(arm), 6.5);
    }
}
