using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Best change of one replicate.</summary>
/// <param name="Change">Best (lowest) change from baseline as a fraction, −1 for a complete response; not finite where there is none.</param>
/// <param name="Category">Best response, written at the bar (CR, PR, SD, PD).</param>
public readonly record struct WaterfallBar(double Change, string Category);

/// <summary>Best changes of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Bars">Replicates.</param>
public sealed record WaterfallArm(string Arm, IReadOnlyList<WaterfallBar> Bars)
{
    /// <summary>Replicates without a bar because they could not be evaluated.</summary>
    public int NotEvaluable { get; init; }

    /// <summary>How often each response was the best, in words ("2 PR, 1 SD"); empty to say nothing.</summary>
    public string Summary { get; init; } = "";
}

/// <summary>
/// Best change per replicate of all arms as bars from worst to best, coloured by arm, with the best response at each bar;
/// in a panel for each arm, coloured by best response, where that is asked for.
/// </summary>
public static class WaterfallFigure
{
    private const int MostMarkers = 160;
    private const double RoomForMarkers = 640;
    private const double BarWidth = 0.8;

    // Bars of a pixel or two without gaps, which would make a pattern of their own.
    private const double ThinBarWidth = 1.04;
    private const double RoomForCategory = 0.07;

    /// <summary>Draws best changes.</summary>
    /// <param name="arms">Arms.</param>
    /// <param name="label">What changes ("Best change of tumour diameter", say).</param>
    /// <param name="rules">Lines and words of progression and response.</param>
    /// <param name="looks">Looks of the arms of the run, whose order the legend follows.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="subjects">What the bars stand for; null for replicates.</param>
    public static Figure Create(
        IReadOnlyList<WaterfallArm> arms, string label, ResponseRules rules, ArmLooks looks, FigureOptions options, Subjects? subjects = null)
    {
        subjects ??= Subjects.Replicates;
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm)).Select(Evaluable)];
        bool apart = subjects.IsApart && arms.Count > 0;
        (int columns, double width) = options.Grid(apart ? arms.Count : 1, apart ? Math.Min(2, arms.Count) : 1, apart && arms.Count > 1 ? 940 : 760);
        double height = options.HeightOr(280);
        double[] all = [.. arms.SelectMany(arm => arm.Bars).Select(bar => bar.Change)];
        Axis y = WithRoom(rules.Axis(label, all), all);
        bool marked = !apart && all.Length <= MostMarkers && arms.Count > 1;
        IReadOnlyList<string> categories = ResponsePalette.Sort(arms.SelectMany(arm => arm.Bars).Select(bar => bar.Category));
        return new Figure
        {
            Title = options.TitleOr(Finding(arms, subjects)),
            Description = $"{label} per {subjects.One}, sorted from worst to best, for {string.Join(", ", arms.Select(arm => arm.Arm))}.",
            Width = width,
            Columns = columns,
            EvenPlots = apart,
            Panels = !apart ? [Panel(arms, rules, y, looks, height, marked, subjects)] : SharedAxis.Outer(
            [
                .. arms.Select(arm => arm.Bars.Count == 0 ? ArmLegend.EmptyPanel(arm.Arm, height)
                    : Panel([arm], rules, y, looks, height, false, subjects, categories) with { Title = arm.Arm, Group = arm.Arm }),
            ], columns, true),
            Legend =
            [
                .. categories.Where(_ => apart).Select(category => new LegendEntry(category) { Box = ResponsePalette.Color(category, categories) }),
                .. arms.Where(_ => !apart).Select(arm => new LegendEntry(arm.Bars.Count == 0 ? $"{arm.Arm} (not evaluable)" : arm.Arm)
                {
                    Group = arm.Arm,
                    Box = marked ? null : looks.Color(arm.Arm),
                    Points = marked ? looks.Marker(arm.Arm, 8) : null,
                }),
                .. rules.Legend(),
            ],
            Values = !apart ? null : new FigureValues(
                ["arm", "rank", "change_percent", "best_response"],
                [.. arms.SelectMany(arm => arm.Bars.OrderByDescending(bar => bar.Change).Select((bar, i) => (FigureValue[])[arm.Arm, i + 1, bar.Change * 100, bar.Category]))]),
            Note = string.Join(' ', Notes(arms, rules, all, subjects).Where(note => note.Length > 0)),
        };
    }

    private static string Finding(IReadOnlyList<WaterfallArm> arms, Subjects subjects) =>
        Findings.Counts("Response", [.. arms.Select(arm => (arm.Arm, arm.Bars.Count(bar => bar.Category is "CR" or "PR"), arm.Bars.Count + arm.NotEvaluable))], subjects);

    private static WaterfallArm Evaluable(WaterfallArm arm)
    {
        WaterfallBar[] bars = [.. arm.Bars.Where(bar => double.IsFinite(bar.Change))];
        return arm with { Bars = bars, NotEvaluable = arm.NotEvaluable + arm.Bars.Count - bars.Length };
    }

    private static IEnumerable<string> Notes(IReadOnlyList<WaterfallArm> arms, ResponseRules rules, double[] all, Subjects subjects)
    {
        WaterfallArm[] told = [.. arms.Where(arm => arm.Summary.Length > 0)], missing = [.. arms.Where(arm => arm.NotEvaluable > 0)];
        bool named = IsNamed(all.Length);
        yield return $"Bars: {subjects.Many} from worst to best{(subjects.IsApart ? ", in the colours of their best response" : named ? ", with their best response where it has room" : "")}.";
        yield return told.Length > 0 ? $"Best responses: {string.Join("; ", told.Select(arm => $"{arm.Arm} {arm.Summary}"))}." : "";
        yield return missing.Length > 0 ? $"Not evaluable (NE, no visit) and without a bar: {string.Join(", ", missing.Select(arm => $"{arm.NotEvaluable} of {arm.Arm}"))}." : "";
        yield return all.Any(change => change * 100 > rules.CapPercent) ? $"Arrowheads: growth beyond {ResponseRules.Percent(rules.CapPercent / 100)} is cut off." : "";
        yield return rules.Note;
    }

    private static Panel Panel(IReadOnlyList<WaterfallArm> arms, ResponseRules rules, Axis y, ArmLooks looks, double height, bool marked, Subjects subjects, IReadOnlyList<string>? colors = null)
    {
        (string Arm, double Percent, string Category, int Rank)[] bars =
        [
            .. arms.SelectMany(arm => arm.Bars.Select(bar => (arm.Arm, Percent: bar.Change * 100, bar.Category)))
                .OrderByDescending(bar => bar.Percent).Select((bar, i) => (bar.Arm, bar.Percent, bar.Category, i + 1)),
        ];
        double cap = rules.CapPercent, span = y.Max!.Value - y.Min!.Value;
        var elements = new List<PlotElement>();
        foreach (var arm in bars.GroupBy(bar => bar.Arm).Where(_ => colors is not null))
        {
            foreach (var some in arm.GroupBy(bar => bar.Category))
            {
                double[] ends = [.. some.Select(bar => Math.Min(bar.Percent, cap))];
                elements.Add(new BarElement([.. some.Select(bar => (double)bar.Rank)], ends, IsNamed(bars.Length) ? BarWidth : ThinBarWidth, ResponsePalette.Color(some.Key, colors!)) { Group = arm.Key });
            }
        }

        foreach (var arm in bars.GroupBy(bar => bar.Arm).Where(_ => colors is null))
        {
            double[] ranks = [.. arm.Select(bar => (double)bar.Rank)];
            double[] ends = [.. arm.Select(bar => Math.Min(bar.Percent, cap))];
            elements.Add(new BarElement(ranks, ends, BarWidth, looks.Color(arm.Key)) { Group = arm.Key });
            if (marked)
            {
                // Across the zero line from the bar, where it lies on white.
                double[] feet = [.. ends.Select(end => (end > 0 ? -0.035 : 0.035) * span)];
                elements.Add(new PointElement(ranks, feet, looks.Marker(arm.Key, Math.Clamp(RoomForMarkers / bars.Length * 0.8, 3.5, 7))) { Group = arm.Key });
            }
        }

        // A white head in the bar: it stays visible whatever the colour of the bar.
        elements.AddRange(bars.Where(bar => bar.Percent > cap).Select(bar => new ArrowElement(bar.Rank, 0, bar.Rank, cap * 0.97, Rgb.White, 10) { Group = bar.Arm }));
        elements.AddRange(rules.Lines());
        if (IsNamed(bars.Length) && colors is null)
        {
            elements.AddRange(bars.GroupBy(bar => bar.Arm).Select(arm => new LabelElement([.. arm.Select(bar => Category(bar.Rank, Math.Min(bar.Percent, cap), bar.Category, span, bar.Percent > cap))], Rgb.Black, 9) { Group = arm.Key, Halo = Rgb.White }));
        }

        int count = Math.Max(1, bars.Length);
        return new Panel
        {
            X = new Axis { Label = subjects.Many + " by rank", Min = 0.4, Max = count + 0.6, Steps = [1, 2, 4, 5, 10, 20, 50, 100] },
            Y = y,
            Elements = elements,
            PlotHeight = height,
        };
    }

    // Among thin bars only a few responses would find room, by chance.
    private static bool IsNamed(int bars) => bars <= MostMarkers;

    // The responses at the longest bars have room beyond them.
    private static Axis WithRoom(Axis y, double[] changes)
    {
        double room = RoomForCategory * (y.Max!.Value - y.Min!.Value), low = changes.DefaultIfEmpty(0).Min() * 100;
        return low < 0 ? y with { Min = Math.Min(y.Min.Value, low - room) } : y;
    }

    // Beyond the end of the bar; inside where it is cut off at the end of the panel.
    private static PlacedLabel Category(int rank, double end, string category, double span, bool cut)
    {
        double away = (end > 0 ? 1 : -1) * span;
        return new PlacedLabel(category, [(rank, end + ((cut ? -0.04 : 0.03) * away))]);
    }
}
