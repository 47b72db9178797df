namespace TmeSim.Analysis.Tests;

public class SynergyTests
{
    [Fact]
    public void Effects_AreSharesOfTheControlMean()
    {
        var s = Synergy.Of([10, 30], [5, 25], [6, 14], [1, 3]);
        Assert.Equal((0.25, 0.5, 0.9), (s.First.Value, s.Second.Value, s.Both.Value));
        Assert.Equal(0.625, s.Bliss.Value, 1e-12);
        Assert.Equal(0.5, s.Hsa.Value, 1e-12);
        Assert.Equal(0.275, s.BlissExcess.Value, 1e-12);
        Assert.Equal(0.4, s.HsaExcess.Value, 1e-12);
    }

    [Fact]
    public void Independence_HasNoExcess_InAnyResample()
    {
        // Each part leaves the same share of every replicate, and together the product: no spread at all.
        double[] control = [100, 200, 400, 800];
        var s = Synergy.Of(control, [.. control.Select(v => v * 0.5)], [.. control.Select(v => v * 0.25)], [.. control.Select(v => v * 0.125)]);
        Assert.Equal(0, s.BlissExcess.Low, 1e-12);
        Assert.Equal(0, s.BlissExcess.High, 1e-12);
        Assert.Equal(0.125, s.HsaExcess.Low, 1e-12);
        Assert.Equal(0, s.BlissExcessError, 1e-12);
    }

    [Fact]
    public void Interval_HoldsTheEstimate_AndShrinksWithReplicates()
    {
        Synergy At(int n)
        {
            double[] noise = [.. Enumerable.Range(0, n).Select(i => 1 + (0.2 * Math.Sin(7 * i)))];
            return Synergy.Of([.. noise.Select(x => 100 * x)], [.. noise.Select(x => 60 + (5 * x))], [.. noise.Select(x => 70 - (9 * x))], [.. noise.Select(x => 30 * x * x)]);
        }

        Synergy few = At(6), many = At(96);
        Assert.InRange(few.BlissExcess.Value, few.BlissExcess.Low, few.BlissExcess.High);
        Assert.True(many.BlissExcess.High - many.BlissExcess.Low < 0.5 * (few.BlissExcess.High - few.BlissExcess.Low));
        Assert.Equal(few, At(6));
    }

    [Fact]
    public void ClearedTumours_AndSingleReplicates_AreDefined()
    {
        var s = Synergy.Of([10], [0], [5], [0]);
        Assert.Equal((1.0, 0.0), (s.Both.Value, s.BlissExcess.Value));
        Assert.True(double.IsNaN(s.BlissExcess.Low) && double.IsNaN(s.BlissExcessError));
    }

    [Fact]
    public void Nonsense_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Synergy.Of([], [], [], []));
        Assert.Throws<ArgumentException>(() => Synergy.Of([0, 0], [1, 1], [1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => Synergy.Of([1, 1], [1], [1, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => Synergy.Of([1, 1], [1, double.NaN], [1, 1], [1, 1]));
    }
}
