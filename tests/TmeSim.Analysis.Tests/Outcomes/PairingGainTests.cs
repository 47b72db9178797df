using TmeSim.Analysis.Outcomes;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Outcomes;

public class PairingGainTests
{
    [Fact]
    public void Factor_IsThatOfTheVariances()
    {
        PairingGain gain = PairingGain.Of([1, 2, 3, 6], [1, 3, 5, 7], 100, 1);
        Assert.Equal(2 / 3.0, gain.PairedVariance, 1e-12);
        Assert.Equal((14 / 3.0) + (20 / 3.0), gain.UnpairedVariance, 1e-12);
        Assert.Equal(17, gain.Factor.Value, 1e-12);
        Assert.Equal(16 / Math.Sqrt(14 * 20), gain.Correlation, 1e-12);
        Assert.True(double.IsNaN(gain.Factor.Low));
    }

    [Fact]
    public void SameDifferenceInAll_SavesEverything()
    {
        Assert.Equal(double.PositiveInfinity, PairingGain.Of([1, 2, 3], [2, 3, 4], 100, 1).Factor.Value);
        Assert.True(double.IsNaN(PairingGain.Of([1, 1], [2, 2], 100, 1).Factor.Value));
        Assert.Throws<ArgumentException>(() => PairingGain.Of([1], [2], 100, 1));
        Assert.Throws<ArgumentException>(() => PairingGain.Of([1, 2], [double.NaN, 2], 100, 1));
        Assert.Throws<ArgumentException>(() => PairingGain.Of([1, 2], [2], 100, 1));
    }

    /// <summary>Normal outcomes with correlation 0.8 and equal spread: factor 1 / (1 − 0.8). Percentiles fall a little short with 60 pairs.</summary>
    [Fact]
    public void Interval_HoldsTheTrueFactor()
    {
        var coverage = new Coverage("factor");
        for (int k = 0; k < 400; k++)
        {
            var s = new PhiloxStream(RandomKey.Create(0x50616972, 0, 0), (uint)k, 0, 0);
            (double[] a, double[] b) = (new double[60], new double[60]);
            for (int i = 0; i < a.Length; i++)
            {
                double shared = Math.Sqrt(0.8) * s.NextNormal();
                (a[i], b[i]) = (shared + (Math.Sqrt(0.2) * s.NextNormal()), shared + (Math.Sqrt(0.2) * s.NextNormal()) + 1);
            }

            PairingGain gain = PairingGain.Of(a, b, 200, (ulong)k);
            coverage.Add(gain.Factor.Low, gain.Factor.High, 5);
        }

        coverage.IsBetween(0.90, 0.96);
    }
}
