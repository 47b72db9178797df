using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>Values of one arm at one time. Values that are not finite are missing.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Values">One value per replicate, the same order in all arms.</param>
/// <param name="Low">Lower end of the bar beside the dots, a spread of the replicates or an interval of their median; not finite for none.</param>
/// <param name="High">Upper end.</param>
public sealed record BurdenArm(string Arm, IReadOnlyList<double> Values, double Low, double High);

/// <summary>
/// One value per replicate: dots beside each other by arm, a line at their median and a bar for its interval. Arms stand
/// side by side while their names fit there, else in rows.
/// </summary>
public static class BurdenFigure
{
    private const double Swarm = 0.62;
    private const double WidestMedian = 0.34;
    private const double WidestMedianPx = 45;
    private const double Axes = 100;
    private static readonly Stroke Pairs = new(Rgb.Parse("#b4b4b4"), 0.8);

    /// <summary>Draws one measure at one time.</summary>
    /// <param name="arms">Arms.</param>
    /// <param name="label">Name of the measure and its time.</param>
    /// <param name="unit">Unit; empty or "1" for a plain number.</param>
    /// <param name="interval">What the bar shows ("95 % bootstrap interval of the median", say).</param>
    /// <param name="paired">Lines join the replicates of neighbouring arms.</param>
    /// <param name="looks">Looks of the arms of the run, whose order the arms follow.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<BurdenArm> arms, string label, string unit, string interval, bool paired, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(arms.Select(arm => arm.Arm));
        arms = [.. arms.OrderBy(arm => looks.Index(arm.Arm))];
        string[] names = [.. arms.Select(arm => ArmLegend.Label(arm.Arm, !arm.Values.Any(double.IsFinite)))];
        double width = options.WidthOr(Math.Clamp(160 + (arms.Count * 80), 420, 760));
        bool rows = !CategoryNames.Fit(names, width - Axes);
        width = rows ? options.WidthOr(760) : width;
        double half = rows ? WidestMedian : Math.Min(WidestMedian, WidestMedianPx * Math.Max(1, arms.Count) / (width - Axes));
        paired &= arms.Count > 1;
        var elements = new List<PlotElement>();
        double Place(int i) => rows ? CategoryPanels.Place(i, arms.Count) : i;
        if (rows)
        {
            elements.AddRange(CategoryPanels.Lines(arms.Count));
        }

        if (paired)
        {
            for (int i = 1; i < arms.Count; i++)
            {
                // A line goes with the later of its arms when that is hidden.
                elements.Add(new PairElement(Dots(arms[i - 1], Place(i - 1), rows, looks), Dots(arms[i], Place(i), rows, looks), Pairs) { Group = arms[i].Arm, IsDecoration = true });
            }
        }

        foreach ((int i, BurdenArm arm) in arms.Index())
        {
            elements.AddRange(Arm(arm, Place(i), half, rows, looks));
        }

        var values = new Axis { Label = label, Unit = unit, PreferZero = true };
        bool barred = arms.Any(arm => double.IsFinite(arm.Low) && double.IsFinite(arm.High));
        return new Figure
        {
            Title = options.TitleOr(Findings.Medians(label, unit, arms.Select(arm => (arm.Arm, arm.Values.AsEnumerable())))),
            Description = $"{label}, one dot per replicate, for {string.Join(", ", arms.Select(arm => arm.Arm))}.",
            Width = width,
            Panels =
            [
                new Panel
                {
                    X = rows ? values : new Axis { Categories = names, CategoryGroups = [.. arms.Select(arm => arm.Arm)] },
                    Y = rows ? CategoryPanels.Axis(names, [.. arms.Select(arm => arm.Arm)]) : values,
                    Elements = elements,
                    PlotHeight = rows ? CategoryPanels.Height(names, [], (1, width), options, 44) : options.HeightOr(280),
                },
            ],
            Note = $"Dots: replicates. Thick line: median.{(barred ? $" Bar: {interval}." : "")}{(paired ? " Thin lines join the arms of a replicate." : "")}{UnitWords.Explain([unit])}",
        };
    }

    private static IEnumerable<PlotElement> Arm(BurdenArm arm, double place, double half, bool rows, ArmLooks looks)
    {
        double[] known = [.. arm.Values.Where(double.IsFinite)];
        yield return Dots(arm, place, rows, looks);
        if (known.Length == 0)
        {
            yield break;
        }

        double median = Quantiles.Median(known);
        double[] sides = [place - half, place + half];
        double[] level = [median, median];
        yield return new LineElement(rows ? level : sides, rows ? sides : level, new Stroke(Rgb.Black, 2.4)) { Group = arm.Arm };

        // The bar stands beside the dots, not over them.
        double[] beside = [place + (rows ? -half - 0.06 : half * 1.2)];
        var style = new PointStyle(Marker.Circle, Rgb.Black, Rgb.Black, 4);
        yield return rows
            ? new PointElement([median], beside, style) { XErrorLow = [arm.Low], XErrorHigh = [arm.High], Group = arm.Arm }
            : new PointElement(beside, [median], style) { ErrorLow = [arm.Low], ErrorHigh = [arm.High], Group = arm.Arm };
    }

    private static SwarmElement Dots(BurdenArm arm, double place, bool rows, ArmLooks looks) =>
        new(place, arm.Values, Swarm, looks.Marker(arm.Arm, 6.5)) { Horizontal = rows, Group = arm.Arm };
}
