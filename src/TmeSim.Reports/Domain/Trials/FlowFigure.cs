using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>Why patients leave.</summary>
/// <param name="Reason">Reason.</param>
/// <param name="Count">Patients, 0 or more.</param>
public readonly record struct FlowReason(string Reason, int Count);

/// <summary>A stage of a trial and those who leave after it.</summary>
/// <param name="Label">Stage ("Randomised").</param>
/// <param name="Count">Patients who reach it.</param>
public sealed record FlowStep(string Label, int Count)
{
    /// <summary>What those are called who leave after it ("Excluded").</summary>
    public string LeavingLabel { get; init; } = "Excluded";

    /// <summary>Those who leave after it, by reason; empty for none.</summary>
    public IReadOnlyList<FlowReason> Leaving { get; init; } = [];
}

/// <summary>Stages of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Steps">Stages from allocation on.</param>
public sealed record FlowArm(string Arm, IReadOnlyList<FlowStep> Steps);

/// <summary>
/// The flow of patients from screening to analysis as boxes and arrows (CONSORT 2025, Hopewell et al., BMJ 2025,
/// doi:10.1136/bmj-2024-081123).
/// </summary>
public static class FlowFigure
{
    private const double NarrowestArm = 118;
    private const double WidestArm = 240;
    private const double Gap = 12;
    private const double Drop = 16;
    private const double SideGap = 16;
    private const double WidestTrunk = 240;
    private const double BusMargin = 10;

    /// <summary>Draws a flow.</summary>
    /// <param name="common">Stages before patients are divided, from top to bottom.</param>
    /// <param name="arms">Arms from left to right; in further rows where they have no room beside each other.</param>
    /// <param name="note">A remark; empty for none.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<FlowStep> common, IReadOnlyList<FlowArm> arms, string note, ArmLooks looks,
        FigureOptions options)
    {
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        (int columns, double width) = options.Grid(1, 1, 760);
        var canvas = new BoxCanvas(width);
        double top = Trunk(canvas, common, arms.Count > 0);
        AddArms(canvas, arms, looks, top, common.Count > 0);
        return new Figure
        {
            Title = options.TitleOr(Finding(common, arms)),
            Description = TrialText.Note([.. common.Select(step => Words("", step)),
                .. arms.SelectMany(arm => arm.Steps.Select(step => Words(arm.Arm + ": ", step)))]),
            Width = width,
            Columns = columns,
            Panels = [common.Count + arms.Count == 0 ? ArmLegend.EmptyPanel("", 40) : canvas.Panel()],
            Note = note,
            Values = new FigureValues(
                ["arm", "stage", "reason", "n"], [.. common.SelectMany(step => Rows("", step)),
                    .. arms.SelectMany(arm => arm.Steps.SelectMany(step => Rows(arm.Arm, step)))]),
        };
    }

    // Stages below each other, those who leave at the right of the line that joins them.
    private static double Trunk(BoxCanvas canvas, IReadOnlyList<FlowStep> steps, bool goesOn)
    {
        double x = canvas.Width / 2, width = Math.Min(WidestTrunk, canvas.Width * 0.62), top = 0;
        foreach ((int i, FlowStep step) in steps.Index())
        {
            IReadOnlyList<string> lines = BoxCanvas.Lines([Counted(step.Label, step.Count)], width);
            double height = BoxCanvas.HeightOf(lines);
            canvas.Box(x - (width / 2), top, width, height, lines, centred: true);
            top += height;
            double from = top;
            if (step.Leaving.Count > 0)
            {
                double left = x + SideGap, room = Math.Min(WidestTrunk, canvas.Width - left);
                IReadOnlyList<string> leaving = BoxCanvas.Lines(Leaving(step), room);
                double side = BoxCanvas.HeightOf(leaving);
                canvas.Box(left, top + Gap, room, side, leaving);
                canvas.Arrow([x, left], [top + Gap + (side / 2), top + Gap + (side / 2)]);
                top += Gap + side;
                if (i == steps.Count - 1 && !goesOn)
                {
                    canvas.Path([x, x], [from, top - (side / 2)]);
                }
            }

            if (i < steps.Count - 1)
            {
                canvas.Arrow([x, x], [from, top + Drop]);
                top += Drop;
            }
            else if (goesOn)
            {
                canvas.Path([x, x], [from, top + (Drop / 2)]);
                top += Drop / 2;
            }
        }

        return top;
    }

    private static void AddArms(BoxCanvas canvas, IReadOnlyList<FlowArm> arms, ArmLooks looks, double top, bool joined)
    {
        if (arms.Count == 0)
        {
            return;
        }

        int most = Math.Max(1, (int)((canvas.Width + Gap) / (NarrowestArm + Gap)));
        int bands = (arms.Count + most - 1) / most, beside = (arms.Count + bands - 1) / bands;
        double margin = bands > 1 ? BusMargin : 0, x = canvas.Width / 2;
        double width = Math.Min(WidestArm, (canvas.Width - margin - ((beside - 1) * Gap)) / beside);
        double start = margin + ((canvas.Width - margin - ((beside * width) + ((beside - 1) * Gap))) / 2), firstBus = top;
        foreach ((int band, FlowArm[] some) in arms.Chunk(beside).Index())
        {
            double Middle(int i) => start + (i * (width + Gap)) + (width / 2);
            double bus = top;
            if (joined)
            {
                double[] ends = [.. Enumerable.Range(0, some.Length).Select(Middle), .. band == 0 ? [x] : Array.Empty<double>(),
                    .. bands > 1 ? [margin / 2] : Array.Empty<double>()];
                canvas.Path([ends.Min(), ends.Max()], [bus, bus]);
                if (band > 0)
                {
                    canvas.Path([margin / 2, margin / 2], [firstBus, bus]);
                }

                top += Drop;
            }

            double last = AddBand(canvas, some, looks, top, width, Middle, joined ? bus : double.NaN);
            top = last + Drop;
        }
    }

    // The same stage of all arms at one height.
    private static double AddBand(BoxCanvas canvas, FlowArm[] arms, ArmLooks looks, double top, double width, Func<int, double> middle,
        double bus)
    {
        IReadOnlyList<string>[][] boxes = [.. arms.Select(arm => Boxes(arm).Select(texts => BoxCanvas.Lines(texts, width)).ToArray())];
        double before = bus;
        for (int row = 0; row < boxes.Max(b => b.Length); row++)
        {
            double height = boxes.Where(b => row < b.Length).Max(b => BoxCanvas.HeightOf(b[row]));
            foreach ((int i, FlowArm arm) in arms.Index().Where(a => row < boxes[a.Index].Length))
            {
                double x = middle(i);
                if (!double.IsNaN(before))
                {
                    canvas.Arrow([x, x], [before, top], arm.Arm);
                }

                canvas.Box(x - (width / 2), top, width, height, boxes[i][row], arm.Arm, row == 0 ? looks.Color(arm.Arm) : null);
            }

            before = top + height;
            top = before + Drop;
        }

        return double.IsNaN(before) ? top : before;
    }

    private static IEnumerable<IEnumerable<string>> Boxes(FlowArm arm)
    {
        if (arm.Steps.Count == 0)
        {
            yield return [ArmLegend.Label(arm.Arm, true)];
        }

        foreach ((int i, FlowStep step) in arm.Steps.Index())
        {
            yield return i == 0 ? [arm.Arm, Counted(step.Label, step.Count)] : [Counted(step.Label, step.Count)];
            if (step.Leaving.Count > 0)
            {
                yield return Leaving(step);
            }
        }
    }

    private static IEnumerable<string> Leaving(FlowStep step) =>
        [Counted(step.LeavingLabel, step.Leaving.Sum(r => r.Count)), .. step.Leaving.Select(r => "• " + Counted(r.Reason, r.Count))];

    private static string Counted(string label, int count) => $"{label} (n\u00A0=\u00A0{TrialText.Count(count)})";

    private static string Words(string arm, FlowStep step)
    {
        string reasons = string.Join(", ", step.Leaving.Select(r => Counted(r.Reason, r.Count)));
        return arm + Counted(step.Label, step.Count) + (reasons.Length == 0 ? "" : $", {step.LeavingLabel.ToLowerInvariant()}: {reasons}");
    }

    private static string Finding(IReadOnlyList<FlowStep> common, IReadOnlyList<FlowArm> arms)
    {
        string[] told = [.. new[] { common.Count > 0 ? common[0] : null, common.Count > 1 ? common[^1] : null }.OfType<FlowStep>()
            .Select(s => $"{TrialText.Count(s.Count)} {Lower(s.Label)}")];
        FlowStep[] ends = [.. arms.Where(arm => arm.Steps.Count > 1).Select(arm => arm.Steps[^1])];
        string[] end = ends.Length > 0 && ends.Length == arms.Count && ends.Select(e => e.Label).Distinct().Count() == 1
            ? [$"{TrialText.Count(ends.Sum(e => e.Count))} {Lower(ends[0].Label)}"] : [];
        return told.Length + end.Length == 0 ? "Flow of patients" : $"Flow of patients: {string.Join(", ", (string[])[.. told, .. end])}";
    }

    private static string Lower(string label) => label.Length == 0 ? label : char.ToLowerInvariant(label[0]) + label[1..];

    private static IEnumerable<IReadOnlyList<FigureValue>> Rows(string arm, FlowStep step) =>
    [
        (FigureValue[])[arm, step.Label, "", step.Count],
        .. step.Leaving.Select(r => (FigureValue[])[arm, step.LeavingLabel, r.Reason, r.Count]),
    ];
}
