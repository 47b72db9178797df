using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Tests.Stroma;

public class StromaGateTests
{
    private static readonly StromaGate Gate = new(TestPlans.Parameters);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 0.999345)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.8, 0.0227559)]
    public void Permeability_AtADensity_IsTheHillTerm(float density, double expected) =>
        Assert.Equal(expected, Gate.Permeability(density), 1e-5);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 0.961538)]
    [InlineData(1, 0.5)]
    public void Entry_AtADensity_IsTheHillTerm(float density, double expected) => Assert.Equal(expected, Gate.Entry(density), 1e-5);
}
