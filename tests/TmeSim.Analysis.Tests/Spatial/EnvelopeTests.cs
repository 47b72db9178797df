using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class EnvelopeTests
{
    [Fact]
    public void Ends_AreTheOrderedValues()
    {
        var envelope = Envelope.Of(i => [i, -i, i == 3 ? double.NaN : 0], simulations: 199, rank: 5);
        Assert.Equal([4, -194, double.NaN], envelope.Low);
        Assert.Equal([194, -4, double.NaN], envelope.High);
        Assert.Equal([0.0, -198], Envelope.Of(i => [i, -i], 199, 1).Low);
    }

    [Fact]
    public void CsrAgainstItsOwnEnvelope_LeavesItNoMoreThanOneTimeInTwenty()
    {
        // By exchangeability a CSR curve leaves the envelope of 199 others at a radius with 2 · 5 / 200 = 5 % (ties can only make it less). Of 400 patterns that is 20
        // at each of four radii; more than 20 + 4 · √(400 · 0.05 · 0.95) = 37 has a chance of 1e-4 at each. The seed is fixed.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 500, 400);
        double[] radii = [15, 30, 60, 90];
        var left = new int[radii.Length];
        int curve = 0;
        double[] Next()
        {
            var stream = NullPatterns.Stream(77, curve++);
            return RipleyK.ToL(RipleyK.Univariate(NullPatterns.Csr(window, 60, ref stream), window, radii, EdgeCorrection.Translate), 2);
        }

        for (int i = 0; i < 400; i++)
        {
            double[] observed = Next();
            var envelope = Envelope.Of(_ => Next());
            for (int r = 0; r < radii.Length; r++)
            {
                left[r] += observed[r] < envelope.Low[r] || observed[r] > envelope.High[r] ? 1 : 0;
            }
        }

        Assert.All(left, n => Assert.InRange(n, 4, 37));
    }

    [Fact]
    public void ClusteredPattern_LeavesTheCsrEnvelope_AndLabelsThatMatterTheLabellingEnvelope()
    {
        double[] radii = [20, 40, 60];
        double[] k = RipleyK.Univariate(Golden.A, Golden.Window, radii, EdgeCorrection.Isotropic);
        var csr = Envelope.Of(i =>
        {
            var stream = NullPatterns.Stream(1, i);
            return RipleyK.Univariate(NullPatterns.Csr(Golden.Window, Golden.A.Length, ref stream), Golden.Window, radii, EdgeCorrection.Isotropic);
        });
        Assert.All(radii.Index(), r => Assert.True(k[r.Index] > csr.High[r.Index]));

        // A is clustered and B is not: more of A's neighbours are A than labels by chance would make.
        var labels = Envelope.Of(i =>
        {
            var stream = NullPatterns.Stream(2, i);
            TissuePoint[] pooled = [.. Golden.A, .. Golden.B];
            NullPatterns.Choose(pooled, Golden.A.Length, ref stream);
            return RipleyK.Cross(pooled.AsSpan(0, Golden.A.Length), pooled.AsSpan(Golden.A.Length), Golden.Window, radii, EdgeCorrection.Isotropic);
        });
        double[] cross = RipleyK.Cross(Golden.A, Golden.B, Golden.Window, radii, EdgeCorrection.Isotropic);
        Assert.All(radii.Index(), r => Assert.True(cross[r.Index] < labels.Low[r.Index]));
    }

    [Theory]
    [InlineData(199, 0)]
    [InlineData(199, 101)]
    [InlineData(0, 1)]
    public void Rank_OutsideTheSimulations_IsRefused(int simulations, int rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Envelope.Of(_ => [0], simulations, rank));

    [Fact]
    public void CurvesOfOtherLength_AreRefused() => Assert.Throws<ArgumentException>(() => Envelope.Of(i => new double[i + 1]));
}
