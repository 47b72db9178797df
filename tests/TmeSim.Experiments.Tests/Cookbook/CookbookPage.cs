using System.Text;
using System.Text.RegularExpressions;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Cookbook;

/// <summary>The page of the cookbook: pictures to choose from, then a recipe for each kind of figure.</summary>
internal static partial class CookbookPage
{
    private const int ThumbnailsInARow = 4;

    /// <summary>Folder of scenarios.</summary>
    public static string Scenarios { get; } = Path.Combine(Root(), "scenarios");

    /// <summary>Folder of the page and its pictures.</summary>
    public static string Folder { get; } = Path.Combine(Scenarios, "figures");

    /// <summary>The page.</summary>
    public static string File { get; } = Path.Combine(Folder, "README.md");

    /// <summary>The page as it should be.</summary>
    public static string Text()
    {
        var text = new StringBuilder(Opening);
        Thumbnails(text);
        text.Append(Formats).Append(Code());
        foreach (RecipeFile file in Recipes.Files)
        {
            text.Append($"\n## {file.Title}\n\n{file.Text}\n\n    tmesim {file.Command} scenarios/{file.File}\n");
            if (file.Command != "run")
            {
                text.Append($"\n```yaml\n{Read(file)}```\n");
            }

            foreach (Recipe recipe in file.Recipes)
            {
                Add(text, file, recipe);
            }
        }

        return text.ToString();
    }

    /// <summary>The YAML of the page, block by block.</summary>
    public static IEnumerable<string> Blocks(string page) => YamlBlock().Matches(page).Select(m => m.Groups[1].Value);

    /// <summary>Pictures that the page shows.</summary>
    public static IEnumerable<string> Pictures(string page) => PictureLink().Matches(page).Select(m => m.Groups[1].Value);

    /// <summary>The entry of a scenario's figures that draws a kind, a line of its file.</summary>
    public static string Entry(RecipeFile file, string kind) => Read(file).Split('\n')
        .Single(line => Regex.IsMatch(line, $@"^  - \{{plot: {kind}[,}}]"))["  - ".Length..];

    /// <summary>End of the name of a picture: maps are small as PNG only.</summary>
    public static string Format(string kind) => kind is "tissue" or "field" ? ".png" : ".svg";

    private static void Thumbnails(StringBuilder text)
    {
        text.Append('|').Insert(text.Length, "  |", ThumbnailsInARow).Append("\n|").Insert(text.Length, ":-:|", ThumbnailsInARow).Append('\n');
        foreach (string[] row in Recipes.Files.SelectMany(f => f.Recipes).Select(r => r.Kind).Chunk(ThumbnailsInARow))
        {
            text.Append("| ").AppendJoin(" | ", row.Select(kind =>
                $"[<img src=\"{kind}{Format(kind)}\" width=\"200\" alt=\"\"><br>{kind}](#{kind})")).Append(" |\n");
        }
    }

    private static void Add(StringBuilder text, RecipeFile file, Recipe recipe)
    {
        text.Append($"\n### {recipe.Kind}\n\n{recipe.Question}\n\n");
        if (file.Command == "run")
        {
            text.Append($"```yaml\nfigures:\n  - {Entry(file, recipe.Kind)}\n```\n\n");
        }

        text.Append($"![{recipe.Question}]({recipe.Kind}{Format(recipe.Kind)})\n\n");
        text.Append(file.Command switch
        {
            "run" => $"{Keys(recipe.Kind)}. [More](../README.md#figures)\n",
            "sweep" => $"Drawn for: {recipe.When}. [More](../README.md#sweeps)\n",
            _ => "Drawn for every calibration. [More](../README.md#calibrations)\n",
        });
    }

    private static string Read(RecipeFile file) => System.IO.File.ReadAllText(Path.Combine(Scenarios, file.File));

    private static string Keys(string kind)
    {
        IReadOnlyList<string> keys = FigureTable.All.Single(f => f.Name == kind).Keys;
        return keys.Count == 0 ? "No keys of its own" : $"Keys of its own: {string.Join(", ", keys.Select(k => $"`{k}`"))}";
    }

    // The example that CookbookTests runs.
    private static string Code()
    {
        string file = Path.Combine(Root(), "tests", "TmeSim.Experiments.Tests", "Cookbook", "CookbookTests.cs");
        string[] lines = [.. System.IO.File.ReadLines(file).SkipWhile(l => l.Trim() != "// Shown on the page.").Skip(1).TakeWhile(l => l.Length > 0)];
        int indent = lines.Min(l => l.Length - l.TrimStart().Length);
        return $"```csharp\n{string.Join('\n', lines.Select(l => l[indent..]))}\n```\n";
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "TmeSim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("the folder of TmeSim.sln is not above that of the tests");
    }

    private const string Opening = """
        # Figures

        Find the figure that you want by its picture. Each has the question that it answers and the YAML that draws it. All pictures come from
        whole, small runs; the tests hold the page and its YAML to the tool. [scenarios/](../README.md#figures) says what the keys mean.


        """;

    private const string Formats = """

        ## For journals, slides and code

        A figure as a journal prints it: a column of 89, 120 or 183 mm, no letter smaller than 5 pt, panels lettered a, b, c; vectors as SVG and
        PDF, and a PNG of 300 dpi.

        ```yaml
        figures:
          - {plot: time_course, measures: [tumor_volume_change, cd8_bed_per_mm2], width: 183 mm, format: [svg, pdf, png], letters: on}
        ```

        All figures of a run in several formats, and those of a finished run again, with other figures or another size:

            tmesim run scenarios/quick-start.yaml --plots svg,png,pdf
            tmesim report runs/quick-start-… --plots pdf --set "figures=[{plot: burden, width: 89 mm}]"

        From C#, figures are made of plain values, and their panels are `Plot` objects of ScottPlot, with which you go on as with any other:


        """;

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex PictureLink();
}
