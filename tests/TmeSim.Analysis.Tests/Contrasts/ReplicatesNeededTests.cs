using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Contrasts;

public class ReplicatesNeededTests
{
    // Simpson's rule with 200 000 steps; the first is the power of a paired test of 10 pairs, 0.803 in tables.
    [Theory]
    [InlineData(2.262157162740992, 9, 3.1622776601683795, 0.80309686)]
    [InlineData(2.7764451051977987, 4, 1.118033988749895, 0.14051669)]
    [InlineData(1.6, 3, 1.2, 0.42254306)]
    public void NoncentralT_AgreesWithPowerCalculations(double t, double freedom, double center, double power) =>
        Assert.Equal(power, NoncentralT.Beyond(t, freedom, center), 1e-6);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7.5)]
    [InlineData(200)]
    public void NoncentralT_AroundZero_IsTheCentralOne(double freedom)
    {
        foreach (double t in new[] { 0, 0.5, 2, 5 })
        {
            Assert.Equal(2 * MathNet.Numerics.Distributions.StudentT.CDF(0, 1, freedom, -t), NoncentralT.Beyond(t, freedom, 0), 1e-6);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void FewReplicates_GiveNoNumber_HoweverClearTheDifference(int replicates)
    {
        double[] treated = [.. new[] { 10.0, 10.1, 9.9 }.Take(replicates)], control = [.. new[] { 5.0, 5.2, 5.1 }.Take(replicates)];
        Assert.All([ArmContrast.Paired(treated, control), ArmContrast.Independent(treated, control)], c =>
        {
            Assert.Null(c.Needed);
            Assert.True(c.HasTooFew);
        });
    }

    [Fact]
    public void Number_IsCautious_AndGrowsWithTheDoubt()
    {
        double[] none = new double[8];
        int? clear = ArmContrast.Paired([1.0, 1.2, 0.9, 1.1, 1.0, 0.8, 1.1, 0.9], none).Needed, unclear = ArmContrast.Paired([1.0, 2.2, -0.9, 1.1, 2.0, -0.8, 3.1, 0.9], none).Needed;
        Assert.InRange(clear ?? 0, 2, 5);

        // Mean and spread as measured would say 13.
        Assert.InRange(unclear ?? 0, 20, 60);
        Assert.Null(ArmContrast.Paired([1.0, -2.2, -0.9, 1.1, 2.0, -0.8, -1.1, 0.9], none).Needed);
        Assert.Equal(2, ArmContrast.Paired([1, 1, 1, 1], [0, 0, 0, 0]).Needed);
        Assert.Null(ArmContrast.Paired([1, 1, 1, 1], [1, 1, 1, 1]).Needed);
        Assert.False(ArmContrast.Paired([1, 1, 1, 1], [1, 1, 1, 1]).HasTooFew);
    }

    /// <summary>
    /// A number that is given has a power of 80 % or more in four samples of five, those without a number counted as kept; for effects from none (every number is
    /// then too small) to large. False alarms: 1e-4 per assertion. Numbers from the measured mean and spread alone are too small in more than half of the samples.
    /// </summary>
    [Theory]
    [InlineData(4, 0.0)]
    [InlineData(4, 1.0)]
    [InlineData(8, 0.4)]
    [InlineData(8, 2.0)]
    [InlineData(16, 0.6)]
    public void Number_HasItsPower_InFourSamplesOfFive(int replicates, double effect)
    {
        int truth = effect == 0 ? int.MaxValue : MonteCarloError.PairsToResolve(1, effect);
        Coverage paired = new("paired"), independent = new("independent");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            var stream = new PhiloxStream(RandomKey.Create(0x4E656564, 0, 0), (uint)k, (uint)replicates, 0);
            double[] treated = new double[replicates], control = new double[replicates];
            for (int r = 0; r < replicates; r++)
            {
                (treated[r], control[r]) = ((Math.Sqrt(0.5) * stream.NextNormal()) + effect, Math.Sqrt(0.5) * stream.NextNormal());
            }

            paired.Add(!(ArmContrast.Paired(treated, control).Needed < truth));
            independent.Add(!(ArmContrast.Independent(treated, control).Needed < truth));
        }

        paired.IsBetween(ReplicatesNeeded.Assurance, 1);
        independent.IsBetween(ReplicatesNeeded.Assurance, 1);
    }
}
