using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Tests.Contrasts;

public class MonteCarloErrorTests
{
    [Fact]
    public void Of_HasTheMomentsOfTheSample()
    {
        MonteCarloError error = MonteCarloError.Of([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]);
        Assert.Equal(1e9 + 2.5, error.Mean);
        Assert.Equal(Math.Sqrt(5.0 / 3), error.StandardDeviation, 1e-12);
        Assert.Equal(Math.Sqrt(5.0 / 12), error.StandardError, 1e-12);
        Assert.True(double.IsNaN(MonteCarloError.Of([3]).StandardError));
        Assert.True(double.IsNaN(MonteCarloError.Of([]).Mean));
    }

    [Fact]
    public void ReplicatesForError_ShrinkTheErrorToIt()
    {
        Assert.Equal(100, new MonteCarloError(10, 0, 5).ReplicatesForError(0.5));
        Assert.Throws<InvalidOperationException>(() => MonteCarloError.Of([3]).ReplicatesForError(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MonteCarloError(10, 0, 5).ReplicatesForError(0));
    }

    // R: power.t.test(delta, sd = 1, power, type = "paired") gives 33.37, 9.94 and 44.0 pairs.
    [Theory]
    [InlineData(0.5, 0.8, 34)]
    [InlineData(-0.5, 0.9, 44)]
    [InlineData(1, 0.8, 10)]
    public void PairsToResolve_AgreesWithPowerCalculations(double difference, double power, int expected) =>
        Assert.InRange(MonteCarloError.PairsToResolve(1, difference, power), expected - 1, expected + 1);

    [Fact]
    public void PairsToResolve_Edges_AreDefined()
    {
        Assert.Equal(2, MonteCarloError.PairsToResolve(0, 1));
        Assert.Equal(int.MaxValue, MonteCarloError.PairsToResolve(1e9, 1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonteCarloError.PairsToResolve(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonteCarloError.PairsToResolve(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonteCarloError.PairsToResolve(1, 1, power: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonteCarloError.PairsToResolve(1, 1, level: 0));
    }
}
