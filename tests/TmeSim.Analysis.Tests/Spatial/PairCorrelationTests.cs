using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class PairCorrelationTests
{
    [Theory]
    [InlineData("translate", EdgeCorrection.Translate, "r", PairDivisor.Radius)]
    [InlineData("translate", EdgeCorrection.Translate, "d", PairDivisor.Distance)]
    [InlineData("isotropic", EdgeCorrection.Isotropic, "r", PairDivisor.Radius)]
    [InlineData("isotropic", EdgeCorrection.Isotropic, "d", PairDivisor.Distance)]
    public void Kernel_SharedPoints_EqualsSpatstatPcfcrossAndPcf(string edge, EdgeCorrection correction, string name, PairDivisor divisor)
    {
        (double[] radii, double[] expected) = Golden.Curve($"pcf_{name} a b {edge}");
        Golden.AssertEqual(expected, PairCorrelation.Kernel(Golden.A, Golden.B, Golden.Window, radii, correction, divisor), 1e-9);
        (radii, expected) = Golden.Curve($"pcf_{name} a a {edge}");
        Golden.AssertEqual(expected, PairCorrelation.Kernel(Golden.A, null, Golden.Window, radii, correction, divisor), 1e-9);
    }

    [Theory]
    [InlineData("translate", EdgeCorrection.Translate)]
    [InlineData("isotropic", EdgeCorrection.Isotropic)]
    public void Kernel_AgainstPlainPcfcross_DiffersByItsBinningOnly(string edge, EdgeCorrection correction)
    {
        // pcfcross adds its kernels on 512 nodes, here 0.43 um apart under a kernel of half width 10.3 um: half a node of shift is 2 % of the kernel's half width.
        (double[] radii, double[] expected) = Golden.Curve($"pcfcross_plain a b {edge}");
        double[] actual = PairCorrelation.Kernel(Golden.A, Golden.B, Golden.Window, radii, correction);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 0.02 * p.First));
    }

    [Fact]
    public void Annuli_AddUpToK()
    {
        double[] inner = [0, 10, 20, 30, 40], outer = [10, 20, 30, 40, 50];
        foreach (EdgeCorrection correction in (EdgeCorrection[])[EdgeCorrection.None, EdgeCorrection.Translate, EdgeCorrection.Isotropic])
        {
            double[] k = RipleyK.Cross(Golden.A, Golden.B, Golden.Window, outer, correction), g = PairCorrelation.Annuli(Golden.A, Golden.B, Golden.Window, inner, 10, correction);
            double[] own = RipleyK.Univariate(Golden.A, Golden.Window, outer, correction), gown = PairCorrelation.Annuli(Golden.A, null, Golden.Window, inner, 10, correction);
            double sum = 0, sumOwn = 0;
            for (int i = 0; i < inner.Length; i++)
            {
                double annulus = Math.PI * ((outer[i] * outer[i]) - (inner[i] * inner[i]));
                Assert.Equal(k[i], sum += g[i] * annulus, 1e-9 * k[i]);
                Assert.Equal(own[i], sumOwn += gown[i] * annulus, 1e-9 * own[i]);
            }
        }
    }

    [Fact]
    public void HardCore_HasNoPairsBelowItsDistance()
    {
        // B keeps 14 um apart; the kernel of half width 10.3 um reaches down to 3.7.
        double[] g = PairCorrelation.Annuli(Golden.B, null, Golden.Window, [0, 2, 4, 6, 8, 10, 12, 14], 2, EdgeCorrection.Translate);
        Assert.All(g[..7], v => Assert.Equal(0, v));
        Assert.True(g[7] > 0);
        double h = PairCorrelation.Stoyan / Math.Sqrt(Golden.B.Length / Golden.Window.Size);
        double[] kernel = PairCorrelation.Kernel(Golden.B, null, Golden.Window, [1, 14 - h - 0.01, 20], EdgeCorrection.Isotropic);
        Assert.Equal([0, 0], kernel[..2]);
        Assert.True(kernel[2] > 0);
    }

    [Fact]
    public void ImmuneExcludedTumor_HasCrossGBelowOneNearZero()
    {
        // Tumour in a disc of 300 um, CD8 only beyond 400 um: nothing within 100 um, and more than 1 farther out.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 1200, 1200);
        TissuePoint[] sites = RipleyKTests.Lattice(60, 60, 20);
        TissuePoint[] tumor = [.. sites.Where(p => Radius(p) < 300)], cd8 = [.. sites.Where((p, i) => Radius(p) > 400 && i % 7 == 0)];
        double[] g = PairCorrelation.Annuli(cd8, tumor, window, [0, 40, 80, 500], 20, EdgeCorrection.Translate);
        Assert.Equal([0, 0, 0], g[..3]);
        Assert.True(g[3] > 1);

        static double Radius(TissuePoint p) => Math.Sqrt(Math.Pow(p.X - 600, 2) + Math.Pow(p.Y - 600, 2));
    }

    [Fact]
    public void IndependentTypes_HaveGOfOne()
    {
        // 200 pairs of patterns; twelve means within 4.5 standard errors: a false alarm in 12,000 runs; the seed is fixed.
        double[] radii = [10, 40, 80];
        var curves = new List<double[]>();
        for (int i = 0; i < 200; i++)
        {
            var stream = NullPatterns.Stream(5, i);
            TissuePoint[] a = NullPatterns.Csr(Golden.Window, 120, ref stream), b = NullPatterns.Csr(Golden.Window, 150, ref stream);
            curves.Add(
            [
                .. PairCorrelation.Annuli(a, b, Golden.Window, radii, 10, EdgeCorrection.Translate), .. PairCorrelation.Annuli(a, b, Golden.Window, radii, 10, EdgeCorrection.Border),
                .. PairCorrelation.Kernel(a, b, Golden.Window, [20, 40, 80], EdgeCorrection.Isotropic, PairDivisor.Distance),
                .. PairCorrelation.Annuli(a, null, Golden.Window, radii, 10, EdgeCorrection.Isotropic),
            ]);
        }

        for (int c = 0; c < 12; c++)
        {
            var mean = MonteCarloError.Of([.. curves.Select(v => v[c])]);
            Assert.InRange((mean.Mean - 1) / mean.StandardError, -4.5, 4.5);
        }
    }

    [Fact]
    public void Volume_ShellsAddUpToK()
    {
        double k = RipleyK.Univariate(Golden.InBox, Golden.Box, [60], EdgeCorrection.Translate)[0];
        double g = PairCorrelation.Annuli(Golden.InBox, null, Golden.Box, [0], 60, EdgeCorrection.Translate)[0];
        Assert.Equal(k, g * 4.0 / 3 * Math.PI * 60 * 60 * 60, 1e-6 * k);
        Assert.True(PairCorrelation.Kernel(Golden.InBox, null, Golden.Box, [50], EdgeCorrection.Translate, halfWidth: 10)[0] > 0);
        Assert.Contains("half width", Assert.Throws<ArgumentException>(() => PairCorrelation.Kernel(Golden.InBox, null, Golden.Box, [50], EdgeCorrection.Translate)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsupported_IsSaid()
    {
        Assert.Contains("border", Assert.Throws<ArgumentException>(() => PairCorrelation.Kernel(Golden.A, null, Golden.Window, [5], EdgeCorrection.Border)).Message, StringComparison.Ordinal);
        Assert.Contains("width", Assert.Throws<ArgumentException>(() => PairCorrelation.Annuli(Golden.A, null, Golden.Window, [5], 0, EdgeCorrection.None)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PairCorrelation.Kernel(Golden.A, null, Golden.Window, [0], EdgeCorrection.None));
        Assert.True(double.IsNaN(PairCorrelation.Kernel(Golden.A, [], Golden.Window, [5], EdgeCorrection.None)[0]));
        Assert.True(double.IsNaN(PairCorrelation.Annuli([], Golden.B, Golden.Window, [5], 5, EdgeCorrection.None)[0]));
    }
}
