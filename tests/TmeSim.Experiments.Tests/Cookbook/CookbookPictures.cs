using System.Text.RegularExpressions;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Cookbook;

/// <summary>The pictures of the cookbook, from whole runs of its scenario files.</summary>
internal static class CookbookPictures
{
    /// <summary>Bytes of a picture at most.</summary>
    public const int MaxBytes = 70_000;

    private static readonly FigureFormat SmallPng = new("small", "png", figure => PageDrawing.Png(figure, 96));

    /// <summary>Runs what is not finished in <paramref name="runs"/>, draws all figures, and puts one of each kind beside the page.</summary>
    public static void Write(string runs)
    {
        foreach (RecipeFile file in Recipes.Files)
        {
            string figures = Path.Combine(Draw(file, runs), "figures");
            foreach (string kind in file.Recipes.Select(r => r.Kind))
            {
                string format = CookbookPage.Format(kind);
                File.Copy(Directory.GetFiles(figures, "*" + format).Order(StringComparer.Ordinal)
                    .First(f => Regex.IsMatch(Path.GetFileName(f), $@"^\d+-{kind}[-.]")), Path.Combine(CookbookPage.Folder, kind + format), overwrite: true);
            }
        }
    }

    private static string Draw(RecipeFile file, string runs)
    {
        FigureFormat[] plots = [FigureFormat.Svg, SmallPng];
        var progress = new RunProgress();
        ScenarioDefinition scenario = ScenarioReader.ReadFile(Path.Combine(CookbookPage.Scenarios, file.File)).Definition!;
        if (scenario.Calibration is not null)
        {
            return CalibrationSession.Execute(new CalibrationRequest { Scenario = scenario, OutDirectory = runs, Plots = plots }, progress).Folder;
        }

        if (scenario.Sweep is not null)
        {
            return SweepSession.Execute(new SweepRequest { Scenario = scenario, OutDirectory = runs, Plots = plots }, progress).Folder;
        }

        // A run that is finished may have been made for other figures.
        string folder = RunSession.Execute(new RunRequest { Scenario = scenario, OutDirectory = runs, Figures = false }, progress).Folder;
        string figures = string.Join(", ", file.Recipes.Select(r => CookbookPage.Entry(file, r.Kind)));
        return CompareSession.Redraw(folder, [$"figures=[{figures}]"], plots).Folder;
    }
}
