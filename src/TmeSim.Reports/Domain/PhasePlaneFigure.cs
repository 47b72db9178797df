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

/// <summary>
/// Two measures against each other over time (CD163 against CD8, say). The way of an arm is smoothed over time and gets stronger as time goes by; a ring is
/// its start, arrowheads show its direction, the marker of the arm its end.
/// </summary>
public static class PhasePlaneFigure
{
    private const int MaxArrows = 5;
    private const int Shades = 14;
    private const int PointsPerShade = 8;
    private const double Palest = 0.28;
    // Standard deviation of the smoothing as a share of the whole time.
    private const double Smoothing = 1.0 / 18;
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
        (double first, double last) = times.Length == 0 ? (0, 0) : (times.Min(), times.Max());
        double span = last - first;
        double step = ArrowDays.FirstOrDefault(days => span / days <= MaxArrows, ArrowDays[^1] * Math.Ceiling(span / ArrowDays[^1] / MaxArrows));
        bool dots = tracks.Any(track => track.EndX.Zip(track.EndY).Any(end => double.IsFinite(end.First + end.Second)));
        Way[] ways = [.. tracks.Select(track => new Way(track, span * Smoothing))];
        return new Figure
        {
            Title = options.TitleOr($"{y.Label} against {x.Label}"),
            Description = $"{y.Label} against {x.Label} over time for {string.Join(", ", tracks.Select(track => track.Arm))}.",
            Width = options.WidthOr(680),
            Panels =
            [
                new Panel
                {
                    X = new Axis { Label = x.Label, Unit = x.Unit },
                    Y = new Axis { Label = y.Label, Unit = y.Unit },
                    Elements =
                    [
                        .. tracks.Select(track => Dots(track, looks)), .. ways.SelectMany(way => Line(way, first, span, looks)), .. ways.SelectMany(way => Arrows(way, step, looks)),
                        .. ways.SelectMany(way => Ends(way, looks)),
                    ],
                    PlotHeight = options.HeightOr(440),
                },
            ],
            Legend =
            [
                .. ways.Select(way => new LegendEntry(ArmLegend.Label(way.Arm, way.Pieces.Count == 0))
                {
                    Group = way.Arm, Line = Solid(looks.Color(way.Arm)), Points = looks.Marker(way.Arm, 8),
                }),
            ],
            Values = Values(tracks),
            Note = "Lines: medians over replicates, smoothed over time and stronger as time goes by. "
                + $"Rings: start; large markers: end; arrowheads: every {TimeUnit.Span(step)}.{(dots ? " Small markers: ends of replicates." : "")}{UnitWords.Explain([x.Unit, y.Unit])}",
        };
    }

    private static Stroke Solid(Rgb color) => new(color, 2.4);

    // One opacity per stretch of time: the colour of the arm remains, for paper of any colour.
    private static IEnumerable<PlotElement> Line(Way way, double first, double span, ArmLooks looks)
    {
        foreach ((double from, double to) in way.Pieces)
        {
            for (int shade = 0; shade < Shades; shade++)
            {
                (double begin, double end) = (first + (span * shade / Shades), first + (span * (shade + 1) / Shades));
                if (Math.Max(begin, from) < Math.Min(end, to) || (from == to && shade == 0))
                {
                    (double X, double Y)[] points = [.. Enumerable.Range(0, PointsPerShade + 1)
                        .Select(i => way.At(Math.Max(begin, from) + ((Math.Min(end, to) - Math.Max(begin, from)) * i / PointsPerShade)))];
                    Stroke stroke = Solid(looks.Color(way.Arm)) with { Opacity = Palest + ((1 - Palest) * shade / (Shades - 1)) };
                    yield return new LineElement([.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], stroke) { Group = way.Arm, IsDecoration = true };
                }
            }
        }
    }

    private static IEnumerable<PlotElement> Arrows(Way way, double step, ArmLooks looks)
    {
        foreach ((double from, double to) in way.Pieces)
        {
            double first = (Math.Floor((from / step) + 1e-9) + 1) * step;
            for (int i = 0; i <= MaxArrows && first + (i * step) < to - (step * 0.2); i++)
            {
                double time = first + (i * step);
                (double X, double Y) before = way.At(Math.Max(from, time - (step * 0.05))), at = way.At(time);
                yield return new ArrowElement(before.X, before.Y, at.X, at.Y, looks.Color(way.Arm), 12) { Group = way.Arm };
            }
        }
    }

    private static IEnumerable<PlotElement> Ends(Way way, ArmLooks looks)
    {
        if (way.Pieces.Count > 0)
        {
            (double X, double Y) start = way.At(way.Pieces[0].From), end = way.At(way.Pieces[^1].To);
            yield return new PointElement([start.X], [start.Y], new PointStyle(Marker.Circle, looks.Color(way.Arm), Rgb.White, 9)) { Group = way.Arm };
            yield return new PointElement([end.X], [end.Y], looks.Marker(way.Arm, 11)) { Group = way.Arm };
        }
    }

    private static PointElement Dots(PhaseTrack track, ArmLooks looks)
    {
        Rgb pale = Rgb.Mix(looks.Color(track.Arm), Rgb.White, 0.45);
        return new PointElement(track.EndX, track.EndY, looks.Marker(track.Arm, 4.5) with { Outline = pale, Fill = pale }) { Group = track.Arm };
    }

    private static FigureValues Values(IReadOnlyList<PhaseTrack> tracks) => new(
        ["arm", "mark", "time_d", "x", "y"],
        [
            .. tracks.SelectMany(track => track.TimesDays.Select((time, i) => (FigureValue[])[track.Arm, "median", time, track.X[i], track.Y[i]])
                .Concat(track.EndX.Zip(track.EndY).Select(end => (FigureValue[])[track.Arm, "end of replicate", double.NaN, end.First, end.Second]))),
        ]);

    /// <summary>The smoothed way of an arm, in pieces between missing values.</summary>
    private sealed class Way
    {
        private readonly (double Time, double X, double Y)[] _known;
        private readonly double _deviation;

        public Way(PhaseTrack track, double deviation)
        {
            (Arm, _deviation) = (track.Arm, deviation);
            (int Index, double Time, double X, double Y)[] known =
                [.. track.TimesDays.Zip(track.X, track.Y).Select((p, i) => (i, p.First, p.Second, p.Third)).Where(p => double.IsFinite(p.First + p.Second + p.Third))];
            _known = [.. known.Select(p => (p.Time, p.X, p.Y))];
            Pieces = [.. known.Index().GroupBy(p => p.Item.Index - p.Index).Select(piece => (piece.First().Item.Time, piece.Last().Item.Time))];
        }

        public string Arm { get; }

        /// <summary>Times at which pieces begin and end [d].</summary>
        public IReadOnlyList<(double From, double To)> Pieces { get; }

        // Gaussian weights on the line between the points of the piece; start and end stay where they are, as the window narrows there.
        public (double X, double Y) At(double time)
        {
            (double from, double to) = Pieces.First(piece => time <= piece.To);
            double deviation = Math.Min(_deviation, Math.Min(time - from, to - time) / 2);
            if (!(deviation > 0))
            {
                return Between(Math.Clamp(time, from, to));
            }

            (double x, double y, double sum) = (0, 0, 0);
            for (int i = -8; i <= 8; i++)
            {
                double weight = Math.Exp(-i * i / 32.0);
                (double X, double Y) at = Between(time + (deviation * i / 4));
                (x, y, sum) = (x + (weight * at.X), y + (weight * at.Y), sum + weight);
            }

            return (x / sum, y / sum);
        }

        private (double X, double Y) Between(double time)
        {
            int after = Array.FindIndex(_known, point => point.Time >= time - 1e-9);
            (double t1, double x1, double y1) = _known[after < 0 ? ^1 : after];
            if (after <= 0 || t1 - time < 1e-9)
            {
                return (x1, y1);
            }

            (double t0, double x0, double y0) = _known[after - 1];
            double part = Math.Clamp((time - t0) / (t1 - t0), 0, 1);
            return (x0 + ((x1 - x0) * part), y0 + ((y1 - y0) * part));
        }
    }
}
