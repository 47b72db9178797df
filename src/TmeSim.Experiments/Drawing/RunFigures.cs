using TmeSim.Experiments.Results;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Draws one kind of figure for a request, see <see cref="FigureTask"/>.</summary>
internal interface IFigureDrawer
{
    /// <param name="request">What is asked for.</param>
    /// <param name="omitted">Takes whatever is asked for and not drawn, with the reason.</param>
    IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted);
}

/// <summary>The figures of a result set: those that its scenario asks for, else a set that fits the arms.</summary>
internal sealed class RunFigures
{
    private static readonly string[] DefaultFields = ["oxygen", "vegf", "ifng", "suppressive"];
    private readonly ResultSet _results;
    private readonly Dictionary<FigureKind, IFigureDrawer> _drawers;

    private RunFigures(ResultSet results)
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
            [FigureKind.Swimmer] = responses,
            [FigureKind.Synergy] = new Synergies(results),
            [FigureKind.PhasePlane] = new PhasePlanes(results),
            [FigureKind.Clones] = new CloneCourses(results),
            [FigureKind.Tissue] = maps,
            [FigureKind.Field] = maps,
            [FigureKind.Spatial] = new SpatialFigures(results),
            [FigureKind.Pharmacokinetics] = new DrugCourses(results),
        };
    }

    /// <summary>Figures of a result set.</summary>
    public static FigureList Of(ResultSet results)
    {
        var figures = new RunFigures(results);
        bool asked = results.Scenario.Figures.Count > 0;
        IEnumerable<FigureRequest> requests = asked ? results.Scenario.Figures : figures.Defaults();
        return new FigureList([.. FigureTable.Names], [.. requests.Select((request, i) => figures.Task(request, asked ? i + 1 : null))])
        {
            Remarks = [.. figures.OtherFigures(), .. figures.UndrawnData()],
        };
    }

    private FigureTask Task(FigureRequest request, int? entry) => new(FigureTable.Of(request.Kind).Name, omitted =>
    {
        RequestedNames.Check(_results, request, omitted);
        return _drawers[request.Kind].Draw(request, omitted).Select(drawn => drawn with
        {
            Figure = drawn.Figure with { Figure = drawn.Figure.Figure with { Formats = request.Formats.Count == 0 ? null : request.Formats, IsLettered = request.IsLettered } },
        });
    }) { Entry = entry };

    // A comparison draws the figures of one scenario.
    private IEnumerable<string> OtherFigures()
    {
        ScenarioRun drawn = _results.Runs.First(r => r.Scenario == _results.Scenario);
        string own = string.Join('\n', drawn.Scenario.Figures.Select(Text));
        return _results.Runs.Where(r => r.Scenario.Figures.Count > 0 && string.Join('\n', r.Scenario.Figures.Select(Text)) != own)
            .Select(r => new Omission(
                "its figures", $"a comparison draws those of one scenario, here of {drawn.Scenario.Name}", "Give the figures wanted with --set figures=[…]")
                .Text(r.Scenario.Name));
    }

    private IEnumerable<string> UndrawnData()
    {
        FigureRequest[] courses = [.. _results.Scenario.Figures.Where(f => f.Kind == FigureKind.TimeCourse)];
        return _results.Scenario.Figures.Count == 0 || courses.Any(c => c.Measures.Count == 0) ? [] : _results.Data
            .Where(d => !courses.Any(c => c.Measures.Any(m => RequestedNames.Columns(_results, m).Contains(d.Measure))))
            .Select(d => new Omission($"observed points {d.Label}", $"no time_course figure shows {d.Measure}", "Add one with this measure to figures")
                .Text("data"));
    }

    private static string Text(FigureRequest f) => string.Join(
        '|', f.Kind, string.Join(',', f.Measures), string.Join(',', f.TimesHours), string.Join(',', f.Layers), f.Field,
        string.Join(',', f.Functions), string.Join(',', f.Arms),
        string.Join(',', f.Lesions), f.Control, f.Title, string.Join(',', f.Formats), f.IsLettered);

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
                FigureKind.Burden or FigureKind.Waterfall or FigureKind.Spider or FigureKind.Swimmer => several || replicates,
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
