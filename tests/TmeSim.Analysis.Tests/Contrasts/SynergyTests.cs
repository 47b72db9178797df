using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Tests.Contrasts;

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FewReplicates_HaveNoIntervals_NoError_AndNoNumberThatWouldResolve(int replicates)
    {
        double[] control = [.. new[] { 10.0, 12, 9 }.Take(replicates)];
        var s = Synergy.Of(control, [.. control.Select(_ => 0.0)], [.. control.Select((v, i) => (0.5 * v) + i)], [.. control.Select((v, i) => 0.2 * i)]);
        Assert.Equal(1.0, s.First.Value);
        Assert.All([s.First, s.Second, s.Both, s.Bliss, s.Hsa, s.BlissExcess, s.HsaExcess], e => Assert.True(double.IsFinite(e.Value) && double.IsNaN(e.Low) && double.IsNaN(e.High)));
        Assert.True(double.IsNaN(s.BlissExcessError));
        Assert.Null(s.Needed);
    }

    [Fact]
    public void ClearedTumours_AreDefined()
    {
        // All cleared under both; all but one under the first part, so that leaving it out leaves nothing.
        var s = Synergy.Of([10, 12, 9, 11], [0, 0, 2, 0], [5, 6, 5, 4], [0, 0, 0, 0]);
        Assert.Equal(new Estimate(1, 1, 1), s.Both);
        Assert.Equal(1, s.First.High);
        Assert.InRange(s.First.Low, 0.7, s.First.Value);
        Assert.InRange(s.BlissExcess.Value, s.BlissExcess.Low, s.BlissExcess.High);
        Assert.InRange(s.HsaExcess.Value, s.HsaExcess.Low, s.HsaExcess.High);

        var alone = Synergy.Of([10, 0, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]);
        Assert.True(double.IsNaN(alone.First.Low) && double.IsNaN(alone.BlissExcessError));
    }

    [Fact]
    public void ClearExcess_NeedsFewReplicates_AnUnclearOneHasNoNumber()
    {
        double[] control = [100, 104, 97, 99, 102, 98], half = [50, 51, 49, 50, 52, 49];
        Assert.InRange(Synergy.Of(control, half, half, [5, 5, 4, 5, 6, 4]).Needed ?? 0, 4, 6);
        Assert.Null(Synergy.Of(control, half, half, [25, 27, 23, 26, 24, 25.5]).Needed);
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
