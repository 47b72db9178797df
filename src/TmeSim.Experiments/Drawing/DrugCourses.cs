using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Blood concentrations and the occupancy of targets that they give, in closed form from the doses that replicates got: peaks lie between the rows of a table.</summary>
internal sealed class DrugCourses(ResultSet results) : IFigureDrawer
{
    // Points of a curve beside those at rows, doses and peaks.
    private const int Points = 400;

    private const string Caption =
        "Computed from the doses that were given; peaks that fall between two rows of timeseries.csv are there. Occupancy at blood level is what the model uses where delivery is full: largest effect × x/(1 + x), x = partition × blood concentration / KD, summed over the drugs of an arm that share the target. Tissue gets less, by its delivery field.";

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        IReadOnlyList<string> shown = results.Shown(request.Arms);
        ArmBlood[] treated = [.. results.Arms.Where(a => shown.Contains(a.Label) && a.Plan.Therapy.Count > 0).Select(Blood)];
        if (treated.Length == 0)
        {
            string[] others = [.. results.Arms.Where(a => a.Plan.Therapy.Count > 0).Select(a => a.Label)];
            omitted.Add("concentrations", $"no drug is given in {string.Join(", ", shown)}", others.Length > 0 ? $"Arms with drugs: {string.Join(", ", others)}" : "");
            yield break;
        }

        DrugLevels[] levels =
        [
            .. treated.SelectMany(t => t.Drugs).Select(d => d.Name).Distinct().Select(name => new DrugLevels(
                name, "mg/L", [.. treated.Select(t => t.Series(t.Drugs.Index().FirstOrDefault(d => d.Item.Name == name, (-1, null!)).Index, r => r.MgPerL)).OfType<ArmSeries>()])),
        ];
        TargetOccupancy[] targets =
        [
            .. treated.SelectMany(t => t.Targets).Distinct().Select(target => new TargetOccupancy(
                DrugTargets.Label(target), [.. treated.Select(t => t.Series(t.Targets.ToList().IndexOf(target), r => r.Occupancies)).OfType<ArmSeries>()])),
        ];
        Figure figure = PharmacokineticsFigure.Create(levels, targets, [.. results.Doses.Where(d => shown.Contains(d.Arm))], results.Looks, ResultSetFigures.Options(request));
        yield return new DrawnFigure("blood", new ReportFigure("Drugs in blood and on their targets", figure, Caption));
    }

    private ArmBlood Blood(ResultArm arm)
    {
        var history = new DoseHistory(arm.Source.Run);
        (int Replicate, double EndHours, GivenDose[] Doses)[] replicates =
        [
            .. results.Table.Rows.Where(r => r.Arm == arm.Label).GroupBy(r => r.Replicate).OrderBy(g => g.Key)
                .Select(g => (g.Key, 24 * g.Max(r => r.TimeDays), history.Of(arm.Name, g.Key).ToArray())),
        ];

        // Blood depends on the doses alone: replicates that got the same ones, as long as each of them lasted, share a curve.
        (int Replicate, double EndHours, GivenDose[] Doses) longest = replicates.MaxBy(r => r.EndHours);
        bool same = replicates.All(r => r.Doses.SequenceEqual(longest.Doses.Where(d => d.Hours < r.EndHours - 1e-9)));
        (BloodCourse Course, double EndHours)[] courses = [.. (same ? [longest] : replicates).Select(r => (new BloodCourse(arm.Plan.Therapy, r.Doses), r.EndHours))];
        double[] grid = Grid(
            [.. results.Table.Rows.Where(r => r.Arm == arm.Label).Select(r => 24 * r.TimeDays), .. courses.SelectMany(c => c.Course.Turns(c.EndHours))], longest.EndHours);
        return new ArmBlood(arm.Label, courses[0].Course.Drugs, courses[0].Course.Targets, [.. courses.Select(c =>
        {
            double[] hours = [.. grid.TakeWhile(h => h <= c.EndHours + 1e-9)];
            return (hours, c.Course.At(hours));
        })]);
    }

    // The times given, and so many between them that no stretch is coarser than a share of the whole.
    private static double[] Grid(IEnumerable<double> hours, double endHours)
    {
        double[] given = [.. hours.Distinct().Order()];
        var grid = new List<double>();
        foreach ((int i, double from) in given.Index())
        {
            grid.Add(from);
            int pieces = i + 1 < given.Length ? (int)Math.Ceiling(Points * (given[i + 1] - from) / Math.Max(endHours, 1)) : 0;
            grid.AddRange(Enumerable.Range(1, Math.Max(0, pieces - 1)).Select(k => from + ((given[i + 1] - from) * k / pieces)));
        }

        return [.. grid];
    }

    /// <summary>Levels of an arm, of one curve for replicates that share it, else of each replicate.</summary>
    private sealed record ArmBlood(string Label, IReadOnlyList<DrugPlan> Drugs, IReadOnlyList<DrugTarget> Targets, (double[] Hours, BloodLevels Levels)[] Curves)
    {
        /// <summary>One drug or target; null when the arm does not have it.</summary>
        public ArmSeries? Series(int index, Func<BloodLevels, IReadOnlyList<double[]>> of) => index < 0 ? null : new ArmSeries(
            Label, [.. Curves.Select(c => c.Hours.Select(h => h / 24).ToArray())], [.. Curves.Select(c => of(c.Levels)[index])]);
    }
}
