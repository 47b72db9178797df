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
}
