using TmeSim.Reports.Figures;

namespace TmeSim.Reports;

/// <summary>Best changes of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Changes">Best (lowest) change from baseline per replicate as a fraction, −1 for a complete response; not finite where there is none.</param>
public sealed record WaterfallArm(string Arm, IReadOnlyList<double> Changes);

/// <summary>Best change per replicate as bars from worst to best, of all arms together or one panel per arm.</summary>
public static class WaterfallFigure
{
    private const int MostMarkers = 160;
    private const double RoomForMarkers = 640;
    private const double BarWidth = 0.8;

    /// <summary>Draws best changes.</summary>
    /// <param name="arms">Arms.</param>
    /// <param name="label">What changes ("Best change of tumour diameter", say).</param>
    /// <param name="rules">Lines of progression and response.</param>
    /// <param name="perArm">One panel per arm.</param>
    /// <param name="looks">Looks of the arms of the run, whose order panels follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<WaterfallArm> arms, string label, ResponseRules rules, bool perArm, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        perArm &= arms.Count > 1;
        (int columns, double width) = options.Grid(perArm ? arms.Count : 1, FigureOptions.Balanced(arms.Count), perArm ? 940 : 760);
        double height = options.HeightOr(perArm ? 180 : 280);
        var y = rules.Axis(label, arms.SelectMany(arm => arm.Changes), height);
        double[] all = [.. arms.SelectMany(arm => arm.Changes)];
        int missing = all.Count(change => !double.IsFinite(change));
        bool cut = all.Any(change => change * 100 > rules.CapPercent);
        bool marked = !perArm && all.Length - missing <= MostMarkers && arms.Count > 1;
        return new Figure
        {
            Title = options.TitleOr(label),
            Description = $"{label} per replicate, sorted from worst to best, for {string.Join(", ", arms.Select(arm => arm.Arm))}.",
            Width = width,
            Columns = columns,
            Panels = perArm
                ? [.. arms.Select(arm => arm.Changes.Any(double.IsFinite) ? Panel([arm], rules, y, looks, height, false) with { Title = arm.Arm, Group = arm.Arm } : ArmLegend.EmptyPanel(arm.Arm, height))]
                : [Panel(arms, rules, y, looks, height, marked)],
            Legend =
            [
                .. perArm ? [] : arms.Select(arm => new LegendEntry(ArmLegend.Label(arm.Arm, !arm.Changes.Any(double.IsFinite)))
                {
                    Group = arm.Arm,
                    Box = marked ? null : looks.Color(arm.Arm),
                    Points = marked ? looks.Marker(arm.Arm, 8) : null,
                }),
                .. rules.Legend(),
            ],
            Note = "Bars: replicates from worst to best."
                + (cut ? $" Arrowheads: growth beyond {ResponseRules.Percent(rules.CapPercent / 100)} is cut off." : "")
                + (missing > 0 ? $" {missing} without a value {(missing == 1 ? "is" : "are")} left out." : ""),
        };
    }

    private static Panel Panel(IReadOnlyList<WaterfallArm> arms, ResponseRules rules, Axis y, ArmLooks looks, double height, bool marked)
    {
        (string Arm, double Percent, int Rank)[] bars =
        [
            .. arms.SelectMany(arm => arm.Changes.Where(double.IsFinite).Select(change => (arm.Arm, Percent: change * 100)))
                .OrderByDescending(bar => bar.Percent).Select((bar, i) => (bar.Arm, bar.Percent, i + 1)),
        ];
        double cap = rules.CapPercent;
        var elements = new List<PlotElement>();
        foreach (var arm in bars.GroupBy(bar => bar.Arm))
        {
            double[] ranks = [.. arm.Select(bar => (double)bar.Rank)];
            double[] ends = [.. arm.Select(bar => Math.Min(bar.Percent, cap))];
            elements.Add(new BarElement(ranks, ends, BarWidth, looks.Color(arm.Key)) { Group = arm.Key });
            if (marked)
            {
                // Across the zero line from the bar, where it lies on white.
                double[] feet = [.. ends.Select(end => (end > 0 ? -0.035 : 0.035) * (y.Max!.Value - y.Min!.Value))];
                elements.Add(new PointElement(ranks, feet, looks.Marker(arm.Key, Math.Clamp(RoomForMarkers / bars.Length * 0.8, 3.5, 7))) { Group = arm.Key });
            }
        }

        // A white head in the bar: it stays visible whatever the colour of the bar.
        elements.AddRange(bars.Where(bar => bar.Percent > cap).Select(bar => new ArrowElement(bar.Rank, 0, bar.Rank, cap * 0.97, Rgb.White, 10) { Group = bar.Arm }));
        elements.AddRange(rules.Lines());
        int count = Math.Max(1, bars.Length);
        return new Panel
        {
            X = new Axis { Label = "replicates by rank", Min = 0.4, Max = count + 0.6, Steps = [1, 2, 4, 5, 10, 20, 50, 100] },
            Y = y,
            Elements = elements,
            PlotHeight = height,
        };
    }
}
