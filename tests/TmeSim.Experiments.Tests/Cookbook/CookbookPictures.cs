using System.Security.Cryptography;
using System.Text.RegularExpressions;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Cookbook;

/// <summary>The pictures of the cookbook, from whole runs of its scenario files.</summary>
internal static class CookbookPictures
{
    /// <summary>Bytes of a picture at most.</summary>
    public const int MaxBytes = 80_000;

    /// <summary>List of pictures: the hash of each, and that of what it was made from.</summary>
    public const string List = "pictures.csv";

    private static readonly FigureFormat SmallPng = new("small", "png", figure => PageDrawing.Png(figure, 96));

    /// <summary>Runs what is not finished in <paramref name="runs"/>, draws all figures, and puts one of each kind into a folder, with their list.</summary>
    public static void Write(string runs, string folder)
    {
        foreach (RecipeFile file in Recipes.Files)
        {
            string figures = Path.Combine(Draw(file, runs), "figures");
            foreach (string kind in file.Recipes.Select(r => r.Kind))
            {
                string format = CookbookPage.Format(kind);
                File.Copy(Directory.GetFiles(figures, "*" + format).Order(StringComparer.Ordinal)
                    .First(f => Regex.IsMatch(Path.GetFileName(f), $@"^\d+-{kind}[-.]")), Path.Combine(folder, kind + format), overwrite: true);
            }
        }

        File.WriteAllText(Path.Combine(folder, List), Listed(folder));
    }

    /// <summary>The list as it should be.</summary>
    public static string Listed(string folder) => "picture,sha256,made_from\n" + string.Concat(Recipes.Files.SelectMany(file =>
    {
        string source = Source(file);
        return file.Recipes.Select(r => r.Kind + CookbookPage.Format(r.Kind)).Select(name => $"{name},{Hash(Path.Combine(folder, name))},{source}\n");
    }));

    // Files of a scenario may change in what decides nothing, as in their comments.
    private static string Source(RecipeFile file)
    {
        ScenarioDefinition scenario = Scenario(file);
        IEnumerable<string> data = scenario.Inputs.Where(i => i.Path.EndsWith(".csv", StringComparison.Ordinal)).Select(i => i.Sha256);
        return TextHash.Hex(string.Join('\n', [$"model {Simulation.ModelVersion}", scenario.IdentityHash, scenario.ResolvedYaml, .. data]), 16);
    }

    private static string Hash(string picture) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(picture)))[..16];

    private static ScenarioDefinition Scenario(RecipeFile file) => ScenarioReader.ReadFile(Path.Combine(CookbookPage.Scenarios, file.File)).Definition!;

    private static string Draw(RecipeFile file, string runs)
    {
        FigureFormat[] plots = [FigureFormat.Svg, SmallPng];
        var progress = new RunProgress();
        ScenarioDefinition scenario = Scenario(file);
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
