using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>The figures of a result set: those that its scenario asks for, else a set that fits the arms.</summary>
internal sealed class FigureSet
{
    private static readonly string[] DefaultFields = ["oxygen", "vegf", "ifng", "suppressive"];
    private readonly ResultSet _results;
    private readonly Dictionary<FigureKind, IFigureDrawer> _drawers;

    public FigureSet(ResultSet results)
    {
        _results = results;
        var maps = new TissueMaps(results);
        var comparisons = new Comparisons(results);
        var responses = new Responses(results);
        _drawers = new Dictionary<FigureKind, IFigureDrawer>
        {
            [FigureKind.TimeCourse] = new TimeCourses(results),
            [FigureKind.Contrast] = comparisons,
            [FigureKind.Burden] = comparisons,
            [FigureKind.Waterfall] = responses,
            [FigureKind.Spider] = responses,
            [FigureKind.Synergy] = new Synergies(results),
            [FigureKind.PhasePlane] = new PhasePlanes(results),
            [FigureKind.Clones] = new CloneCourses(results),
            [FigureKind.Tissue] = maps,
            [FigureKind.Field] = maps,
            [FigureKind.Spatial] = new SpatialFigures(results),
            [FigureKind.Pharmacokinetics] = new DrugCourses(results),
        };
    }

    /// <summary>Draws all, several at once, in the order of the requests; and says which of those asked for came to nothing.</summary>
    public (IReadOnlyList<DrawnFigure> Figures, IReadOnlyList<string> Remarks) Draw()
    {
        bool asked = _results.Scenario.Figures.Count > 0;
        IReadOnlyList<FigureRequest> requests = Requests();
        DrawnFigure[][] drawn = DrawInParallel.All(requests, request => _drawers[request.Kind].Draw(request));
        return (
            [.. drawn.SelectMany(figures => figures)],
            [
                .. drawn.SelectMany(figures => figures).Select(f => f.Remark).OfType<string>().Distinct(),
                .. drawn.Index().Where(d => d.Item.Length == 0).Select(d => _drawers[requests[d.Index].Kind].WhyNot(requests[d.Index])
                    ?? (asked ? $"Not drawn: {FigureTable.Of(requests[d.Index].Kind).Name}, entry {d.Index + 1} of figures; the arms, lesions and times it asks for have nothing to show." : null)).OfType<string>(),
            ]);
    }

    private IReadOnlyList<FigureRequest> Requests() => _results.Scenario.Figures.Count > 0 ? _results.Scenario.Figures : [.. Defaults()];

    private IEnumerable<FigureRequest> Defaults()
    {
        bool several = _results.Arms.Count > 1;
        bool replicates = _results.Runs.Any(r => r.Run.Manifest.Done.Max(d => d.Replicate) > 0);
        bool clones = _results.Runs.Any(r => r.Scenario.Plan.Lesions.Any(l => l.Clones.Count > 0));
        foreach (FigureInfo figure in FigureTable.All)
        {
            bool wanted = figure.Kind switch
            {
                FigureKind.Contrast => several && replicates,
                FigureKind.Burden or FigureKind.Waterfall or FigureKind.Spider => several || replicates,
                FigureKind.Clones => clones,
                _ => true,
            };
            if (figure.Kind == FigureKind.Field)
            {
                foreach (string field in DefaultFields)
                {
                    yield return new FigureRequest { Kind = FigureKind.Field, Field = field };
                }
            }
            else if (wanted)
            {
                yield return new FigureRequest { Kind = figure.Kind };
            }
        }
    }
}
