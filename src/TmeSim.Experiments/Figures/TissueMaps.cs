using TmeSim.Engine.Fields;
using TmeSim.Reports;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Tissue and field maps of the lowest replicate that has snapshots: arms as rows, times as columns; in 3D the middle layer.</summary>
internal sealed class TissueMaps
{
    private readonly ScenarioDefinition _scenario;
    private readonly ArmLooks _looks;
    private readonly (string Arm, TissueSnapshot Snapshot)[] _snapshots;

    public TissueMaps(ScenarioDefinition scenario, IEnumerable<TissueSnapshot> snapshots)
    {
        _scenario = scenario;
        _looks = new ArmLooks([.. scenario.Arms.Select(a => a.Name)]);
        _snapshots = [.. snapshots.Select(s => (s.Arm, s))];
    }

    public IEnumerable<DrawnFigure> Tissue(FigureRequest request)
    {
        bool vessels = request.Layers.Count == 0 || request.Layers.Contains("vessels");
        foreach ((string lesion, TissueSnapshot[] chosen) in Chosen(request, [0, 0.5, 1]))
        {
            TissueFrame[] frames = [.. chosen.Select(s => new TissueFrame(s.Arm, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Parenchyma, s.Immune, s.VesselPerfusion))];
            yield return new DrawnFigure("tissue", lesion, new ReportFigure($"Tissue{Place(lesion)}", TissueFigure.Create(frames, vessels, _looks, new FigureOptions($"{_scenario.Name}{Place(lesion)}")), Caption(chosen[0])));
        }
    }

    public IEnumerable<DrawnFigure> Field(FigureRequest request)
    {
        FieldInfo field = FieldTable.All.First(f => f.Key == request.Field);
        foreach ((string lesion, TissueSnapshot[] chosen) in Chosen(request, [1]))
        {
            FieldFrame[] frames = [.. chosen.Select(s => new FieldFrame(s.Arm, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Fields[(int)field.Id], s.Parenchyma))];
            yield return new DrawnFigure(
                "field", $"{field.Key}-{lesion}", new ReportFigure($"{field.Label}{Place(lesion)}", FieldFigure.Create(frames, field.Label, field.Unit, _looks, new FigureOptions($"{field.Label}{Place(lesion)}")), Caption(chosen[0])));
        }
    }

    // Wanted times that no snapshot has (an arm ended early) take the last snapshot before them.
    private IEnumerable<(string Lesion, TissueSnapshot[] Chosen)> Chosen(FigureRequest request, double[] defaults)
    {
        double duration = _scenario.Plan.Time.DurationHours, step = _scenario.Plan.Time.StepHours;
        foreach (var lesion in _snapshots.Where(s => request.Arms.Count == 0 || request.Arms.Contains(s.Arm)).GroupBy(s => s.Snapshot.Lesion))
        {
            double[] days = request.TimesHours.Count > 0
                ? [.. request.TimesHours.Select(h => Math.Min(h, duration) / 24)]
                : Spread(lesion.GroupBy(s => s.Arm).Select(arm => arm.Select(s => s.Snapshot.TimeDays)), defaults);
            TissueSnapshot[] chosen =
            [
                .. lesion.GroupBy(s => s.Arm).SelectMany(arm => days.Select(d => arm.Select(s => s.Snapshot).Where(s => s.TimeDays <= d + (step / 48)).MaxBy(s => s.TimeDays)))
                    .OfType<TissueSnapshot>().Distinct(),
            ];
            if (chosen.Length > 0)
            {
                yield return (lesion.Key, chosen);
            }
        }
    }

    // Of the times that every arm has, those nearest to the wanted shares of the last one: an arm may have ended early.
    private static double[] Spread(IEnumerable<IEnumerable<double>> timesOfArms, double[] shares)
    {
        double[] common = [.. timesOfArms.Aggregate((a, b) => a.Intersect(b)).Order()];
        return common.Length == 0 ? [0] : [.. shares.Select(share => common.MinBy(t => Math.Abs(t - (share * common[^1])))).Distinct()];
    }

    private string Place(string lesion) => _scenario.Plan.Lesions.Count > 1 ? $", {lesion}" : "";

    private static string Caption(TissueSnapshot s) =>
        $"Replicate {s.Replicate}.{(s.LatticeLayers > 1 ? $" Layer {s.FirstLayer} of {s.LatticeLayers}." : "")}{(s.Every > 1 ? $" One site in {s.Every} along each edge is drawn." : "")}";
}
