using TmeSim.Engine.Plan;
using TmeSim.Reports;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Blood concentrations as recorded, and the occupancy of targets that they give.</summary>
internal sealed class DrugCourses(ResultSet results) : IFigureDrawer
{
    public IEnumerable<DrawnFigure> Draw(FigureRequest request)
    {
        // Blood is the patient's: any lesion tells it.
        string lesion = results.ShownLesions(request.Lesions) is [string first, ..] ? first : results.Lesions[0];
        IReadOnlyList<string> shown = results.Shown(request.Arms);
        (ResultArm Arm, DrugPlan[] Drugs)[] treated =
        [
            .. results.Arms.Where(a => shown.Contains(a.Label) && a.Plan.Therapy.Count > 0).Select(a => (a, a.Plan.Therapy.Select(c => c.Drug).DistinctBy(d => d.Name).ToArray())),
        ];
        if (treated.Length == 0)
        {
            yield break;
        }

        DrugLevels[] levels =
        [
            .. treated.SelectMany(t => t.Drugs).Select(d => d.Name).Distinct().Select(name => new DrugLevels(
                name, "mg/L", [.. treated.Where(t => t.Drugs.Any(d => d.Name == name)).SelectMany(t => Level(t.Arm, name, lesion))])),
        ];
        TargetOccupancy[] targets =
        [
            .. treated.SelectMany(t => t.Drugs).SelectMany(d => d.Effects).Select(e => e.Target).Distinct().Select(target => new TargetOccupancy(
                DrugTargets.Label(target), [.. treated.SelectMany(t => Occupancy(t.Arm, t.Drugs, target, lesion))])),
        ];
        Figure figure = PharmacokineticsFigure.Create(levels, targets, [.. results.Doses.Where(d => shown.Contains(d.Arm))], results.Looks, results.Options(request, "drugs", ""));
        yield return new DrawnFigure(
            request.Kind, "blood", new ReportFigure("Drugs in blood and on their targets", figure,
            "Occupancy where delivery is full: C/(C + KD) with C = partition × blood concentration; poorly perfused tissue gets less. Drugs that share a target add their C/KD."));
    }

    private IEnumerable<ArmSeries> Level(ResultArm arm, string drug, string lesion)
    {
        string column = Column(arm, drug);
        return results.Table.Column(column) < 0 ? [] : results.Series(column, lesion, [arm.Label]);
    }

    private IEnumerable<ArmSeries> Occupancy(ResultArm arm, DrugPlan[] drugs, DrugTarget target, string lesion)
    {
        // mg/L over kDa is µmol/L.
        (int Column, double PerMgPerL)[] parts =
        [
            .. drugs.SelectMany(d => d.Effects.Where(e => e.Target == target).Select(e => (results.Table.Column(Column(arm, d.Name)), d.Partition / d.MolarMassKDa * 1e3 / e.KdNm)))
                .Where(p => p.Item1 >= 0),
        ];
        if (parts.Length == 0)
        {
            return [];
        }

        TimeSeriesRow[][] replicates = [.. results.Table.Rows.Where(r => r.Arm == arm.Label && r.Lesion == lesion).GroupBy(r => r.Replicate).Select(g => g.ToArray())];
        double Occupied(TimeSeriesRow row)
        {
            double bound = parts.Sum(p => row.Values[p.Column] * p.PerMgPerL);
            return bound / (1 + bound);
        }

        return [new ArmSeries(arm.Label, [.. replicates.Select(r => r.Select(x => x.TimeDays).ToArray())], [.. replicates.Select(r => r.Select(Occupied).ToArray())])];
    }

    private static string Column(ResultArm arm, string drug)
    {
        var columns = new MeasureColumns(arm.Source.Scenario);
        return columns.DrugColumn(drug);
    }
}
