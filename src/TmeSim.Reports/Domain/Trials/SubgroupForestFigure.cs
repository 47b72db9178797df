using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>
/// A forest of subgroups: the ratio of two arms in each level on a logarithmic axis, squares by patients, all patients as a diamond on
/// top, numbers in columns beside it.
/// </summary>
public static class SubgroupForestFigure
{
    private const double NarrowestWithCounts = 560;
    private const double Indent = 8;
    private const double RowHeight = 20;
    private const double LongestArm = 90;
    private const double LargestSquare = 11;
    private const double SmallestSquare = 4;
    private const double WidestAxis = 16;
    private const double FurthestAxis = 100;
    private const double ArrowSize = 8;
    private static readonly Rgb Ink = Rgb.Parse("#333333");
    private static readonly Stroke Rows = new(Rgb.Parse("#e6e6e6"), 1);

    /// <summary>Draws a forest.</summary>
    /// <param name="overall">All patients, drawn as a diamond with a line down the forest.</param>
    /// <param name="groups">Subgroups from top to bottom.</param>
    /// <param name="contrast">What is compared.</param>
    /// <param name="note">What was done, in words; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(SubgroupRow overall, IReadOnlyList<Subgroup> groups, SubgroupContrast contrast, string note,
        FigureOptions options)
    {
        ArgumentNullException.ThrowIfNull(overall);
        ArgumentNullException.ThrowIfNull(contrast);
        (int columns, double width) = options.Grid(1, 1, 860);
        bool wide = width >= NarrowestWithCounts;
        Line[] lines = [.. Lines(overall, groups, wide)];
        (double low, double high) = Ends([.. lines.Select(line => line.Row).OfType<SubgroupRow>().Select(row => row.Effect)]);
        TextColumn[] texts = [.. Columns(lines, contrast, wide)];
        double room = width - (2 * FigurePage.Padding);
        double needed = lines.Length * Math.Max(RowHeight, PanelTables.RowHeight(texts, room) + 4);
        string percent = Numbers.Plain(contrast.Level * 100, 1, trim: true),
            compared = $"{contrast.Effect} of {contrast.Arm} to {contrast.Control}";
        string divided = string.Join(", ", groups.Select(g => g.Name));
        return new Figure
        {
            Title = options.TitleOr(Finding(overall, groups, contrast)),
            Description = TrialText.Note(
                $"{Upper(compared)} overall{(divided.Length > 0 ? " and by " + divided : "")}, with {percent} % intervals", note),
            Width = width,
            Columns = columns,
            Panels =
            [
                new Panel
                {
                    X = new Axis { Label = contrast.Effect, Scale = AxisScale.Log10, Min = low, Max = high, TickValues = Ticks(low, high) },
                    Y = Axis.Hidden(-0.5, lines.Length - 0.5),
                    Elements = [.. Elements(lines, overall, low, high)],
                    AxisRows = [Favours(contrast)],
                    Columns = texts,
                    PlotHeight = Math.Max(needed, options.HeightOr(needed)),
                },
            ],
            Note = TrialText.Note(
                $"Squares: {compared}, larger for more patients; lines: {percent} % intervals; diamond and dashed line: all patients",
                lines.Any(line => line.Row is { } row && Leaves(row.Effect, low, high)) ? "Arrows: the interval goes on beyond the axis"
                    : "",
                wide || lines.All(line => line.P.Length == 0) ? "" : "p: interaction", note),
            Values = Values(overall, groups),
        };
    }

    private sealed record Line(string Label, SubgroupRow? Row, string P, bool IsIndented, bool IsOverall);

    private static IEnumerable<Line> Lines(SubgroupRow overall, IReadOnlyList<Subgroup> groups, bool wide)
    {
        yield return new Line(overall.Level, overall, "", false, true);
        foreach (Subgroup group in groups)
        {
            bool headed = group.Name.Length > 0;
            string p = TrialText.BareP(group.InteractionP);
            if (headed)
            {
                yield return new Line(wide || p.Length == 0 ? group.Name : $"{group.Name} ({TrialText.P(group.InteractionP)})", null, p,
                    false, false);
            }

            foreach ((int i, SubgroupRow row) in group.Levels.Index())
            {
                yield return new Line(row.Level, row, headed || i > 0 ? "" : p, headed, false);
            }
        }
    }

    private static IEnumerable<TextColumn> Columns(Line[] lines, SubgroupContrast contrast, bool wide)
    {
        bool[] bold = [.. lines.Select(line => line.Row is null || line.IsOverall)];
        double[] indents = [.. lines.Select(line => line.IsIndented ? Indent : 0)];
        bool counted = lines.Any(line => line.Row is { Counts.Count: > 0 });
        string Narrow(Line line) => line.Row is { Counts.Count: > 0 } row ? $"{line.Label} ({TrialText.Count(Patients(row))})" : line.Label;
        yield return new TextColumn(wide || !counted ? "Subgroup" : "Subgroup (n)",
            [.. lines.Select(line => wide ? line.Label : Narrow(line))]) { IsLeft = true, Bold = bold, Indents = indents };
        if (wide && counted)
        {
            string what = lines.Any(line => line.Row is { } row && row.Counts.Any(c => c.Events is not null)) ? "events/n" : "n";
            foreach ((int i, string arm) in new[] { contrast.Arm, contrast.Control }.Index())
            {
                yield return new TextColumn(
                    $"{TextWrap.Ellipsis(arm, LongestArm, BoxCanvas.TextSize, true)} {what}",
                    [.. lines.Select(line => line.Row is { } row && i < row.Counts.Count ? Text(row.Counts[i]) : "")]) { IsLeft = true };
            }
        }

        string percent = Numbers.Plain(contrast.Level * 100, 1, trim: true);
        yield return new TextColumn(
            $"{Upper(contrast.Effect)} ({percent}\u00A0%\u00A0CI)",
                [.. lines.Select(line => line.Row is { } row ? Text(row.Effect, wide) : "")])
                { Bold = [.. lines.Select(l => l.IsOverall)] };
        if (wide && lines.Any(line => line.P.Length > 0))
        {
            yield return new TextColumn("p for interaction", [.. lines.Select(line => line.P)]);
        }
    }

    private static string Text(SubgroupCount count) =>
        count.Events is { } events ? $"{TrialText.Count(events)}/{TrialText.Count(count.Patients)}" : TrialText.Count(count.Patients);

    private static string Text(Estimate effect, bool wide)
    {
        if (!IsKnown(effect))
        {
            return "not estimable";
        }

        string value = Ratio(effect.Value);
        return double.IsNaN(effect.Low) || double.IsNaN(effect.High) ? value
            : $"{value}{(wide ? "\u00A0" : " ")}({Ratio(effect.Low)}–{Ratio(effect.High)})";
    }

    // Two decimals from 0.1 to 10, else two or three digits; an open end is a word.
    private static string Ratio(double value) => value switch
    {
        0 => "0",
        double.PositiveInfinity or double.NegativeInfinity => "not\u00A0est.",
        >= 0.095 and < 9.95 => Numbers.Plain(value, 2),
        >= 9.95 and < 99.5 => Numbers.Plain(value, 1),
        >= 0.00095 and < 0.095 => Numbers.Plain(value, 3),
        _ => Numbers.Short(value),
    };

    private static bool IsKnown(Estimate effect) => double.IsFinite(effect.Value) && effect.Value > 0;

    private static bool Leaves(Estimate effect, double low, double high) =>
        IsKnown(effect) && (effect.Value < low || effect.Value > high || effect.Low < low || effect.High > high);

    // Intervals that are far wider than most are cut off, so that the others can be read.
    private static (double Low, double High) Ends(Estimate[] effects)
    {
        Estimate[] known = [.. effects.Where(IsKnown)];
        double[] all = [.. known.SelectMany(e => new[] { e.Value, e.Low, e.High }).Where(v => double.IsFinite(v) && v > 0).Append(0.5)
            .Append(2)];
        double least = known.Select(e => e.Value).Append(1).Min(), most = known.Select(e => e.Value).Append(1).Max();
        (double low, double high) = (Math.Max(all.Min(), Math.Min(least / 1.5, 1 / WidestAxis)),
            Math.Min(all.Max(), Math.Max(most * 1.5, WidestAxis)));
        return (Math.Max(low, 1 / FurthestAxis) / 1.12, Math.Min(high, FurthestAxis) * 1.12);
    }

    private static double[]? Ticks(double low, double high)
    {
        double[] ticks = [.. new[] { 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16 }.Where(t => t >= low && t <= high)];
        return high / low > 200 ? null : ticks;
    }

    private static AxisRow Favours(SubgroupContrast contrast)
    {
        (string left, string right) = contrast.LowerIsBetter ? (contrast.Arm, contrast.Control) : (contrast.Control, contrast.Arm);
        return new AxisRow("", [new AxisCell(0.96, $"← favours {left}", TextAnchor.End),
            new AxisCell(1.04, $"favours {right} →", TextAnchor.Start)]);
    }

    private static IEnumerable<PlotElement> Elements(Line[] lines, SubgroupRow overall, double low, double high)
    {
        foreach (int i in Enumerable.Range(1, Math.Max(0, lines.Length - 1)).Where(i => lines[i].Row is null || lines[i - 1].IsOverall))
        {
            yield return new RuleElement(lines.Length - i - 0.5, true, Rows);
        }

        yield return new RuleElement(1, false, new Stroke(Ink, 1.1));
        if (IsKnown(overall.Effect))
        {
            yield return new RuleElement(overall.Effect.Value, false, new Stroke(ArmPalette.Color(1), 1, [3, 3]));
        }

        int most = lines.Where(line => !line.IsOverall).Select(line => Patients(line.Row)).DefaultIfEmpty(0).Max();
        foreach ((int i, Line line) in lines.Index())
        {
            if (line.Row is { } row && IsKnown(row.Effect))
            {
                foreach (PlotElement element in Row(row, lines.Length - 1 - i, line.IsOverall, most, low, high))
                {
                    yield return element;
                }
            }
        }
    }

    private static IEnumerable<PlotElement> Row(SubgroupRow row, double y, bool isOverall, int most, double low, double high)
    {
        (double value, double from, double to) = row.Effect;
        double first = Math.Clamp(double.IsNaN(from) ? value : from, low, high),
            last = Math.Clamp(double.IsNaN(to) ? value : to, low, high);
        Rgb color = isOverall ? ArmPalette.Color(1) : Ink;
        if (isOverall && last > first && from >= low && to <= high)
        {
            yield return new BandElement([first, value, last], [y, y - 0.32, y], [y, y + 0.32, y], color, 1) { IsDecoration = true };
            yield break;
        }

        yield return new LineElement([first, last], [y, y], new Stroke(color, 1.4)) { IsDecoration = true };
        if (from < low || value < low)
        {
            yield return new ArrowElement(value > low ? value : high, y, low, y, color, ArrowSize);
        }

        if (to > high || value > high)
        {
            yield return new ArrowElement(value < high ? value : low, y, high, y, color, ArrowSize);
        }

        if (value < low || value > high)
        {
            yield break;
        }

        double size = most > 0 ? Math.Max(SmallestSquare, LargestSquare * Math.Sqrt((double)Patients(row) / most)) : LargestSquare * 0.7;
        yield return new PointElement([value], [y],
            new PointStyle(isOverall ? Marker.Diamond : Marker.Square, color, color, Math.Min(size, LargestSquare)));
    }

    private static int Patients(SubgroupRow? row) => (int)Math.Min(int.MaxValue, row?.Counts.Sum(c => (long)c.Patients) ?? 0);

    private static string Finding(SubgroupRow overall, IReadOnlyList<Subgroup> groups, SubgroupContrast contrast)
    {
        string ratio = IsKnown(overall.Effect)
            ? $"{Upper(contrast.Effect)} {Text(overall.Effect, true)} of {contrast.Arm} to {contrast.Control}"
            : $"{Upper(contrast.Effect)} of {contrast.Arm} to {contrast.Control}";
        (string Name, double P)[] tested = [.. groups.Where(g => double.IsFinite(g.InteractionP) && g.Levels.Count > 0)
            .Select(g => (g.Name.Length > 0 ? g.Name : g.Levels[0].Level, g.InteractionP)).OrderBy(g => g.InteractionP)];
        return tested.Length == 0 ? ratio
            : $"{ratio}; smallest interaction {TrialText.P(tested[0].P)} ({tested[0].Name}), {tested.Length} tested";
    }

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static FigureValues Values(SubgroupRow overall, IReadOnlyList<Subgroup> groups) => new(
        ["subgroup", "level", "events_arm", "n_arm", "events_control", "n_control", "estimate", "low", "high", "interaction_p"],
        [.. groups.SelectMany(g => g.Levels.Select(row => Values(g.Name, row, g.InteractionP))).Prepend(Values("", overall, double.NaN))]);

    private static FigureValue[] Values(string group, SubgroupRow row, double p)
    {
        FigureValue Events(int i) => i < row.Counts.Count && row.Counts[i].Events is { } events ? events : double.NaN;
        FigureValue Number(int i) => i < row.Counts.Count ? row.Counts[i].Patients : double.NaN;
        return [group, row.Level, Events(0), Number(0), Events(1), Number(1), row.Effect.Value, row.Effect.Low, row.Effect.High, p];
    }
}
