using System.Globalization;
using TmeSim.Engine.Fields;
using TmeSim.Reports;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Tissue and field maps of the lowest replicate that has snapshots: arms as rows, times as columns; in 3D the middle layer.</summary>
internal sealed class TissueMaps(ResultSet results) : IFigureDrawer
{
    private readonly Dictionary<string, TissueSnapshot> _read = [];

    public IEnumerable<DrawnFigure> Draw(FigureRequest request) => request.Kind == FigureKind.Tissue ? Tissue(request) : Field(request);

    private IEnumerable<DrawnFigure> Tissue(FigureRequest request)
    {
        bool vessels = request.Layers.Count == 0 || request.Layers.Contains("vessels");
        foreach ((string lesion, TissueSnapshot[] chosen, string? remark) in Chosen(request, [0, 0.5, 1]))
        {
            TissueFrame[] frames = [.. chosen.Select(s => new TissueFrame(s.Arm, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Parenchyma, s.Immune, s.VesselPerfusion))];
            Figure figure = TissueFigure.Create(frames, vessels, results.Looks, results.Options(request, "", lesion));
            yield return new DrawnFigure(request.Kind, lesion, new ReportFigure($"Tissue{results.Place(lesion)}", figure, Caption(chosen))) { Remark = remark };
        }
    }

    private IEnumerable<DrawnFigure> Field(FigureRequest request)
    {
        FieldInfo field = FieldTable.All.First(f => f.Key == request.Field);
        foreach ((string lesion, TissueSnapshot[] chosen, string? remark) in Chosen(request, [1]))
        {
            FieldFrame[] frames = [.. chosen.Select(s => new FieldFrame(s.Arm, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Fields[(int)field.Id], s.Parenchyma))];
            Figure figure = FieldFigure.Create(frames, field.Label, field.Unit, results.Looks, results.Options(request, field.Label, lesion));
            yield return new DrawnFigure(request.Kind, $"{field.Key}-{lesion}", new ReportFigure($"{field.Label}{results.Place(lesion)}", figure, Caption(chosen))) { Remark = remark };
        }
    }

    // Wanted times that no snapshot has (an arm ended early) take the last snapshot before them.
    private IEnumerable<(string Lesion, TissueSnapshot[] Chosen, string? Remark)> Chosen(FigureRequest request, double[] defaults)
    {
        IReadOnlyList<string> arms = results.Shown(request.Arms), lesions = results.ShownLesions(request.Lesions);
        double step = results.Scenario.Plan.Time.StepHours;
        foreach (var lesion in results.Snapshots.Where(s => arms.Contains(s.Arm) && lesions.Contains(s.Header.Lesion)).GroupBy(s => s.Header.Lesion))
        {
            double[] days = request.TimesHours.Count > 0
                ? [.. request.TimesHours.Select(h => h / 24)]
                : Spread(lesion.GroupBy(s => s.Arm).Select(arm => arm.Select(s => s.Header.TimeD)), defaults);
            ShownSnapshot[] chosen =
            [
                .. lesion.GroupBy(s => s.Arm).SelectMany(arm => days.Select(d => arm.Where(s => s.Header.TimeD <= d + (step / 48)).MaxBy(s => s.Header.TimeD)))
                    .OfType<ShownSnapshot>().Distinct(),
            ];
            if (chosen.Length > 0)
            {
                yield return (lesion.Key, [.. chosen.Select(Read)], Missing(request, days, [.. lesion.Select(s => s.Header.TimeD)]));
            }
        }
    }

    // A section is read once for all figures that show it.
    private TissueSnapshot Read(ShownSnapshot snapshot)
    {
        lock (_read)
        {
            if (!_read.TryGetValue(snapshot.Path, out TissueSnapshot? section))
            {
                _read[snapshot.Path] = section = snapshot.Read(SnapshotFile.ReadSection);
            }

            return section;
        }
    }

    // Times that no arm has a snapshot of: it was not asked for when the run was made.
    private static string? Missing(FigureRequest request, double[] wanted, double[] there)
    {
        double[] missing = [.. wanted.Where(d => !there.Any(t => Math.Abs(t - d) < 0.05))];
        return missing.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{FigureTable.Of(request.Kind).Name}: no snapshot at day {string.Join(", ", missing.Select(d => d.ToString("0.##", CultureInfo.InvariantCulture)))}; the last one before is shown. Snapshots are there for days {string.Join(", ", there.Distinct().Order().Select(d => d.ToString("0.##", CultureInfo.InvariantCulture)))}.");
    }

    // Of the times that every arm has, those nearest to the wanted shares of the last one: an arm may have ended early.
    private static double[] Spread(IEnumerable<IEnumerable<double>> timesOfArms, double[] shares)
    {
        double[] common = [.. timesOfArms.Aggregate((a, b) => a.Intersect(b)).Order()];
        return common.Length == 0 ? [0] : [.. shares.Select(share => common.MinBy(t => Math.Abs(t - (share * common[^1])))).Distinct()];
    }

    // Runs may differ in what of their tissue is shown.
    private static string Caption(IReadOnlyList<TissueSnapshot> chosen)
    {
        IGrouping<string, TissueSnapshot>[] alike = [.. chosen.GroupBy(Section)];
        return alike.Length == 1 ? alike[0].Key : string.Join(' ', alike.Select(g => $"{string.Join(", ", g.Select(s => s.Arm).Distinct())}: {g.Key}"));
    }

    private static string Section(TissueSnapshot s) =>
        $"Replicate {s.Replicate}.{(s.LatticeLayers > 1 ? $" Layer {s.FirstLayer} of {s.LatticeLayers}." : "")}{(s.Every > 1 ? $" One site in {s.Every} along each edge is drawn." : "")}";
}
