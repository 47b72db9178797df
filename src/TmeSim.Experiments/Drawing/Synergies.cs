using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Arms whose therapy is that of two other arms together, against Bliss independence and the highest single agent.</summary>
internal sealed class Synergies(ResultSet results) : IFigureDrawer
{
    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        (ResultArm Control, ResultArm First, ResultArm Second, ResultArm Both)[] found = [.. Factorials(request, c => c)];
        if (found.Length == 0)
        {
            Explain(request, omitted);
            yield break;
        }

        double?[] days = request.TimesHours.Count > 0 ? [.. request.TimesHours.Select(h => (double?)(h / 24))] : [null];
        foreach ((string lesion, double? at) in results.ShownLesions(request.Lesions).SelectMany(l => days.Select(d => (l, d))))
        {
            LastCommon last = results.ReadTogether(at);
            SynergyRow[] rows =
            [
                .. from f in found
                   let synergy = Of(f.Control, f.First, f.Second, f.Both, lesion, last)
                   where synergy is not null
                   select new SynergyRow(f.Both.Label, f.First.Label, f.Second.Label, Percent(synergy)),
            ];
            string[] without = [.. found.Select(f => f.Both.Label).Except(rows.Select(r => r.Label))];
            if (without.Length > 0)
            {
                omitted.Add($"{string.Join(", ", without)}, lesion {lesion}", "its four arms have no replicate with values in common there, or the control has no tumour");
            }

            if (rows.Length > 0)
            {
                string day = NumberText.Days(last.Days);
                Figure figure = SynergyFigure.Create(
                    rows, "Share of the control volume that is lost", "%", Interval(rows.Select(r => r.Effects)), results.Looks, ResultSetFigures.Options(request))
                    .Of(request, $", day {day}{results.Place(lesion)}");
                yield return new DrawnFigure(
                    at is { } asked ? $"{lesion}-{NumberText.Of(asked)}d" : lesion, new ReportFigure($"Combinations against expectation{results.Place(lesion)}", figure,
                    $"Effect E = 1 − mean volume / mean volume of the control. Bliss expects E₁ + E₂ − E₁·E₂, HSA the larger of both. Intervals leave out one replicate after the other with all its arms.{string.Concat(rows.Select(r => Resolution(r.Label, r.Effects)))} {last.Remark(lesion)}".TrimEnd()));
            }
        }
    }

    private static Synergy Percent(Synergy s) => s with
    {
        First = Percent(s.First), Second = Percent(s.Second), Both = Percent(s.Both), Bliss = Percent(s.Bliss), Hsa = Percent(s.Hsa),
        BlissExcess = Percent(s.BlissExcess), HsaExcess = Percent(s.HsaExcess), BlissExcessError = s.BlissExcessError * 100,
    };

    private static Estimate Percent(Estimate e) => new(e.Value * 100, e.Low * 100, e.High * 100);

    private static string Interval(IEnumerable<Synergy> rows) => rows.All(s => double.IsNaN(s.BlissExcessError))
        ? $"none, {ReplicatesNeeded.TooFew} (below {Synergy.MinReplicates}) for intervals"
        : $"95 % jackknife t interval over replicates, from {Synergy.MinReplicates} replicates on";

    // Monte-Carlo error of the excess, and what it would take to tell it from 0.
    private static string Resolution(string label, Synergy s)
    {
        if (double.IsNaN(s.BlissExcessError))
        {
            return string.Create(CultureInfo.InvariantCulture, $" {label}: {ReplicatesNeeded.TooFew} for intervals (n = {s.Replicates}).");
        }

        string needed = s.BlissExcessError == 0 ? "" : s.Needed is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"; {count} replicates resolve it; at most one comparison in five is given too small a number") : $"; {ReplicatesNeeded.TooFew} to say how many resolve it";
        return string.Create(CultureInfo.InvariantCulture, $" {label}: excess over Bliss {s.BlissExcess.Value:0.0} ± {s.BlissExcessError:0.0} points (standard error, n = {s.Replicates}{needed}).");
    }

    private static Synergy? Of(ResultArm control, ResultArm first, ResultArm second, ResultArm both, string lesion, LastCommon last)
    {
        IReadOnlyDictionary<int, double>[] arms = [.. new[] { control, first, second, both }.Select(a => last.Values(a.Label, lesion, "tumor_volume_change"))];
        int[] shared = [.. arms[0].Keys.Where(r => arms.All(a => a.TryGetValue(r, out double v) && double.IsFinite(v))).Order()];
        double[][] volumes = [.. arms.Select(a => shared.Select(r => Math.Max(0, 1 + a[r])).ToArray())];
        return shared.Length == 0 || !(volumes[0].Sum() > 0) ? null : Synergy.Of(volumes[0], volumes[1], volumes[2], volumes[3]);
    }

    // Nothing is a factorial: what is nearest to one?
    private void Explain(FigureRequest request, Omissions omitted)
    {
        const string rule = "An expectation needs an arm without therapy, two with some and one whose courses are those of both, each with the same drug, dose, interval, start and end";
        foreach ((_, ResultArm first, ResultArm second, ResultArm both) in Factorials(request, Undated).Take(1))
        {
            omitted.Add(
                $"combination {both.Label}", $"its courses begin on other days than those of {first.Label} and {second.Label} ({Starts(both)}; {Starts(first)}; {Starts(second)})", rule);
            return;
        }

        IReadOnlyList<string> shown = results.Shown(request.Arms);
        bool untreated = results.Arms.Any(a => shown.Contains(a.Label) && ScenarioDefinition.CourseIdentities(a.Plan).Count == 0);
        omitted.Add("combinations", untreated ? $"no arm shown ({string.Join(", ", shown)}) gives the therapies of two others together" : "no arm shown is without therapy", rule);
    }

    private static ArmPlan Undated(ArmPlan arm) =>
        arm with { Therapy = [.. arm.Therapy.Select(c => c with { StartHours = 0 })], Radiation = [.. arm.Radiation.Select(c => c with { StartHours = 0 })] };

    private static string Starts(ResultArm arm) => $"{arm.Label}: day {string.Join(", ", arm.Plan.Therapy.Select(c => c.StartHours).Concat(arm.Plan.Radiation.Select(c => c.StartHours)).Distinct().Select(h => NumberText.Of(h / 24)))}";

    // Arms of one start with the same parameters and mechanisms: one without therapy, two with some, one with both, course by course the same.
    private IEnumerable<(ResultArm Control, ResultArm First, ResultArm Second, ResultArm Both)> Factorials(FigureRequest request, Func<ArmPlan, ArmPlan> courses)
    {
        IReadOnlyList<string> shown = results.Shown(request.Arms);
        var arms = results.Arms.Where(a => shown.Contains(a.Label))
            .Select(a => (Arm: a, Courses: ScenarioDefinition.CourseIdentities(courses(a.Plan)), Settings: ScenarioDefinition.SettingsIdentity(a.Plan))).ToArray();
        foreach (var both in arms)
        {
            var alike = arms.Where(a => a.Settings == both.Settings && results.ArePaired(a.Arm.Label, both.Arm.Label)).ToArray();
            ResultArm? control = alike.FirstOrDefault(a => a.Courses.Count == 0 && (request.Control is null || a.Arm.Label == request.Control || a.Arm.Name == request.Control)).Arm;
            for (int i = 0; control is not null && i < alike.Length; i++)
            {
                for (int j = i + 1; j < alike.Length; j++)
                {
                    if (alike[i].Courses.Count > 0 && alike[j].Courses.Count > 0
                        && alike[i].Courses.Concat(alike[j].Courses).Order(StringComparer.Ordinal).SequenceEqual(both.Courses.Order(StringComparer.Ordinal)))
                    {
                        yield return (control, alike[i].Arm, alike[j].Arm, both.Arm);
                    }
                }
            }
        }
    }
}
