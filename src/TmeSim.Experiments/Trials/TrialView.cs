using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Patients of a trial by arm, and what is asked of them.</summary>
internal sealed class TrialView
{
    /// <summary>Fewest patients that statistics of a class are made of.</summary>
    public const int FewestClassed = 10;

    /// <param name="table">Patients.</param>
    /// <param name="asked">What is asked.</param>
    public TrialView(TrialTable table, TrialQuestions asked)
    {
        (Table, Asked) = (table, asked);
        Arms = table.Arms.ToDictionary(a => a, table.Of, StringComparer.Ordinal);
        IsPaired = table.Arms.Count > 1 && table.Arms.All(a => table.Patients.Where(p => p.Arm == a).Select(p => p.Patient)
            .ToHashSet(StringComparer.Ordinal).SetEquals(table.Patients.Where(p => p.Arm == table.Arms[0]).Select(p => p.Patient)));
    }

    /// <summary>All patients.</summary>
    public TrialTable Table { get; }

    /// <summary>What is asked.</summary>
    public TrialQuestions Asked { get; }

    /// <summary>Patients whose simulation came to its end, by arm.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TrialPatient>> Arms { get; }

    /// <summary>Those of the control arm.</summary>
    public IReadOnlyList<TrialPatient> Control => Arms[Asked.Control];

    /// <summary>The same patients are in all arms.</summary>
    public bool IsPaired { get; }

    /// <summary>Whether a patient is on the side of a rule; null where it is not known.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="rule">Rule.</param>
    /// <param name="patient">Patient.</param>
    /// <exception cref="ScenarioRefusedException">The rule names no covariate.</exception>
    public static bool? Holds(TrialTable table, CohortRule rule, TrialPatient patient)
    {
        if (rule.Subject == "stratum")
        {
            return rule.Holds(patient.Stratum);
        }

        int at = table.Find(rule.Subject);
        if (at < 0)
        {
            throw new ScenarioRefusedException($"error: the table has no covariate '{rule.Subject}'; covariates: {string.Join(", ", table.Covariates.Select(c => c.Name))}");
        }

        CovariateValue value = patient.Values[at];
        if (table.Covariates[at].IsWord)
        {
            return value.Word.Length == 0 ? null : rule.Holds(value.Word);
        }

        double threshold = rule.IsMedian ? Quantiles.Median([.. table.Patients.DistinctBy(p => p.Patient).Select(p =>
            p.Values[at].Number).Where(double.IsFinite)]) : rule.Value;
        return double.IsNaN(value.Number) ? null : rule.Holds(value.Number, threshold);
    }

    /// <summary>A follow-up in months.</summary>
    public static FollowUp InMonths(FollowUp days) => new(days.Time / TrialAnalysis.MonthDays, days.Event);

    /// <summary>Follow-ups that are known [months].</summary>
    public static FollowUp[] Known(IEnumerable<TrialPatient> patients, Func<TrialOutcome, FollowUp> of) =>
        [.. patients.Select(p => of(p.Outcome)).Where(f => double.IsFinite(f.Time)).Select(InMonths)];

    /// <summary>Curve of an arm [months]; null where nothing is known.</summary>
    public KaplanMeier? Curve(string arm, Func<TrialOutcome, FollowUp> of) => Known(Arms[arm], of) is { Length: > 0 } known
        ? KaplanMeier.Of(known) : null;

    /// <summary>Longest time that all arms are followed to [months]; 0 for none.</summary>
    public double Horizon(Func<TrialOutcome, FollowUp> of) =>
        Arms.Values.Select(p => Known(p, of)).Where(k => k.Length > 0).Select(k => k.Max(f => f.Time)).DefaultIfEmpty(0).Min();

    /// <summary>Refractoriness of those who are classed.</summary>
    public bool[] Classed(IEnumerable<TrialPatient> patients) => [.. patients.Select(p =>
        p.Outcome.IsRefractory(Asked.RefractoryDays)).OfType<bool>()];

    /// <summary>Patients of an arm who are classed.</summary>
    public (TrialPatient Patient, bool Refractory)[] ClassedOf(string arm) =>
        [.. Arms[arm].Select(p => (p, p.Outcome.IsRefractory(Asked.RefractoryDays))).Where(p => p.Item2 is not null).Select(p =>
            (p.p, p.Item2!.Value))];

    /// <summary>A fit; null where the data do not allow it.</summary>
    public static T? Try<T>(Func<T> fit)
        where T : class
    {
        try
        {
            return fit();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
