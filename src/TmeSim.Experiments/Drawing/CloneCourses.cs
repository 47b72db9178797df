using TmeSim.Engine.Plan;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Clone plots of a run: shares of the clones of the scenario, and above them those of mutants born during the run, by gene.</summary>
internal sealed class CloneCourses(ResultSet results) : IFigureDrawer
{
    private const string Caption =
        "Mean over the replicates that go on and have tumour cells, none where fewer than half do. Born during the run: a cell that has lost two genes counts half for either. All arms begin with the same clones.";

    /// <summary>Colour of the founder.</summary>
    public static Rgb FounderColor => ClonePalette.Founder;

    /// <summary>Colour of a clone of the scenario: one that lacks a single gene takes the colour of the gene, others come after the genes.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="index">Its place in the lesion.</param>
    public static Rgb Color(ClonePlan clone, int index)
    {
        int gene = Enumerable.Range(0, Genes.Count).FirstOrDefault(g => clone.Lof == Genes.Flag(g), -1);
        return ClonePalette.Color(gene >= 0 ? gene : Genes.Count + index);
    }

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        IReadOnlyList<string> arms = results.Shown(request.Arms);
        foreach (string lesion in results.ShownLesions(request.Lesions))
        {
            CloneCourse[] courses = [.. results.Arms.Where(a => arms.Contains(a.Label)).Select(a => Course(a, lesion)).OfType<CloneCourse>()];
            if (courses.Length > 0)
            {
                DoseMark[] shown = [.. results.Doses.Where(d => courses.Any(c => c.Arm == d.Arm))];
                Figure figure = CloneFigure.Create(courses, shown, "Mean over replicates.", results.Looks, ResultSetFigures.Options(request)).Of(request, results.Place(lesion));
                yield return new DrawnFigure(lesion, new ReportFigure($"Clones{results.Place(lesion)}", figure, Caption));
            }
            else
            {
                omitted.Add($"clones of lesion {lesion}", $"no arm shown has rows of it ({string.Join(", ", arms)})");
            }
        }
    }

    private CloneCourse? Course(ResultArm arm, string lesionName)
    {
        TimeSeriesRow[][] replicates =
        [
            .. results.Table.Rows.Where(r => r.Lesion == lesionName && r.Arm == arm.Label).GroupBy(r => r.Replicate).Select(g => g.OrderBy(r => r.TimeDays).ToArray()),
        ];
        if (replicates.Length == 0 || arm.Source.Scenario.Plan.Lesions.FirstOrDefault(l => l.Name == lesionName) is not { } lesion)
        {
            return null;
        }

        var columns = new MeasureColumns(arm.Source.Scenario);
        var names = new List<(string Label, Rgb Color)> { ("founder", FounderColor) };
        names.AddRange(lesion.Clones.Select((c, i) => (c.Name, Color(c, i))));
        names.AddRange(Genes.Names.Select((g, i) => ($"{g}, born during the run", ClonePalette.Pale(i))));
        double[] times = [.. replicates.SelectMany(r => r).Select(r => r.TimeDays).Distinct().Order()];

        // Replicates that ended leave the mean; some end between the rows of the others, which are interpolated there.
        (double Time, double[] Shares)[][] known = [.. replicates.Select(r => r.Select(row => (row.TimeDays, Shares(row, lesion, columns))).ToArray())];
        double[][] shares = [.. times.Select(t => Mean([.. known.Select(r => At(r, t)).OfType<double[]>()], names.Count, replicates.Length))];
        CloneBand[] bands = [.. names.Select((n, i) => new CloneBand(n.Label, n.Color, [.. shares.Select(s => s[i])]))];
        return new CloneCourse(arm.Label, times, [.. bands.Where((b, i) => i <= lesion.Clones.Count || b.Shares.Any(s => s > 0))]);
    }

    private double[] Shares(TimeSeriesRow row, LesionPlan lesion, MeasureColumns columns)
    {
        double all = Value(row, "tumor_cells");
        double[] seeded = [.. lesion.Clones.Select(c => c.Name).Prepend("founder").Select(name => Value(row, columns.CloneColumn(name)) / all)];
        double[] lost = [.. Enumerable.Range(0, Genes.Count).Select(g => New(row, lesion, columns, g) / all)];
        double born = Math.Max(0, 1 - seeded.Sum()), sum = lost.Sum();
        return [.. seeded, .. lost.Select(l => sum > 0 ? born * l / sum : 0)];
    }

    // Cells without a gene less those of the scenario's clones without it.
    private double New(TimeSeriesRow row, LesionPlan lesion, MeasureColumns columns, int gene) => Math.Max(0, Value(row, $"lof_{Genes.Names[gene]}_cells")
        - lesion.Clones.Where(c => (c.Lof & Genes.Flag(gene)) != 0).Sum(c => Value(row, columns.CloneColumn(c.Name))));

    private double Value(TimeSeriesRow row, string column) => row.Values[results.Table.Column(column)];

    // Shares at a time, between two rows by linear interpolation; null outside the rows and where there are no tumour cells.
    private static double[]? At((double Time, double[] Shares)[] rows, double time)
    {
        int after = Array.FindIndex(rows, r => r.Time >= time);
        double[]? shares = after < 0 ? null : rows[after].Shares;
        if (after > 0 && rows[after].Time > time)
        {
            (double t0, double[] from) = rows[after - 1];
            double part = (time - t0) / (rows[after].Time - t0);
            shares = [.. from.Zip(shares!, (a, b) => a + ((b - a) * part))];
        }

        return shares is null || shares.Any(s => !double.IsFinite(s)) ? null : shares;
    }

    private static double[] Mean(double[][] replicates, int count, int all) =>
        [.. Enumerable.Range(0, count).Select(i => replicates.Length == 0 || 2 * replicates.Length < all ? double.NaN : replicates.Average(r => r[i]))];
}
