using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class MaskWindowTests
{
    [Fact]
    public void LShape_HasTheOverlapOfItsRectangles()
    {
        // Sites (0..2, 0) and (0, 0..2), 10 um each: an L of five squares.
        MaskWindow window = Of(3, 3, (0, 0), (1, 0), (2, 0), (0, 1), (0, 2));
        Assert.Equal(500, window.Size);
        Assert.Equal(500, window.Overlap(0, 0, 0));
        Assert.Equal(200, window.Overlap(10, 0, 0));
        Assert.Equal(200, window.Overlap(-10, 0, 0));
        Assert.Equal(100, window.Overlap(10, -10, 0));
        Assert.Equal(0, window.Overlap(10, 10, 0));

        // Moved by (5, 0) the L shares the halves of its squares with itself and with their neighbours: (500 + 200) / 2.
        Assert.Equal(350, window.Overlap(5, 0, 0), 1e-9);
    }

    [Fact]
    public void Overlap_BetweenSites_IsTheAreaThatPointsFind()
    {
        // Against counting a fine grid of 40 x 40 points per site, each for an area of 1/16 um2: exact up to the cells cut by edges, none at these displacements.
        MaskWindow window = Of(4, 3, (0, 0), (1, 0), (3, 0), (1, 1), (2, 1), (0, 2), (2, 2));
        foreach ((double dx, double dy) in ((double, double)[])[(2.5, 0), (-7.5, 12.5), (15, -5), (0.25, 0.5)])
        {
            int both = 0;
            for (int i = 0; i < 160 * 120; i++)
            {
                var p = new TissuePoint((i % 160 + 0.5) * 0.25, (i / 160 + 0.5) * 0.25);
                both += window.Contains(p) && window.Contains(new TissuePoint(p.X + dx, p.Y + dy)) ? 1 : 0;
            }

            Assert.Equal(both / 16.0, window.Overlap(dx, dy, 0), 1e-9);
        }
    }

    [Fact]
    public void EdgeDistance_IsToTheNearestSquareOutside()
    {
        var bits = new MaskBits(new MaskGrid(9, 9, 1, 10));
        bits.Invert();
        bits[6, 6, 0] = false;
        var window = new MaskWindow(bits);
        Assert.Equal(5, window.EdgeDistance(new TissuePoint(45, 5)));
        Assert.Equal(15, window.EdgeDistance(new TissuePoint(45, 65)));
        Assert.Equal(Math.Sqrt(2) * 15, window.EdgeDistance(new TissuePoint(45, 45)), 1e-12);
        Assert.Equal(25, window.EdgeDistance(new TissuePoint(25, 45)));
    }

    [Fact]
    public void Box_OfAWholeLattice_EqualsTheBox()
    {
        var bits = new MaskBits(new MaskGrid(4, 5, 6, 10));
        bits.Invert();
        var mask = new MaskWindow(bits);
        BoxWindow box = BoxWindow.Box(new TissuePoint(0, 0, 0), new TissuePoint(40, 50, 60));
        Assert.Equal((box.Size, 3), (mask.Size, mask.Dimensions));
        Assert.Equal(box.LargestRadius, mask.LargestRadius, 1e-12);
        var stream = NullPatterns.Stream(1, 1);
        foreach (TissuePoint p in NullPatterns.Csr(box, 50, ref stream))
        {
            Assert.Equal(box.EdgeDistance(p), mask.EdgeDistance(p), 1e-9);
            Assert.Equal(box.Overlap(p.X - 20, p.Y - 25, p.Z - 30), mask.Overlap(p.X - 20, p.Y - 25, p.Z - 30), 1e-6);
        }
    }

    [Fact]
    public void EmptyMask_IsRefused() => Assert.Throws<ArgumentException>(() => new MaskWindow(new MaskBits(new MaskGrid(3, 3, 1, 10))));

    private static MaskWindow Of(int nx, int ny, params (int X, int Y)[] sites)
    {
        var bits = new MaskBits(new MaskGrid(nx, ny, 1, 10));
        foreach ((int x, int y) in sites)
        {
            bits[x, y, 0] = true;
        }

        return new MaskWindow(bits);
    }
}
