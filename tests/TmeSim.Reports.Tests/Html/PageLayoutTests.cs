using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Html;

public sealed class PageLayoutTests
{
    [Fact]
    public void Narrow_FigureOfTwoColumns_ShowsDosesOnce()
    {
        string[] arms = ["Control", "Atezolizumab"];
        Figure figure = TimeCourseFigure.Create(
            [.. ((string[])["a", "b", "c"]).Select(key => Samples.Measure(key, arms, 1, 10, (_, i) => i))], Samples.Doses(arms), new ArmLooks(arms),
            new FigureOptions("Title", Columns: 2));
        Assert.Equal([true, true, false], figure.Panels.Select(p => p!.DoseTracks.Count > 0));

        Figure narrow = PageLayout.Narrow(figure)!;

        Assert.Equal(1, narrow.Columns);
        Assert.Equal([true, false, false], narrow.Panels.Select(p => p!.DoseTracks.Count > 0));
    }

    /// <summary>Every word beside a row is there, between more lines than on a wide page.</summary>
    [Fact]
    public void Narrow_RowNotes_AreKeptWhole()
    {
        ContrastRow[] rows = [.. Enumerable.Range(0, 3).Select(i => new ContrastRow($"Atezolizumab and bevacizumab {i}", 12.5, 3, 22, 4.7, 8, 14, 0.0123))];
        Figure narrow = PageLayout.Narrow(ContrastFigure.Create([new ContrastMeasure("Volume", "%", rows)], "Control", 0.95, new ArmLooks(["Control"]), new FigureOptions()))!;
        string svg = string.Concat(System.Text.RegularExpressions.Regex.Matches(SvgFile.Write(narrow), "<text[^>]*>([^<]*)</text>").Select(m => m.Groups[1].Value + " ")).Replace('\u00A0', ' ');
        Assert.Equal(3, svg.Split("14 pairs resolve it").Length - 1);
        Assert.Equal(3, svg.Split("p = 0.012").Length - 1);

        SwimmerLane[] lanes = [new(28, 14, double.NaN, 14, "SD"), new(28, 28, 7, double.NaN, "PR")];
        Figure swimmer = SwimmerFigure.Create([new SwimmerArm("A", lanes)], "", new ArmLooks(["A"]), new FigureOptions());
        Assert.Contains(">PR<", SvgFile.Write(PageLayout.Narrow(swimmer)!), StringComparison.Ordinal);
    }
}
