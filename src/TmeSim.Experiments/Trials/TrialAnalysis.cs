using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Statistics of a table of patients: a pure function of its rows, whoever made them.</summary>
public sealed class TrialAnalysis
{
    /// <summary>Days of a month.</summary>
    public const double MonthDays = 30.4375;

    private const int Bootstraps = 1000, DrawnTrials = 1000, FewestClassed = 10;
    private static readonly double[] Months = [6, 12, 18];
    private static readonly int[] TrialSizes = [50, 100, 200, 400];

    private readonly TrialTable _table;
    private readonly TrialQuestions _asked;
    private readonly Dictionary<string, IReadOnlyList<TrialPatient>> _arms;
    private readonly bool _isPaired;

    private TrialAnalysis(TrialTable table, TrialQuestions asked)
    {
        (_table, _asked) = (table, asked);
        _arms = table.Arms.ToDictionary(a => a, table.Of, StringComparer.Ordinal);
        _isPaired = table.Arms.Count > 1 && table.Arms.All(a => table.Patients.Where(p => p.Arm == a).Select(p => p.Patient).ToHashSet(StringComparer.Ordinal)
            .SetEquals(table.Patients.Where(p => p.Arm == table.Arms[0]).Select(p => p.Patient)));
    }

    /// <summary>Works out everything that the table allows.</summary>
    /// <param name="table">Patients.</param>
    /// <param name="asked">What is asked.</param>
    /// <exception cref="ScenarioRefusedException">There is no such control arm, or a rule names no covariate.</exception>
    public static TrialNumbers Of(TrialTable table, TrialQuestions asked)
    {
        if (!table.Arms.Contains(asked.Control))
        {
            throw new ScenarioRefusedException($"error: no patient is in the control arm '{asked.Control}'; arms: {string.Join(", ", table.Arms)}");
        }

        TrialAnalysis analysis = new(table, asked);
        string[] others = [.. table.Arms.Where(a => a != asked.Control)], all = [.. table.Arms];
        ContrastLine[] contrasts = [.. others.SelectMany(analysis.Contrasts)];
        return new TrialNumbers
        {
            Endpoints = [.. all.SelectMany(analysis.Endpoints)],
            Contrasts = contrasts,
            Biomarkers = [.. all.SelectMany(analysis.Biomarkers)],
            Models = [.. all.SelectMany(analysis.Models)],
            Scores = [.. all.Select(analysis.Score).OfType<ScoreLine>()],
            Power = [.. others.SelectMany(analysis.Power)],
            Trees = [.. all.Select(a => (a, analysis.Tree(a))).Where(t => t.Item2 is not null).Select(t => (t.a, t.Item2!))],
            Combination = analysis.Combination(),
            Pairing = analysis._isPaired ? [.. others.SelectMany(analysis.Pairing)] : [],
            Curves = [.. all.Select(a => (a, analysis.Curve(a, p => p.Os), analysis.Curve(a, p => p.Pfs)))],
        };
    }

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

        double threshold = rule.IsMedian ? Quantiles.Median([.. table.Patients.DistinctBy(p => p.Patient).Select(p => p.Values[at].Number).Where(double.IsFinite)]) : rule.Value;
        return double.IsNaN(value.Number) ? null : rule.Holds(value.Number, threshold);
    }

    private static FollowUp InMonths(FollowUp days) => new(days.Time / MonthDays, days.Event);

    private static FollowUp[] Known(IEnumerable<TrialPatient> patients, Func<TrialOutcome, FollowUp> of) =>
        [.. patients.Select(p => of(p.Outcome)).Where(f => double.IsFinite(f.Time)).Select(InMonths)];

    private KaplanMeier? Curve(string arm, Func<TrialOutcome, FollowUp> of) => Known(_arms[arm], of) is { Length: > 0 } known ? KaplanMeier.Of(known) : null;

    private IEnumerable<EndpointLine> Endpoints(string arm)
    {
        IReadOnlyList<TrialPatient> patients = _arms[arm];
        TrialPatient[] judged = [.. patients.Where(p => p.Outcome.Best is not null)];
        if (judged.Length > 0)
        {
            EndpointLine Share(string name, Func<TrialOutcome, bool> has) => judged.Count(p => has(p.Outcome)) is var k
                ? new EndpointLine(arm, name, "1", Proportion.Wilson(k, judged.Length), judged.Length, k, "Wilson") : null!;
            yield return Share("objective_response", o => o.Responds);
            yield return Share("complete_response", o => o.Best == RecistResponse.Complete);
            yield return Share("disease_control", o => o.Responds || o.Best == RecistResponse.Stable);
            yield return Share("progression_as_best_response", o => o.Best == RecistResponse.Progression);
            yield return Share("not_evaluable", o => o.Best == RecistResponse.NotEvaluable);
            double[] times = [.. judged.Select(p => p.Outcome.ResponseDay / MonthDays).Where(double.IsFinite)];
            if (times.Length > 0)
            {
                yield return new EndpointLine(arm, "median_time_to_response", "month", new Estimate(Quantiles.Median(times), Quantiles.Of(times, 0.25), Quantiles.Of(times, 0.75)), times.Length,
                    times.Length, "median with quartiles");
                FollowUp[] lasting = [.. judged.Where(p => double.IsFinite(p.Outcome.ResponseDay) && double.IsFinite(p.Outcome.PfsDay))
                    .Select(p => new FollowUp(Math.Max(0, p.Outcome.PfsDay - p.Outcome.ResponseDay) / MonthDays, p.Outcome.PfsEvent))];
                if (lasting.Length > 0)
                {
                    KaplanMeier response = KaplanMeier.Of(lasting);
                    yield return new EndpointLine(arm, "median_duration_of_response", "month", response.Median, response.Count, response.Events, "Kaplan-Meier, log-log");
                }
            }
        }

        bool?[] refractory = [.. patients.Select(p => p.Outcome.IsRefractory(_asked.RefractoryDays)).Where(r => r is not null)];
        if (refractory.Length > 0)
        {
            int k = refractory.Count(r => r == true);
            yield return new EndpointLine(arm, "primary_refractory", "1", Proportion.Wilson(k, refractory.Length), refractory.Length, k, "Wilson; those who died or left before without progression are not classed");
        }

        foreach ((string name, Func<TrialOutcome, FollowUp> of) in ((string, Func<TrialOutcome, FollowUp>)[])[("os", o => o.Os), ("pfs", o => o.Pfs)])
        {
            if (Curve(arm, of) is not { } curve)
            {
                continue;
            }

            yield return new EndpointLine(arm, $"median_{name}", "month", curve.Median, curve.Count, curve.Events, "Kaplan-Meier, log-log");
            foreach (double month in Months.Where(m => m <= curve.LastTime))
            {
                yield return new EndpointLine(arm, $"{name}_at_{month:0}_months", "1", curve.At(month), curve.Count, curve.EventsBy(month), "Kaplan-Meier, Greenwood, log-log");
            }

            double horizon = Horizon(of);
            if (horizon > 0)
            {
                yield return new EndpointLine(arm, $"restricted_mean_{name}", "month", RestrictedMean.Of(Known(patients, of), horizon).Mean, curve.Count, curve.EventsBy(horizon),
                    FormattableString.Invariant($"up to {horizon:0.#} months"));
            }
        }

        foreach (EndpointLine line in Competing(arm))
        {
            yield return line;
        }

        if (Known(patients, o => o.Os) is { Length: > 0 } followed)
        {
            yield return new EndpointLine(arm, "median_follow_up", "month", KaplanMeier.MedianFollowUp(followed), followed.Length, followed.Count(f => !f.Event), "reverse Kaplan-Meier");
        }
    }

    // Progression by growth, by a new lesion, and death without progression compete.
    private IEnumerable<EndpointLine> Competing(string arm)
    {
        TrialOutcome[] known = [.. _arms[arm].Select(p => p.Outcome).Where(o => double.IsFinite(o.PfsDay) && o.PfsReason.Length > 0)];
        string[] causes = ["growth", "new_lesion", "death"];
        if (known.Length == 0 || !known.Any(o => o.PfsEvent))
        {
            yield break;
        }

        int Cause(TrialOutcome o) => !o.PfsEvent ? 0 : o.PfsReason switch { "growth" => 1, "new_lesion" => 2, _ => 3 };
        AalenJohansen incidence = AalenJohansen.Of([.. known.Select(o => new CompetingFollowUp(o.PfsDay / MonthDays, Cause(o)))], causes.Length);
        double last = known.Max(o => o.PfsDay) / MonthDays;
        foreach (double month in Months.Where(m => m <= last))
        {
            for (int cause = 1; cause <= causes.Length; cause++)
            {
                yield return new EndpointLine(arm, $"incidence_of_{causes[cause - 1]}_at_{month:0}_months", "1", incidence.At(cause, month), known.Length,
                    known.Count(o => Cause(o) == cause && o.PfsDay / MonthDays <= month), "Aalen-Johansen");
            }
        }
    }

    // Longest time that all arms are followed to.
    private double Horizon(Func<TrialOutcome, FollowUp> of) =>
        _arms.Values.Select(p => Known(p, of)).Where(k => k.Length > 0).Select(k => k.Max(f => f.Time)).DefaultIfEmpty(0).Min();

    private IEnumerable<ContrastLine> Contrasts(string arm)
    {
        IReadOnlyList<TrialPatient> mine = _arms[arm], theirs = _arms[_asked.Control];
        foreach (ContrastLine line in Side(arm, mine, theirs, "", "", double.NaN))
        {
            yield return line;
        }

        foreach (CohortRule rule in _asked.Subgroups)
        {
            foreach (bool side in (bool[])[true, false])
            {
                TrialPatient[] a = [.. mine.Where(p => Holds(_table, rule, p) == side)], b = [.. theirs.Where(p => Holds(_table, rule, p) == side)];
                string level = side ? rule.Text : $"not {rule.Text}";
                foreach (ContrastLine line in Side(arm, a, b, rule.Text, level, side ? Interaction(rule, mine, theirs) : double.NaN))
                {
                    yield return line;
                }
            }
        }
    }

    private IEnumerable<ContrastLine> Side(string arm, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs, string subgroup, string level, double interaction)
    {
        ContrastLine Line(string endpoint, Estimate value, double p, int n, int m, int k, int l, string method) =>
            new(arm, _asked.Control, endpoint, subgroup, level, value, p, endpoint == (_asked.Primary == TrialEndpoint.Os ? "os_hazard_ratio" : "pfs_hazard_ratio") ? interaction : double.NaN, n, m, k, l, method);
        foreach ((string name, Func<TrialOutcome, FollowUp> of) in ((string, Func<TrialOutcome, FollowUp>)[])[("os", o => o.Os), ("pfs", o => o.Pfs)])
        {
            FollowUp[] a = Known(mine, of), b = Known(theirs, of);
            int events = a.Count(f => f.Event), control = b.Count(f => f.Event);
            if (a.Length == 0 || b.Length == 0 || events + control == 0)
            {
                continue;
            }

            Estimate ratio = Ratio(a, b);
            LogRank test = LogRank.Between(a, b);
            yield return Line($"{name}_hazard_ratio", ratio, test.P, a.Length, b.Length, events, control, "Cox, Efron; p: log-rank");
            if (subgroup.Length == 0 && Horizon(of) is var horizon and > 0)
            {
                yield return Line($"restricted_mean_{name}_difference", RestrictedMean.Difference(RestrictedMean.Of(a, horizon), RestrictedMean.Of(b, horizon)), double.NaN, a.Length, b.Length, events, control,
                    FormattableString.Invariant($"months, up to {horizon:0.#} months"));
            }
        }

        TrialOutcome[] judged = [.. mine.Select(p => p.Outcome).Where(o => o.Best is not null)], others = [.. theirs.Select(p => p.Outcome).Where(o => o.Best is not null)];
        if (judged.Length > 0 && others.Length > 0)
        {
            int k = judged.Count(o => o.Responds), l = others.Count(o => o.Responds);
            OddsRatio odds = OddsRatio.Of(k, judged.Length - k, l, others.Length - l);
            yield return Line("response_odds_ratio", odds.Ratio, odds.P, judged.Length, others.Length, k, l, odds.IsCorrected ? "Woolf, half added to each cell; p: Fisher" : "Woolf; p: Fisher");
            yield return Line("response_difference", Proportion.Difference(k, judged.Length, l, others.Length), double.NaN, judged.Length, others.Length, k, l, "Newcombe");
        }

        bool[] early = Classed(mine), late = Classed(theirs);
        if (early.Length > 0 && late.Length > 0)
        {
            int k = early.Count(r => r), l = late.Count(r => r);
            OddsRatio odds = OddsRatio.Of(k, early.Length - k, l, late.Length - l);
            yield return Line("refractory_odds_ratio", odds.Ratio, odds.P, early.Length, late.Length, k, l, odds.IsCorrected ? "Woolf, half added to each cell; p: Fisher" : "Woolf; p: Fisher");
        }
    }

    private bool[] Classed(IEnumerable<TrialPatient> patients) => [.. patients.Select(p => p.Outcome.IsRefractory(_asked.RefractoryDays)).OfType<bool>()];

    private static Estimate Ratio(FollowUp[] a, FollowUp[] b)
    {
        try
        {
            return CoxModel.Fit([.. a, .. b], [.. a.Select(_ => new double[] { 1 }), .. b.Select(_ => new double[] { 0 })], ["arm"]).Terms[0].Ratio;
        }
        catch (ArgumentException)
        {
            return Estimate.None;
        }
    }

    // Wald test of the product of arm and side.
    private double Interaction(CohortRule rule, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs)
    {
        Func<TrialOutcome, FollowUp> of = _asked.Primary == TrialEndpoint.Os ? o => o.Os : o => o.Pfs;
        List<FollowUp> times = [];
        List<double[]> rows = [];
        foreach ((TrialPatient p, double arm) in mine.Select(p => (p, 1.0)).Concat(theirs.Select(p => (p, 0.0))))
        {
            if (Holds(_table, rule, p) is { } side && double.IsFinite(of(p.Outcome).Time))
            {
                times.Add(InMonths(of(p.Outcome)));
                rows.Add([arm, side ? 1 : 0, side ? arm : 0]);
            }
        }

        try
        {
            return CoxModel.Fit(times, rows, ["arm", "side", "arm:side"]).Terms[2].P;
        }
        catch (ArgumentException)
        {
            return double.NaN;
        }
    }

    private IEnumerable<int> Numbers() => _table.Covariates.Index().Where(c => !c.Item.IsWord && (_asked.Biomarkers.Count == 0 || _asked.Biomarkers.Contains(c.Item.Name))).Select(c => c.Index);

    private (TrialPatient Patient, bool Refractory)[] ClassedOf(string arm) =>
        [.. _arms[arm].Select(p => (p, p.Outcome.IsRefractory(_asked.RefractoryDays))).Where(p => p.Item2 is not null).Select(p => (p.p, p.Item2!.Value))];

    private IEnumerable<BiomarkerLine> Biomarkers(string arm)
    {
        (TrialPatient Patient, bool Refractory)[] classed = ClassedOf(arm);
        foreach (int c in Numbers())
        {
            (double Value, bool Refractory)[] known = [.. classed.Select(p => (p.Patient.Values[c].Number, p.Refractory)).Where(p => double.IsFinite(p.Number))];
            double[] yes = [.. known.Where(k => k.Refractory).Select(k => k.Value)], no = [.. known.Where(k => !k.Refractory).Select(k => k.Value)];
            if (yes.Length < 2 || no.Length < 2)
            {
                continue;
            }

            RocCurve curve = RocCurve.Of([.. known.Select(k => -k.Value)], [.. known.Select(k => k.Refractory)]);
            yield return new BiomarkerLine(arm, _table.Covariates[c].Name, _table.Covariates[c].Unit, Quantiles.Median(yes), Quantiles.Median(no), curve.Area, RankSum.Of(yes, no).P, known.Length, yes.Length);
        }
    }

    private IEnumerable<ModelLine> Models(string arm)
    {
        int[] columns = [.. Numbers()];
        TrialPatient[] complete = [.. _arms[arm].Where(p => columns.All(c => double.IsFinite(p.Values[c].Number)))];
        TrialPatient[] timed = [.. complete.Where(p => double.IsFinite(p.Outcome.PfsDay))];
        (int[] varying, double[][] rows) = Standardised(timed, columns);
        if (varying.Length > 0 && timed.Count(p => p.Outcome.PfsEvent) >= 2 * varying.Length && Try(() => CoxModel.Fit([.. timed.Select(p => InMonths(p.Outcome.Pfs))], rows, Names(varying))) is { } cox)
        {
            yield return new ModelLine(arm, "pfs", cox.Terms, cox.LikelihoodRatio, cox.Count, cox.Events);
        }

        TrialPatient[] classed = [.. complete.Where(p => p.Outcome.IsRefractory(_asked.RefractoryDays) is not null)];
        (varying, rows) = Standardised(classed, columns);
        if (varying.Length > 0 && classed.Length >= 4 * varying.Length
            && Try(() => LogisticModel.Fit([.. classed.Select(p => p.Outcome.IsRefractory(_asked.RefractoryDays)!.Value)], rows, Names(varying))) is { } model)
        {
            yield return new ModelLine(arm, "refractory", model.Terms, model.LikelihoodRatio, model.Count, model.Hits);
        }
    }

    private string[] Names(int[] columns) => [.. columns.Select(c => _table.Covariates[c].Name)];

    private static T? Try<T>(Func<T> fit)
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

    // Values of covariates that vary, less their mean, over their standard deviation. One that others determine is left out.
    private static (int[] Columns, double[][] Rows) Standardised(TrialPatient[] patients, int[] columns)
    {
        List<int> kept = [];
        List<double[]> scores = [];
        foreach (int c in columns)
        {
            double[] values = [.. patients.Select(p => p.Values[c].Number)];
            var sample = MonteCarloError.Of(values);
            if (patients.Length < 3 || !(sample.StandardDeviation > 1e-9 * Math.Abs(sample.Mean)))
            {
                continue;
            }

            double[] score = [.. values.Select(v => (v - sample.Mean) / sample.StandardDeviation)];
            if (!scores.Any(s => Math.Abs(s.Zip(score, (a, b) => a * b).Sum() / (patients.Length - 1)) > 0.999))
            {
                kept.Add(c);
                scores.Add(score);
            }
        }

        return ([.. kept], [.. Enumerable.Range(0, patients.Length).Select(i => scores.Select(s => s[i]).ToArray())]);
    }

    // Made on every other patient, held against the rest.
    private ScoreLine? Score(string arm)
    {
        int[] columns = [.. Numbers()];
        (TrialPatient Patient, bool Refractory)[] classed = [.. ClassedOf(arm).Where(p => columns.All(c => double.IsFinite(p.Patient.Values[c].Number)))];
        (int[] varying, double[][] rows) = Standardised([.. classed.Select(p => p.Patient)], columns);
        int[] made = [.. Enumerable.Range(0, classed.Length).Where(i => i % 2 == 0)], held = [.. Enumerable.Range(0, classed.Length).Where(i => i % 2 == 1)];
        if (varying.Length == 0 || made.Length < 4 * varying.Length || held.Select(i => classed[i].Refractory).Distinct().Count() < 2)
        {
            return null;
        }

        if (Try(() => LogisticModel.Fit([.. made.Select(i => classed[i].Refractory)], [.. made.Select(i => rows[i])], Names(varying))) is not { IsSeparated: false, Converged: true } model)
        {
            return null;
        }

        double[] risks = [.. held.Select(i => model.Intercept.Coefficient + model.Terms.Select((t, k) => t.Coefficient * rows[i][k]).Sum()).Select(z => 1 / (1 + Math.Exp(-z)))];
        bool[] outcomes = [.. held.Select(i => classed[i].Refractory)];
        return new ScoreLine(arm, Names(varying), RiskCalibration.Of(risks, outcomes, Math.Clamp(held.Length / 20, 2, 10)), RocCurve.Of(risks, outcomes).Area);
    }

    private IEnumerable<PowerLine> Power(string arm)
    {
        IReadOnlyList<TrialPatient> mine = _arms[arm], theirs = _arms[_asked.Control];
        if (_asked.Primary is TrialEndpoint.Os or TrialEndpoint.Pfs)
        {
            Func<TrialOutcome, FollowUp> of = _asked.Primary == TrialEndpoint.Os ? o => o.Os : o => o.Pfs;
            FollowUp[] a = Known(mine, of), b = Known(theirs, of);
            if (a.Length >= FewestClassed && b.Length >= FewestClassed)
            {
                foreach (int size in TrialSizes)
                {
                    yield return new PowerLine(arm, _asked.Primary.ToString().ToLowerInvariant(), TrialPower.ByLogRank(a, b, size, DrawnTrials, 0.05, _asked.Key));
                }
            }

            yield break;
        }

        bool[] x = _asked.Primary == TrialEndpoint.Orr ? [.. mine.Where(p => p.Outcome.Best is not null).Select(p => p.Outcome.Responds)] : [.. Classed(mine).Select(r => !r)];
        bool[] y = _asked.Primary == TrialEndpoint.Orr ? [.. theirs.Where(p => p.Outcome.Best is not null).Select(p => p.Outcome.Responds)] : [.. Classed(theirs).Select(r => !r)];
        if (x.Length >= FewestClassed && y.Length >= FewestClassed)
        {
            foreach (int size in TrialSizes)
            {
                yield return new PowerLine(arm, _asked.Primary.ToString().ToLowerInvariant(), TrialPower.ByFisher(x, y, size, DrawnTrials, 0.05, _asked.Key));
            }
        }
    }

    private ConditionalTree? Tree(string arm)
    {
        (TrialPatient Patient, bool Refractory)[] classed = ClassedOf(arm);
        TreeFeature[] features = [.. _table.Covariates.Index().Where(c => _asked.Tree.Count == 0 || _asked.Tree.Contains(c.Item.Name)).Select(c => c.Item.IsWord
            ? TreeFeature.Categorical(c.Item.Name, [.. classed.Select(p => p.Patient.Values[c.Index].Word is { Length: > 0 } word ? word : null)])
            : TreeFeature.Numeric(c.Item.Name, [.. classed.Select(p => p.Patient.Values[c.Index].Number)]))];
        if (_asked.Tree.Contains("stratum"))
        {
            features = [.. features, TreeFeature.Categorical("stratum", [.. classed.Select(p => p.Patient.Stratum is { Length: > 0 } stratum ? stratum : null)])];
        }

        return classed.Length < FewestClassed || features.Length == 0 ? null
            : Try(() => ConditionalTree.Fit(features, TreeResponse.Classes([.. classed.Select(p => p.Refractory ? "refractory" : "not refractory")])));
    }

    private IEnumerable<(string, string, PairingGain)> Pairing(string arm)
    {
        (double A, double B)[] Pairs(Func<TrialOutcome, double> of) =>
        [
            .. from mine in _arms[arm]
               join theirs in _arms[_asked.Control] on mine.Patient equals theirs.Patient
               let pair = (of(mine.Outcome), of(theirs.Outcome))
               where double.IsFinite(pair.Item1) && double.IsFinite(pair.Item2)
               select pair,
        ];
        foreach ((string name, (double A, double B)[] pairs) in ((string, (double, double)[])[])[("best change of diameter", Pairs(o => o.BestChange)), ("progression-free time", Pairs(o => o.PfsDay)), ("survival time", Pairs(o => o.OsDay))])
        {
            if (pairs.Length >= PairingGain.MinPairs)
            {
                yield return (arm, name, PairingGain.Of([.. pairs.Select(p => p.A)], [.. pairs.Select(p => p.B)], Bootstraps, _asked.Key));
            }
        }
    }

    private IReadOnlyList<(string, CombinationActivity)> Combination()
    {
        if (_asked.Combination is not var (first, second, both) || !_isPaired)
        {
            return [];
        }

        (TrialOutcome A, TrialOutcome B, TrialOutcome C)[] patients =
        [
            .. from a in _arms[first]
               join b in _arms[second] on a.Patient equals b.Patient
               join c in _arms[both] on a.Patient equals c.Patient
               select (a.Outcome, b.Outcome, c.Outcome),
        ];
        if (patients.Length < FewestClassed)
        {
            return [];
        }

        List<(string, CombinationActivity)> lines =
        [
            ("response", CombinationActivity.OfResponses([.. patients.Select(p => p.A.Responds)], [.. patients.Select(p => p.B.Responds)], [.. patients.Select(p => p.C.Responds)], Bootstraps, _asked.Key)),
        ];
        var changes = patients.Where(p => double.IsFinite(p.A.BestChange) && double.IsFinite(p.B.BestChange) && double.IsFinite(p.C.BestChange)).ToArray();
        if (changes.Length >= FewestClassed)
        {
            lines.Add(("best change of diameter", CombinationActivity.OfChanges([.. changes.Select(p => p.A.BestChange)], [.. changes.Select(p => p.B.BestChange)], [.. changes.Select(p => p.C.BestChange)],
                Bootstraps, _asked.Key)));
        }

        return lines;
    }
}
