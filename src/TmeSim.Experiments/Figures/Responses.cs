using TmeSim.Analysis;
using TmeSim.Reports;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Response of each replicate by the sum of the diameters of its lesions: waterfall of the best change, spider of its course.</summary>
internal sealed class Responses(ResultSet results) : IFigureDrawer
{
    private const string Label = "Change of the sum of diameters";
    private const string Caption = "Cell-count diameters on the scale of the clinical lesions, summed over lesions; lines at +20 % and −30 % as in RECIST 1.1.";

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        IReadOnlyList<string> lesions = results.ShownLesions(request.Lesions);
        ArmSeries[] arms = [.. results.Shown(request.Arms).Select(a => SumsMm(a, lesions)).Where(a => a.ValuesPerReplicate.Count > 0)];
        if (arms.Length == 0)
        {
            omitted.Add("responses", $"no arm shown has diameters of {string.Join(" + ", lesions)}");
            yield break;
        }

        string place = lesions.Count < results.Lesions.Count ? ", " + string.Join(" + ", lesions) : "";
        if (request.Kind == FigureKind.Waterfall)
        {
            WaterfallArm[] best = [.. arms.Select(a => new WaterfallArm(a.Arm, [.. a.TimesDaysPerReplicate.Zip(a.ValuesPerReplicate).Select(r => Best(r.First, r.Second))]))];
            Figure figure = WaterfallFigure.Create(best, "Best " + char.ToLowerInvariant(Label[0]) + Label[1..], new ResponseRules(), arms.Length > 1, results.Looks, Options(request, "best response", place));
            yield return new DrawnFigure(request.Kind, string.Join('-', lesions), new ReportFigure($"Best response of replicates{place}", figure, Caption));
        }
        else
        {
            DoseMark[] doses = [.. results.Doses.Where(d => arms.Any(a => a.Arm == d.Arm))];
            Figure figure = SpiderFigure.Create([.. arms.Select(Changes)], doses, Label, new ResponseRules(), results.Looks, Options(request, "replicates over time", place));
            yield return new DrawnFigure(request.Kind, string.Join('-', lesions), new ReportFigure($"Course of replicates{place}", figure, Caption));
        }
    }

    // Smallest size up to progression, as RECIST has it; progression takes 5 mm too, so sizes are clinical ones.
    internal static double Best(double[] days, double[] sumsMm) => days.Length < 2 ? double.NaN : Recist.Assess(days, sumsMm).BestChange;

    private static ArmSeries Changes(ArmSeries sumsMm) =>
        sumsMm with { ValuesPerReplicate = [.. sumsMm.ValuesPerReplicate.Select(r => r.Select(sum => (sum / r[0]) - 1).ToArray())] };

    private FigureOptions Options(FigureRequest request, string what, string place) =>
        new(request.Title ?? $"{results.Title}: {what}{place}", request.Columns, request.WidthPx, request.HeightPx);

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
