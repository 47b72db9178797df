using System.Text;
using TmeSim.Analysis.Trials;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Reads patients from what the journals hold of their simulations: what a trial would have seen of them.</summary>
internal sealed class TrialReading
{
    private const double LiverDiseaseDays = 90;
    private readonly ScenarioDefinition _scenario;
    private readonly TrialPlan _trial;
    private readonly CohortPlan _cohort;
    private readonly List<(TrialPatient Patient, PatientCourse? Course, double[][] AtVisits)> _read = [];

    /// <summary>Reads all patients that are finished or failed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="points">Its patients as points.</param>
    /// <param name="results">Their simulations.</param>
    public TrialReading(ScenarioDefinition scenario, SweepPoints points, SweepResults results)
    {
        (_scenario, _trial, _cohort) = (scenario, scenario.Trial!, scenario.Cohort!);
        ClinicalCourse clinic = new(_trial.Rules, _cohort.Seed);
        int outputs = _trial.Sweep.Outputs.Count;
        IReadOnlyList<double> days = _trial.GridDays;
        for (int p = 0; p < _cohort.Patients.Count; p++)
        {
            for (int arm = 0; arm < scenario.Arms.Count; arm++)
            {
                if ((_trial.Sweep.ArmOfPoint is { } only && only[p] != arm) || results.Find(points.Run(p, arm, 0)) is not { } row)
                {
                    continue;
                }

                if (row.Error is { } error)
                {
                    Add(p, arm, [.. _trial.Biomarkers.Select(_ => double.NaN)], new TrialOutcome { Error = error }, null, []);
                    continue;
                }

                ScenarioDefinition own = points.At(p);
                LesionCourse[] lesions = [.. own.Plan.Lesions.Select((lesion, l) =>
                {
                    int from = (l * outputs) + _trial.Biomarkers.Count;
                    double At(int day, int measure) => row.Values[from + (day * 3) + measure];
                    return new LesionCourse(lesion.DiameterMm, [.. days.Select((_, d) => At(d, 0))],
                        [.. days.Select((_, d) => At(d, 1) + At(d, 2))]);
                })];
                double[] baseline = [.. _trial.Biomarkers.Select((_, b) => row.Values[b])];
                if (lesions.Any(l => !(l.Living[0] > 0)))
                {
                    Add(p, arm, baseline, new TrialOutcome { Error = "no living tumour cell at the start of treatment" }, null, []);
                    continue;
                }

                double largest = lesions.Max(l => l.DiameterMm);
                if (largest < _trial.Rules.DetectionMm)
                {
                    Add(p, arm, baseline, new TrialOutcome { Error = $"no lesion can be seen before treatment: the largest has {largest} mm, "
                        + $"trial.detection is {_trial.Rules.DetectionMm} mm" }, null, []);
                    continue;
                }

                if (lesions.Min(l => BurdenCourse.WallDay(days, l)) is var until && until < BurdenCourse.LeastRecordDays)
                {
                    Add(p, arm, baseline, new TrialOutcome { Error = $"a tumour came near the wall of its tissue after day {until}: too early to tell "
                        + "how it grows on; give it a larger tissue" }, null, []);
                    continue;
                }

                BurdenCourse burden = new(days, lesions, own.Plan.Tissue.Dimensions);
                double risk = own.Plan.Patient.MeanLiverDoseGy is var gray and > 0 && scenario.Arms[arm].Radiation.Count > 0
                    ? LiverRisk.Ntcp(gray, own.Plan.Patient.ChildPugh) : 0;
                PatientCourse course = clinic.Of(_cohort.Patients[p].Number, burden, risk, LiverDiseaseDays);
                int first = _trial.Biomarkers.Count + (days.Count * 3);
                double[][] visits = [.. course.Visits.Select((_, v) =>
                    _trial.Biomarkers.Select((_, b) => row.Values[first + (v * _trial.Biomarkers.Count) + b]).ToArray())];
                Add(p, arm, baseline, Outcome(course, row.EndedEarly), course, visits);
            }
        }

        Table = new TrialTable(
            [.. _cohort.Traits.Select(t => new Covariate(t.Factor.Label, t.Factor.Unit, t.Factor.IsWord)),
                .. _trial.Biomarkers.Select(b => new Covariate(b, UnitOf(b), false)),
            new Covariate("albi", "1", false)],
            [.. _read.Select(r => r.Patient)])
        {
            Arms = [.. scenario.Arms.Select(a => a.Name).Where(a => _read.Any(r => r.Patient.Arm == a))],
        };
    }

    /// <summary>The patients.</summary>
    public TrialTable Table { get; }

    /// <summary>Courses of the patients whose simulation came to its end.</summary>
    public IEnumerable<(TrialPatient Patient, PatientCourse Course)> Courses =>
        _read.Where(r => r.Course is not null).Select(r => (r.Patient, r.Course!));

    /// <summary>visits.csv: an assessment in each row.</summary>
    public string Visits()
    {
        var text = new StringBuilder().AppendJoin(',', ((string[])["patient", "arm", "day", "sum_mm", "true_mm", "change", "new_lesions",
            "response", "albi"]).Concat(_trial.Biomarkers)).Append('\n');
        foreach ((TrialPatient patient, PatientCourse? course, double[][] biomarkers) in _read)
        {
            foreach ((int v, PatientVisit visit) in (course?.Visits ?? []).Index())
            {
                text.AppendJoin(',', (string[])[Csv.Text(patient.Patient), Csv.Text(patient.Arm), Csv.Number(visit.Day),
                    Csv.Measured(visit.SumMm), Csv.Measured(visit.TrueMm),
                    Csv.Measured((visit.SumMm / course!.BaselineMm) - 1), Csv.Number(visit.NewLesions), ResponseTable.Code(visit.Response),
                        Csv.Measured(visit.Albi), .. biomarkers[v].Select(Csv.Measured)])
                    .Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A biomarker of a patient at the visit that showed progression; NaN without progression.</summary>
    public double AtProgression(string patient, string arm, string biomarker)
    {
        (TrialPatient _, PatientCourse? course, double[][] visits) = _read.First(r => r.Patient.Patient == patient && r.Patient.Arm == arm);
        int visit = course?.Visits.Select(v => v.Day).ToList().IndexOf(course.ProgressionDay) ?? -1;
        return visit < 0 ? double.NaN : visits[visit][_trial.Biomarkers.ToList().IndexOf(biomarker)];
    }

    private static TrialOutcome Outcome(PatientCourse c, bool endedEarly) => new()
    {
        Best = c.Best, BestChange = c.BestChange, ResponseDay = c.ResponseDay, ProgressionDay = c.ProgressionDay,
            PfsDay = c.ProgressionFreeDay, PfsEvent = c.HasProgressedOrDied,
        PfsReason = Word(c.HasProgressedOrDied && double.IsNaN(c.ProgressionDay) ? c.LastReason : c.ProgressionReason), OsDay = c.LastDay,
            OsEvent = c.HasDied, OsReason = Word(c.LastReason),
        BaselineMm = c.BaselineMm, NewLesions = c.Visits.Count > 0 ? c.Visits[^1].NewLesions : 0, EndedEarly = endedEarly,
        LastFreeDay = c.LastFreeDay, SimulatedUntilDay = double.IsFinite(c.SimulatedUntilDay) ? c.SimulatedUntilDay : double.NaN,
    };

    private static string Word(EndReason reason) => reason switch
    {
        EndReason.CutOff => "cut_off", EndReason.DropOut => "drop_out", EndReason.Growth => "growth", EndReason.NewLesion => "new_lesion",
            EndReason.TumorDeath => "tumor_death",
        _ => "other_death",
    };

    // As the table has it, so that statistics of the table are those of the trial.
    private static double AsWritten(double value) => double.IsFinite(value)
        ? double.Parse(Csv.Measured(value), System.Globalization.CultureInfo.InvariantCulture) : value;

    private static string UnitOf(string measure) => Analysis.Measures.MeasureTable.Find(measure)?.Unit ?? "1";

    private void Add(int patient, int arm, double[] baseline, TrialOutcome outcome, PatientCourse? course, double[][] visits)
    {
        VirtualPatient who = _cohort.Patients[patient];
        double albi = _trial.Rules.Survival.AlbiMean + (_trial.Rules.Survival.AlbiSd * ClinicalCourse.AlbiScore(_cohort.Seed, who.Number));
        CovariateValue[] values =
        [
            .. _cohort.Traits.Select(t => t.Factor.Levels[patient] is var level && t.Factor.IsWord
                ? new CovariateValue(double.NaN, level.Text) : new CovariateValue(level.Number, "")),
            .. baseline.Append(course?.Albi ?? albi).Select(b => new CovariateValue(AsWritten(b), "")),
        ];
        _read.Add((new TrialPatient(who.Id, _scenario.Arms[arm].Name, who.Stratum, values, outcome), course, visits));
    }
}
