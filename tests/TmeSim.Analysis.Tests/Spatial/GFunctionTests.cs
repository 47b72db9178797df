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
}
