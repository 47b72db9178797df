using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Reporting;

/// <summary>What was simulated, for a reader who has the page alone: patient, lesions and tissue, and the protocol of every arm.</summary>
internal static class ProtocolTables
{
    private const double DayHours = 24;

    public static IEnumerable<ReportTable> Of(ResultSet results) => [Arms(results), Setting(results)];

    private static ReportTable Arms(ResultSet results) => new(
        "Protocol",
        ["Arm", "Given", "Dose", "Schedule", "Remarks"],
        [.. results.Arms.SelectMany(arm => Courses(arm).DefaultIfEmpty(["no therapy", "", "", ""]).Concat(Changes(arm))
        .Select(row => (IReadOnlyList<ReportCell>)[arm.Label, .. row]))],
        "Doses as planned; a course that a condition ends may have fewer (events.csv has those given). BED and EQD2 of the tumour; "
            + "surviving share of oxic cells in the full field.") { ArmColumn = 0 };

    private static ReportTable Setting(ResultSet results) => new(
        "Patient, lesions and tissue",
        [results.Runs.Count > 1 ? "Run" : "What", "Value"],
        [.. results.Runs.SelectMany(run => Facts(run.Scenario.Plan)
        .Select(f => (IReadOnlyList<ReportCell>)[results.Runs.Count > 1 ? $"{run.Scenario.Name}: {f.Name}" : f.Name, new(f.Value)]))],
        string.Join(' ', results.Runs.Select(r => r.Scenario.Plan.Lesions[0].Reference is null
            ? "Densities, CD163 fraction, vessels and doubling time are set-points at t = 0; the baseline below says what was reached."
            : "Rates are those of a reference patient: densities, CD163 fraction and vessels are laid out with its levels and come out of patient "
                + "and tumour, and the doubling time is the one that the tumour would have in it.").Distinct()));

    private static IEnumerable<(string Name, string Value)> Facts(SimulationPlan plan)
    {
        PatientPlan patient = plan.Patient;
        yield return ("patient",
            $"NLR {N(patient.Nlr)}{Factor(", lymphocyte supply", patient.LymphocyteSupply)}{Factor(", monocyte supply", patient.MonocyteSupply)}, "
            + $"{N(patient.WeightKg)} kg, Child-Pugh "
            + $"{patient.ChildPugh}{(patient.MeanLiverDoseGy > 0 ? $", mean liver dose {N(patient.MeanLiverDoseGy)} Gy" : "")}");
        foreach (LesionPlan l in plan.Lesions)
        {
            string clones = l.Clones.Count == 0 ? ""
                : $"; clones {string.Join(", ", l.Clones.Select(c => $"{c.Name} {N(100 * c.Fraction)} %"))}";
            yield return ($"lesion {l.Name}",
                $"{N(l.DiameterMm)} mm, doubling time {N(l.DoublingTimeHours / DayHours)} d, antigenicity {N(l.Antigenicity)}, NEK9 "
                + $"activity {N(l.Nek9)}{Factor(", CCL2", l.Traits.Ccl2)}{Factor(", CSF1", l.Traits.Csf1)}{Factor(", CXCL9/10", l.Traits.Cxcl)}"
                + $"{Factor(", VEGF", l.Traits.Vegf)}; {l.Pattern.ToString().ToLowerInvariant()}{(l.Reference is null ? "" : ", laid out with")}: "
                + $"{N(l.Cd8PerMm2)} CD8/mm², {N(l.MacrophagesPerMm2)} macrophages/mm² ({N(100 * l.Cd163Fraction)} % CD163+), "
                    + $"{N(l.VesselsPerMm2)} vessels/mm² (maturity {N(l.VesselMaturity)}), stroma {N(l.StromaDensity)}{clones}");
        }

        TissuePlan t = plan.Tissue;
        int[] sites = [.. new[] { t.Nx, t.Ny, t.Nz }.Where(n => n > 1).DefaultIfEmpty(1)];
        yield return ("tissue",
            $"{(t.Tiles > 1 ? $"{t.Tiles} tiles a lesion, each of " : "")}{string.Join(" × ", sites)} sites of {N(t.SpacingUm)} µm ({string.Join(" × ", sites.Select(n => N(n * t.SpacingUm / 1000)))} "
            + $"mm); simulated nodules of radius {string.Join(", ", plan.Lesions.Select(l => N(l.RadiusUm / 1000)).Distinct())} mm stand "
            + "for the lesions");
        yield return ("time",
            $"burn-in {Days(plan.Time.BurnInHours)}, then {Days(plan.Time.DurationHours)} in steps of {N(plan.Time.StepHours)} h");
    }

    // What is average is not said.
    private static string Factor(string name, double value) => value == 1 ? "" : $"{name} × {N(value)}";

    private static IEnumerable<ReportCell[]> Courses(ResultArm arm)
    {
        SimulationPlan plan = arm.Source.Scenario.Plan;
        foreach (DrugCourse course in arm.Plan.Therapy)
        {
            yield return [course.Drug.Name, new($"{N(course.DoseMg)} mg ({N(course.DoseMg / plan.Patient.WeightKg)} mg/kg)"),
                Schedule(course), ""];
        }

        RadiotherapyEntry[] doses = [.. arm.Source.Run.Manifest.Radiotherapy.Where(r => r.Arm == arm.Name)];
        foreach ((int index, RadiationCourse course) in arm.Plan.Radiation.Index())
        {
            string bed = index < doses.Length
                ? $"BED {N(doses[index].BedGy)} Gy, EQD2 {N(doses[index].Eqd2Gy)} Gy (α/β {N(doses[index].AlphaBetaGy)} Gy), surviving "
                    + $"{doses[index].SurvivingOxic.ToString("G2", CultureInfo.InvariantCulture)}"
                : "";
            yield return [$"radiotherapy of {plan.Lesions[course.Lesion].Name}",
                new($"{course.Cycles ?? 1} × {N(course.FractionGy)} Gy, {(course.Map is null ? "coverage" : "dose map, mean")} {N(100 * course.Coverage)} %"), Schedule(course), bed];
        }
    }

    // What an arm changes besides therapy.
    private static IEnumerable<ReportCell[]> Changes(ResultArm arm)
    {
        SimulationPlan plan = arm.Source.Scenario.Plan;
        foreach (ParameterInfo p in ParameterTable.All.Where(p => arm.Plan.Parameters[p.Id] != plan.Parameters[p.Id]))
        {
            yield return ["parameter", new($"{p.Key} {N(arm.Plan.Parameters[p.Id])} {(p.Unit == "1" ? "" : p.Unit)}".TrimEnd()),
                "from t = 0", new($"before: {N(plan.Parameters[p.Id])}")];
        }

        foreach (MechanismInfo m in MechanismTable.All.Where(m => arm.Plan.Mechanisms.IsOn(m.Id) != plan.Mechanisms.IsOn(m.Id)))
        {
            yield return ["mechanism", $"{m.Key} {(arm.Plan.Mechanisms.IsOn(m.Id) ? "on" : "off")}", "from t = 0", m.Text];
        }
    }

    private static ReportCell Schedule(TherapyCourse course)
    {
        bool once = course.EveryHours is null || course.Cycles == 1;
        string[] parts =
        [
            once ? $"once, day {N(course.StartHours / DayHours)}"
                : $"every {Days(course.EveryHours!.Value)} from day {N(course.StartHours / DayHours)}",
            .. course is RadiationCourse { Weekends: false } && !once ? ["not at weekends"] : Array.Empty<string>(),
            .. course.Cycles is { } cycles && !once ? [$"{cycles} doses"] : Array.Empty<string>(),
            .. course.StopHours is { } stop ? [$"until day {N(stop / DayHours)}"] : Array.Empty<string>(),
            .. course.UntilProgression ? ["until progression"] : Array.Empty<string>(),
            .. course.Until is { } until ? [$"until {StopMeasures.Name(until.Measure)} {(until.Above ? ">" : "<")} {N(until.Threshold)}"]
            : Array.Empty<string>(),
        ];
        return new(string.Join(", ", parts));
    }

    private static string Days(double hours) => hours is > 0 and < DayHours ? $"{N(hours)} h" : $"{N(hours / DayHours)} d";

    private static string N(double value) => value != 0 && Math.Abs(value) < 0.01
        ? value.ToString("G2", CultureInfo.InvariantCulture) : value.ToString("0.##", CultureInfo.InvariantCulture);
}
