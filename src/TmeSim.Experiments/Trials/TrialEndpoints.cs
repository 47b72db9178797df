using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Patient;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Endpoints of an arm: response, survival, what ends it.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
internal sealed class TrialEndpoints(TrialView view)
{
    private static readonly double[] Months = [6, 12, 18];

    public IEnumerable<EndpointLine> Endpoints(string arm)
    {
        IReadOnlyList<TrialPatient> patients = view.Arms[arm];
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
            double[] times = [.. judged.Select(p => p.Outcome.ResponseDay / TrialAnalysis.MonthDays).Where(double.IsFinite)];
            if (times.Length > 0)
            {
                yield return new EndpointLine(arm, "median_time_to_response", "month",
                    new Estimate(Quantiles.Median(times), Quantiles.Of(times, 0.25), Quantiles.Of(times, 0.75)), times.Length,
                    times.Length, "median with quartiles");
                FollowUp[] lasting = [.. judged.Where(p => double.IsFinite(p.Outcome.ResponseDay) && double.IsFinite(p.Outcome.PfsDay))
                    .Select(p => new FollowUp(Math.Max(0, p.Outcome.PfsDay - p.Outcome.ResponseDay) / TrialAnalysis.MonthDays,
                        p.Outcome.PfsEvent))];
                if (lasting.Length > 0)
                {
                    KaplanMeier response = KaplanMeier.Of(lasting);
                    yield return new EndpointLine(arm, "median_duration_of_response", "month", response.Median, response.Count,
                        response.Events, "Kaplan-Meier, log-log");
                }
            }
        }

        bool?[] refractory = [.. patients.Select(p => p.Outcome.IsRefractory(view.Asked.RefractoryDays)).Where(r => r is not null)];
        if (refractory.Length > 0)
        {
            int k = refractory.Count(r => r == true);
            yield return new EndpointLine(arm, "primary_refractory", "1", Proportion.Wilson(k, refractory.Length), refractory.Length, k,
                "Wilson; death from tumour or liver counts, those who left before or died of another cause are not classed");
            bool[] progressed = [.. patients.Select(p => p.Outcome.HasProgressedBy(view.Asked.RefractoryDays)).OfType<bool>()];
            if (patients.Any(p => double.IsFinite(p.Outcome.ProgressionDay)))
            {
                k = progressed.Count(p => p);
                yield return new EndpointLine(arm, "early_progression", "1", Proportion.Wilson(k, progressed.Length), progressed.Length, k,
                    "Wilson; progression that was seen, those who died before are not classed");
            }
        }

        foreach ((string name, Func<TrialOutcome, FollowUp> of) in ((string, Func<TrialOutcome, FollowUp>)[])[("os", o => o.Os),
            ("pfs", o => o.Pfs)])
        {
            if (view.Curve(arm, of) is not { } curve)
            {
                continue;
            }

            yield return new EndpointLine(arm, $"median_{name}", "month", curve.Median, curve.Count, curve.Events, "Kaplan-Meier, log-log");
            foreach (double month in Months.Where(m => m <= curve.LastTime))
            {
                yield return new EndpointLine(arm, $"{name}_at_{month:0}_months", "1", curve.At(month), curve.Count, curve.EventsBy(month),
                    "Kaplan-Meier, Greenwood, log-log");
            }

            double horizon = view.Horizon(of);
            if (horizon > 0)
            {
                yield return new EndpointLine(arm, $"restricted_mean_{name}", "month",
                    WithWidth(RestrictedMean.Of(TrialView.Known(patients, of), horizon).Mean), curve.Count, curve.EventsBy(horizon),
                    FormattableString.Invariant($"up to {horizon:0.#} months"));
            }
        }

        foreach (EndpointLine line in Competing(arm).Concat(Landmarks(arm)).Concat(Walls(arm)))
        {
            yield return line;
        }

        if (TrialView.Known(patients, o => o.Os) is { Length: > 0 } followed)
        {
            yield return new EndpointLine(arm, "median_follow_up", "month", KaplanMeier.MedianFollowUp(followed), followed.Length,
                followed.Count(f => !f.Event), "reverse Kaplan-Meier");
        }
    }

    /// <summary>A value whose interval has no width, as nothing happened, has none.</summary>
    public static Estimate WithWidth(Estimate value) => value.Low == value.High ? Estimate.Without(value.Value) : value;

    // Survival of those who had responded by the landmark against those who had not.
    private IEnumerable<EndpointLine> Landmarks(string arm)
    {
        TrialPatient[] known = [.. view.Arms[arm].Where(p => p.Outcome.Best is not null && double.IsFinite(p.Outcome.OsDay))];
        double day = view.Asked.RefractoryDays;
        Landmark landmark = Landmark.At([.. known.Select(p => p.Outcome.Os)], day);
        bool[] responded = [.. landmark.Select(known).Select(p => p.Outcome.ResponseDay <= day)];
        string month = FormattableString.Invariant($"{day / TrialAnalysis.MonthDays:0.#}_months");
        if (responded.Distinct().Count() < 2 || !landmark.FollowUps.Any(f => f.Event))
        {
            yield break;
        }

        if (view.Try("the landmark analysis", () => CoxModel.Fit([.. landmark.FollowUps.Select(TrialView.InMonths)],
            [.. responded.Select(r => (double[])[r ? 1 : 0])], ["responded"])) is { } model)
        {
            yield return new EndpointLine(arm, $"os_hazard_ratio_of_response_by_{month}", "ratio", model.Terms[0].Ratio, responded.Length,
                model.Events, FormattableString.Invariant($"landmark at {day:0.#} d, Cox, Efron; {responded.Count(r => r)} had responded"));
        }
    }

    // Events that lie beyond what was simulated.
    private IEnumerable<EndpointLine> Walls(string arm)
    {
        if (!view.HasWalls)
        {
            yield break;
        }

        foreach ((string name, Func<TrialOutcome, FollowUp> of) in ((string, Func<TrialOutcome, FollowUp>)[])[("os", o => o.Os),
            ("pfs", o => o.Pfs)])
        {
            TrialOutcome[] events = [.. view.Arms[arm].Select(p => p.Outcome).Where(o => double.IsFinite(of(o).Time) && of(o).Event)];
            int beyond = events.Count(o => o.SimulatedUntilDay < of(o).Time);
            if (events.Length > 0)
            {
                yield return new EndpointLine(arm, $"{name}_events_beyond_the_simulation", "1",
                    Estimate.Without((double)beyond / events.Length), events.Length, beyond,
                    "share of the events that came after a tumour was near the wall of its tissue, where growth is extrapolated");
            }
        }
    }

    // Progression by growth, by a new lesion, and death without progression compete.
    private IEnumerable<EndpointLine> Competing(string arm)
    {
        TrialOutcome[] known = [.. view.Arms[arm].Select(p => p.Outcome).Where(o => double.IsFinite(o.PfsDay) && o.PfsReason.Length > 0)];
        string[] causes = ["growth", "new_lesion", "death"];
        if (known.Length == 0 || !known.Any(o => o.PfsEvent))
        {
            yield break;
        }

        int Cause(TrialOutcome o) => !o.PfsEvent ? 0 : o.PfsReason switch { "growth" => 1, "new_lesion" => 2, _ => 3 };
        AalenJohansen incidence = AalenJohansen.Of([.. known.Select(o =>
            new CompetingFollowUp(o.PfsDay / TrialAnalysis.MonthDays, Cause(o)))], causes.Length);
        double last = known.Max(o => o.PfsDay) / TrialAnalysis.MonthDays;
        foreach (double month in Months.Where(m => m <= last))
        {
            for (int cause = 1; cause <= causes.Length; cause++)
            {
                yield return new EndpointLine(arm, $"incidence_of_{causes[cause - 1]}_at_{month:0}_months", "1",
                    incidence.At(cause, month), known.Length,
                    known.Count(o => Cause(o) == cause && o.PfsDay / TrialAnalysis.MonthDays <= month), "Aalen-Johansen");
            }
        }
    }
}
