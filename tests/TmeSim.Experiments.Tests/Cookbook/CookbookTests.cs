using System.Xml.Linq;
using ScottPlot;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Cookbook;

/// <summary>scenarios/figures/README.md is what these tests write, and what it says holds.</summary>
public sealed class CookbookTests
{
    /// <summary>Folder of runs from which page and pictures are to be written; unset for comparing only.</summary>
    private const string Variable = "TMESIM_COOKBOOK";

    private const int MaxBytesTogether = 1_500_000;

    private static string Page => File.ReadAllText(CookbookPage.File);

    [Fact]
    public void Page_IsWhatIsWritten()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } runs)
        {
            CookbookPictures.Write(Path.GetFullPath(runs), CookbookPage.Folder);
            File.WriteAllText(CookbookPage.File, CookbookPage.Text());
        }

        Assert.Equal(CookbookPage.Text(), Page);
    }

    [Fact]
    public void Recipes_AreOfEveryKindOfFigure()
    {
        string[] kinds = [.. FigureTable.Names, .. SweepFigures.Kinds, .. CalibrationFigures.Kinds];

        Assert.Equal(kinds.Order(), Recipes.Files.SelectMany(f => f.Recipes).Select(r => r.Kind).Order());
        Assert.All(kinds, kind => Assert.Contains($"\n### {kind}\n", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void BlocksOfYaml_AreValidScenarios()
    {
        string[] blocks = [.. CookbookPage.Blocks(Page)];

        Assert.Equal(FigureTable.All.Count + 1 + (Recipes.Files.Count - 1), blocks.Length);
        Assert.All(blocks, block => Assert.Empty(Mistakes(block)));
    }

    [Theory]
    [InlineData("figures/grid.yaml")]
    [InlineData("figures/sample.yaml")]
    [InlineData("figures/screening.yaml")]
    [InlineData("figures/indices.yaml")]
    public void Sweep_HasTheFiguresOfItsRecipes(string file)
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = ScenarioReader.ReadFile(Path.Combine(CookbookPage.Scenarios, file)).Definition!;
        var request = new SweepRequest { Scenario = scenario, Folder = folder.Path };
        var session = SweepSession.Plan(request, TestContext.Current.CancellationToken);
        var data = new SweepData(scenario, session.Points, session.Results());

        string[] drawn = [.. SweepFigures.Of(data, SweepSensitivity.Of(data)).Tasks.Select(t => t.Kind)];

        Assert.Empty(Recipes.Files.Single(f => f.File == file).Recipes.Select(r => r.Kind).Except(drawn));
    }

    [Fact]
    public void Pictures_AreThereSmallAndShown()
    {
        FileInfo[] files = [.. new DirectoryInfo(CookbookPage.Folder).GetFiles().Where(f => f.Extension is not (".yaml" or ".csv" or ".md"))];

        Assert.Equal(CookbookPage.Pictures(Page).Order(StringComparer.Ordinal), files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.InRange(f.Length, 1, CookbookPictures.MaxBytes));
        Assert.InRange(files.Sum(f => f.Length), 1, MaxBytesTogether);
        Assert.All(files.Where(f => f.Extension == ".svg"), f => Assert.Equal("svg", XDocument.Load(f.FullName).Root!.Name.LocalName));
    }

    /// <summary>A recipe that changed, or a picture that was put there by hand, is found without drawing.</summary>
    [Fact]
    public void Pictures_AreOfTheirRecipes() => AssertListed(CookbookPictures.Listed(CookbookPage.Folder));

    /// <summary>Runs and draws all recipes: a change of the drawing is found too.</summary>
    [Fact]
    [Trait("Category", "FullSize")]
    public void Pictures_AreWhatIsDrawn()
    {
        using TemporaryFolder runs = new(), drawn = new();

        CookbookPictures.Write(runs.Path, drawn.Path);

        AssertListed(File.ReadAllText(Path.Combine(drawn.Path, CookbookPictures.List)));
    }

    [Fact]
    public void ExampleInCSharp_GoesOnWithThePlotsOfAFigure()
    {
        using var here = new TemporaryFolder();
        string folder = here.Path;

        // Shown on the page.
        BurdenArm[] arms = [new("Control", [12, 31, 24], 12, 31), new("Anti-PD-L1", [-48, -9, -30], -48, -9)];
        Figure figure = BurdenFigure.Create(
            arms, "Change of tumour volume at week 12", "%", "range of replicates", paired: true,
            new ArmLooks(["Control", "Anti-PD-L1"]), new FigureOptions());
        File.WriteAllText(Path.Combine(folder, "burden.svg"), SvgFile.Write(figure));
        FigurePage page = FigurePage.Of(figure);
        Plot plot = page.Panels[0];
        plot.Add.HorizontalLine(-30, color: Colors.Gray);
        plot.SavePng(Path.Combine(folder, "panel.png"), 500, 400);
        page.Multiplot().SavePng(Path.Combine(folder, "page.png"), (int)page.Width, (int)page.Height);

        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    private static void AssertListed(string list)
    {
        string[] stale = [.. list.Split('\n').Except(File.ReadLines(Path.Combine(CookbookPage.Folder, CookbookPictures.List))).Select(l => l.Split(',')[0])];
        Assert.True(stale is [] or [""], $"stale: {string.Join(", ", stale)}; tests/README.md tells how to make pictures anew");
    }

    // A block of figures stands on the scenario of the gallery, any other is a scenario.
    private static IEnumerable<string> Mistakes(string block)
    {
        string text = block.StartsWith("figures:", StringComparison.Ordinal) ? "base: ../gallery.yaml\n" + block : block;
        return ScenarioReader.ReadText(text, "recipe.yaml", CookbookPage.Folder).Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Format());
    }
}
