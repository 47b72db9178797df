using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class RipleyKTests
{
    private static readonly EdgeCorrection[] All = [EdgeCorrection.None, EdgeCorrection.Border, EdgeCorrection.Translate, EdgeCorrection.Isotropic];

    [Theory]
    [InlineData("none", EdgeCorrection.None)]
    [InlineData("border", EdgeCorrection.Border)]
    [InlineData("translate", EdgeCorrection.Translate)]
    [InlineData("isotropic", EdgeCorrection.Isotropic)]
    public void SharedPoints_EqualSpatstatKestKcrossLestLcross(string edge, EdgeCorrection correction)
    {
        foreach (string type in (string[])["a", "b"])
        {
            (double[] radii, double[] expected) = Golden.Curve($"K {type} {type} {edge}", to: 200);
            Golden.AssertEqual(expected, RipleyK.Univariate(Golden.Of(type), Golden.Window, radii, correction), 1e-9);
            string other = type == "a" ? "b" : "a";
            (radii, expected) = Golden.Curve($"K {type} {other} {edge}", to: 200);
            Golden.AssertEqual(expected, RipleyK.Cross(Golden.Of(type), Golden.Of(other), Golden.Window, radii, correction), 1e-9);
        }

        (double[] r, double[] l) = Golden.Curve($"L a a {edge}");
        Golden.AssertEqual(l, RipleyK.ToL(RipleyK.Univariate(Golden.A, Golden.Window, r, correction), 2), 1e-9);
        (r, l) = Golden.Curve($"L a b {edge}");
        Golden.AssertEqual(l, RipleyK.ToL(RipleyK.Cross(Golden.A, Golden.B, Golden.Window, r, correction), 2), 1e-9);
    }

    [Theory]
    [InlineData("translate", EdgeCorrection.Translate)]
    [InlineData("isotropic", EdgeCorrection.Isotropic)]
    public void WideRadii_WithCornersInTheCircle_EqualSpatstat(string edge, EdgeCorrection correction)
    {
        (double[] radii, double[] expected) = Golden.Curve($"K a a {edge}", from: 201);
        Golden.AssertEqual(expected, RipleyK.Univariate(Golden.A, Golden.Window, radii, correction), 1e-9);
        (radii, expected) = Golden.Curve($"K a b {edge}", from: 201);
        Golden.AssertEqual(expected, RipleyK.Cross(Golden.A, Golden.B, Golden.Window, radii, correction), 1e-9);
    }

    [Fact]
    public void Volume_Translate_EqualsSpatstatK3est()
    {
        // K3est divides by n² where Kest divides by n (n − 1).
        (double[] radii, double[] expected) = Golden.Curve("K3 a a translate");
        double n = Golden.InBox.Length;
        Golden.AssertEqual([.. expected.Select(k => k * n / (n - 1))], RipleyK.Univariate(Golden.InBox, Golden.Box, radii, EdgeCorrection.Translate), 1e-9);
    }

    [Fact]
    public void TwoPointsInADisc_HaveTheKnownK()
    {
        // Two points 30 um apart in a window of 10^4 um2, so far from its edges that no circle leaves it: every point has one neighbour from 30 um on, K = |W| there.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 100, 100);
        TissuePoint[] points = [new(35, 50), new(65, 50)];
        double[] radii = [29.999, 30, 35];
        Assert.Equal([0, 1e4, 1e4], RipleyK.Univariate(points, window, radii, EdgeCorrection.None));
        Assert.Equal([0, 1e4, 1e4], RipleyK.Univariate(points, window, radii, EdgeCorrection.Isotropic));

        // Border: intensity 2 / 10^4, both points 35 um from the edge and still asked there.
        Assert.Equal([0, 5000, 5000], RipleyK.Univariate(points, window, radii, EdgeCorrection.Border));

        // Translate: the window shares 70 x 100 of its 100 x 100 with itself moved by 30.
        Assert.Equal(1e4 / 0.7, RipleyK.Univariate(points, window, radii, EdgeCorrection.Translate)[1], 1e-9);
    }

    [Fact]
    public void NestedDisc_HasTheKnownCrossK()
    {
        // One point of A in the middle, B on a ring of 40 um around it: B's all come in at once.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 200, 200);
        TissuePoint[] ring = [.. Enumerable.Range(0, 8).Select(i => new TissuePoint(100 + (40 * Math.Cos(i * Math.PI / 4)), 100 + (40 * Math.Sin(i * Math.PI / 4))))];
        foreach (EdgeCorrection correction in (EdgeCorrection[])[EdgeCorrection.None, EdgeCorrection.Border, EdgeCorrection.Isotropic])
        {
            double[] k = RipleyK.Cross([new(100, 100)], ring, window, [39.9, 40.1], correction);
            Assert.Equal(0, k[0]);
            Assert.Equal(window.Size, k[1], 1e-9);
        }
    }

    [Fact]
    public void Csr_AveragesToPiRSquared_WithEveryCorrection()
    {
        // Mean of 300 patterns of 200 points; the standard error of each mean comes from the patterns. Five of them at once: |z| < 4.5 has a false alarm in 30,000 runs,
        // and the seed is fixed. None is left out: it is biased, and must come out low.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 1000, 800);
        double[] radii = [50, 150];
        foreach (EdgeCorrection correction in All)
        {
            double[][] k = [.. Enumerable.Range(0, 300).Select(i => RipleyK.Univariate(Csr(window, i), window, radii, correction))];
            for (int r = 0; r < radii.Length; r++)
            {
                var mean = MonteCarloError.Of([.. k.Select(v => v[r])]);
                double z = (mean.Mean - (Math.PI * radii[r] * radii[r])) / mean.StandardError;
                Assert.True(correction == EdgeCorrection.None ? z < -4.5 : Math.Abs(z) < 4.5, $"{correction} at {radii[r]} um: z = {z}");
            }
        }
    }

    [Fact]
    public void RegularLattice_CountsItsShells()
    {
        // A square lattice of spacing 20 in a window of whole sites. With translate every displacement counts as in an endless lattice:
        // K = |W|·n / (n (n - 1)) · (sites within r), ties on the radius included.
        TissuePoint[] points = Lattice(15, 12, 20);
        BoxWindow window = BoxWindow.Rectangle(0, 0, 300, 240);
        double n = points.Length, scale = window.Size / (n - 1);
        double[] k = RipleyK.Univariate(points, window, [19.99, 20, 28.2, 28.3, 40, 44.8], EdgeCorrection.Translate);
        int[] sites = [0, 4, 4, 8, 12, 20];
        for (int i = 0; i < sites.Length; i++)
        {
            Assert.Equal(sites[i] * scale, k[i], 1e-6);
        }
    }

    [Fact]
    public void K_DoesNotDependOnOrderPlaceOrOrientation()
    {
        double[] radii = [15, 40, 90];
        foreach (EdgeCorrection correction in All)
        {
            double[] k = RipleyK.Cross(Golden.A, Golden.B, Golden.Window, radii, correction);
            Golden.AssertEqual(k, RipleyK.Cross([.. Golden.A.Reverse()], [.. Golden.B.Reverse()], Golden.Window, radii, correction), 1e-12);
            BoxWindow moved = BoxWindow.Rectangle(0, 0, 1000, 800), turned = BoxWindow.Rectangle(-800, 0, 0, 1000);
            Golden.AssertEqual(k, RipleyK.Cross([.. Golden.A.Select(Moved)], [.. Golden.B.Select(Moved)], moved, radii, correction), 1e-9);
            Golden.AssertEqual(k, RipleyK.Cross([.. Golden.A.Select(Moved).Select(Turned)], [.. Golden.B.Select(Moved).Select(Turned)], turned, radii, correction), 1e-9);

            // Twice the lengths, four times the areas.
            BoxWindow doubled = BoxWindow.Rectangle(200, -100, 2200, 1500);
            double[] large = RipleyK.Cross([.. Golden.A.Select(Doubled)], [.. Golden.B.Select(Doubled)], doubled, [30, 80, 180], correction);
            Golden.AssertEqual([.. k.Select(v => 4 * v)], large, 1e-9);
        }

        static TissuePoint Moved(TissuePoint p) => new(p.X - 100, p.Y + 50);
        static TissuePoint Turned(TissuePoint p) => new(-p.Y, p.X);
        static TissuePoint Doubled(TissuePoint p) => new(2 * p.X, 2 * p.Y);
    }

    [Fact]
    public void CrossK_WithSymmetricCorrection_IsTheSameBothWays()
    {
        double[] radii = [20, 60, 150];
        foreach (EdgeCorrection correction in (EdgeCorrection[])[EdgeCorrection.None, EdgeCorrection.Translate])
        {
            Golden.AssertEqual(
                RipleyK.Cross(Golden.A, Golden.B, Golden.Window, radii, correction), RipleyK.Cross(Golden.B, Golden.A, Golden.Window, radii, correction), 1e-12);
        }
    }

    [Fact]
    public void MaskOfAWholeRectangle_EqualsTheRectangle()
    {
        var bits = new MaskBits(new MaskGrid(50, 40, 1, 20));
        bits.Invert();
        var mask = new MaskWindow(bits);
        BoxWindow window = BoxWindow.Rectangle(0, 0, 1000, 800);
        TissuePoint[] points = [.. Golden.A.Select(p => new TissuePoint(p.X - 100, p.Y + 50))];
        double[] radii = [10, 60, 200];
        foreach (EdgeCorrection correction in (EdgeCorrection[])[EdgeCorrection.None, EdgeCorrection.Border, EdgeCorrection.Translate])
        {
            Golden.AssertEqual(RipleyK.Univariate(points, window, radii, correction), RipleyK.Univariate(points, mask, radii, correction), 1e-9);
        }
    }

    [Fact]
    public void Unsupported_IsSaid()
    {
        var mask = new MaskBits(new MaskGrid(4, 4, 1, 20));
        mask.Invert();
        string reason = Assert.Throws<ArgumentException>(() => RipleyK.Univariate([], new MaskWindow(mask), [1], EdgeCorrection.Isotropic)).Message;
        Assert.Contains("rectangles only; use translate or border", reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RipleyK.Univariate([], Golden.Box, [1], EdgeCorrection.Isotropic));
        Assert.Contains("outside", Assert.Throws<ArgumentException>(() => RipleyK.Univariate([new(0, 0)], Golden.Window, [1], EdgeCorrection.None)).Message, StringComparison.Ordinal);
        Assert.Contains("rise", Assert.Throws<ArgumentException>(() => RipleyK.Univariate([], Golden.Window, [2, 1], EdgeCorrection.None)).Message, StringComparison.Ordinal);
        Assert.Contains("640.3", Assert.Throws<ArgumentException>(() => RipleyK.Univariate([], Golden.Window, [700], EdgeCorrection.None)).Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(RipleyK.Univariate([new(200, 0)], Golden.Window, [10], EdgeCorrection.None)[0]));
        Assert.Empty(RipleyK.Univariate(Golden.A, Golden.Window, [], EdgeCorrection.None));
    }

    [Fact]
    public void CrossCsr_InAVolume_AveragesToTheBall()
    {
        // 200 patterns, four means: |z| < 4.5 has a false alarm in 30,000 runs; the seed is fixed.
        double[] radii = [30, 60];
        foreach (EdgeCorrection correction in (EdgeCorrection[])[EdgeCorrection.Border, EdgeCorrection.Translate])
        {
            double[][] k = [.. Enumerable.Range(0, 200).Select(i => RipleyK.Cross(Csr(Golden.Box, 2 * i, 60), Csr(Golden.Box, (2 * i) + 1, 100), Golden.Box, radii, correction))];
            for (int r = 0; r < radii.Length; r++)
            {
                var mean = MonteCarloError.Of([.. k.Select(v => v[r])]);
                Assert.InRange((mean.Mean - (4.0 / 3 * Math.PI * Math.Pow(radii[r], 3))) / mean.StandardError, -4.5, 4.5);
            }
        }

        Assert.Equal(40, RipleyK.ToL([4.0 / 3 * Math.PI * 64000], 3)[0], 1e-9);
    }

    internal static TissuePoint[] Lattice(int nx, int ny, double h) => [.. Enumerable.Range(0, nx * ny).Select(i => new TissuePoint((i % nx + 0.5) * h, (i / nx + 0.5) * h))];

    private static TissuePoint[] Csr(StudyWindow window, int pattern, int count = 200)
    {
        var stream = NullPatterns.Stream(11, pattern);
        return NullPatterns.Csr(window, count, ref stream);
    }
}
