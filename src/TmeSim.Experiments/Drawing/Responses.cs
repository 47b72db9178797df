using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Response of each replicate: waterfall and swimmer of what the visits gave (responses.csv), spider of the recorded course of the sum of diameters.</summary>
internal sealed class Responses(ResultSet results) : IFigureDrawer
{
    private const string Label = "Change of the sum of diameters";
    private const string Diameters = "Cell-count diameters on the scale of the clinical lesions, summed over lesions";

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted) => request.Kind switch
    {
        FigureKind.Waterfall => Waterfall(request, omitted),
        FigureKind.Swimmer => Swimmer(request, omitted),
        _ => Spider(request, omitted),
    };

    private IEnumerable<DrawnFigure> Waterfall(FigureRequest request, Omissions omitted)
    {
        ResultArm[] arms = WithResponses(request, omitted);
        WaterfallArm[] best = [.. arms.Select(Bars)];
        if (!best.Any(a => a.Bars.Count > 0))
        {
            NotEvaluable(arms, omitted);
            yield break;
        }

        if (results.ShownLesions(request.Lesions).Count < results.Lesions.Count)
        {
            omitted.Add("responses by lesion", "a response is that of all lesions together");
        }

        Figure figure = WaterfallFigure.Create(best, "Best " + char.ToLowerInvariant(Label[0]) + Label[1..], ArmRules.Of(arms), results.Looks, ResultSetFigures.Options(request));
        yield return new DrawnFigure(string.Join('-', results.Lesions), new ReportFigure("Best response of replicates", figure, $"{Diameters}, at the assessment visits."));
    }

    private IEnumerable<DrawnFigure> Swimmer(FigureRequest request, Omissions omitted)
    {
        ResultArm[] arms = WithResponses(request, omitted);
        if (arms.Length > 0)
        {
            Figure figure = SwimmerFigure.Create([.. arms.Select(Lanes)], ArmRules.Of(arms).Note, results.Looks, ResultSetFigures.Options(request));
            yield return new DrawnFigure(string.Join('-', results.Lesions), new ReportFigure("Response and progression of replicates", figure, $"{Diameters}, at the assessment visits."));
        }
    }

    private SwimmerArm Lanes(ResultArm arm)
    {
        var history = new DoseHistory(arm.Source.Run);
        ILookup<int, double> days = results.Table.Rows.Where(r => r.Arm == arm.Label).ToLookup(r => r.Replicate, r => r.TimeDays);
        double End(int replicate) => days[replicate].DefaultIfEmpty(double.NaN).Max();
        return new SwimmerArm(arm.Label, [.. results.Responses.Rows.Where(r => r.Arm == arm.Label).OrderBy(r => r.Replicate).Select(r => new SwimmerLane(
            End(r.Replicate), history.TherapyEndDays(arm.Name, r.Replicate, arm.Plan, End(r.Replicate)),
            r.TimeToResponseDays, r.ProgressionDays, ResponseTable.Code(r.Best)))]);
    }

    // Arms with a table of responses; the others are named.
    private ResultArm[] WithResponses(FigureRequest request, Omissions omitted)
    {
        ResultArm[] shown = [.. Shown(request)], arms = [.. shown.Where(a => results.Responses.Counts(a.Label) is not null)];
        if (arms.Length < shown.Length)
        {
            ResultArm[] left = [.. shown.Except(arms)];
            omitted.Add(
                $"responses of {string.Join(", ", left.Select(a => a.Label))}", $"{string.Join(", ", left.Select(a => a.Source).Distinct().Select(Folder))} has no responses.csv",
                "Run the scenario again for it", always: true);
        }

        return arms;
    }

    private IEnumerable<DrawnFigure> Spider(FigureRequest request, Omissions omitted)
    {
        IReadOnlyList<string> lesions = results.ShownLesions(request.Lesions);
        ResultArm[] shown = [.. Shown(request)];
        ArmSeries[] arms = [.. shown.Select(a => SumsMm(a.Label, lesions)).Where(a => a.ValuesPerReplicate.Count > 0)];
        if (arms.Length == 0)
        {
            omitted.Add("courses", $"no arm shown has diameters of {string.Join(" + ", lesions)}");
            yield break;
        }

        string place = lesions.Count < results.Lesions.Count ? ", " + string.Join(" + ", lesions) : "";
        DoseMark[] doses = [.. results.Doses.Where(d => arms.Any(a => a.Arm == d.Arm))];
        ResponseRules rules = ArmRules.Of([.. shown.Where(a => arms.Any(s => s.Arm == a.Label))]);
        Figure figure = SpiderFigure.Create([.. arms.Select(Changes)], doses, Label, rules, results.Looks, ResultSetFigures.Options(request)).Of(request, place);
        yield return new DrawnFigure(string.Join('-', lesions), new ReportFigure($"Course of replicates{place}", figure, $"{Diameters}, at every recorded time."));
    }

    private IEnumerable<ResultArm> Shown(FigureRequest request)
    {
        IReadOnlyList<string> labels = results.Shown(request.Arms);
        return results.Arms.Where(a => labels.Contains(a.Label));
    }

    private WaterfallArm Bars(ResultArm arm) => new(
        arm.Label, [.. results.Responses.Rows.Where(r => r.Arm == arm.Label && r.IsEvaluable).Select(r => new WaterfallBar(r.BestChange, ResponseTable.Code(r.Best)))])
    {
        Summary = results.Responses.Counts(arm.Label)!.Text,
        NotEvaluable = results.Responses.Counts(arm.Label)![RecistResponse.NotEvaluable],
    };

    private void NotEvaluable(ResultArm[] arms, Omissions omitted)
    {
        if (arms.Length == 0)
        {
            return;
        }

        if (results.Responses.Rows.Any(r => r.Visits > 0 && arms.Any(a => a.Label == r.Arm)))
        {
            omitted.Add("best responses", "no replicate has a tumour at t = 0, so none is evaluable", always: true);
            return;
        }

        double[] first = [.. arms.Select(ArmRules.VisitDays)];
        double[] ends = [.. arms.Select(a => results.Table.Rows.Where(r => r.Arm == a.Label).Max(r => r.TimeDays))];
        omitted.Add(
            "best responses", "no replicate was visited, so none is evaluable",
            $"The first visit would be on day {NumberText.Days((first.Min(), first.Max()))} (endpoints.assessment_interval), the arms end on day {NumberText.Days((ends.Min(), ends.Max()))}",
            always: true);
    }

    private static string Folder(ScenarioRun run) => $"{run.Run.Directory} (version {run.Run.Manifest.ToolVersion}, model {run.Run.Manifest.ModelVersion})";

    private static ArmSeries Changes(ArmSeries sumsMm) =>
        sumsMm with { ValuesPerReplicate = [.. sumsMm.ValuesPerReplicate.Select(r => r.Select(sum => (sum / r[0]) - 1).ToArray())] };

    // Sum of diameters [mm] by replicate, at times that all lesions have.
    private ArmSeries SumsMm(string arm, IReadOnlyList<string> lesions)
    {
        int column = results.Table.Column("tumor_diameter_mm");
        var replicates = results.Table.Rows.Where(r => column >= 0 && r.Arm == arm && lesions.Contains(r.Lesion)).GroupBy(r => r.Replicate)
            .Select(g => g.GroupBy(r => r.TimeDays).Where(t => t.Select(r => r.Lesion).Distinct().Count() == g.Select(r => r.Lesion).Distinct().Count())
                .Select(t => (Day: t.Key, Sum: t.Sum(r => r.Values[column]))).OrderBy(t => t.Day).ToArray())
            .Where(t => t.Length > 0 && t[0].Sum > 0 && t.All(x => double.IsFinite(x.Sum))).ToArray();
        return new ArmSeries(arm, [.. replicates.Select(r => r.Select(t => t.Day).ToArray())], [.. replicates.Select(r => r.Select(t => t.Sum).ToArray())]);
    }
}
