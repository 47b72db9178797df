using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>One combination with its parts.</summary>
/// <param name="Label">Arm with both.</param>
/// <param name="FirstLabel">Arm with the first alone.</param>
/// <param name="SecondLabel">Arm with the second alone.</param>
/// <param name="Effects">Their effects; larger is better.</param>
public sealed record SynergyRow(string Label, string FirstLabel, string SecondLabel, Synergy Effects);

/// <summary>Combinations against what their parts let expect: on the left effects, on the right the excess over expectation.</summary>
public static class SynergyFigure
{
    private static readonly Rgb Grey = Rgb.Parse("#6a6a6a");
    private static readonly PointStyle Bliss = new(Marker.Diamond, Grey, Rgb.White, 8);
    private static readonly PointStyle Hsa = new(Marker.Square, Grey, Rgb.White, 8);

    /// <summary>Draws combinations, two panels each.</summary>
    /// <param name="rows">Combinations.</param>
    /// <param name="effect">What the effects are ("Reduction of tumour volume", say).</param>
    /// <param name="unit">Unit of the effects; empty or "1" for a plain number.</param>
    /// <param name="interval">What the bars show ("95 % bootstrap interval", say).</param>
    /// <param name="looks">Looks of the arms of the run, whose order the combinations follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<SynergyRow> rows, string effect, string unit, string interval, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(rows.SelectMany(row => new[] { row.FirstLabel, row.SecondLabel, row.Label }));
        rows = [.. rows.OrderBy(row => looks.Index(row.Label))];
        (int Columns, double Width) grid = options.Grid(rows.Count * 2, 2, 940);

        // The two panels of a combination stay side by side.
        grid.Columns = grid.Columns > 1 ? grid.Columns / 2 * 2 : 1;
        var effects = new Axis { Label = effect, Unit = unit };
        var excess = new Axis { Label = "excess", Unit = unit == "%" ? "percentage points" : unit };
        effects = SharedAxis.Of(effects, [0, .. rows.SelectMany(row => Ends(row.Effects.First, row.Effects.Second, row.Effects.Both, row.Effects.Bliss, row.Effects.Hsa))]);
        excess = SharedAxis.Of(excess, [0, .. rows.SelectMany(row => Ends(row.Effects.BlissExcess, row.Effects.HsaExcess))]);
        return new Figure
        {
            Title = options.TitleOr(Finding(rows, unit)),
            Description = $"Effects ({effect}) of {string.Join(", ", rows.Select(row => $"{row.Label} ({row.FirstLabel}; {row.SecondLabel})"))}, with those expected by Bliss independence and highest single agent.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels = [.. rows.SelectMany(row => Panels(row, effects, excess, looks, grid, options))],
            Note = $"Bars: {interval}. HSA: highest single agent. Excess: observed less expected; above 0 the parts are synergistic, below 0 antagonistic.",
        };
    }

    // The combination furthest from Bliss independence, of those told from it if there are any.
    private static string Finding(IReadOnlyList<SynergyRow> rows, string unit)
    {
        SynergyRow[] known = [.. rows.Where(row => double.IsFinite(row.Effects.BlissExcess.Value))];
        SynergyRow[] told = [.. known.Where(row => row.Effects.BlissExcess is var e && (e.Low > 0 || e.High < 0))];
        SynergyRow? named = (told.Length > 0 ? told : known).MaxBy(row => Math.Abs(row.Effects.BlissExcess.Value));
        return named is null ? "Combinations and their parts"
            : $"{named.Label}: excess over Bliss {named.Effects.BlissExcess.Text(signed: true, unit == "%" ? "points" : unit)}{(told.Length == 0 ? ", not told from 0" : "")}, n\u00A0=\u00A0{named.Effects.Replicates}";
    }

    private static IEnumerable<Panel> Panels(SynergyRow row, Axis effects, Axis excess, ArmLooks looks, (int Columns, double Width) grid, FigureOptions options)
    {
        (string Name, Estimate Value, PointStyle Style)[] left =
        [
            (row.FirstLabel, row.Effects.First, looks.Marker(row.FirstLabel, 8)),
            (row.SecondLabel, row.Effects.Second, looks.Marker(row.SecondLabel, 8)),
            ("expected, HSA", row.Effects.Hsa, Hsa),
            ("expected, Bliss", row.Effects.Bliss, Bliss),
            ("observed", row.Effects.Both, looks.Marker(row.Label, 9)),
        ];
        (string Name, Estimate Value, PointStyle Style)[] right = [("over HSA", row.Effects.HsaExcess, Hsa with { Outline = Rgb.Black }), ("over Bliss", row.Effects.BlissExcess, Bliss with { Outline = Rgb.Black })];
        double height = CategoryPanels.Height([.. left.Select(item => item.Name)], [.. left.Select(item => item.Value.Text())], grid, options, 22);
        yield return Panel(row, row.Label, left, effects, height);
        double below = CategoryPanels.Height([.. right.Select(item => item.Name)], [.. right.Select(item => item.Value.Text())], grid, options);
        yield return Panel(row, "Excess over expectation", right, excess, grid.Columns == 1 ? below : height);
    }

    private static Panel Panel(SynergyRow row, string title, (string Name, Estimate Value, PointStyle Style)[] items, Axis x, double height)
    {
        var elements = new List<PlotElement> { new RuleElement(0, false, CategoryPanels.Zero) };
        elements.AddRange(CategoryPanels.Lines(items.Length));
        elements.AddRange(items.Select((item, i) => new PointElement([item.Value.Value], [CategoryPanels.Place(i, items.Length)], item.Style) { XErrorLow = [item.Value.Low], XErrorHigh = [item.Value.High] }));
        return new Panel
        {
            Title = title,
            Group = row.Label,
            X = x,
            Y = CategoryPanels.Axis([.. items.Select(item => item.Name)], []),
            Elements = elements,
            RowNotes = [.. items.Select(item => item.Value.Text()).Reverse()],
            PlotHeight = height,
        };
    }

    private static IEnumerable<double> Ends(params IEnumerable<Estimate> values) => values.SelectMany(value => new[] { value.Value, value.Low, value.High });
}
