using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>Share of one clone over time.</summary>
/// <param name="Label">Name.</param>
/// <param name="Color">Fill.</param>
/// <param name="Shares">Shares (0–1) at the times of the arm; NaN where undefined.</param>
public sealed record CloneBand(string Label, Rgb Color, IReadOnlyList<double> Shares);

/// <summary>Clones of one arm, from the bottom of the picture upwards.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="TimesDays">Times [d], rising.</param>
/// <param name="Bands">Clones; their shares add to 1.</param>
public sealed record CloneCourse(string Arm, IReadOnlyList<double> TimesDays, IReadOnlyList<CloneBand> Bands);

/// <summary>Clones as stacked areas over time (a Muller plot without lines of descent), one panel per arm.</summary>
public static class CloneFigure
{
    private static readonly Stroke Edge = new(Rgb.White, 0.3);

    /// <param name="courses">Arms.</param>
    /// <param name="doses">Doses of all arms.</param>
    /// <param name="note">Remark below the panels.</param>
    /// <param name="looks">Arms of the run, whose order the panels follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<CloneCourse> courses, IReadOnlyList<DoseMark> doses, string note, ArmLooks looks, FigureOptions options)
    {
        courses = [.. courses.OrderBy(c => looks.Index(c.Arm))];
        (int columns, double width) = options.Grid(courses.Count, 2, courses.Count > 1 ? 940 : 680);
        double plotHeight = options.HeightOr(200);
        double[] times = [.. courses.SelectMany(c => c.TimesDays)];
        double last = times.Length == 0 ? 1 : Math.Max(times.Max(), 1e-3);
        var unit = TimeUnit.For(last);
        LegendEntry[] legend = [.. courses.SelectMany(c => c.Bands).Select(b => (b.Label, b.Color)).Distinct().Select(b => new LegendEntry(b.Label) { Box = b.Color })];
        return new Figure
        {
            Title = options.TitleOr(Finding(courses)),
            Description = $"Shares of the clones {string.Join(", ", legend.Select(l => l.Label))} in living tumour cells over time, for {string.Join(", ", courses.Select(c => c.Arm))}.",
            Width = width,
            Columns = columns,
            EvenPlots = true,
            Panels = SharedAxis.Outer(
                DoseTracks.OfArms(
                    [.. courses.Select(c => c.Bands.Count == 0 || c.TimesDays.Count == 0 ? ArmLegend.EmptyPanel(c.Arm, plotHeight) : Panel(c, unit, last, plotHeight))],
                    doses, looks, unit),
                columns, true),
            Legend = legend,
            Note = note + (doses.Count > 0 ? " Ticks above the axes: doses." : ""),
        };
    }

    // The clone, not the first, whose share changed most, in the arm where it did.
    private static string Finding(IReadOnlyList<CloneCourse> courses)
    {
        (string Arm, string Clone, double From, double To)[] changes =
        [
            .. from course in courses
               from band in course.Bands.Skip(1)
               let shares = band.Shares.Where(double.IsFinite).ToArray()
               where shares.Length > 1
               select (course.Arm, band.Label, shares[0] * 100, shares[^1] * 100),
        ];
        if (changes.Length == 0)
        {
            return "Clones";
        }

        (string arm, string clone, double from, double to) = changes.MaxBy(change => Math.Abs(change.To - change.From));
        if (Math.Abs(to - from) < 1)
        {
            return "No clone changes its share by a percentage point";
        }

        return $"{clone}: from {Numbers.Plain(from, 0)} to {Numbers.Plain(to, 0)}\u00A0% of living tumour cells{(courses.Count > 1 ? $" in {arm}, the largest change of a clone" : "")}";
    }

    private static Panel Panel(CloneCourse course, TimeUnit unit, double last, double plotHeight)
    {
        double[] x = [.. course.TimesDays.Select(t => t / unit.Days)], low = new double[x.Length];
        var areas = new List<PlotElement>();
        var edges = new List<PlotElement>();
        foreach (CloneBand band in course.Bands)
        {
            double[] high = [.. low.Zip(band.Shares, (l, s) => l + (100 * s))];
            areas.Add(new BandElement(x, low, high, band.Color, 1));
            edges.Add(new LineElement(x, high, Edge));
            low = high;
        }

        return new Panel
        {
            Title = course.Arm,
            X = unit.Axis(0, last),
            Y = new Axis { Label = "Share of living tumour cells", Unit = "%", Min = 0, Max = 100 },
            Elements = [.. areas, .. edges],
            DaysPerX = unit.Days,
            Group = course.Arm,
            PlotHeight = plotHeight,
        };
    }
}
