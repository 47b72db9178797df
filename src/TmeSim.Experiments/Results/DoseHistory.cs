using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Doses that each replicate got and the end of its therapy, as events.csv has them: courses end at conditions and at progression, replicate by
/// replicate.
/// </summary>
internal sealed class DoseHistory
{
    private readonly ILookup<(string Arm, int Replicate), GivenDose> _doses;
    private readonly ILookup<(string Arm, int Replicate), (string Kind, string Name, double Day)> _ends;

    /// <exception cref="RunFolderException">events.csv cannot be read.</exception>
    public DoseHistory(FinishedRun run)
    {
        try
        {
            string[][] events = [.. run.Lines(ResultFiles.Events).Skip(1).Select(Csv.Split).Where(f => f.Length > 6)];
            _ends = events.Where(f => f[4] is "progression" or "course_ended").ToLookup(Replicate, f => (f[4], f[5], Number(f[3])));
            _doses = events.Where(f => f[4] == "dose").ToLookup(Replicate, f => new GivenDose(f[5], 24 * Number(f[3]), Number(f[6])));
        }
        catch (FormatException e)
        {
            throw new RunFolderException($"cannot read {run.In(ResultFiles.Events)}: {e.Message}", e);
        }
    }

    /// <summary>Doses of a replicate, in order of time.</summary>
    public IReadOnlyList<GivenDose> Of(string arm, int replicate) => [.. _doses[(arm, replicate)]];

    /// <summary>
    /// Day on which the therapy of a replicate ended: that on which the next dose would have followed the last one planned, or that of the
    /// condition or the progression that ended the course. The last course counts; +∞ where it goes on at the end, NaN where none began.
    /// </summary>
    /// <param name="arm">Name of the arm in the run.</param>
    /// <param name="replicate">Replicate.</param>
    /// <param name="plan">Courses of the arm.</param>
    /// <param name="lastDay">Last time of the replicate [d].</param>
    public double TherapyEndDays(string arm, int replicate, ArmPlan plan, double lastDay)
    {
        ILookup<string, double> ended = _ends[(arm, replicate)].ToLookup(e => e.Kind == "progression" ? "" : e.Name, e => e.Day);
        double progression = ended[""].DefaultIfEmpty(double.PositiveInfinity).Min();
        double last = plan.Therapy.GroupBy(c => c.Drug.Name).SelectMany(g => Ends(g, g.Key)).Concat(Ends(plan.Radiation, "radiotherapy")).DefaultIfEmpty(double.NaN).Max();
        return last > lastDay + 1e-9 ? double.PositiveInfinity : last;

        // Conditions of courses of one name are met in the order of the courses.
        IEnumerable<double> Ends(IEnumerable<TherapyCourse> courses, string name)
        {
            var met = new Queue<double>(ended[name]);
            foreach (TherapyCourse course in courses.Where(c => c.StartHours < 24 * lastDay))
            {
                double end = Math.Min(PlannedEndHours(course) / 24, course.UntilProgression ? progression : double.PositiveInfinity);
                end = course.Until is not null && met.TryDequeue(out double day) ? Math.Min(end, day) : end;
                if (end >= course.StartHours / 24)
                {
                    yield return end;
                }
            }
        }
    }

    private static double PlannedEndHours(TherapyCourse course) => Math.Min(
        course.StopHours ?? double.PositiveInfinity,
        course.EveryHours is not { } every ? course.StartHours : course.Cycles is { } cycles ? course.DueHours(cycles - 1) + every : double.PositiveInfinity);

    private static (string Arm, int Replicate) Replicate(string[] fields) => (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
