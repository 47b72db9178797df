using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>A step curve as it is drawn: from time 0 to the end of follow-up, in percent.</summary>
internal sealed class StepCurve
{
    private readonly SurvivalPoint[] _points;

    /// <param name="points">Steps.</param>
    /// <param name="start">Value at time 0.</param>
    /// <param name="last">Last time that was followed; not finite for none beyond the steps.</param>
    public StepCurve(IReadOnlyList<SurvivalPoint> points, double start, double last)
    {
        SurvivalPoint[] known = [.. points.Where(p => double.IsFinite(p.Time + p.Value)).OrderBy(p => p.Time)];
        if (known.Length > 0 && known[0].Time > 0)
        {
            known = [new SurvivalPoint(0, start, start, start), .. known];
        }
        else if (known.Length == 0 && last > 0)
        {
            known = [new SurvivalPoint(0, start)];
        }

        _points = known.Length > 0 && last > known[^1].Time ? [.. known, known[^1] with { Time = last }] : known;
    }

    public bool IsEmpty => _points.Length == 0;

    public double Last => IsEmpty ? 0 : _points[^1].Time;

    public IReadOnlyList<double> Times => [.. _points.Select(p => p.Time)];

    public StepElement Line(Stroke stroke, string group) => new(Times, [.. _points.Select(p => p.Value * 100)], stroke) { Group = group };

    /// <summary>Value at a time [%].</summary>
    public double At(double time) => _points.LastOrDefault(p => p.Time <= time, new SurvivalPoint(0, double.NaN)).Value * 100;

    /// <summary>The area between the ends of the intervals; null where there are none.</summary>
    public BandElement? Band(Rgb color, double opacity, string group)
    {
        if (!_points.Any(p => double.IsFinite(p.Low + p.High)))
        {
            return null;
        }

        // Two corners at each step.
        (double Time, SurvivalPoint Point)[] corners =
        [
            .. _points.SelectMany((p, i) => i + 1 < _points.Length ? new[] { (p.Time, p), (_points[i + 1].Time, p) } : [(p.Time, p)]),
        ];
        return new BandElement(
            [.. corners.Select(c => c.Time)], [.. corners.Select(c => c.Point.Low * 100)], [.. corners.Select(c => c.Point.High * 100)],
                color, opacity)
        {
            Group = group,
        };
    }
}
