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

    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<int, double> _medians = [];
    private readonly List<string> _remarks = [];

    /// <param name="table">Patients.</param>
    /// <param name="asked">What is asked.</param>
    public TrialView(TrialTable table, TrialQuestions asked)
    {
        (Table, Asked) = (table, asked);
        Arms = table.Arms.ToDictionary(a => a, table.Of, StringComparer.Ordinal);
        IsPaired = table.Arms.Count > 1 && table.Arms.All(a => table.Patients.Where(p => p.Arm == a).Select(p => p.Patient)
            .ToHashSet(StringComparer.Ordinal).SetEquals(table.Patients.Where(p => p.Arm == table.Arms[0]).Select(p => p.Patient)));
        _numbers = table.Patients.Select(p => p.Patient).Distinct().Index().ToDictionary(p => p.Item, p => p.Index, StringComparer.Ordinal);
        Strata = IsPaired ? [] : Arms.Values.SelectMany(a => a).Select(StratumOf).Distinct().Order(StringComparer.Ordinal).Index()
            .ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
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

    /// <summary>Arms were balanced within strata, and contrasts are made within them.</summary>
    public bool IsStratified => Strata.Count > 1;

    /// <summary>What decides the strata, in words.</summary>
    public string StrataText => string.Join(", ", Asked.Stratify.Select(r => r.Text).Concat(Asked.ByStratum ? ["stratum"] : []));

    /// <summary>A tumour of some patient came near the wall of its tissue.</summary>
    public bool HasWalls => Arms.Values.Any(a => a.Any(p => double.IsFinite(p.Outcome.SimulatedUntilDay)));

    /// <summary>What could not be worked out, and why; each once.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    private Dictionary<string, int> Strata { get; }

    /// <summary>Number of a patient, the same in all arms.</summary>
    public int Number(TrialPatient patient) => _numbers[patient.Patient];

    /// <summary>Number of the stratum of a patient.</summary>
    public int Stratum(TrialPatient patient) => Strata[StratumOf(patient)];

    /// <summary>Whether a patient is on the side of a rule; null where it is not known.</summary>
    /// <exception cref="ScenarioRefusedException">The rule names no covariate.</exception>
    public bool? Holds(CohortRule rule, TrialPatient patient)
    {
        if (rule.Subject == "stratum")
        {
            return patient.Stratum.Length == 0 ? null : rule.Holds(patient.Stratum);
        }

        int at = Table.Find(rule.Subject);
        if (at < 0)
        {
            throw new ScenarioRefusedException($"error: the table has no covariate '{rule.Subject}'; covariates: {string.Join(", ", Table.Covariates.Select(c => c.Name))}");
        }

        CovariateValue value = patient.Values[at];
        if (Table.Covariates[at].IsWord)
        {
            return value.Word.Length == 0 ? null : rule.Holds(value.Word);
        }

        return double.IsNaN(value.Number) ? null : rule.Holds(value.Number, rule.IsMedian ? Median(at) : rule.Value);
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

    /// <summary>A fit; null, and a remark, where the data do not allow it.</summary>
    /// <param name="what">What is fitted.</param>
    /// <param name="fit">The fit.</param>
    public T? Try<T>(string what, Func<T> fit)
        where T : class
    {
        try
        {
            return fit();
        }
        catch (ArgumentException e)
        {
            string message = e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
            Remark($"{what} is left out: {message}");
            return null;
        }
    }

    /// <summary>Keeps a remark.</summary>
    public void Remark(string text)
    {
        if (!_remarks.Contains(text))
        {
            _remarks.Add(text);
        }
    }

    private string StratumOf(TrialPatient patient) => (Asked.ByStratum ? patient.Stratum : "")
        + string.Concat(Asked.Stratify.Select(r => Holds(r, patient) switch { true => '+', false => '-', _ => '?' }));

    private double Median(int covariate)
    {
        if (!_medians.TryGetValue(covariate, out double median))
        {
            median = Quantiles.Median([.. Table.Patients.DistinctBy(p => p.Patient).Select(p => p.Values[covariate].Number).Where(double.IsFinite)]);
            _medians.Add(covariate, median);
        }

        return median;
    }
}
