using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Tests.Writers;

public class FigureBackendTests
{
    [Fact]
    public void Svg_IsWhatTheWriterWrites()
    {
        Figure figure = Samples.Bars(["a", "b", "c"]);
        using var stream = new MemoryStream();
        new SvgBackend().Write(figure, stream);
        Assert.Equal(SvgWriter.Write(figure), Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>The ScottPlot adapter is not compiled in a default build, so its source is read: a new kind of element must not be forgotten there.</summary>
    [Fact]
    public void ScottPlotAdapter_HandlesEveryKindOfElement()
    {
        string source = string.Concat(Directory.GetFiles(AdapterFolder(), "*.cs").Select(File.ReadAllText));
        Type[] kinds = [.. typeof(PlotElement).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PlotElement)) && !t.IsAbstract)];
        Assert.True(kinds.Length >= 9);
        Assert.All(kinds, k => Assert.Matches($@"case {k.Name}\b", source));

        // Panels hand over no clips: only the SVG writer draws them.
        Type[] shapes = [.. typeof(Shape).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Shape)) && t != typeof(ClipShape))];
        Assert.All(shapes, k => Assert.Matches($@"case {k.Name}\b", source));
        Assert.True(source.Split('\n').Length < 300, "the adapter is to stay thin");
    }

    [Fact]
    public void Arrange_WithAnotherPainter_LeavesPanelsToIt()
    {
        Figure figure = Samples.Bars(["a", "b", "c"]);
        var panels = new List<PanelLayout>();
        Scene around = FigureLayout.Arrange(figure, (_, panel) => panels.Add(panel)), whole = FigureLayout.Arrange(figure);
        Assert.Equal(figure.Panels.Count, panels.Count);
        Assert.All(panels, p => Assert.True(p.Plot.Width > 50 && p.Plot.Height > 50));
        Assert.Equal((whole.Width, whole.Height), (around.Width, around.Height));
        Assert.True(around.Shapes.Count < whole.Shapes.Count);
    }

    private static string AdapterFolder()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "TmeSim.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root!.FullName, "src", "TmeSim.Reports.ScottPlot");
    }
}
