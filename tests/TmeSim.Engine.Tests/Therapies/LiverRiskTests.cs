using TmeSim.Engine.Numerics;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Tests.Therapies;

public sealed class LiverRiskTests
{
    /// <summary>Lyman with TD50 39.8 Gy and m 0.12; digits as tabulated.</summary>
    [Theory]
    [InlineData(23, 2.2e-4, 5e-6)]
    [InlineData(30, 0.0201, 5e-5)]
    [InlineData(31, 0.0327, 5e-5)]
    [InlineData(36, 0.2131, 5e-5)]
    [InlineData(39.8, 0.5, 1e-12)]
    public void ChildPughA_FollowsLyman(double gy, double expected, double digits) => Assert.Equal(expected, LiverRisk.Ntcp(gy, 'A'), digits);

    [Fact]
    public void ChildPughB_AtItsLimit_HasTheRiskOfAAtItsOwn() =>
        Assert.Equal(LiverRisk.Ntcp(LiverRisk.LimitGy('A'), 'A'), LiverRisk.Ntcp(LiverRisk.LimitGy('B'), 'B'), 1e-15);

    /// <summary>Reference values of the standard normal (complementary error function of another library).</summary>
    [Fact]
    public void NormalCdf_AgreesWithErfc()
    {
        for (double x = -8; x <= 8; x += 0.01)
        {
            double expected = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));
            Assert.Equal(expected, DetMath.NormalCdf(x), 1e-12 * expected + 1e-300);
        }

        Assert.Equal(0, DetMath.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, DetMath.NormalCdf(double.PositiveInfinity));
        Assert.True(double.IsNaN(DetMath.NormalCdf(double.NaN)));
    }
}
