using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class NullPatternsTests
{
    [Fact]
    public void Pattern_DependsOnSeedAndNumberAlone()
    {
        Assert.Equal(Csr(1, 4), Csr(1, 4));
        Assert.NotEqual(Csr(1, 4), Csr(1, 5));
        Assert.NotEqual(Csr(1, 4), Csr(2, 4));

        static TissuePoint[] Csr(ulong seed, int pattern)
        {
            var stream = NullPatterns.Stream(seed, pattern);
            return NullPatterns.Csr(Golden.Window, 20, ref stream);
        }
    }

    [Fact]
    public void Csr_FillsQuadratsEvenly()
    {
        // Index of dispersion over 100 quadrats: 99 times it is chi-square with 99 degrees of freedom, here within its 1e-5 tails (48 and 173); the seed is fixed.
        var stream = NullPatterns.Stream(8, 0);
        BoxWindow window = BoxWindow.Rectangle(0, 0, 1000, 1000);
        int[] counts = QuadratCounts.Of(NullPatterns.Csr(window, 5000, ref stream), window, 100);
        Assert.InRange(99 * QuadratCounts.Dispersion(counts), 48, 173);
    }

    [Fact]
    public void Csr_OfAMask_StaysInItAndFillsEverySiteAlike()
    {
        var bits = new MaskBits(new MaskGrid(8, 6, 2, 20));
        foreach ((int x, int y, int z) in ((int, int, int)[])[(0, 0, 0), (7, 5, 1), (3, 3, 0), (3, 3, 1)])
        {
            bits[x, y, z] = true;
        }

        var window = new MaskWindow(bits);
        var stream = NullPatterns.Stream(8, 1);
        TissuePoint[] points = NullPatterns.Csr(window, 4000, ref stream);
        Assert.All(points, p => Assert.True(window.Contains(p)));

        // Binomial with 1,000 expected on each of four sites: within 5 standard deviations (27.4).
        Assert.All(points.CountBy(p => ((int)(p.X / 20), (int)(p.Y / 20), (int)(p.Z / 20))), c => Assert.InRange(c.Value, 863, 1137));
    }

    [Fact]
    public void Choose_TakesEveryPlaceAtMostOnceAndEachAsOften()
    {
        TissuePoint[] sites = RipleyKTests.Lattice(5, 2, 20);
        var hits = new int[10];
        for (int i = 0; i < 2000; i++)
        {
            TissuePoint[] places = [.. sites];
            var stream = NullPatterns.Stream(8, i);
            NullPatterns.Choose(places, 4, ref stream);
            Assert.Equal(10, places.Distinct().Count());
            foreach (TissuePoint p in places[..4])
            {
                hits[Array.IndexOf(sites, p)]++;
            }
        }

        // 800 expected, standard deviation 21.9: within 5.
        Assert.All(hits, h => Assert.InRange(h, 690, 910));
    }

    [Fact]
    public void Sites_AreDifferentAndAllAlike()
    {
        var hits = new int[10];
        for (int i = 0; i < 2000; i++)
        {
            var stream = NullPatterns.Stream(41, i);
            int[] sites = NullPatterns.Sites(10, 4, ref stream);
            Assert.Equal(4, sites.Distinct().Count());
            Assert.All(sites, s => hits[s]++);
        }

        // 800 expected, standard deviation 21.9: within 5.
        Assert.All(hits, h => Assert.InRange(h, 690, 910));
        var all = NullPatterns.Stream(41, 0);
        Assert.Equal(Enumerable.Range(0, 7), NullPatterns.Sites(7, 7, ref all).Order());
    }
}
