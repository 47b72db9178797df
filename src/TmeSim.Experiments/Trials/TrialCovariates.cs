using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Patient;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Covariates before treatment beside refractoriness and progression.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
internal sealed class TrialCovariates(TrialView view)
{
    private IEnumerable<int> Numbers() => view.Table.Covariates.Index().Where(c => !c.Item.IsWord
        && (view.Asked.Biomarkers.Count == 0 || view.Asked.Biomarkers.Contains(c.Item.Name))).Select(c => c.Index);

    public IEnumerable<BiomarkerLine> Biomarkers(string arm)
    {
        (TrialPatient Patient, bool Refractory)[] classed = view.ClassedOf(arm);
        foreach (int c in Numbers())
        {
            (double Value, bool Refractory)[] known = [.. classed.Select(p => (p.Patient.Values[c].Number, p.Refractory)).Where(p =>
                double.IsFinite(p.Number))];
            double[] yes = [.. known.Where(k => k.Refractory).Select(k => k.Value)],
                no = [.. known.Where(k => !k.Refractory).Select(k => k.Value)];
            if (yes.Length < 2 || no.Length < 2)
            {
                continue;
            }

            RocCurve curve = RocCurve.Of([.. known.Select(k => -k.Value)], [.. known.Select(k => k.Refractory)]);
            yield return new BiomarkerLine(arm, view.Table.Covariates[c].Name, view.Table.Covariates[c].Unit, Quantiles.Median(yes),
                Quantiles.Median(no), curve.Area, RankSum.Of(yes, no).P, known.Length, yes.Length);
        }
    }

    public IEnumerable<ModelLine> Models(string arm)
    {
        int[] columns = [.. Numbers()];
        TrialPatient[] complete = [.. view.Arms[arm].Where(p => columns.All(c => double.IsFinite(p.Values[c].Number)))];
        TrialPatient[] timed = [.. complete.Where(p => double.IsFinite(p.Outcome.PfsDay))];
        (int[] varying, double[][] rows) = Standardised(timed, columns);
        if (varying.Length > 0 && timed.Count(p => p.Outcome.PfsEvent) >= 2 * varying.Length
            && view.Try($"the Cox model of {arm}", () => CoxModel.Fit([.. timed.Select(p => TrialView.InMonths(p.Outcome.Pfs))], rows,
            Names(varying))) is { } cox)
        {
            yield return new ModelLine(arm, "pfs", cox.Terms, cox.LikelihoodRatio, cox.Count, cox.Events);
        }

        TrialPatient[] classed = [.. complete.Where(p => p.Outcome.IsRefractory(view.Asked.RefractoryDays) is not null)];
        (varying, rows) = Standardised(classed, columns);
        if (varying.Length > 0 && classed.Length >= 4 * varying.Length
            && view.Try($"the logistic model of {arm}", () => LogisticModel.Fit([.. classed.Select(p => p.Outcome.IsRefractory(view.Asked.RefractoryDays)!.Value)],
                rows, Names(varying))) is { } model)
        {
            yield return new ModelLine(arm, "refractory", model.Terms, model.LikelihoodRatio, model.Count, model.Hits);
        }
    }

    private string[] Names(int[] columns) => [.. columns.Select(c => view.Table.Covariates[c].Name)];

    // Values of covariates that vary, less their mean, over their standard deviation. One that others determine is left out. Means and spreads
    // are those of some patients where only these may be known.
    private static (int[] Columns, double[][] Rows) Standardised(TrialPatient[] patients, int[] columns, int[]? known = null)
    {
        known ??= [.. Enumerable.Range(0, patients.Length)];
        List<int> kept = [];
        List<double[]> scores = [];
        foreach (int c in columns)
        {
            double[] values = [.. patients.Select(p => p.Values[c].Number)];
            var sample = MonteCarloError.Of([.. known.Select(k => values[k])]);
            if (known.Length < 3 || !(sample.StandardDeviation > 1e-9 * Math.Abs(sample.Mean)))
            {
                continue;
            }

            double[] score = [.. values.Select(v => (v - sample.Mean) / sample.StandardDeviation)];
            if (!scores.Any(s => Math.Abs(known.Sum(k => s[k] * score[k]) / (known.Length - 1)) > 0.999))
            {
                kept.Add(c);
                scores.Add(score);
            }
        }

        return ([.. kept], [.. Enumerable.Range(0, patients.Length).Select(i => scores.Select(s => s[i]).ToArray())]);
    }

    // Made on every other patient, held against the rest.
    public ScoreLine? Score(string arm)
    {
        int[] columns = [.. Numbers()];
        (TrialPatient Patient, bool Refractory)[] classed = [.. view.ClassedOf(arm).Where(p =>
            columns.All(c => double.IsFinite(p.Patient.Values[c].Number)))];
        int[] made = [.. Enumerable.Range(0, classed.Length).Where(i => i % 2 == 0)],
            held = [.. Enumerable.Range(0, classed.Length).Where(i => i % 2 == 1)];
        (int[] varying, double[][] rows) = Standardised([.. classed.Select(p => p.Patient)], columns, made);
        if (varying.Length == 0 || made.Length < 4 * varying.Length || held.Select(i => classed[i].Refractory).Distinct().Count() < 2)
        {
            return null;
        }

        if (view.Try($"the risk score of {arm}", () => LogisticModel.Fit([.. made.Select(i => classed[i].Refractory)], [.. made.Select(i => rows[i])],
            Names(varying))) is not { IsSeparated: false, Converged: true } model)
        {
            return null;
        }

        double[] risks = [.. held.Select(i => model.Intercept.Coefficient
            + model.Terms.Select((t, k) => t.Coefficient * rows[i][k]).Sum()).Select(z => 1 / (1 + Math.Exp(-z)))];
        bool[] outcomes = [.. held.Select(i => classed[i].Refractory)];
        return new ScoreLine(arm, Names(varying), RiskCalibration.Of(risks, outcomes, Math.Clamp(held.Length / 20, 2, 10)),
            RocCurve.Of(risks, outcomes).Area);
    }

    public ConditionalTree? Tree(string arm)
    {
        (TrialPatient Patient, bool Refractory)[] classed = view.ClassedOf(arm);
        TreeFeature[] features = [.. view.Table.Covariates.Index().Where(c => view.Asked.Tree.Count == 0
            || view.Asked.Tree.Contains(c.Item.Name)).Select(c => c.Item.IsWord
            ? TreeFeature.Categorical(c.Item.Name, [.. classed.Select(p => p.Patient.Values[c.Index].Word is { Length: > 0 } word ? word
                : null)])
            : TreeFeature.Numeric(c.Item.Name, [.. classed.Select(p => p.Patient.Values[c.Index].Number)]))];
        if (view.Asked.Tree.Contains("stratum"))
        {
            features = [.. features, TreeFeature.Categorical("stratum",
                [.. classed.Select(p => p.Patient.Stratum is { Length: > 0 } stratum ? stratum : null)])];
        }

        foreach (TreeFeature wide in features.Where(f => f.Levels?.Count > TreeSettings.MostLevels))
        {
            view.Remark($"{wide.Name} has {wide.Levels!.Count} different words among those who are classed, more than the {TreeSettings.MostLevels} that a tree "
                + "can divide: it is left out of the trees");
        }

        features = [.. features.Where(f => !(f.Levels?.Count > TreeSettings.MostLevels))];
        return classed.Length < TrialView.FewestClassed || features.Length == 0 ? null
            : view.Try($"the tree of {arm}", () => ConditionalTree.Fit(features, TreeResponse.Classes([.. classed.Select(p => p.Refractory ? "refractory"
                : "not refractory")])));
    }
}
