using TmeSim.Analysis.Cohorts;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Patient;

namespace TmeSim.Analysis.Trials;

/// <summary>
/// What a trial sees of a patient: measured diameters at visits, new lesions, liver function, death, loss. A function of the lesions'
/// course and of draws that belong to the patient:
/// in another arm the same patient has the same luck (errors, thresholds of new lesions and death), so that arms differ by treatment alone.
/// </summary>
/// <param name="rules">Rules of the trial.</param>
/// <param name="seed">Seed of the draws.</param>
public sealed class ClinicalCourse(ClinicalRules rules, ulong seed)
{
    private const double YearDays = 365.25, StepDays = 1, ReferenceMm = 60, ReferenceDoublingDays = 140, MonthDays = 30.4375,
        ReferenceAlbi = -2.6;

    // Draws of a patient by what they decide; errors of measurement and missed visits count up from theirs.
    private const int AlbiDraw = 1, DeathDraw = 2, OtherDeathDraw = 3, LossDraw = 4, EntryDraw = 5, LiverDraw = 6, NewLesionDraw = 1000,
        MissedDraw = 100_000, ErrorDraw = 1_000_000;
    private const int MostLesions = 1000;

    // RECIST 1.1 sums at most five target lesions.
    private const int MostTargets = 5;

    /// <summary>Follows a patient.</summary>
    /// <param name="patient">Number of the patient.</param>
    /// <param name="burden">Lesions in this arm.</param>
    /// <param name="liverRisk">Probability of radiation-induced liver disease in this arm, 0 to 1.</param>
    /// <param name="liverDay">Day on which it shows [d].</param>
    public PatientCourse Of(int patient, BurdenCourse burden, double liverRisk = 0, double liverDay = 0)
    {
        SurvivalRules survival = rules.Survival;
        double albi = survival.AlbiMean + (survival.AlbiSd * AlbiScore(seed, patient)), first = albi;
        double entry = rules.AccrualDays * PatientDraws.Share(seed, patient, EntryDraw);
        double end = Math.Min(rules.CutOffDays - entry, burden.LastDay);
        double loss = rules.DropOutPerYear > 0 ? Exponential(patient, LossDraw) / rules.DropOutPerYear * YearDays : double.PositiveInfinity;
        bool hasLiverDisease = PatientDraws.Share(seed, patient, LiverDraw) < liverRisk;
        double tumorLeft = Exponential(patient, DeathDraw), otherLeft = Exponential(patient, OtherDeathDraw),
            lesionLeft = Exponential(patient, NewLesionDraw);
        List<double> seen = [], sizes = [];
        double death = double.NaN;
        EndReason reason = loss < end ? EndReason.DropOut : EndReason.CutOff;
        double last = Math.Max(0, Math.Min(loss, end));
        List<double> albiAt = [albi];
        for (double day = 0; day < last; day += StepDays)
        {
            double step = Math.Min(StepDays, last - day), years = step / YearDays;
            double growth = burden.DoublingsPerMonth(day);
            double sum = burden.LivingMm(day) + sizes.Sum(),
                change = double.IsNegativeInfinity(growth) ? 0 : DetMath.Pow(2, growth * step / MonthDays / 3);
            lesionLeft -= rules.NewLesions.PerYear * DetMath.Pow(sum / ReferenceMm, rules.NewLesions.Power) * Math.Max(0,
                growth) * ReferenceDoublingDays / MonthDays * years;
            for (int s = 0; s < sizes.Count; s++)
            {
                sizes[s] *= change;
            }

            while (lesionLeft <= 0 && seen.Count < MostLesions)
            {
                seen.Add(day + step);
                sizes.Add(rules.NewLesions.DiameterMm);
                lesionLeft += Exponential(patient, NewLesionDraw + seen.Count);
            }

            albi += survival.AlbiPerYear * sum / ReferenceMm * years;
            if (hasLiverDisease && day < liverDay && day + step >= liverDay)
            {
                albi += survival.AlbiOfLiverDisease;
            }

            albiAt.Add(albi);
            tumorLeft -= Hazard(survival, sum, albi, growth) * years;
            otherLeft -= survival.BackgroundPerYear * years;
            if (tumorLeft <= 0 || otherLeft <= 0)
            {
                death = last = day + step;
                reason = otherLeft <= 0 && tumorLeft > 0 ? EndReason.OtherDeath : EndReason.TumorDeath;
                break;
            }
        }

        return Read(patient, burden, seen, albiAt, first, last, death, reason);
    }

    /// <summary>How far the ALBI score of a patient lies from the mean [standard deviations].</summary>
    public static double AlbiScore(ulong seed, int patient) => PatientDraws.Normal(seed, patient, AlbiDraw);

    /// <summary>Deaths per year by tumour and liver.</summary>
    public static double Hazard(SurvivalRules rules, double sumMm, double albi, double doublingsPerMonth) =>
        rules.HazardPerYear * DetMath.Pow(sumMm / ReferenceMm, rules.BurdenPower)
        * DetMath.Exp((rules.AlbiLogHazard * (albi - ReferenceAlbi)) + (rules.GrowthLogHazard * Math.Max(0, doublingsPerMonth)));

    private PatientCourse Read(int patient, BurdenCourse burden, List<double> seen, List<double> albi, double first,
        double last, double death, EndReason end)
    {
        int[] targets = [.. Enumerable.Range(0, burden.Lesions).OrderByDescending(l => burden.DiameterMm(l, 0, rules.Criteria))
            .ThenBy(l => l).Take(MostTargets).Order()];
        int[] others = [.. Enumerable.Range(0, burden.Lesions).Except(targets)];
        double baseline = Measured(patient, burden, targets, 0, 0).Sum;
        ResponseCourse course = new(baseline);
        List<PatientVisit> visits = [];
        double progression = double.NaN, response = double.NaN, lastGood = 0;
        EndReason why = end;
        int number = 0;
        foreach (double day in rules.Imaging.Days(last))
        {
            number++;
            if (!double.IsNaN(death) && day >= death)
            {
                break;
            }

            (double sum, double truth) = Measured(patient, burden, targets, number, day);
            int lesions = seen.Count(s => s <= day);
            double score = albi[Math.Min(albi.Count - 1, (int)Math.Round(day / StepDays))];
            if (PatientDraws.Share(seed, patient, MissedDraw + number) < rules.MissedVisits)
            {
                visits.Add(new PatientVisit(day, double.NaN, truth, lesions, RecistResponse.NotEvaluable, score));
                continue;
            }

            bool before = double.IsNaN(progression);
            RecistResponse visit = lesions > 0 ? RecistResponse.Progression : RecistRules.Standard.Classify(sum, baseline, course.NadirMm);
            if (visit == RecistResponse.Complete && others.Any(l => burden.DiameterMm(l, day, rules.Criteria) >= rules.DetectionMm))
            {
                visit = RecistResponse.Partial;
            }

            course = before ? course.After(day, sum, RecistRules.Standard) : course;
            if (before && visit == RecistResponse.Progression)
            {
                (progression, why) = (day, lesions > 0 ? EndReason.NewLesion : EndReason.Growth);
            }
            else if (before && visit is RecistResponse.Complete or RecistResponse.Partial && double.IsNaN(response))
            {
                response = day;
            }

            lastGood = before && visit != RecistResponse.Progression ? day : lastGood;
            visits.Add(new PatientVisit(day, sum, truth, lesions, visit, score));
        }

        return new PatientCourse
        {
            Visits = visits, BaselineMm = baseline, Best = Best(visits), BestChange = course.BestChange, ResponseDay = response,
                ProgressionDay = progression, DeathDay = death,
            LastDay = last, Albi = first, LastReason = end,
            ProgressionFreeDay = !double.IsNaN(progression) ? progression : !double.IsNaN(death) ? death : lastGood,
            ProgressionReason = why, LastFreeDay = lastGood, SimulatedUntilDay = burden.SimulatedUntilDay,
        };
    }

    // Up to and including progression.
    private static RecistResponse Best(List<PatientVisit> visits)
    {
        RecistResponse best = RecistResponse.NotEvaluable;
        foreach (PatientVisit visit in visits)
        {
            best = visit.Response < best ? visit.Response : best;
            if (visit.Response == RecistResponse.Progression)
            {
                break;
            }
        }

        return best;
    }

    private (double Sum, double Truth) Measured(int patient, BurdenCourse burden, int[] targets, int visit, double day)
    {
        double sum = 0, truth = 0;
        foreach (int lesion in targets)
        {
            double diameter = burden.DiameterMm(lesion, day, rules.Criteria);
            truth += diameter;
            sum += diameter < rules.DetectionMm ? 0
                : diameter * DetMath.Exp(rules.MeasurementError * PatientDraws.Normal(seed, patient, ErrorDraw + (visit * MostLesions)
                    + lesion));
        }

        return (sum, truth);
    }

    private double Exponential(int patient, int purpose) => -DetMath.Log(PatientDraws.Share(seed, patient, purpose));
}
