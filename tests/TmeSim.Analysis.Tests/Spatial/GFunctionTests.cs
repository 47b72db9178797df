using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class GFunctionTests
{
    [Theory]
    [InlineData("none", EdgeCorrection.None)]
    [InlineData("border", EdgeCorrection.Border)]
    public void SharedPoints_EqualSpatstatGestAndGcross(string edge, EdgeCorrection correction)
    {
        foreach ((string from, string to) in ((string, string)[])[("a", "a"), ("a", "b"), ("b", "a")])
        {
            (double[] radii, double[] expected) = Golden.Curve($"G {from} {to} {edge}");
            Golden.AssertEqual(expected, GFunction.Of(Golden.Of(from), from == to ? null : Golden.Of(to), Golden.Window, radii, correction), 1e-12);
        }
    }

    [Fact]
    public void RegularLattice_StepsAtItsSpacing()
    {
        BoxWindow window = BoxWindow.Rectangle(0, 0, 200, 200);
        Assert.Equal([0, 1, 1], GFunction.Of(RipleyKTests.Lattice(10, 10, 20), null, window, [19.9, 20, 25], EdgeCorrection.None));
    }

    [Fact]
    public void Csr_HasTheExponentialForm()
    {
        // Border correction is unbiased up to its ratio; 200 patterns of 400 points, three means within 4.5 standard errors: a false alarm in 50,000 runs, fixed seed.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 2000, 2000);
        double[] radii = [20, 50, 80];
        double[][] g = [.. Enumerable.Range(0, 200).Select(i =>
        {
            var stream = NullPatterns.Stream(21, i);
            return GFunction.Of(NullPatterns.Csr(window, 400, ref stream), null, window, radii, EdgeCorrection.Border);
        })];
        for (int r = 0; r < radii.Length; r++)
        {
            // The number is fixed: a point has 399 others, each within r with the same chance.
            double exact = 1 - Math.Pow(1 - (Math.PI * radii[r] * radii[r] / window.Size), 399);
            var mean = MonteCarloError.Of([.. g.Select(v => v[r])]);
            Assert.InRange((mean.Mean - exact) / mean.StandardError, -4.5, 4.5);
            Assert.Equal(exact, GFunction.Csr(radii[r], 400 / window.Size, 2), 0.002);
        }

        Assert.Equal(1 - Math.Exp(-1), GFunction.Csr(10, 3 / (4 * Math.PI * 1000), 3), 1e-12);
    }

    [Fact]
    public void NobodyToAsk_IsUndefined()
    {
        BoxWindow window = BoxWindow.Rectangle(0, 0, 100, 100);
        Assert.True(double.IsNaN(GFunction.Of([new(10, 50)], [new(20, 50)], window, [20], EdgeCorrection.Border)[0]));
        Assert.Contains("none and border", Assert.Throws<ArgumentException>(() => GFunction.Of([], null, window, [20], EdgeCorrection.Translate)).Message, StringComparison.Ordinal);
    }
}
