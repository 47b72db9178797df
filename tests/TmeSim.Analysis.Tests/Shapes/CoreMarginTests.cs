using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Tests.Shapes;

public class CoreMarginTests
{
    [Fact]
    public void Disc_HasTheAreasOfItsRings()
    {
        var grid = new MaskGrid(400, 400, 1, 10);
        const double radius = 1200, band = 300;
        bool[] disc = Disc(grid, radius);
        CoreMarginResult result = CoreMargin.Measure(disc, grid, [], band);
        double core = Math.PI * 900 * 900 * 1e-6, margin = Math.PI * (1500.0 * 1500 - 900.0 * 900) * 1e-6;

        // Each edge of the band may lie half a spacing (5 um) off where the boundary is oblique.
        Assert.Equal(core, result.CoreAreaMm2, 2 * Math.PI * 900 * 5e-6);
        Assert.Equal(margin, result.MarginAreaMm2, 2 * Math.PI * (900 + 1500) * 5e-6);
    }

    [Fact]
    public void Cells_AreCountedWhereTheyAre()
    {
        var grid = new MaskGrid(400, 400, 1, 10);
        bool[] disc = Disc(grid, 1200);
        int centre = grid.Index(200, 200), inside = grid.Index(200 + 100, 200), outside = grid.Index(200 + 140, 200), far = grid.Index(200 + 160, 200);
        CoreMarginResult result = CoreMargin.Measure(disc, grid, [centre, centre, inside, outside, far], 300);
        Assert.Equal(2, result.CoreCells);
        Assert.Equal(2, result.MarginCells);
        Assert.Equal(2 / result.CoreAreaMm2, result.CoreDensity);
        Assert.Equal(2 / result.MarginAreaMm2, result.MarginDensity);
        CoreMarginResult excluded = CoreMargin.Measure(disc, grid, [inside, outside], 300);
        Assert.Equal(double.PositiveInfinity, excluded.MarginToCoreRatio);
    }

    [Fact]
    public void StraightBoundary_SplitsTheBandEvenly()
    {
        // Half plane in x >= 50: 5 sites of 20 um on either side of a 100 um band, by the half spacing rule.
        var grid = new MaskGrid(100, 3, 1, 20);
        var half = new bool[grid.Length];
        for (int i = 0; i < half.Length; i++)
        {
            half[i] = i % 100 >= 50;
        }

        sbyte[] zones = CoreMargin.Zones(half, grid, 100);
        Assert.Equal(5 * 3, half.Zip(zones).Count(p => p.First && p.Second == 0));
        Assert.Equal(5 * 3, half.Zip(zones).Count(p => !p.First && p.Second == 0));
        Assert.Equal(45 * 3, zones.Count(z => z == 1));
        Assert.Equal(45 * 3, zones.Count(z => z == -1));
    }

    [Fact]
    public void EmptyAndFullMasks_HaveNoBoundary()
    {
        var grid = new MaskGrid(5, 5, 1, 20);
        CoreMarginResult none = CoreMargin.Measure(new bool[25], grid, [3], 500);
        Assert.Equal(0, none.CoreAreaMm2 + none.MarginAreaMm2 + none.CoreCells + none.MarginCells);
        Assert.True(double.IsNaN(none.CoreDensity));
        var full = new bool[25];
        Array.Fill(full, true);
        CoreMarginResult all = CoreMargin.Measure(full, grid, [3], 500);
        Assert.Equal(25 * 400e-6, all.CoreAreaMm2, 1e-15);
        Assert.Equal(1, all.CoreCells);
        Assert.Throws<ArgumentOutOfRangeException>(() => CoreMargin.Measure(full, grid, [25], 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoreMargin.Measure(full, grid, [], -1));
    }

    /// <summary>A site without tumour, the only one of its box, is no tumour region without an outside.</summary>
    [Fact]
    public void EmptySingleSite_HasNoCore()
    {
        var bits = new MaskBits(new MaskGrid(1, 1, 1, 20));
        CoreMarginResult none = CoreMargin.Measure(TumorMask.Build(bits), [0], 100);
        Assert.Equal((0, 0), (none.CoreAreaMm2, none.CoreCells));
        Assert.True(double.IsNaN(none.CoreDensity) && double.IsNaN(none.MarginDensity));
        bits[0, 0, 0] = true;
        Assert.Equal(1, CoreMargin.Measure(TumorMask.Build(bits), [0], 100).CoreCells);
    }

    private static bool[] Disc(MaskGrid grid, double radiusUm)
    {
        var disc = new bool[grid.Length];
        for (int y = 0; y < grid.Ny; y++)
        {
            for (int x = 0; x < grid.Nx; x++)
            {
                double dx = (x - grid.Nx / 2) * grid.SpacingUm, dy = (y - grid.Ny / 2) * grid.SpacingUm;
                disc[grid.Index(x, y)] = dx * dx + dy * dy <= radiusUm * radiusUm;
            }
        }

        return disc;
    }
}
