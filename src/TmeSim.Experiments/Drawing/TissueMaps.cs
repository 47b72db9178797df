using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Tissue and field maps of the lowest replicate that has snapshots: arms as rows, times as columns; in 3D the middle layer.</summary>
internal sealed class TissueMaps(ResultSet results) : IFigureDrawer
{
    private const double HypoxicMmHg = 10;
    private readonly Dictionary<string, TissueSnapshot> _read = [];
    private readonly SnapshotTimes _times = new(results);

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted) => request.Kind == FigureKind.Tissue ? Tissue(request, omitted) : Field(request, omitted);

    private IEnumerable<DrawnFigure> Tissue(FigureRequest request, Omissions omitted)
    {
        bool vessels = request.Layers.Count == 0 || request.Layers.Contains("vessels");
        foreach ((string lesion, TissueSnapshot[] chosen, string note) in Chosen(request, [0, 0.5, 1], omitted))
        {
            TissueFrame[] frames = [.. chosen.Select(s => s.Frame(s.Arm))];
            Figure figure = TissueFigure.Create(frames, vessels, results.Looks, ResultSetFigures.Options(request)).Of(request, results.Place(lesion));
            yield return new DrawnFigure(lesion, new ReportFigure($"Tissue{results.Place(lesion)}", Noted(figure, chosen), "Sections through the tissue." + note));
        }
    }

    private IEnumerable<DrawnFigure> Field(FigureRequest request, Omissions omitted)
    {
        foreach ((string lesion, TissueSnapshot[] chosen, string note) in Chosen(request, [1], omitted))
        {
            FieldInfo field = chosen[0].FieldRows.First(f => f.Key == request.Field);
            FieldFrame[] frames = [.. chosen.Select(s => new FieldFrame(s.Arm, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Fields[(int)field.Id], s.Parenchyma))];
            Figure figure = FieldFigure.Create(
                frames, field.Label, field.Unit, results.Looks, ResultSetFigures.Options(request), field.Id == FieldId.Oxygen ? HypoxicMmHg : null).Of(request, results.Place(lesion));
            yield return new DrawnFigure($"{field.Key}-{lesion}", new ReportFigure($"{field.Label}{results.Place(lesion)}", Noted(figure, chosen), "Values in sections through the tissue." + note));
        }
    }

    private IEnumerable<(string Lesion, TissueSnapshot[] Chosen, string Note)> Chosen(FigureRequest request, double[] defaults, Omissions omitted)
    {
        IReadOnlyList<string> arms = results.Shown(request.Arms);
        foreach (string lesion in results.ShownLesions(request.Lesions))
        {
            ShownSnapshot[] own = [.. results.Snapshots.Where(s => arms.Contains(s.Arm) && s.Header.Lesion == lesion)];
            string[] without = [.. arms.Where(a => own.All(s => s.Arm != a))];
            if (without.Length > 0)
            {
                omitted.Add(
                    $"tissue of {string.Join(", ", without)}, lesion {lesion}", "no snapshot of the replicate shown is there",
                    "Snapshots are kept of replicate 0, and of all replicates where time.snapshot_every is set");
            }

            double[] days = request.TimesHours.Count > 0 ? [.. request.TimesHours.Select(h => h / 24)] : Spread(own.GroupBy(s => s.Arm).Select(arm => arm.Select(s => s.Header.TimeD)), defaults);
            (ShownSnapshot[] chosen, string note) = _times.Nearest(own, days, omitted);
            if (chosen.Length > 0)
            {
                yield return (lesion, [.. chosen.Select(Read)], note);
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

    // Of the times that every arm has, those nearest to the wanted shares of the last one: an arm may have ended early.
    private static double[] Spread(IEnumerable<IEnumerable<double>> timesOfArms, double[] shares)
    {
        double[] common = [.. timesOfArms.DefaultIfEmpty([]).Aggregate((a, b) => a.Intersect(b)).Order()];
        return common.Length == 0 ? [0] : [.. shares.Select(share => common.MinBy(t => Math.Abs(t - (share * common[^1])))).Distinct()];
    }

    // Runs may differ in what of their tissue is shown.
    private static Figure Noted(Figure figure, IReadOnlyList<TissueSnapshot> chosen)
    {
        IGrouping<string, TissueSnapshot>[] alike = [.. chosen.GroupBy(Section)];
        string sections = alike.Length == 1 ? alike[0].Key : string.Join(' ', alike.Select(g => $"{string.Join(", ", g.Select(s => s.Arm).Distinct())}: {g.Key}"));
        return figure with { Note = $"{sections} {figure.Note}".TrimEnd() };
    }

    private static string Section(TissueSnapshot s) =>
        $"Replicate {s.Replicate}.{(s.LatticeLayers > 1 ? $" Layer {s.FirstLayer} of {s.LatticeLayers}." : "")}{(s.Every > 1 ? $" One site in {s.Every} along each edge is drawn." : "")}";
}
