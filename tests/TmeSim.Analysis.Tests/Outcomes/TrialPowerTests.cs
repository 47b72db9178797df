using MathNet.Numerics.Distributions;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Outcomes;

public class TrialPowerTests
{
    /// <summary>Fisher's power is known: the sum over all tables. 600 trials; four standard errors.</summary>
    [Fact]
    public void FisherPower_IsTheExactOne()
    {
        double exact = 0;
        for (int a = 0; a <= 25; a++)
        {
            for (int b = 0; b <= 25; b++)
            {
                exact += FisherExact.P(a, 25 - a, b, 25 - b) < 0.05 ? Binomial.PMF(0.6, 25, a) * Binomial.PMF(0.2, 25, b) : 0;
            }
        }

        TrialPower power = TrialPower.ByFisher([true, true, true, false, false], [true, false, false, false, false], 25, 600, 0.05, 3);
        Assert.Equal(exact, power.Power.Value, 4 * Math.Sqrt(exact * (1 - exact) / 600));
        Assert.Equal(Proportion.Wilson(power.Significant, 600), power.Power);
        Assert.Equal(power.Significant, power.ForFirst);
    }

    /// <summary>Schoenfeld's formula for a hazard ratio of 2 and 60 events in equal arms: Φ(√60 ln 2 / 2 − 1.96) = 0.765.</summary>
    [Fact]
    public void LogRankPower_IsNearSchoenfelds()
    {
        // Quantiles of exponential times stand for very many patients.
        FollowUp[] slow = [.. Enumerable.Range(0, 2000).Select(i => new FollowUp(-Math.Log((i + 0.5) / 2000), true))];
        FollowUp[] fast = [.. slow.Select(p => p with { Time = p.Time / 2 })];
        TrialPower power = TrialPower.ByLogRank(slow, fast, 30, 600, 0.05, 3);
        Assert.Equal(0.765, power.Power.Value, (4 * Math.Sqrt(0.765 * 0.235 / 600)) + 0.01);
        Assert.True(power.ForFirst > 0.99 * power.Significant);
        Assert.Equal(power, TrialPower.ByLogRank(slow, fast, 30, 600, 0.05, 3));
        Assert.NotEqual(power, TrialPower.ByLogRank(slow, fast, 30, 600, 0.05, 4));
    }

    [Fact]
    public void TrialsThatCannotBeDrawn_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => TrialPower.ByFisher([], [true], 5, 5, 0.05, 1));
        Assert.Throws<ArgumentException>(() => TrialPower.ByFisher([true], [true], 5, 5, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialPower.ByFisher([true], [true], 0, 5, 0.05, 1));
        Assert.Throws<ArgumentException>(() => TrialPower.ByLogRank([new(-1, true)], [new(1, true)], 5, 5, 0.05, 1));
        Assert.Equal(0, TrialPower.ByLogRank([new(1, false)], [new(1, false)], 5, 5, 0.05, 1).Significant);
    }
}
