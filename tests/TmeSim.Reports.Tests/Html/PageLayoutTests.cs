using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;

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
}
