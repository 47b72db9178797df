using MathNet.Numerics;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class IncompleteBetaTests
{
    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(2, 3)]
    [InlineData(0.05, 7)]
    [InlineData(30, 0.5)]
    [InlineData(400, 900)]
    public void Share_EqualsMathNet_AndMirrors(double a, double b)
    {
        foreach (double x in new[] { 1e-8, 0.01, 0.3, 0.5, 0.77, 0.999 })
        {
            double share = IncompleteBeta.Below(a, b, x, 1 - x);
            Assert.Equal(SpecialFunctions.BetaRegularized(a, b, x), share, 1e-12);
            Assert.Equal(1 - share, IncompleteBeta.Below(b, a, 1 - x, x), 1e-14);
        }
    }

    [Theory]
    [InlineData(1e6, 1e6)]
    [InlineData(5e6, 0.5)]
    public void LargeShapes_KeepTheirMiddle(double a, double b)
    {
        // a = b: half lies below one half. b = 1/2: Student's t with 2a degrees of freedom at its normal 97.5 % point.
        if (a == b)
        {
            Assert.Equal(0.5, IncompleteBeta.Below(a, b, 0.5, 0.5), 1e-12);
            return;
        }

        double t2 = 1.959963984540054 * 1.959963984540054, x = 2 * a / (2 * a + t2);
        Assert.Equal(0.05, IncompleteBeta.Below(a, b, x, t2 / (2 * a + t2)), 1e-7);
    }

    [Fact]
    public void Ends_AreExact()
    {
        Assert.Equal(0, IncompleteBeta.Below(0.1, 3, 0, 1));
        Assert.Equal(1, IncompleteBeta.Below(0.1, 3, 1, 0));
    }
}
