using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class ImmunePhenotypeTests
{
    [Theory]
    [InlineData(93, 500, ImmunePhenotype.Infiltrated)] // from c1 on, whatever the margin
    [InlineData(92, 93, ImmunePhenotype.Intermediate)]
    [InlineData(19, 20, ImmunePhenotype.Desert)] // 19.5 together
    [InlineData(20, 20, ImmunePhenotype.Intermediate)]
    [InlineData(21, 59, ImmunePhenotype.Excluded)] // the excluded baseline of MODEL.md 7.12
    [InlineData(4, 30, ImmunePhenotype.Desert)] // a steep step between few and fewer
    [InlineData(10, 150, ImmunePhenotype.Excluded)]
    [InlineData(60, 130, ImmunePhenotype.Excluded)]
    [InlineData(70, 140, ImmunePhenotype.Intermediate)] // a ratio of 2 is not more than 2
    [InlineData(0, 200, ImmunePhenotype.Excluded)]
    [InlineData(0, 0, ImmunePhenotype.Desert)]
    public void Rule_ByCoreAndMargin(int core, int margin, ImmunePhenotype expected) =>
        Assert.Equal(expected, PhenotypeRule.Of(new CoreMarginResult(1, 1, core, margin)));

    [Fact]
    public void ExcludedRing_HasAnInfiniteRatioAndIsExcluded()
    {
        // A disc of 800 um, CD8 on a ring at 760 to 840 um: none in the core.
        var grid = new MaskGrid(100, 100, 1, 20);
        var disc = new bool[grid.Length];
        var ring = new List<int>();
        for (int i = 0; i < disc.Length; i++)
        {
            double r = 20 * Math.Sqrt(Math.Pow(i % 100 - 49.5, 2) + Math.Pow(i / 100 - 49.5, 2));
            disc[i] = r < 800;
            if (Math.Abs(r - 800) < 40)
            {
                ring.Add(i);
            }
        }

        CoreMarginResult zones = CoreMargin.Measure(disc, grid, [.. ring], 100);
        Assert.Equal(double.PositiveInfinity, zones.MarginToCoreRatio);
        Assert.Equal(ImmunePhenotype.Excluded, PhenotypeRule.Of(zones));
    }

    [Fact]
    public void NoCoreOrMargin_HasNoClass()
    {
        Assert.Null(PhenotypeRule.Of(new CoreMarginResult(0, 1, 0, 5)));
        Assert.Null(PhenotypeRule.Of(new CoreMarginResult(1, 0, 500, 0)));
    }
}
