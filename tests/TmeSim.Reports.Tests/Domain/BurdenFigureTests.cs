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

    [Theory]
    [InlineData(1, 6.5)]
    [InlineData(7, 6.5)]
    [InlineData(40, 2.5)]
    public void Swarm_EqualValues_DoNotOverlap(int count, double smallest)
    {
        (CircleShape[] dots, double room) = Swarm([.. Enumerable.Repeat(5.0, count)]);
        Assert.Equal(count, dots.Length);
        for (int i = 0; i < count; i++)
        {
            Assert.True(dots[i].Radius * 2 >= smallest);
            Assert.True(Math.Abs(dots[i].Center.X - 100) <= room / 2);
            Assert.All(dots[..i], other => Assert.True(Distance(other, dots[i]) >= dots[i].Radius * 2));
        }
    }

    [Fact]
    public void Swarm_DistantValues_StayInTheMiddle() => Assert.All(Swarm([1, 5, 9]).Dots, dot => Assert.Equal(100, dot.Center.X, 9));

    [Fact]
    public void Spread_AnyValues_KeepsTheirDistance()
    {
        double[] along = [.. Enumerable.Range(0, 120).Select(i => 30 * Math.Sin(i * 1.7))];
        double[] aside = SwarmPainter.Spread(along, 7);
        for (int i = 0; i < along.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(Math.Sqrt(Math.Pow(along[i] - along[j], 2) + Math.Pow(aside[i] - aside[j], 2)) >= 7 - 1e-6);
            }
        }
    }

    private static (CircleShape[] Dots, double Room) Swarm(double[] values)
    {
        var panel = new Panel { X = new Axis { Min = -1, Max = 1 }, Y = new Axis { Min = 0, Max = 10 }, Elements = [new SwarmElement(0, values, 1.8, new PointStyle(Marker.Circle, Rgb.Black, Size: 6.5))] };
        var layout = new PanelLayout(panel, 300);
        layout.Fit(200);
        layout.Place(0, 0, 200, 200);
        var shapes = new List<Shape>();
        ElementPainter.Add(shapes, layout);
        return ([.. shapes.Cast<CircleShape>()], 180);
    }

    private static double Distance(CircleShape a, CircleShape b) => Math.Sqrt(Math.Pow(a.Center.X - b.Center.X, 2) + Math.Pow(a.Center.Y - b.Center.Y, 2));

    private static Panel Draw(IReadOnlyList<BurdenArm> arms, bool paired = false) =>
        BurdenFigure.Create(arms, "cells", "", "95 % interval", paired, Looks, new FigureOptions()).Panels.Single()!;
}
