using System.Globalization;
using System.Text;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Experiments.Trials;

namespace TmeSim.Science.Tests.Trials;

/// <summary>What the literature says of trials against what the virtual ones gave, claim by claim, as Markdown. Nothing here goes back into a model.</summary>
internal sealed class TrialClaims
{
    private const string Fit = "fit", Check = "check", Prediction = "prediction";
    private readonly StringBuilder _text = new("| id | claimed | observed | role | verdict |\n|---|---|---|---|---|\n");

    public override string ToString() => _text.ToString();

    /// <summary>IMbrave150: A+B against sorafenib.</summary>
    public void Imbrave(TrialRun run)
    {
        const string ab = "A+B", s = "Sorafenib";
        Within("S4-04 overall survival, sorafenib [months]", "13.4 (11.4–16.9)", run.Value(s, "median_os"), 11.4, 16.9, Fit);
        Within("new lesions as progression, sorafenib, 12 months", "0.19 (SORAMIC)", run.Value(s, "incidence_of_new_lesion_at_12_months"), 0.14, 0.24, Fit);
        Within("S4-01 survival in advanced stage [months]", "10–19", run.Value(s, "median_os"), 10, 19, Check);
        Within("S4-04 progression-free survival, sorafenib [months]", "4.3 (4.0–5.6)", run.Value(s, "median_pfs"), 4.0, 5.6, Check);
        Within("S4-05 response, sorafenib", "0.11–0.12", run.Value(s, "objective_response"), 0.08, 0.16, Prediction);
        Within("S4-05 progression as best response, sorafenib", "0.25", run.Value(s, "progression_as_best_response"), 0.18, 0.32, Prediction);
        Within("S4-05 response, A+B", "0.25–0.35", run.Value(ab, "objective_response"), 0.25, 0.35, Check);
        Within("S4-05 complete response, A+B", "0.03–0.09", run.Value(ab, "complete_response"), 0.03, 0.09, Prediction);
        Within("S4-05 progression as best response, A+B", "0.15–0.25", run.Value(ab, "progression_as_best_response"), 0.15, 0.25, Prediction);
        Within("S4-05 disease control, A+B", "0.68–0.80", run.Value(ab, "disease_control"), 0.68, 0.80, Prediction);
        Within("S4-04 overall survival, A+B [months]", "19.2 (17.0–23.7)", run.Value(ab, "median_os"), 17.0, 23.7, Prediction);
        Within("survival at 12 months, A+B", "0.672 (0.613–0.731)", run.Value(ab, "os_at_12_months"), 0.613, 0.731, Prediction);
        Within("S4-04 overall survival, hazard ratio", "0.66 (0.52–0.85)", run.Contrast(ab, "os_hazard_ratio")!.Value, 0.52, 0.85, Prediction);
        Within("the same, follow-up up to the wall", "0.66 (0.52–0.85)", run.Contrast(ab, "os_simulated_hazard_ratio")?.Value ?? Estimate.None, 0.52, 0.85, Prediction);
        Row("deaths after the wall, A+B and sorafenib", "–", $"{N(run.Value(ab, "os_events_beyond_the_simulation").Value)} and {N(run.Value(s, "os_events_beyond_the_simulation").Value)}", "", "");
        Within("S4-04 progression-free survival, A+B [months]", "6.9 (5.7–8.6)", run.Value(ab, "median_pfs"), 5.7, 8.6, Prediction);
        Within("S4-04 progression-free survival, hazard ratio", "0.65 (0.53–0.81)", run.Contrast(ab, "pfs_hazard_ratio")!.Value, 0.53, 0.81, Prediction);
        Within("time to response, A+B [months]", "2–3", run.Value(ab, "median_time_to_response"), 1.3, 4, Prediction);
        Row("responders that progress, A+B", "some", Share(run.Table.Of(ab).Count(p => p.Outcome.Responds && p.Outcome.PfsEvent), run.Table.Of(ab).Count(p => p.Outcome.Responds)), Prediction, "");
    }

    /// <summary>Who is primary refractory to A+B.</summary>
    public void Refractoriness(TrialRun run)
    {
        const string ab = "A+B";
        bool?[] classed = run.Refractory(ab);
        double[] Of(string name, bool refractory) => [.. run.Covariate(ab, name).Where((v, i) => classed[i] == refractory && double.IsFinite(v))];
        double[] Area(string name) => run.Numbers.Biomarkers.FirstOrDefault(b => b.Arm == ab && b.Name == name) is { } b ? [b.Area.Value, b.Area.Low, b.Area.High, b.P] : [double.NaN, double.NaN, double.NaN, double.NaN];
        Within("S0-02 primary refractory", "0.40 ± 0.05", run.Value(ab, "primary_refractory"), 0.35, 0.45, Prediction);
        Within("the same, progression that was seen alone", "0.40 ± 0.05", run.Value(ab, "early_progression"), 0.35, 0.45, Prediction);
        double[] cd163 = [.. run.Covariate(ab, "cd163_fraction").Zip(run.Covariate(ab, "macrophages_bed_per_mm2"), (a, b) => a * b)];
        double[] yes = [.. cd163.Where((v, i) => classed[i] == true && double.IsFinite(v))], no = [.. cd163.Where((v, i) => classed[i] == false && double.IsFinite(v))];
        Row("S0-05 CD163 density, refractory/rest", "> 1.3, p < 0.01", N(yes.Average() / no.Average()) + $", {TrialWords.P(RankSum.Of(yes, no).P)}", Prediction,
            yes.Average() / no.Average() > 1.3 && RankSum.Of(yes, no).P < 0.01 ? "reproduced" : "not reproduced");
        double cd8 = Of("cd8_core_per_mm2", true).Average() / Of("cd8_core_per_mm2", false).Average();
        Row("S0-06 CD8 of the core, refractory/rest", "< 0.7", N(cd8), Prediction, cd8 < 0.7 ? "reproduced" : "not reproduced");
        double[] ifng = Area("ifng_score");
        Row("S0-07 AUC of a low IFN-γ score", "≥ 0.65", Interval(ifng), Prediction, ifng[0] >= 0.65 ? "reproduced" : "too weak");
        int nlr = run.Table.Find("nlr");
        TrialPatient[] patients = [.. run.Table.Of(ab)];
        int Cell(bool high, bool refractory) => patients.Where((p, i) => p.Values[nlr].Number >= 3 == high && classed[i] == refractory).Count();
        OddsRatio odds = OddsRatio.Of(Cell(true, true), Cell(true, false), Cell(false, true), Cell(false, false));
        Row("S0-08 NLR ≥ 3, odds ratio of refractoriness", "> 1.5, above 1", Interval(odds.Ratio), Prediction, odds.Ratio.Low > 1 && odds.Ratio.Value > 1.5 ? "reproduced" : odds.Ratio.Value > 1 ? "direction" : "not reproduced");
        ConditionalTree? tree = run.Numbers.Trees.FirstOrDefault(t => t.Arm == ab).Tree;
        Row("S0-09 tree", "IFN-γ, then NLR", tree is null ? "none" : Walk(tree.Root), Prediction, "");
        Landmark(run, ab);
    }

    /// <summary>A+B against A.</summary>
    public void Single(TrialRun run)
    {
        Within("X-01b A+B against A, progression-free survival, hazard ratio", "0.55 (80 %: 0.40–0.74)", run.Contrast("A+B", "pfs_hazard_ratio")!.Value, 0.40, 0.74, Prediction);
        Within("X-01b progression-free survival, A [months]", "3.4", run.Value("A", "median_pfs"), 2.6, 4.3, Prediction);
        Within("S4-06 response, A", "0.12–0.22", run.Value("A", "objective_response"), 0.12, 0.22, Prediction);
        Within("S4-06 progression as best response, A", "0.30–0.45", run.Value("A", "progression_as_best_response"), 0.30, 0.45, Prediction);
        Within("X-01b response hardly moves, difference", "0.03 (20 against 17 %)", run.Contrast("A+B", "response_difference")!.Value, -0.05, 0.10, Prediction);
    }

    /// <summary>CheckMate 459: nivolumab against sorafenib.</summary>
    public void Checkmate(TrialRun run)
    {
        Within("S4-07 overall survival, hazard ratio", "0.85 (0.72–1.02)", run.Contrast("Nivolumab", "os_hazard_ratio")!.Value, 0.72, 1.02, Prediction);
        Within("S4-07 progression-free survival, hazard ratio", "0.93 (0.79–1.10)", run.Contrast("Nivolumab", "pfs_hazard_ratio")!.Value, 0.79, 1.10, Prediction);
        Within("S4-07 overall survival, nivolumab [months]", "16.4", run.Value("Nivolumab", "median_os"), 13.9, 18.4, Prediction);
        Within("S4-06 response, nivolumab", "0.15", run.Value("Nivolumab", "objective_response"), 0.12, 0.22, Prediction);
        Within("S4-06 progression as best response, nivolumab", "0.37", run.Value("Nivolumab", "progression_as_best_response"), 0.30, 0.45, Prediction);
    }

    /// <summary>CSF1R blockade beside A+B, by NLR.</summary>
    public void Myeloid(TrialRun run)
    {
        const string arm = "A+B + anti-CSF1R";
        Row("S0-11 A+B + anti-CSF1R against A+B, progression-free survival", "better", Interval(run.Contrast(arm, "pfs_hazard_ratio")!.Value), Prediction, Direction(run.Contrast(arm, "pfs_hazard_ratio")!.Value));
        ContrastLine high = run.Contrast(arm, "pfs_hazard_ratio", "patient.nlr >= 3")!, low = run.Contrast(arm, "pfs_hazard_ratio", "not patient.nlr >= 3")!;
        Row("S0-13 more with NLR ≥ 3, hazard ratios", "interaction", $"{Interval(high.Value)} and {Interval(low.Value)}, {TrialWords.P(high.Interaction)}", Prediction, high.Interaction < 0.05 && high.Value.Value < low.Value.Value ? "reproduced" : "not reproduced");
    }

    /// <summary>NEK9 activity and its inhibitor.</summary>
    public void Nek9(TrialRun run)
    {
        const string arm = "A+B + NEK9 inhibitor", control = "A+B";
        double[] nek9 = run.Covariate(control, "nek9");
        Estimate cd8 = Spearman.Of(nek9, run.Covariate(control, "cd8_core_per_mm2")).Coefficient;
        Row("S1-02 NEK9 with CD8 of the core, before treatment", "rho < −0.2", Interval(cd8), Prediction, cd8.Value < -0.2 ? "reproduced" : cd8.High < 0 ? "direction" : "not reproduced");
        double median = Quantiles.Median(nek9);
        FollowUp[] Os(bool high) => [.. run.Table.Of(control).Where((_, i) => nek9[i] > median == high).Select(p => p.Outcome.Os)];
        CoxModel cox = CoxModel.Fit([.. Os(true), .. Os(false)], [.. Os(true).Select(_ => new double[] { 1 }), .. Os(false).Select(_ => new double[] { 0 })], ["high"]);
        Row("S1-01 high NEK9 against low, overall survival under A+B", "worse", Interval(cox.Terms[0].Ratio), Prediction, cox.Terms[0].Ratio.Low > 1 ? "reproduced" : cox.Terms[0].Ratio.Value > 1 ? "direction" : "not reproduced");
        Row("NEK9 inhibitor beside A+B, progression-free survival", "better (hypothesis)", Interval(run.Contrast(arm, "pfs_hazard_ratio")!.Value), Prediction, Direction(run.Contrast(arm, "pfs_hazard_ratio")!.Value));
        ContrastLine high = run.Contrast(arm, "pfs_hazard_ratio", "nek9 > 1")!, low = run.Contrast(arm, "pfs_hazard_ratio", "not nek9 > 1")!;
        Row("more where NEK9 is high", "(hypothesis)", $"{Interval(high.Value)} and {Interval(low.Value)}, {TrialWords.P(high.Interaction)}", Prediction, "");
    }

    /// <summary>Radiotherapy of one of two lesions with a PD-1 antibody.</summary>
    public void Radiotherapy(TrialRun run)
    {
        const string arm = "SBRT + nivolumab";
        Row("S4-28 SBRT + PD-1 against PD-1, progression-free survival", "better", Interval(run.Contrast(arm, "pfs_hazard_ratio")!.Value), Prediction, Direction(run.Contrast(arm, "pfs_hazard_ratio")!.Value));
        Row("S4-28 overall survival", "better", Interval(run.Contrast(arm, "os_hazard_ratio")!.Value), Prediction, Direction(run.Contrast(arm, "os_hazard_ratio")!.Value));
        Row("S4-22 response of both lesions together", "better", $"{Interval(run.Value(arm, "objective_response"))} against {Interval(run.Value("Nivolumab", "objective_response"))}", Prediction, "");
    }

    /// <summary>Acquired against primary resistance.</summary>
    public void Resistance(TrialRun run)
    {
        const string arm = "A+B";
        TrialPatient[] progressed = [.. run.Table.Of(arm).Where(p => double.IsFinite(p.Outcome.ProgressionDay))];
        TrialPatient[] acquired = [.. progressed.Where(p => double.IsFinite(p.Outcome.ResponseDay))], primary = [.. progressed.Where(p => !double.IsFinite(p.Outcome.ResponseDay) && p.Outcome.ProgressionDay <= 182)];
        FollowUp[] After(TrialPatient[] of) => [.. of.Select(p => new FollowUp(p.Outcome.OsDay - p.Outcome.ProgressionDay, p.Outcome.OsEvent))];
        string sizes = $"{acquired.Length} and {primary.Length} patients";
        try
        {
            CoxModel cox = CoxModel.Fit([.. After(acquired), .. After(primary)], [.. acquired.Select(_ => new double[] { 1 }), .. primary.Select(_ => new double[] { 0 })], ["acquired"]);
            Row("S2-02 survival after progression, acquired against primary", "HR < 0.8", $"{Interval(cox.Terms[0].Ratio)}, {sizes}", Prediction, cox.Terms[0].Ratio.High < 1 ? "reproduced" : cox.Terms[0].Ratio.Value < 0.8 ? "direction" : "not reproduced");
        }
        catch (ArgumentException)
        {
            Row("S2-02 survival after progression, acquired against primary", "HR < 0.8", $"cannot be fitted: {sizes}", Prediction, "undecided");
        }

        foreach ((string measure, string claim) in ((string, string)[])[("cd8_bed_per_mm2", "kept"), ("ifng_score", "kept"), ("cd8_exhausted_fraction", "up"), ("mhc1_mean", "lost in some")])
        {
            double[] Ratios(TrialPatient[] of) => [.. of.Select(p => run.At(p, p.Outcome.ProgressionDay, measure) / p.Values[run.Table.Find(measure)].Number).Where(double.IsFinite)];
            double[] a = Ratios(acquired), b = Ratios(primary);
            Row($"S2-03 {measure} at progression over before, acquired and primary", claim, a.Length == 0 || b.Length == 0 ? "none" : $"{N(Quantiles.Median(a))} and {N(Quantiles.Median(b))}", Prediction, "");
        }
    }

    // Survival by refractoriness, from six months on, so that nobody is refractory for having died.
    private void Landmark(TrialRun run, string arm)
    {
        TrialPatient[] known = [.. run.Table.Of(arm).Where(p => p.Outcome.IsRefractory(run.Questions.RefractoryDays) is not null)];
        bool[] refractory = [.. known.Select(p => p.Outcome.IsRefractory(run.Questions.RefractoryDays)!.Value)];
        FollowUp[] all = [.. known.Select(p => p.Outcome.Os)];
        KaplanMeier yes = KaplanMeier.Of([.. all.Where((_, i) => refractory[i])]), no = KaplanMeier.Of([.. all.Where((_, i) => !refractory[i])]);
        Row("S0-03 overall survival, refractory against others [months]", "7.3 against 31.5; 10.8 against not reached", $"{N(yes.Median.Value / TrialAnalysis.MonthDays)} against {N(no.Median.Value / TrialAnalysis.MonthDays)}", Prediction,
            yes.Median.Value * 3 < no.Median.Value ? "reproduced" : "direction");
        Landmark mark = Analysis.Survival.Landmark.At(all, run.Questions.RefractoryDays);
        IReadOnlyList<bool> kept = mark.Select(refractory);
        FollowUp[] late = [.. mark.FollowUps.Where((_, i) => kept[i])], other = [.. mark.FollowUps.Where((_, i) => !kept[i])];
        if (late.Length > 0 && other.Length > 0)
        {
            Row("S0-03 the same from six months on", "p < 0.001", $"log-rank {TrialWords.P(LogRank.Between(late, other).P)}, {late.Length} and {other.Length} patients", Check, LogRank.Between(late, other).P < 0.001 ? "reproduced" : "not reproduced");
        }
    }

    private static string Walk(TreeNode node) => node.Split is not { } split ? $"{node.Response.Shares?.GetValueOrDefault("refractory"):0.00} of {node.Count}"
        : $"{split.Feature} ≤ {(split.Threshold is { } t ? N(t) : string.Join("/", split.Left!))} (p {node.P:0.000}): {Walk(node.Left!)}; else {Walk(node.Right!)}";

    private void Within(string id, string claimed, Estimate value, double low, double high, string role)
    {
        string verdict = double.IsNaN(value.Value) ? "none" : value.Value >= low && value.Value <= high ? "reproduced" : value.Low <= high && value.High >= low ? "undecided"
            : value.Value < low ? "contradicted, too low" : "contradicted, too high";
        Row(id, claimed, Interval(value), role, verdict);
    }

    private static string Direction(Estimate ratio) => ratio.High < 1 ? "reproduced" : ratio.Low > 1 ? "contradicted" : "undecided";

    private static string Share(int k, int n) => n == 0 ? "none" : $"{k} of {n}";

    private static string Interval(Estimate value) => TrialWords.Interval(value);

    private static string Interval(double[] value) => TrialWords.Interval(new Estimate(value[0], value[1], value[2]));

    private static string N(double value) => double.IsFinite(value) ? value.ToString("0.##", CultureInfo.InvariantCulture) : "not reached";

    private void Row(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
