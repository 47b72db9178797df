using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Explorer;
using TmeSim.Reports.Tests.Browser;

namespace TmeSim.Reports.Tests.Html.Explorer;

public class SweepExplorerTests
{
    [Fact]
    public void Check_TwoAxesOfOneName_NamesIt()
    {
        var explorer = new SweepExplorer { Title = "t", Axes = [new("a", "A", "1"), new("a", "B", "1")], Rows = [] };
        Assert.Contains("2 axes of the name 'a'", Assert.Throws<ArgumentException>(explorer.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RowOfAnotherLength_NamesRowAndNumbers()
    {
        SweepExplorer explorer = ExplorerSamples.Create(2) with { Rows = [new("Control", "point 0", [1, 2])] };
        Assert.Equal("row 0 of the explorer ('point 0', arm 'Control') has 2 values for 7 axes", Assert.Throws<ArgumentException>(explorer.Check).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(double.PositiveInfinity)]
    public void Check_CategoryThatIsNone_NamesAxisAndRange(double category)
    {
        var explorer = new SweepExplorer { Title = "t", Axes = [new("a", "A", "1", Words: ["x", "y"])], Rows = [new("Control", "p", [double.NaN]), new("Control", "q", [category])] };
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(explorer.Check).Message, StringComparison.Ordinal);
        Assert.Contains("categories 0 to 1", Assert.Throws<ArgumentException>(explorer.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ReportWithABadRow_IsRefused()
    {
        ReportContent content = ExplorerSamples.Content() with { Explorer = ExplorerSamples.Create(1) with { Rows = [new("Control", "p", [])] } };
        Assert.Throws<ArgumentException>(() => HtmlReport.Write(content));
    }
}
