using TmeSim.Reports.Writers;

namespace TmeSim.Cli.Tests;

public class FigureBackendsTests
{
    [Theory]
    [InlineData("svg")]
    [InlineData("SVG")]
    public void Svg_IsThere(string name)
    {
        IFigureBackend? backend = FigureBackends.Find(name, out string? problem);
        Assert.Equal(("svg", "svg"), (backend?.Name, backend?.Extension));
        Assert.Null(problem);
    }

    [Fact]
    public void ScottPlot_IsThereOrSaysHowToGetIt()
    {
        IFigureBackend? backend = FigureBackends.Find("scottplot", out string? problem);
        if (backend is null)
        {
            Assert.Contains("-p:WithScottPlot=true", problem, StringComparison.Ordinal);
            Assert.Contains("src/TmeSim.Reports.ScottPlot/README.md", problem, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(("scottplot", "png"), (backend.Name, backend.Extension));
            Assert.Null(problem);
        }
    }

    [Theory]
    [InlineData("gnuplot")]
    [InlineData("")]
    public void OtherNames_AreRefusedWithThoseThereAre(string name)
    {
        Assert.Null(FigureBackends.Find(name, out string? problem));
        Assert.Equal($"there is no backend '{name}' for figures; backends: svg, scottplot", problem);
    }
}
