using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>The way of one arm through two measures: medians over replicates at rising times, and where replicates end.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="TimesDays">Times [d], rising.</param>
/// <param name="X">Medians of the measure on x.</param>
/// <param name="Y">Medians of the measure on y.</param>
/// <param name="EndX">Last value on x, one per replicate.</param>
/// <param name="EndY">Last value on y.</param>
public sealed record PhaseTrack(string Arm, IReadOnlyList<double> TimesDays, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> EndX, IReadOnlyList<double> EndY);

/// <summary>Two measures against each other over time (CD163 against CD8, say): rings start, arrowheads show direction at round times, other markers end.</summary>
public static class PhasePlaneFigure
{
    private const int MostArrows = 8;
    private static readonly double[] ArrowDays = [0.25, 0.5, 1, 2, 7, 14, 28, 56, 91, 182, 364, 728];

    /// <summary>Draws the ways of all arms in one plane.</summary>
    /// <param name="tracks">Arms.</param>
    /// <param name="x">Name and unit of the measure on x.</param>
    /// <param name="y">Name and unit of the measure on y.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<PhaseTrack> tracks, (string Label, string Unit) x, (string Label, string Unit) y, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(tracks.Select(track => track.Arm));
        tracks = [.. tracks.OrderBy(track => looks.Index(track.Arm))];
        double[] times = [.. tracks.SelectMany(track => track.TimesDays).Where(double.IsFinite)];
        double span = times.Length == 0 ? 0 : times.Max() - times.Min();
        double step = ArrowDays.FirstOrDefault(days => span / days <= MostArrows, ArrowDays[^1] * Math.Ceiling(span / ArrowDays[^1] / MostArrows));
        bool dots = tracks.Any(track => track.EndX.Zip(track.EndY).Any(end => double.IsFinite(end.First + end.Second)));
        return new Figure
        {
            Title = options.TitleOr($"{y.Label} against {x.Label}"),
            Description = $"{y.Label} against {x.Label} over time for {string.Join(", ", tracks.Select(track => track.Arm))}.",
            Width = options.WidthOr(680),
            Panels =
            [
                new Panel
                {
                    X = new Axis { Label = x.Label, Unit = x.Unit, PreferZero = true },
                    Y = new Axis { Label = y.Label, Unit = y.Unit, PreferZero = true },
                    Elements = [.. tracks.SelectMany(track => Dots(track, looks)), .. tracks.SelectMany(track => Way(track, step, looks)), .. tracks.SelectMany(track => Ends(track, looks))],
                    PlotHeight = options.HeightOr(440),
                },
            ],
            Legend = [.. tracks.Select(track => new LegendEntry(ArmLegend.Label(track.Arm, Known(track).Length == 0)) { Group = track.Arm, Line = looks.Line(track.Arm), Points = End(track.Arm, looks) })],
            Note = $"Lines: medians over replicates in time. Rings: start; other markers: end; arrowheads: every {TimeUnit.Span(step)}.{(dots ? " Small dots: ends of replicates." : "")}",
        };
    }

    private static IEnumerable<PlotElement> Way(PhaseTrack track, double step, ArmLooks looks)
    {
        yield return new LineElement(track.X, track.Y, looks.Line(track.Arm)) { Group = track.Arm };
        (int Index, double Time, double X, double Y)[] known = Known(track);
        if (known.Length < 2)
        {
            yield break;
        }

        double first = Math.Floor((known[0].Time / step) + 1e-9) + 1;
        for (int i = 0; i <= MostArrows; i++)
        {
            double time = (first + i) * step;
            if (time <= known[0].Time || time >= known[^1].Time - (step * 0.2))
            {
                continue;
            }

            int after = Array.FindIndex(known, point => point.Time >= time - 1e-9);
            (int i0, double t0, double x0, double y0) = known[after - 1];
            (int i1, double t1, double x1, double y1) = known[after];
            if (i1 > i0 + 1)
            {
                // The line has a gap here.
                continue;
            }

            double part = Math.Clamp((time - t0) / (t1 - t0), 0, 1);
            yield return new ArrowElement(x0, y0, x0 + ((x1 - x0) * part), y0 + ((y1 - y0) * part), looks.Color(track.Arm), 11) { Group = track.Arm };
        }
    }

    private static IEnumerable<PlotElement> Ends(PhaseTrack track, ArmLooks looks)
    {
        (int Index, double Time, double X, double Y)[] known = Known(track);
        if (known.Length > 0)
        {
            yield return new PointElement([known[0].X], [known[0].Y], new PointStyle(Marker.Circle, looks.Color(track.Arm), null, 10)) { Group = track.Arm };
            yield return new PointElement([known[^1].X], [known[^1].Y], End(track.Arm, looks)) { Group = track.Arm };
        }
    }

    private static IEnumerable<PlotElement> Dots(PhaseTrack track, ArmLooks looks)
    {
        Rgb pale = Rgb.Mix(looks.Color(track.Arm), Rgb.White, 0.45);
        yield return new PointElement(track.EndX, track.EndY, new PointStyle(Marker.Circle, pale, pale, 3)) { Group = track.Arm };
    }

    private static PointStyle End(string arm, ArmLooks looks) => looks.Marker(arm, 8);

    private static (int Index, double Time, double X, double Y)[] Known(PhaseTrack track) =>
        [.. track.TimesDays.Zip(track.X, track.Y).Select((point, i) => (i, point.First, point.Second, point.Third)).Where(point => double.IsFinite(point.First + point.Second + point.Third))];
}
