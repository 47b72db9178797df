using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Measures;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Trials;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;
using ConditionalNode = TmeSim.Analysis.Trees.TreeNode;

namespace TmeSim.Experiments.Drawing;

/// <summary>The course of a patient in an arm, for figures of patients.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Days">Days of the visits that were not missed, 0 first.</param>
/// <param name="Changes">Change of the measured sum of diameters at each, as a fraction.</param>
internal sealed record TrialCourse(TrialPatient Patient, IReadOnlyList<double> Days, IReadOnlyList<double> Changes);

/// <summary>How many patients came how far, for the flow of a trial.</summary>
/// <param name="Screened">Screened patients; null where that is not known.</param>
/// <param name="Excluded">Those turned away, by rule.</param>
/// <param name="IsRandomised">Each is in one arm.</param>
internal sealed record TrialFlow(int? Screened, IReadOnlyList<(string Rule, int Count)> Excluded, bool IsRandomised)
{
    /// <summary>Treatment ends at progression; null where that is not known.</summary>
    public bool? EndsAtProgression { get; init; }
}

/// <summary>The figures of a trial, from its table and the statistics made of it.</summary>
/// <param name="table">Patients.</param>
/// <param name="numbers">Statistics.</param>
/// <param name="asked">What was asked.</param>
/// <param name="courses">Courses of the patients; none where there is only a table.</param>
/// <param name="flow">Numbers of the flow.</param>
internal sealed class TrialFigures(TrialTable table, TrialNumbers numbers, TrialQuestions asked, IReadOnlyList<TrialCourse> courses,
    TrialFlow flow)
{
    private const double Level = 0.95;
    private const int FewestClassed = 10, Bins = 4;
    private static readonly string[] Kinds =
        ["survival", "incidence", "waterfall", "spider", "swimmer", "forest", "tree", "biomarkers", "response_map", "flow"];

    private static readonly RecistResponse[] Groups = [RecistResponse.Complete, RecistResponse.Partial, RecistResponse.Stable,
        RecistResponse.Progression];

    // Patients of a counterfactual trial are not randomised.
    private static readonly TrialTime Time = TrialTime.Months with { Origin = "start of treatment" };

    private readonly ArmLooks _looks = new(table.Arms);

    /// <summary>Looks of the arms.</summary>
    public ArmLooks Looks => _looks;

    /// <summary>All that there is something to show for.</summary>
    public FigureList List() => new(Kinds,
    [
        new FigureTask("flow", _ => [Drawn("", "Flow of patients", Flow(), "")]),
        new FigureTask("survival", _ => Survival()),
        new FigureTask("incidence", _ => Incidence()),
        new FigureTask("waterfall", _ => Waterfall()),
        new FigureTask("spider", _ => Spider()),
        new FigureTask("swimmer", _ => Swimmer()),
        new FigureTask("forest", _ => Forests()),
        new FigureTask("tree", _ => Trees()),
        new FigureTask("biomarkers", _ => Biomarkers()),
        new FigureTask("response_map", _ => Map()),
    ]);

    private static DrawnFigure Drawn(string subject, string heading, Figure figure, string caption) =>
        new(subject, new ReportFigure(heading, figure, caption));

    private IEnumerable<DrawnFigure> Survival()
    {
        foreach ((string name, string title, Func<TrialOutcome, FollowUp> of, Func<(string, KaplanMeier? Os, KaplanMeier? Pfs),
            KaplanMeier?> pick) in
            ((string, string, Func<TrialOutcome, FollowUp>, Func<(string, KaplanMeier?, KaplanMeier?), KaplanMeier?>)[])[("os",
                "Overall survival", o => o.Os, c => c.Item2), ("pfs", "Progression-free survival", o => o.Pfs, c => c.Item3)])
        {
            (string Arm, KaplanMeier Curve)[] curves = [.. numbers.Curves.Select(c => (c.Arm, pick(c))).Where(c =>
                c.Item2 is not null).Select(c => (c.Arm, c.Item2!))];
            if (curves.Length == 0)
            {
                continue;
            }

            double[] ticks = [.. Time.Ticks(curves.Max(c => c.Curve.LastTime))];
            SurvivalArm[] arms = [.. curves.Select(c => new SurvivalArm(c.Arm, [.. c.Curve.Steps.Select(s => new SurvivalPoint(s.Time,
                s.Survival, s.Low, s.High))],
                [.. c.Curve.Steps.Where(s => s.Censored > 0).Select(s => s.Time)],
                    [.. ticks.Select(t => new RiskRow(t, c.Curve.AtRisk(t), c.Curve.CensoredBy(t), c.Curve.EventsBy(t)))])
            {
                Median = c.Curve.Median is var m ? new MedianTime(m.Value, m.Low, m.High) : null,
            })];
            yield return Drawn(name, title, KaplanMeierFigure.Create(arms, title, Time, Summary(name), Level, _looks,
                new FigureOptions()),
                "Kaplan-Meier curves with pointwise log-log intervals; ticks: patients censored. Below: at risk, censored and events up to then.");
        }
    }

    private string Summary(string endpoint) => string.Join("; ", numbers.Contrasts.Where(c => c.Subgroup.Length == 0
        && c.Endpoint == endpoint + "_hazard_ratio" && double.IsFinite(c.Value.Value))
        .Select(c => $"{c.Arm} against {c.Control}: hazard ratio {TrialWords.Ratio(c.Value)}, {(numbers.IsPaired ? "score test of pairs" : "log-rank")} {TrialWords.P(c.P)}"));

    private IEnumerable<DrawnFigure> Incidence()
    {
        string[] causes = ["growth of lesions", "new lesion", "death without progression"];
        List<IncidenceArm> arms = [];
        foreach (string arm in table.Arms)
        {
            TrialOutcome[] known = [.. table.Of(arm).Select(p => p.Outcome).Where(o => double.IsFinite(o.PfsDay)
                && o.PfsReason.Length > 0)];
            if (known.Length == 0 || !known.Any(o => o.PfsEvent))
            {
                continue;
            }

            AalenJohansen incidence = AalenJohansen.Of([.. known.Select(o => new CompetingFollowUp(o.PfsDay / TrialAnalysis.MonthDays,
                !o.PfsEvent ? 0 : o.PfsReason switch { "growth" => 1, "new_lesion" => 2, _ => 3 }))], causes.Length);
            double last = known.Max(o => o.PfsDay) / TrialAnalysis.MonthDays;
            KaplanMeier all = KaplanMeier.Of([.. known.Select(o => new FollowUp(o.PfsDay / TrialAnalysis.MonthDays, o.PfsEvent))]);
            arms.Add(new IncidenceArm(arm, [.. causes.Select((cause, c) =>
                new IncidenceCurve(cause, [.. incidence.Steps(c + 1).Select(s =>
                new SurvivalPoint(s.Time, s.Incidence, s.Low, s.High))]))], last,
                [.. Time.Ticks(last).Select(t => new RiskRow(t, all.AtRisk(t), all.CensoredBy(t), all.EventsBy(t)))]));
        }

        if (arms.Count > 0)
        {
            yield return Drawn("", "What ends progression-free survival",
                CumulativeIncidenceFigure.Create(arms, Time, IncidenceLayout.Arms, "", Level, _looks, new FigureOptions()),
                "Aalen-Johansen estimates: growth of the lesions of the baseline, new lesions, and death without progression compete.");
        }
    }

    private IEnumerable<DrawnFigure> Waterfall()
    {
        WaterfallArm[] arms = [.. table.Arms.Select(arm => (arm, Of: table.Of(arm).Where(p =>
            p.Outcome.Best is not null).ToArray())).Where(a => a.Of.Length > 0).Select(a =>
            new WaterfallArm(a.arm, [.. a.Of.Where(p => double.IsFinite(p.Outcome.BestChange)).Select(p =>
                new WaterfallBar(p.Outcome.BestChange, ResponseTable.Code(p.Outcome.Best!.Value)))])
            {
                NotEvaluable = a.Of.Count(p => p.Outcome.Best == RecistResponse.NotEvaluable),
            })];
        if (arms.Any(a => a.Bars.Count > 0))
        {
            yield return Drawn("", "Best response of patients", WaterfallFigure.Create(arms, "Best change of the sum of diameters", Rules,
                _looks, new FigureOptions(), Subjects.Patients),
                "Measured sums of the lesions of the baseline, up to progression.");
        }
    }

    private static ResponseRules Rules => new([RecistRules.Standard.Increase],
        -RecistRules.PartialFall) { Note = "Progression: 20 % and 5 mm over the smallest sum, or a new lesion (RECIST 1.1)." };

    private IEnumerable<DrawnFigure> Spider()
    {
        ArmSeries[] arms = [.. table.Arms.Select(arm => (arm, Of: courses.Where(c => c.Patient.Arm == arm
            && c.Days.Count > 1).ToArray())).Where(a => a.Of.Length > 0)
            .Select(a => new ArmSeries(a.arm, [.. a.Of.Select(c => c.Days.ToArray())], [.. a.Of.Select(c => c.Changes.ToArray())]))];
        if (arms.Length > 0)
        {
            yield return Drawn("", "Course of patients", SpiderFigure.Create(arms, [], "Change of the sum of diameters", Rules, _looks,
                new FigureOptions(), Subjects.Patients), "Measured sums at the visits.");
        }
    }

    private IEnumerable<DrawnFigure> Swimmer()
    {
        SwimmerArm[] arms = [.. table.Arms.Select(arm => new SwimmerArm(arm, [.. table.Of(arm).Where(p => double.IsFinite(p.Outcome.OsDay)
            && p.Outcome.Best is not null).Select(p =>
            new SwimmerLane(p.Outcome.OsDay, TherapyEnd(p.Outcome), p.Outcome.ResponseDay, p.Outcome.ProgressionDay,
                ResponseTable.Code(p.Outcome.Best!.Value)))])).Where(a => a.Lanes.Count > 0)];
        if (arms.Length > 0)
        {
            yield return Drawn("", "Response and progression of patients",
                SwimmerFigure.Create(arms, Rules.Note, _looks, new FigureOptions(), Subjects.Patients),
                "Follow-up of each patient to death, loss or the analysis. Treatment is drawn up to the progression that the trial saw; in the simulation it ends when the lesions have grown, which errors of measurement and new lesions do not decide.");
        }
    }

    private double TherapyEnd(TrialOutcome outcome) => flow.EndsAtProgression switch
    {
        true when double.IsFinite(outcome.ProgressionDay) => outcome.ProgressionDay,
        null => double.NaN,
        _ => outcome.OsEvent ? outcome.OsDay : double.PositiveInfinity,
    };

    private IEnumerable<DrawnFigure> Forests()
    {
        string endpoint = asked.Primary == TrialEndpoint.Os ? "os_hazard_ratio" : "pfs_hazard_ratio",
            words = asked.Primary == TrialEndpoint.Os ? "overall survival" : "progression-free survival";
        foreach (string arm in table.Arms.Where(a => a != asked.Control))
        {
            ContrastLine[] lines = [.. numbers.Contrasts.Where(c => c.Arm == arm && c.Endpoint == endpoint)];
            if (lines.FirstOrDefault(l => l.Subgroup.Length == 0) is not { } overall || lines.Length < 2)
            {
                continue;
            }

            static SubgroupRow Row(ContrastLine line, string level) =>
                new(level, [new(line.Events, line.Count), new(line.ControlEvents, line.ControlCount)], line.Value);
            Subgroup[] groups = [.. lines.Where(l => l.Subgroup.Length > 0).GroupBy(l => l.Subgroup).Select(g =>
                new Subgroup(g.Key, [.. g.Select(l => Row(l, l.Level == g.Key ? "yes" : "no"))])
            {
                InteractionP = g.Select(l => l.Interaction).FirstOrDefault(double.IsFinite, double.NaN),
            })];
            yield return Drawn(arm, $"Subgroups: {words}", SubgroupForestFigure.Create(Row(overall, "All patients"), groups,
                new SubgroupContrast("hazard ratio", arm, asked.Control), "", new FigureOptions()),
                "Cox models, events of patients; p: Wald test of the product of arm and subgroup. Intervals are not corrected for their number.");
        }
    }

    private IEnumerable<DrawnFigure> Trees()
    {
        foreach ((string arm, Analysis.Trees.ConditionalTree tree) in numbers.Trees)
        {
            yield return Drawn(arm, $"Who is primary refractory: {arm}", DecisionTreeFigure.Create(Node(tree.Root), "refractory",
                $"Conditional inference tree (Hothorn et al. 2006), p corrected for {tree.Features.Count} covariates.",
                    new FigureOptions()), "Progression, or death from tumour or liver, in time; patients who left before or died of another cause are not classed.");
        }
    }

    private static TreeNode Node(ConditionalNode node)
    {
        TreeNode own = new(node.Count, (int)Math.Round(node.Count * (node.Response.Shares?.GetValueOrDefault("refractory") ?? 0)));
        return node.Split is not { } split ? own : own with
        {
            Split = split.Threshold is { } threshold ? TreeSplit.At(split.Feature, node.P ?? double.NaN, threshold, Node(node.Left!),
                Node(node.Right!))
                : new TreeSplit(split.Feature, node.P ?? double.NaN, string.Join(", ", split.Left!), string.Join(", ", split.Right!),
                    Node(node.Left!), Node(node.Right!)),
        };
    }

    private IEnumerable<DrawnFigure> Biomarkers()
    {
        foreach (string arm in table.Arms)
        {
            TrialPatient[] patients = [.. table.Of(arm).Where(p => p.Outcome.Best is not null)];
            List<Biomarker> drawn = [];
            foreach ((int c, Covariate covariate) in table.Covariates.Index().Where(c => !c.Item.IsWord
                && (asked.Biomarkers.Count == 0 || asked.Biomarkers.Contains(c.Item.Name))))
            {
                BiomarkerGroup[] groups = [.. Groups.Select(g => (g, Values: patients.Where(p => p.Outcome.Best == g).Select(p =>
                    p.Values[c].Number).Where(double.IsFinite).ToArray()))
                    .Where(g => g.Values.Length > 0).Select(g => new BiomarkerGroup(ResponseTable.Code(g.g), Box(g.Values), g.Values))];
                if (groups.Length > 1)
                {
                    double[] yes = [.. Responding(patients, c, true)], no = [.. Responding(patients, c, false)];
                    drawn.Add(new Biomarker(Axis(covariate), groups) { P = yes.Length > 1 && no.Length > 1 ? RankSum.Of(yes, no).P
                        : double.NaN });
                }
            }

            if (drawn.Count > 0)
            {
                yield return Drawn(arm, $"Biomarkers before treatment by response: {arm}",
                    BiomarkerBoxFigure.Create(drawn, "1.5 interquartile ranges", "rank sum test of responders against others", "",
                    new FigureOptions()),
                    "Boxes: quartiles.");
            }
        }
    }

    // A measure is called as in other figures.
    private static BiomarkerAxis Axis(Covariate covariate) => MeasureTable.Find(covariate.Name) is { } measure
        ? new BiomarkerAxis(measure.Label, measure.LabelUnit) : new BiomarkerAxis(covariate.Name, covariate.Unit);

    private static IEnumerable<double> Responding(TrialPatient[] patients, int column, bool responds) =>
        patients.Where(p => p.Outcome.Responds == responds).Select(p => p.Values[column].Number).Where(double.IsFinite);

    private static BoxSummary Box(double[] values)
    {
        double[] q = Quantiles.Of(values, 0.25, 0.5, 0.75);
        double reach = 1.5 * (q[2] - q[0]);
        double[] inside = [.. values.Where(v => v >= q[0] - reach && v <= q[2] + reach)];
        return new BoxSummary(values.Length, inside.Min(), q[0], q[1], q[2], inside.Max());
    }

    private IEnumerable<DrawnFigure> Map()
    {
        int x = table.Find("patient.nlr") is var trait and >= 0 ? trait : table.Find("nlr"), y = table.Find("ifng_score");
        if (x < 0 || y < 0)
        {
            yield break;
        }

        foreach (string arm in table.Arms)
        {
            (double X, double Y, TrialOutcome Outcome)[] known = [.. table.Of(arm).Select(p =>
                (p.Values[x].Number, p.Values[y].Number, p.Outcome)).Where(p => double.IsFinite(p.Item1 + p.Item2)
                && p.Outcome.Best is not null)];
            if (known.Length < FewestClassed)
            {
                continue;
            }

            double[] Cuts(Func<(double X, double Y, TrialOutcome), double> of) =>
                [.. Quantiles.Of([.. known.Select(of)], [.. Enumerable.Range(1, Bins - 1).Select(i => (double)i / Bins)]).Distinct()];
            double[] xs = Cuts(k => k.X), ys = Cuts(k => k.Y);
            static int Bin(double[] cuts, double value) => cuts.Count(c => value > c);
            ResponseCell[] cells = [.. from row in Enumerable.Range(0, ys.Length + 1)
                from column in Enumerable.Range(0, xs.Length + 1)
                let inside = known.Where(k => Bin(xs, k.X) == column && Bin(ys, k.Y) == row).ToArray()
                select new ResponseCell(inside.Count(k => k.Outcome.Responds), inside.Length)];
            yield return Drawn(arm, $"Response by NLR and IFN-γ score: {arm}",
                ResponseMapFigure.Create(new BiomarkerAxis("NLR", "", true), new BiomarkerAxis("IFN-γ score"),
                [.. known.Select(k => new ResponsePoint(k.X, k.Y, ResponseTable.Code(k.Outcome.Best!.Value)))],
                    new ResponseGrid(xs, ys, cells), "objective response", "Cells: quartiles of all patients.", new FigureOptions()), "");
        }
    }

    private Figure Flow()
    {
        int patients = table.Patients.Select(p => p.Patient).Distinct().Count();
        List<FlowStep> common = [];
        if (flow.Screened is { } screened)
        {
            common.Add(new FlowStep("Screened", screened) { Leaving = [.. flow.Excluded.Where(e => e.Count > 0).Select(e =>
                new FlowReason($"not {e.Rule}", e.Count))] });
        }

        common.Add(new FlowStep(flow.IsRandomised ? "Randomised" : "Enrolled", patients));
        FlowArm[] arms = [.. table.Arms.Select(arm =>
        {
            TrialPatient[] all = [.. table.Patients.Where(p => p.Arm == arm)];
            TrialOutcome[] good = [.. table.Of(arm).Select(p => p.Outcome)];
            int lost = good.Count(o => o.OsReason == "drop_out"), evaluable = good.Count(o =>
                o.Best is not null and not RecistResponse.NotEvaluable);
            return new FlowArm(arm,
            [
                new FlowStep("Treated", all.Length) { LeavingLabel = "Failed", Leaving = all.Length > good.Length
                    ? [new FlowReason("simulation failed", all.Length - good.Length)] : [] },
                new FlowStep("Analysed for survival", good.Length) { LeavingLabel = "Not evaluable", Leaving = good.Length > evaluable
                    ? [new FlowReason("no assessment", good.Length - evaluable)] : [] },
                new FlowStep("Evaluable for response", evaluable),
                new FlowStep("Followed to the analysis or death", good.Length - lost) { LeavingLabel = "", Leaving = [] },
            ]);
        })];
        return FlowFigure.Create(common, arms, flow.IsRandomised ? "" : "Every patient is treated in every arm with the same luck.",
            _looks, new FigureOptions(flow.IsRandomised || table.Arms.Count < 2 ? null
            : $"Flow of patients: {(flow.Screened is { } seen ? $"{seen} screened, " : "")}{patients} treated in each of {table.Arms.Count} arms"));
    }
}
