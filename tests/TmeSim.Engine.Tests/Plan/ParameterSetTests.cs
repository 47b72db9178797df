using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Tests.Plan;

public sealed class ParameterSetTests
{
    private static readonly ParameterSet Set = new([.. Enumerable.Range(0, ParameterTable.Count).Select(i => i + 0.3)]);

    [Theory]
    [InlineData(Parameter.Cd8KillRate, "cd8.kill_rate", "/d")]
    [InlineData(Parameter.BurnInCd8Time, "burn_in.cd8_time", "d")]
    [InlineData(Parameter.LymphNodeDcDeathRate, "lymph_node.dc_death_rate", "/d")]
    [InlineData(Parameter.SmallMoleculeDiffusivity, "small_molecule.diffusivity", "um2/s")]
    [InlineData(Parameter.ClonesB2mNkDeath, "clones.b2m_nk_death", "/d")]
    [InlineData(Parameter.Nek9GrowthSlope, "nek9.growth_slope", "1")]
    public void KeyAndUnit_FollowFromTheMember(Parameter parameter, string key, string unit)
    {
        ParameterInfo info = ParameterTable.Of(parameter);
        Assert.Equal((parameter, key, unit), (info.Id, info.Key, info.Unit));
        Assert.Equal(parameter, ParameterTable.Find(key));
    }

    /// <summary>Exactly the operations that a rule would write out.</summary>
    [Fact]
    public void Rate_IsConvertedByTheDeclaredUnit()
    {
        Assert.Equal(Set[Parameter.Cd8KillRate] / 24, Set.Rate(Parameter.Cd8KillRate));
        Assert.Equal(Set[Parameter.Cd8KillRate], Set.Rate(Parameter.Cd8KillRate, TimeUnit.Day));
        Assert.Equal(Set[Parameter.VegfDecay], Set.Rate(Parameter.VegfDecay));
        Assert.Equal(Set[Parameter.VegfDecay] / 60, Set.Rate(Parameter.VegfDecay, TimeUnit.Minute));
        Assert.Equal(Set[Parameter.OxygenDiffusivity] * 3600, Set.Rate(Parameter.OxygenDiffusivity));
        Assert.Equal(Set[Parameter.OxygenUptakeMax], Set.Rate(Parameter.OxygenUptakeMax, TimeUnit.Second));
        Assert.Equal(Set[Parameter.BurnInCd8Time] * 24, Set.Time(Parameter.BurnInCd8Time));
        Assert.Equal(Set[Parameter.AtrReleaseTime] / 24, Set.Time(Parameter.AtrReleaseTime, TimeUnit.Day));
    }

    [Theory]
    [InlineData(Parameter.Pd1Kd, "pd1.kd is in /um2, which is no rate")]
    [InlineData(Parameter.RadiationAlpha, "radiation.alpha is in /Gy, which is no rate")]
    [InlineData(Parameter.Cd8Chemotaxis, "cd8.chemotaxis is in 1, which is no rate")]
    [InlineData(Parameter.BurnInCd8Time, "burn_in.cd8_time is in d, which is no rate")]
    public void WhatIsNoRate_IsRefused(Parameter parameter, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Set.Rate(parameter)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Parameter.Cd8KillRate)]
    [InlineData(Parameter.WallDecayLength)]
    public void WhatIsNoTime_IsRefused(Parameter parameter) => Assert.Throws<ArgumentException>(() => Set.Time(parameter));
}
