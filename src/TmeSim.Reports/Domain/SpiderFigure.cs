using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Change from baseline over time, one thin line per replicate; arms in panels of their own when there are more than
/// three. A marker ends the line of a replicate that ends before the others.
/// </summary>
public static class SpiderFigure
{
    private const int MostTogether = 3;

    // More lines than this are thin and translucent, and their ends are not marked.
    private const int Crowd = 60;

    /// <summary>Draws changes.</summary>
    /// <param name="arms">Arms with changes from baseline as fractions.</param>
    /// <param name="doses">Doses of all arms.</param>
    /// <param name="label">What changes ("Change of tumour diameter", say).</param>
    /// <param name="rules">Lines and words of progression and response.</param>
    /// <param name="looks">Looks of the arms of the run, whose order panels follow.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="subjects">What the lines stand for; null for replicates.</param>
    public static Figure Create(
        IReadOnlyList<ArmSeries> arms, IReadOnlyList<DoseMark> doses, string label, ResponseRules rules, ArmLooks looks, FigureOptions options, Subjects? subjects = null)
    {
        subjects ??= Subjects.Replicates;
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        bool together = arms.Count <= (subjects.IsApart ? 1 : MostTogether);
        (int columns, double width) = options.Grid(together ? 1 : arms.Count, together ? 1 : FigureOptions.Balanced(arms.Count), together ? 760 : arms.Count == 2 ? 940 : 1020);
        double height = options.HeightOr(together ? 300 : subjects.IsApart ? 240 : 180);
        double[] times = [.. arms.SelectMany(arm => arm.TimesDaysPerReplicate).SelectMany(t => t).Where(double.IsFinite)];
        (double first, double last) = times.Length == 0 ? (0, 1) : (Math.Min(0, times.Min()), times.Max());
        last = last > first ? last : first + 1;
        var unit = TimeUnit.For(last - first);
        double[] all = [.. arms.SelectMany(arm => arm.ValuesPerReplicate).SelectMany(values => values).Where(double.IsFinite)];
        var y = rules.Axis(label, all);
        bool early = arms.Where(arm => !IsCrowd(arm)).SelectMany(arm => arm.TimesDaysPerReplicate).Any(t => EndsEarly(t, last));
        bool IsCrowd(ArmSeries arm) => subjects.IsApart && arm.ValuesPerReplicate.Count > Crowd;
        return new Figure
        {
            Title = options.TitleOr(Findings.Medians($"{label} at the end", "%", arms.Select(arm => (arm.Arm, Ends(arm))))),
            Description = $"{label} over time, one line per {subjects.One}, for {string.Join(", ", arms.Select(arm => arm.Arm))}.",
            Width = width,
            Columns = columns,
            EvenPlots = true,
            Panels = SharedAxis.Outer(
                together
                    ? [Panel([.. arms.SelectMany(arm => Lines(arm, Thin(arm, looks.Line(arm.Arm, 1.1)), looks, unit, last, !IsCrowd(arm)))]) with { DoseTracks = DoseTracks.Create(doses, looks, unit) }]
                    : DoseTracks.OfArms([.. arms.Select(Alone)], doses, looks, unit),
                columns, true),
            Legend = [.. together ? ArmLegend.Lines(arms.Select(arm => arm.Arm), looks, name => !HasData(arms.First(arm => arm.Arm == name)), false, 1.4) : [], .. rules.Legend()],
            Note = $"Lines: {subjects.Many}."
                + (early ? $" Markers: the {subjects.One} ends." : "")
                + (all.Any(value => value * 100 > rules.CapPercent) ? $" Lines that leave the panel go on beyond {ResponseRules.Percent(rules.CapPercent / 100)}." : "")
                + (doses.Count > 0 ? " Ticks above the axes: doses." : "")
                + (rules.Note.Length > 0 ? " " + rules.Note : ""),
        };

        Stroke Thin(ArmSeries arm, Stroke stroke) => !IsCrowd(arm) ? stroke
            : new Stroke(stroke.Color, 0.8) { Opacity = Math.Clamp(40.0 / arm.ValuesPerReplicate.Count, 0.12, 0.6) };

        Panel Alone(ArmSeries arm) => HasData(arm)
            ? Panel([.. Lines(arm, Thin(arm, new Stroke(looks.Color(arm.Arm), 1.1)), looks, unit, last, !IsCrowd(arm))]) with { Title = arm.Arm, Group = arm.Arm }
            : ArmLegend.EmptyPanel(arm.Arm, height);

        Panel Panel(IReadOnlyList<PlotElement> lines) => new()
        {
            X = unit.Axis(first, last),
            Y = y,
            Elements = [.. rules.Lines(), .. lines],
            DaysPerX = unit.Days,
            PlotHeight = height,
        };
    }

    private static IEnumerable<PlotElement> Lines(ArmSeries arm, Stroke stroke, ArmLooks looks, TimeUnit unit, double last, bool marked)
    {
        foreach ((double[] times, double[] values) in arm.TimesDaysPerReplicate.Zip(arm.ValuesPerReplicate))
        {
            double[] x = [.. times.Select(time => time / unit.Days)];
            double[] percent = [.. values.Select(value => value * 100)];
            yield return new LineElement(x, percent, stroke) { Group = arm.Arm };
            int end = Enumerable.Range(0, Math.Min(x.Length, percent.Length)).LastOrDefault(i => double.IsFinite(x[i] + percent[i]), -1);
            if (marked && end >= 0 && EndsEarly(times, last))
            {
                yield return new PointElement([x[end]], [percent[end]], looks.Marker(arm.Arm, 5.5)) { Group = arm.Arm };
            }
        }
    }

    // Last changes of the replicates [%].
    private static IEnumerable<double> Ends(ArmSeries arm) => arm.ValuesPerReplicate.Where(values => values.Length > 0).Select(values => values[^1] * 100);

    private static bool HasData(ArmSeries arm) => arm.ValuesPerReplicate.Any(values => values.Any(double.IsFinite));

    private static bool EndsEarly(double[] times, double last) => times.Length > 0 && times[^1] < last - (Math.Abs(last) * 0.01);
}
