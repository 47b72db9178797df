using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>Paired difference of one arm from the control. Numbers that are not finite could not be estimated.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Mean">Mean difference, arm less control, in the unit of the measure.</param>
/// <param name="Low">Lower end of the confidence interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="StandardError">Standard error of the mean.</param>
/// <param name="Pairs">Replicates with a value in both arms, 0 or more.</param>
/// <param name="PairsNeeded">Pairs with which a two-sided 5 % test finds the difference with a power of 80 %; null where these replicates are too few to tell.</param>
/// <param name="P">Two-sided p value, 0–1; null where none was computed.</param>
public sealed record ContrastRow(string Arm, double Mean, double Low, double High, double StandardError, int Pairs, int? PairsNeeded, double? P)
{
    /// <summary>The replicates of both arms began from the same states; else they are independent samples.</summary>
    public bool IsPaired { get; init; } = true;
}

/// <summary>Differences of one measure.</summary>
/// <param name="Label">Name of the measure.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Rows">Arms other than the control.</param>
public sealed record ContrastMeasure(string Label, string Unit, IReadOnlyList<ContrastRow> Rows);

/// <summary>Paired differences from the control arm with confidence intervals (a forest plot), one panel per measure.</summary>
public static class ContrastFigure
{
    private const int LongestControl = 40;
    private const string PercentPoints = "percentage points";
    private const string NotEstimable = "not estimable";

    /// <summary>Draws differences; arms in rows, numbers written beside them.</summary>
    /// <param name="measures">Measures, one panel each.</param>
    /// <param name="control">Arm that is subtracted.</param>
    /// <param name="level">Level of the intervals, 0–1 (0.95, say).</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <param name="when">When and where it was measured, for the title ("day 63", say); empty for nothing.</param>
    public static Figure Create(IReadOnlyList<ContrastMeasure> measures, string control, double level, ArmLooks looks, FigureOptions options, string when = "")
    {
        looks = looks.With(measures.SelectMany(measure => measure.Rows.Select(row => row.Arm)));
        IReadOnlyList<string> arms = looks.Sort(measures.SelectMany(measure => measure.Rows.Select(row => row.Arm)));
        (int Columns, double Width) grid = options.Grid(measures.Count, 1, 760);
        string percent = Numbers.Plain(level * 100, 1, trim: true);
        return new Figure
        {
            Title = options.TitleOr(Finding(measures, control) + (when.Length > 0 ? ", " + when : "")),
            Description = $"Differences of {string.Join(", ", arms)} from {control} in {string.Join(", ", measures.Select(measure => measure.Label))}, with {percent} % confidence intervals.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels = [.. measures.Select(measure => Panel(measure, control, looks, grid, options))],
            Note = $"Points: mean of the arm less {control}, {(measures.All(measure => measure.Rows.All(row => row.IsPaired)) ? "same replicate in both" : "in the same replicate where n counts pairs, else between independent samples")}. Bars: {percent} % confidence interval. SE: standard error; n: replicates."
                + (measures.Any(measure => measure.Rows.Any(row => row.PairsNeeded is not null)) ? " \"k resolve it\": with k of them a two-sided 5 % test finds the difference four times in five; at most one comparison in five is given a k that is too small." : "")
                + (arms.Count > 1 && options.Title is null ? " The title names the largest of the differences in the first panel whose interval leaves out 0." : "")
                + UnitWords.Explain(measures.Select(measure => measure.Unit)),
        };
    }

    /// <summary>"A: tumour volume change −150 points [−252, −49] against Control, n = 4" for the largest difference of the first measure that is told from 0.</summary>
    internal static string Finding(IReadOnlyList<ContrastMeasure> measures, string control)
    {
        ContrastRow[] rows = measures.Count == 0 ? [] : [.. measures[0].Rows.Where(row => double.IsFinite(row.Mean))];
        ContrastRow[] told = [.. rows.Where(row => row.Low > 0 || row.High < 0)];
        if (rows.Length == 0 || rows.All(row => !double.IsFinite(row.Low + row.High)))
        {
            return $"Differences from {control}";
        }

        string name = measures[0].Label, unit = PointsOf(measures[0].Unit);
        if (told.Length == 0)
        {
            return $"{name}: no {(rows.Length == 1 ? $"difference of {rows[0].Arm}" : "arm")} told from {control}{Count(rows)}";
        }

        ContrastRow largest = told.MaxBy(row => Math.Abs(row.Mean))!;
        string difference = new Estimate(largest.Mean, largest.Low, largest.High).Text(signed: true, unit is "" or "1" ? "" : unit == PercentPoints ? "points" : unit);
        string small = name.Length > 1 && char.IsLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
        return $"{largest.Arm}: {small} {difference} against {control}{Count([largest])}";
    }

    private static string Count(ContrastRow[] rows) => rows.Select(row => row.Pairs).Distinct().ToArray() is [var n] ? $", n\u00A0=\u00A0{n}" : "";

    // A difference of two percentages is in points.
    private static string PointsOf(string unit) => unit == "%" ? PercentPoints : unit;

    /// <summary>The text beside a row.</summary>
    internal static string Text(ContrastRow row)
    {
        if (!double.IsFinite(row.Mean))
        {
            return NotEstimable;
        }

        bool spread = double.IsFinite(row.StandardError);
        int decimals = Decimals(spread && row.StandardError > 0 ? row.StandardError : Math.Abs(row.Mean));
        string mean = (row.Mean > 0 ? "+" : "") + Numbers.Readable(row.Mean, decimals);
        string[] parts =
        [
            spread ? $"{mean} ± {Numbers.Readable(row.StandardError, decimals)} (SE)" : mean,
            row.IsPaired ? $"n = {row.Pairs}" : $"n = {row.Pairs} not paired",
            spread ? "" : $"interval {NotEstimable}",
            row.PairsNeeded is { } needed ? $"{needed} {(row.IsPaired ? "pair" : "replicate")}{(needed == 1 ? " resolves" : "s resolve")} it" : spread && row.Mean != 0 ? "too few to say how many resolve it" : "",
            row.P is { } p && double.IsFinite(p) ? $"p {(p < 0.001 ? "< 0.001" : "= " + Numbers.Plain(p, p < 0.1 ? 3 : 2))}" : "",
        ];

        // Lines break between parts, not within them.
        return string.Join(", ", parts.Where(part => part.Length > 0).Select(part => part.Replace(' ', '\u00A0')));
    }

    private static Panel Panel(ContrastMeasure measure, string control, ArmLooks looks, (int Columns, double Width) grid, FigureOptions options)
    {
        ContrastRow[] rows = [.. measure.Rows.OrderBy(row => looks.Index(row.Arm))];
        string[] arms = [.. rows.Select(row => row.Arm)];
        string[] notes = [.. rows.Select(Text)];
        var elements = new List<PlotElement> { new RuleElement(0, false, CategoryPanels.Zero) };
        elements.AddRange(CategoryPanels.Lines(rows.Length));
        foreach ((int i, ContrastRow row) in rows.Index())
        {
            elements.Add(new PointElement([row.Mean], [CategoryPanels.Place(i, rows.Length)], looks.Marker(row.Arm, 8)) { XErrorLow = [row.Low], XErrorHigh = [row.High], Group = row.Arm });
        }

        // Without any difference zero lies in the middle.
        bool nothing = rows.SelectMany(row => new[] { row.Mean, row.Low, row.High }).All(value => value == 0 || !double.IsFinite(value));
        return new Panel
        {
            Title = measure.Label,
            X = new Axis
            {
                Label = control.Length <= LongestControl ? $"difference from {control}" : "difference",
                Unit = PointsOf(measure.Unit),
                Min = nothing ? -1 : null,
                Max = nothing ? 1 : null,
            },
            Y = CategoryPanels.Axis(arms, arms),
            Elements = elements,
            RowNotes = [.. notes.Reverse()],
            PlotHeight = CategoryPanels.Height(arms, notes, grid, options),
        };
    }

    // Two significant digits of the error decide the digits of both numbers.
    private static int Decimals(double scale) => scale > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(scale)), 0, 6) : 0;
}
