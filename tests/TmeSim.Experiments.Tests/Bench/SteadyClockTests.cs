using TmeSim.Experiments.Bench;

namespace TmeSim.Experiments.Tests.Bench;

public sealed class SteadyClockTests
{
    private readonly MadeTime _time = new();
    private double _compiled;

    [Fact]
    public void Batches_DuringWhichCodeIsCompiled_AreMeasuredAgain()
    {
        int calls = 0;

        // Something is compiled in each of the first thirty, then in every third after the warm-up.
        BatchTimes times = Measure(10, () => ++calls <= 30 || (calls > 60 && calls % 3 == 0) ? (0.01, 0.002, 100) : (0.01, 0, 1));

        Assert.Equal((10, 1.0, 1.0, 0), (times.Count, times.Low, times.High, times.Compiling));
        Assert.Equal(30 + 30 + 10 + 4, calls);
    }

    [Fact]
    public void Batches_WhenCompilingNeverEnds_AreCountedAsSuch()
    {
        int calls = 0;

        BatchTimes times = Measure(3, () => ((double, double, double))(0.01, 0.009, ++calls));

        Assert.Equal((3, 3), (times.Count, times.Compiling));
        Assert.Equal((int)(SteadyClock.WarmUpSeconds / 0.01) + 3 + 3, calls);
    }

    [Theory]
    [InlineData(0.0099, 0)]
    [InlineData(0.0101, 3)]
    public void Batches_WithNextToNothingCompiled_Count(double share, int compiling)
    {
        BatchTimes times = Measure(3, () => (0.5, share * 0.5, 1));

        Assert.Equal((3, compiling), (times.Count, times.Compiling));
    }

    // A batch takes so long, of that it compiles so long, and it gives a value.
    private BatchTimes Measure(int batches, Func<(double Seconds, double Compiled, double Value)> batch) => SteadyClock.Measure(
        () =>
        {
            (double seconds, double compiled, double value) = batch();
            _time.Advance(seconds);
            _compiled += compiled;
            return value;
        },
        batches, 1, () => TimeSpan.FromSeconds(_compiled), _time);

    [Fact]
    public void ShortWork_IsCalledOftenEnoughForABatch()
    {
        long calls = 0;

        BatchTimes times = SteadyClock.Seconds(() => calls++, 5, 0.005);

        Assert.InRange(times.Median, 1e-10, 1e-5);
        Assert.True(calls > 10_000, $"{calls} calls");
    }

    [Fact]
    public void Spread_IsThatOfTheQuartiles()
    {
        var times = new BatchTimes([4, 1, 3, 2], 0.25, 1);

        Assert.Equal((1.75, 2.5, 3.25), (times.Low, times.Median, times.High));
        Assert.Equal((0.25, 1, 4), (times.Waited, times.Compiling, times.Count));
        BatchTimes rates = times.Select(t => 12 / t);
        Assert.Equal((3.75, 5.0, 7.5), (rates.Low, rates.Median, rates.High));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchTimes([], null, 0));
    }

    [Fact]
    public void Watch_TellsOfOthersWhereTheSystemDoes()
    {
        var watch = new CoreWatch();
        double? before = CoreWatch.WaitedSeconds(all: true);
        Assert.SkipWhen(before is null, "the system does not tell waiting from working");
        Thread.Sleep(100);

        Assert.True(CoreWatch.WaitedSeconds(all: false) >= 0);
        (double otherCores, double stolen) = watch.Others()!.Value;
        Assert.InRange(otherCores, 0, Environment.ProcessorCount);
        Assert.InRange(stolen, 0, 1);
    }

    [Fact]
    public void Warnings_NameWhatDisturbedAFigure()
    {
        BenchRecord free = new BenchRecord { Name = "step", Size = [256, 256, 1], NsPerSite = 10 }.With(new BatchTimes([10, 11], 0.01, 0));
        BenchRecord busy = new BenchRecord { Name = "cycle", Size = [200, 200, 1], Diagonal = "same", NsPerSite = 1 }.With(new BatchTimes([1], 0.4, 1));

        Assert.Empty(new BenchResult("Vector512", 2, [free], 0.05, 0).Warnings);
        Assert.Empty(new BenchResult("Vector512", 2, [free with { Waited = null }], null, null).Warnings);
        Assert.Collection(
            new BenchResult("Vector512", 2, [free, busy], 1.3, 0.08).Warnings,
            w => Assert.StartsWith("waited for a core that another program held: cycle 200x200x1 same 40 % of its time;", w, StringComparison.Ordinal),
            w => Assert.StartsWith("other programs kept 1.3 of 2 cores busy meanwhile", w, StringComparison.Ordinal),
            w => Assert.StartsWith("the host of this virtual machine took 8 % of its cores", w, StringComparison.Ordinal),
            w => Assert.StartsWith("cycle 200x200x1 same: code was still being compiled during 1 of 1 batches", w, StringComparison.Ordinal));
    }
}
