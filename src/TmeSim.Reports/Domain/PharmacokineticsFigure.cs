using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Blood concentration of one drug.</summary>
/// <param name="Drug">Name of the drug, as in <see cref="DoseMark"/>.</param>
/// <param name="Unit">Unit of the concentration.</param>
/// <param name="Arms">Concentrations by arm and replicate.</param>
public sealed record DrugLevels(string Drug, string Unit, IReadOnlyList<ArmSeries> Arms);

/// <summary>Share of a target that drugs hold, times their largest effect, at the level of the blood.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Arms">Occupancies 0–1 by arm and replicate.</param>
public sealed record TargetOccupancy(string Target, IReadOnlyList<ArmSeries> Arms);

/// <summary>Drugs over time: one panel per drug with its concentration and doses, below one panel per target with its occupancy.</summary>
public static class PharmacokineticsFigure
{
    // Decades shown below the highest concentration; beyond, no drug is left that matters.
    private const double Decades = 5;

    // A line at 100 % keeps its width.
    private static readonly Axis Occupancy = new() { Label = "occupancy at blood level", Unit = "%", Min = 0, Max = 103, TickValues = [0, 25, 50, 75, 100] };

    /// <summary>Draws drugs and targets.</summary>
    /// <param name="drugs">Drugs.</param>
    /// <param name="targets">Targets.</param>
    /// <param name="doses">Doses of all arms.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(IReadOnlyList<DrugLevels> drugs, IReadOnlyList<TargetOccupancy> targets, IReadOnlyList<DoseMark> doses, ArmLooks looks, FigureOptions options)
    {
        ArmSeries[] all = [.. drugs.SelectMany(drug => drug.Arms), .. targets.SelectMany(target => target.Arms)];
        looks = looks.With(all.Select(series => series.Arm));
        IReadOnlyList<string> arms = looks.Sort(all.Select(series => series.Arm));
        double[] times = [.. all.SelectMany(series => series.TimesDaysPerReplicate).SelectMany(t => t).Where(double.IsFinite)];
        (double first, double last) = times.Length == 0 ? (0, 1) : (Math.Min(0, times.Min()), times.Max());
        var unit = TimeUnit.For(last - first);
        var time = unit.Axis(first, last > first ? last : first + 1);
        int most = Math.Max(drugs.Count, targets.Count);
        (int columns, double width) = options.Grid(most, 2, most > 1 ? 940 : 680);
        double height = options.HeightOr(180);
        var panels = new List<Panel?>();
        foreach (DrugLevels drug in drugs)
        {
            panels.Add(Panel(drug.Drug, Concentrations(drug), drug.Arms, [.. doses.Where(dose => dose.Drug == drug.Drug)], looks, time, unit, height));
        }

        // Targets start a new row.
        while (panels.Count % columns != 0)
        {
            panels.Add(null);
        }

        foreach (TargetOccupancy target in targets)
        {
            panels.Add(Panel(target.Target, Occupancy, [.. target.Arms.Select(Percent)], [], looks, time, unit, height));
        }

        bool Banded(string arm) => all.Any(series => series.Arm == arm && ReplicateSummary.Of(series).Replicates > 1);
        bool banded = arms.Any(Banded);
        bool Empty(string arm) => !all.Any(series => series.Arm == arm && series.ValuesPerReplicate.Any(values => values.Any(double.IsFinite)));
        return new Figure
        {
            Title = options.TitleOr("Drugs in blood and at their targets"),
            Description = $"Blood concentrations of {string.Join(", ", drugs.Select(drug => drug.Drug))} and occupancy at blood level of {string.Join(", ", targets.Select(target => target.Target))} over time.",
            Width = width,
            Columns = columns,
            Panels = SharedAxis.Outer(panels, columns, false),
            Legend = [.. arms.SelectMany(arm => ArmLegend.Lines([arm], looks, Empty, Banded(arm), marked: LineMarkers.Needed(arms.Count)))],
            Note = (banded
                ? "Lines: the doses of an arm that all its replicates got, else the median over replicates, with bands for 10–90 % of them."
                : "Lines: the doses that all replicates of an arm got.")
                + " Concentrations on a logarithmic scale; none are drawn where there is no drug."
                + (doses.Count > 0 ? " Ticks above the axes: doses." : ""),
        };
    }

    private static ArmSeries Percent(ArmSeries fractions) =>
        fractions with { ValuesPerReplicate = [.. fractions.ValuesPerReplicate.Select(values => values.Select(value => value * 100).ToArray())] };

    private static Axis Concentrations(DrugLevels drug)
    {
        double[] positive = [.. drug.Arms.SelectMany(arm => arm.ValuesPerReplicate).SelectMany(values => values).Where(value => double.IsFinite(value) && value > 0)];
        var axis = new Axis { Label = "blood concentration", Unit = drug.Unit, Scale = AxisScale.Log10 };
        if (positive.Length == 0)
        {
            return axis with { Min = 0.1, Max = 10 };
        }

        double top = Math.Ceiling(Math.Log10(positive.Max()) - 1e-9);
        double bottom = Math.Min(top - 1, Math.Max(top - Decades, Math.Floor(Math.Log10(positive.Min()) + 1e-9)));
        return axis with { Min = Math.Pow(10, bottom), Max = Math.Pow(10, top) };
    }

    private static Panel Panel(string title, Axis y, IReadOnlyList<ArmSeries> arms, IReadOnlyList<DoseMark> doses, ArmLooks looks, Axis time, TimeUnit unit, double height)
    {
        var bands = new List<PlotElement>();
        var lines = new List<PlotElement>();
        foreach (ArmSeries arm in arms.OrderBy(series => looks.Index(series.Arm)))
        {
            var summary = ReplicateSummary.Of(arm);
            double[] x = [.. summary.Times.Select(t => t / unit.Days)];
            if (summary.Replicates > 1)
            {
                bands.Add(new BandElement(x, summary.Low, summary.High, looks.Color(arm.Arm), arms.Count switch { <= 4 => 0.17, <= 8 => 0.1, _ => 0.06 }) { Group = arm.Arm });
            }

            lines.Add(new LineElement(x, summary.Median, looks.Line(arm.Arm)) { Group = arm.Arm });
            if (LineMarkers.Needed(arms.Count))
            {
                lines.AddRange(LineMarkers.Create(arm.Arm, x, summary.Median, time, looks));
            }
        }

        bool log = y.Scale == AxisScale.Log10;
        if (!arms.SelectMany(arm => arm.ValuesPerReplicate).SelectMany(values => values).Any(value => double.IsFinite(value) && (value > 0 || !log)))
        {
            lines.Add(ArmLegend.Remark((time.Min!.Value + time.Max!.Value) / 2, log ? 1 : 50, log ? "no drug" : ArmLegend.NoData));
        }

        return new Panel { Title = title, X = time, Y = y, Elements = [.. bands, .. lines], DoseTracks = DoseTracks.Create(doses, looks, unit), DaysPerX = unit.Days, PlotHeight = height };
    }
}
