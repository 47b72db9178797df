using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>Five numbers of a group.</summary>
/// <param name="Count">Patients with a value, 0 or more.</param>
/// <param name="LowWhisker">Lower end of the whiskers.</param>
/// <param name="LowerQuartile">Lower quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="UpperQuartile">Upper quartile.</param>
/// <param name="HighWhisker">Upper end of the whiskers.</param>
public readonly record struct BoxSummary(int Count, double LowWhisker, double LowerQuartile, double Median, double UpperQuartile,
    double HighWhisker);

/// <summary>A biomarker in one group of patients.</summary>
/// <param name="Group">Group (CR, PR, SD, PD).</param>
/// <param name="Box">Its five numbers.</param>
/// <param name="Values">Values of the patients, drawn as points where there are not too many in the panel; may be empty.</param>
public sealed record BiomarkerGroup(string Group, BoxSummary Box, IReadOnlyList<double> Values);

/// <summary>A biomarker in all groups.</summary>
/// <param name="Axis">Name, unit and scale.</param>
/// <param name="Groups">Groups.</param>
public sealed record Biomarker(BiomarkerAxis Axis, IReadOnlyList<BiomarkerGroup> Groups)
{
    /// <summary>p value of the test among groups, 0–1; NaN for none.</summary>
    public double P { get; init; } = double.NaN;
}

/// <summary>Baseline biomarkers by response as box plots with points, a panel for each with an axis of its own.</summary>
public static class BiomarkerBoxFigure
{
    /// <summary>Points are drawn for at most so many patients in a panel.</summary>
    public const int MostPoints = 200;

    private const double BoxWidth = 0.62;
    private const double BoxOpacity = 0.4;

    /// <summary>Draws boxes.</summary>
    /// <param name="biomarkers">Biomarkers, one panel each.</param>
    /// <param name="whiskers">What the whiskers are ("1.5 interquartile ranges").</param>
    /// <param name="test">The test of the p values ("Kruskal–Wallis test"); empty for none.</param>
    /// <param name="note">A remark; empty for none.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<Biomarker> biomarkers, string whiskers, string test, string note, FigureOptions options)
    {
        IReadOnlyList<string> groups = ResponsePalette.Sort(biomarkers.SelectMany(b => b.Groups).Select(g => g.Group));
        (int columns, double width) = options.Grid(biomarkers.Count, FigureOptions.Balanced(biomarkers.Count),
            biomarkers.Count switch { <= 1 => 480, 2 or 4 => 760, _ => 1020 });
        double height = options.HeightOr(190);
        return new Figure
        {
            Title = options.TitleOr(Finding(biomarkers)),
            Description = $"Box plots of {string.Join(", ", biomarkers.Select(b => b.Axis.Label))} in {string.Join(", ", groups)}.",
            Width = width,
            Columns = columns,
            Panels = biomarkers.Count == 0 ? [ArmLegend.EmptyPanel("", 40)] : [.. biomarkers.Select(b => Panel(b, groups, height))],
            Note = TrialText.Note(
                $"Boxes: quartiles and median; whiskers: {whiskers}",
                biomarkers.Any(IsDotted) ? "Points: patients" : "",
                biomarkers.Any(b => !IsDotted(b) && b.Groups.Any(g => g.Values.Count > 0))
                    ? $"No points where there are more than {MostPoints} patients" : "",
                test.Length > 0 && biomarkers.Any(b => double.IsFinite(b.P)) ? "p: " + test : "", note),
            Values = new FigureValues(
                ["biomarker", "unit", "p", "group", "n", "low_whisker", "lower_quartile", "median", "upper_quartile", "high_whisker",
                "value"],
                [.. biomarkers.SelectMany(b => b.Groups.SelectMany(g => Rows(b, g)))]),
        };
    }

    private static bool IsDotted(Biomarker biomarker) => biomarker.Groups.Sum(g => g.Values.Count) is > 0 and <= MostPoints;

    private static Panel Panel(Biomarker biomarker, IReadOnlyList<string> all, double height)
    {
        string[] names = [.. all.Where(name => biomarker.Groups.Any(g => g.Group == name))];
        BiomarkerGroup[] groups = [.. names.Select(name => biomarker.Groups.First(g => g.Group == name))];
        string p = TrialText.P(biomarker.P);
        bool known = groups.Any(g => g.Values.Any(biomarker.Axis.Holds) || biomarker.Axis.Holds(g.Box.Median));
        return !known ? ArmLegend.EmptyPanel(biomarker.Axis.Label, height) with { Group = null } : new Panel
        {
            Title = p.Length > 0 ? $"{biomarker.Axis.Label}, {p}" : biomarker.Axis.Label,
            X = new Axis { Categories = names },
            Y = biomarker.Axis.Axis,
            Elements = [.. groups.SelectMany((g, i) => Elements(biomarker, g, i, all))],
            AxisRows = [new AxisRow("n", [.. groups.Select((g, i) => new AxisCell(i, TrialText.Count(g.Box.Count)))])],
            PlotHeight = height,
        };
    }

    private static IEnumerable<PlotElement> Elements(Biomarker biomarker, BiomarkerGroup group, int at, IReadOnlyList<string> all)
    {
        Rgb color = ResponsePalette.Color(group.Group, all);
        (_, double low, double first, double median, double third, double high) = group.Box;
        var line = new Stroke(Rgb.Black, 1.1);
        if (new[] { first, median, third }.All(biomarker.Axis.Holds))
        {
            double left = at - (BoxWidth / 2), right = at + (BoxWidth / 2);
            yield return new BandElement([left, right], [first, first], [third, third], color, BoxOpacity) { IsDecoration = true };
            foreach ((double from, double to) in new[] { (first, low), (third, high) }.Where(w => biomarker.Axis.Holds(w.Item2)))
            {
                yield return new LineElement([at, at], [from, to], line) { IsDecoration = true };
                yield return new LineElement([at - (BoxWidth / 5), at + (BoxWidth / 5)], [to, to], line) { IsDecoration = true };
            }

            yield return new LineElement([left, right, right, left], [first, first, third, third], line)
                { Closed = true, IsDecoration = true };
            yield return new LineElement([left, right], [median, median], line with { Width = 2.4 }) { IsDecoration = true };
        }

        if (IsDotted(biomarker))
        {
            yield return new SwarmElement(at, group.Values, 0.9,
                ResponsePalette.Point(group.Group, all, 4) with { Outline = Rgb.Mix(color, Rgb.Black, 0.45) });
        }
    }

    private static string Finding(IReadOnlyList<Biomarker> biomarkers)
    {
        const string What = "Baseline biomarkers by best response";
        Biomarker[] tested = [.. biomarkers.Where(b => double.IsFinite(b.P)).OrderBy(b => b.P)];
        return tested.Length == 0 ? What : tested.Length == 1 ? $"{tested[0].Axis.Label} by best response: {TrialText.P(tested[0].P)}"
            : $"{What}: smallest {TrialText.P(tested[0].P)} ({tested[0].Axis.Label}), {tested.Length} tested";
    }

    private static IEnumerable<IReadOnlyList<FigureValue>> Rows(Biomarker b, BiomarkerGroup g)
    {
        FigureValue[] Row(double value, bool box) =>
        [
            b.Axis.Label, b.Axis.Unit, box ? b.P : double.NaN, g.Group, box ? g.Box.Count : double.NaN, box ? g.Box.LowWhisker : double.NaN,
            box ? g.Box.LowerQuartile : double.NaN, box ? g.Box.Median : double.NaN, box ? g.Box.UpperQuartile : double.NaN,
            box ? g.Box.HighWhisker : double.NaN, value,
        ];
        return [Row(double.NaN, true), .. g.Values.Select(value => Row(value, false))];
    }
}
