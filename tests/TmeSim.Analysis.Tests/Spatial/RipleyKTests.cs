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
}
