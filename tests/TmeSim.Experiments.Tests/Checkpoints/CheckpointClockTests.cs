using System.Globalization;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Checkpoints;

/// <summary>When states are due, in a time that the tests make.</summary>
public sealed class CheckpointClockTests
{
    [Theory]
    [InlineData(1, 0.01, 0.1)]
    [InlineData(1, 0.2, 0.2)]
    [InlineData(300, 0.1, 40)]
    [InlineData(300, 40, 100)]
    public void WorkSinceALastWholeState_NeverExceedsTheInterval(double every, double longestStep, double longestWrite)
    {
        var time = new MadeTime();
        var clock = new CheckpointClock(new CheckpointPolicy { EverySeconds = every, IsStrict = true, Time = time });
        var random = new Random(11);
        double state = 0, worst = 0;
        int states = 0;
        for (int i = 0; i < 400_000 && states < 300; i++)
        {
            // What takes longest comes in every interval.
            time.Advance(i % 4 == 0 ? longestStep : longestStep * random.NextDouble());
            if (!clock.Tick())
            {
                continue;
            }

            double instant = time.Seconds;
            long begun = clock.Begin();
            time.Advance(longestWrite);
            clock.End(begun, isWhole: true);
            worst = Math.Max(worst, time.Seconds - state);
            (state, states) = (instant, states + 1);
        }

        Assert.True(states > 1 && !clock.IsTooSlow);
        Assert.InRange(worst, every * 0.5, every);
        Assert.Equal(worst, clock.AtStake, 1e-4);

        // Not more often than the interval asks for.
        Assert.True(time.Seconds / states > every - longestWrite - (3 * longestStep));
    }

    [Fact]
    public void StateThatFailed_IsTriedAgainOneIntervalLater_AndItsWorkStaysAtStake()
    {
        var time = new MadeTime();
        var clock = new CheckpointClock(new CheckpointPolicy { EverySeconds = 10, IsStrict = true, Time = time });
        List<double> tries = [];
        for (int i = 0; i < 30; i++)
        {
            time.Advance(1);
            if (clock.Tick())
            {
                tries.Add(time.Seconds);
                clock.End(clock.Begin(), isWhole: false);
            }
        }

        // How long a state takes is not known before the first one is whole.
        Assert.Equal([5, 10, 15, 20, 25, 30], tries);
        Assert.Equal((30, 30), (clock.AtStake, clock.Seconds));
    }

    [Fact]
    public void WritingThatTakesTheInterval_LeavesHalfOfTheTimeToWork()
    {
        var time = new MadeTime();
        var clock = new CheckpointClock(new CheckpointPolicy { EverySeconds = 1, IsStrict = true, Time = time });
        double writing = 0;
        for (int i = 0; i < 10_000; i++)
        {
            time.Advance(0.01);
            if (clock.Tick())
            {
                long begun = clock.Begin();
                time.Advance(2);
                writing += clock.End(begun, isWhole: true);
            }
        }

        Assert.True(clock.IsTooSlow);
        Assert.InRange(writing / time.Seconds, 0.45, 0.501);
    }

    [Fact]
    public void Default_TakesAFiftiethOfTheTimeAtMost()
    {
        var time = new MadeTime();
        var clock = new CheckpointClock(new CheckpointPolicy { Time = time }, stateBytes: 10L << 30);
        double writing = 0;
        for (int i = 0; i < 20_000; i++)
        {
            time.Advance(1);
            if (clock.Tick())
            {
                long begun = clock.Begin();
                time.Advance(20);
                writing += clock.End(begun, isWhole: true);
            }
        }

        Assert.InRange(writing / time.Seconds, 0.015, 0.0201);
    }

    [Fact]
    public void Off_IsNeverDue()
    {
        var time = new MadeTime();
        CheckpointClock[] clocks = [new(new CheckpointPolicy { IsOff = true, EverySeconds = 1, Time = time }), new(new CheckpointPolicy { EverySeconds = double.PositiveInfinity, Time = time })];
        time.Advance(1e9);
        Assert.All(clocks, c => Assert.False(c.Tick()));
    }

    // Each look at the clock takes some time, so the steps and the writing of states do. The run itself says how much work was ever at stake.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void Run_HasNoMoreAtStakeThanTheInterval(double every)
    {
        using var folder = new TemporaryFolder();
        var time = new MadeTime { PerLook = 0.002 };
        RunOutcome outcome = RunSession.Execute(new RunRequest
        {
            Scenario = SmallScenario.Read("replicates=1"), OutDirectory = folder.Path, Jobs = 1, Figures = false,
            Checkpoints = new CheckpointPolicy { EverySeconds = every, IsStrict = true, Time = time },
        }, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Finished, outcome.Status);
        string line = File.ReadAllLines(Path.Combine(outcome.Folder, "log.txt")).Single(l => l.Contains("a kill would have repeated", StringComparison.Ordinal));
        string[] words = line.Split(' ');
        int states = int.Parse(words[Array.IndexOf(words, "states") - 1], CultureInfo.InvariantCulture);
        double atStake = double.Parse(words[Array.IndexOf(words, "repeated") + 1], CultureInfo.InvariantCulture);
        Assert.InRange(atStake, every / 2, every);
        Assert.InRange(states, 3, (int)(time.Seconds / every * 3));
    }
}
