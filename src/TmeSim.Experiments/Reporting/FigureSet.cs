using System.Runtime.ExceptionServices;
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

    /// <summary>Draws all, several at once, in the order of the requests.</summary>
    public IReadOnlyList<DrawnFigure> Draw()
    {
        try
        {
            return [.. Requests().AsParallel().AsOrdered().SelectMany(request => _drawers[request.Kind].Draw(request))];
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
            throw;
        }
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
