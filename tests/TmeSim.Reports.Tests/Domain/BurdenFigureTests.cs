using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class BurdenFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B", "C"]);

    [Fact]
    public void Create_ShortNames_StandSideBySideAndLongOnesInRows()
    {
        Panel upright = Draw([new BurdenArm("A", [1, 2, 4], 1, 3), new BurdenArm("B", [2], double.NaN, double.NaN)]);
        Assert.Equal(["A", "B"], upright.X.Categories);
        Panel rows = Draw([.. Enumerable.Range(1, 6).Select(i => new BurdenArm(Samples.LongName(i), [1, 2], 1, 2))]);
        Assert.Equal(6, rows.Y.Categories!.Count);
        Assert.StartsWith("Arm 6", rows.Y.Categories[0], StringComparison.Ordinal);
        Assert.All(rows.Elements.OfType<SwarmElement>(), swarm => Assert.True(swarm.Horizontal));
    }

    [Fact]
    public void Create_Arm_HasMedianAndIntervalOfItsOwn()
    {
        Panel panel = Draw([new BurdenArm("A", [1, 2, 9, double.NaN], 1.5, 8)]);
        Assert.Equal([2, 2], panel.Elements.OfType<LineElement>().Single().Y);
        PointElement bar = panel.Elements.OfType<PointElement>().Single();
        Assert.Equal((2, 1.5, 8), (bar.Y.Single(), bar.ErrorLow!.Single(), bar.ErrorHigh!.Single()));
        Assert.All(panel.Elements, element => Assert.Equal("A", element.Group));
    }

    [Fact]
    public void Create_Paired_JoinsReplicatesThatBothArmsHave()
    {
        BurdenArm[] arms = [new("A", [1, 2, double.NaN], 1, 2), new("B", [3, double.NaN, 5], 3, 5)];
        Assert.Equal(2, Draw(arms).Elements.OfType<LineElement>().Count());
        Assert.Empty(Draw(arms).Elements.OfType<PairElement>());
        PairElement pairs = Assert.Single(Draw(arms, paired: true).Elements.OfType<PairElement>());
        Assert.Equal((arms[0].Values, arms[1].Values, "B"), (pairs.From.Values, pairs.To.Values, pairs.Group));
    }

    [Theory]
    [InlineData(null, "cells: median 2 in A, 4 in B")]
    [InlineData("Asked", "Asked")]
    public void Create_Title_IsThatAskedForElseTheMedians(string? asked, string title) =>
        Assert.Equal(title, BurdenFigure.Create([new("A", [1, 2, 3], 1, 2), new("B", [4, double.NaN], 3, 5)], "cells", "", "", false, Looks, new FigureOptions(asked)).Title);

    [Fact]
    public void Create_ArmWithoutValues_KeepsItsPlaceAndSaysSo() =>
        Assert.Equal(["A", "B (no data)"], Draw([new BurdenArm("A", [1], 1, 1), new BurdenArm("B", [double.NaN], 0, 0)]).X.Categories);

    private static Panel Draw(IReadOnlyList<BurdenArm> arms, bool paired = false) =>
        BurdenFigure.Create(arms, "cells", "", "95 % interval", paired, Looks, new FigureOptions()).Panels.Single()!;
}
