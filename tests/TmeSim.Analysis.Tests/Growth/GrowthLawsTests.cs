using TmeSim.Analysis.Growth;

namespace TmeSim.Analysis.Tests.Growth;

/// <summary>Numbers evaluated from the closed forms outside this project.</summary>
public class GrowthLawsTests
{
    [Fact]
    public void Logistic_And_Gompertz_HaveTheTabulatedValues()
    {
        Assert.Equal(599.860, GrowthLaws.Logistic(10, 1000, 0.5, 10), 5e-4);
        Assert.Equal(183.756, GrowthLaws.Gompertz(10, 1000, 0.1, 10), 5e-4);
        Assert.Equal(10, GrowthLaws.Logistic(10, 1000, 0.5, 0), 1e-12);
        Assert.Equal(10, GrowthLaws.Gompertz(10, 1000, 0.1, 0), 1e-12);
    }

    [Fact]
    public void BirthDeath_HasTheTabulatedMoments()
    {
        Assert.Equal(73.8906, GrowthLaws.BirthDeathMean(10, 1, 0.5, 4), 5e-5);
        Assert.Equal(37.6334, Math.Sqrt(GrowthLaws.BirthDeathVariance(10, 1, 0.5, 4)), 5e-5);
        Assert.Equal(4.597e-4, GrowthLaws.ExtinctionProbability(10, 1, 0.5, 4), 5e-8);
        Assert.Equal(9.766e-4, GrowthLaws.ExtinctionProbability(10, 1, 0.5, double.PositiveInfinity), 5e-8);
    }

    [Fact]
    public void CriticalProcess_IsTheLimit()
    {
        Assert.Equal(GrowthLaws.BirthDeathVariance(3, 1, 1 - 1e-7, 2), GrowthLaws.BirthDeathVariance(3, 1, 1, 2), 1e-5);
        Assert.Equal(GrowthLaws.ExtinctionProbability(3, 1, 1 - 1e-7, 2), GrowthLaws.ExtinctionProbability(3, 1, 1, 2), 1e-6);
        Assert.Equal(1, GrowthLaws.ExtinctionProbability(3, 1, 2, double.PositiveInfinity));
    }

    [Fact]
    public void DoublingTime_DoublesTheSize()
    {
        Assert.Equal(2, GrowthLaws.BirthDeathMean(1, 0.3, 0.1, GrowthLaws.DoublingTime(0.2)), 1e-12);
        Assert.Equal(0.5, GrowthLaws.Survival(0.1, GrowthLaws.DoublingTime(0.1)), 1e-12);
    }
}
