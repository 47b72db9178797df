using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>A preset sets switches as it sets parameters: what the scenario writes wins, and the resolved scenario says it all.</summary>
public sealed class LastingPresetTests
{
    private static readonly Mechanism[] On =
    [
        Mechanism.Cd8Differentiation, Mechanism.Cd8MarginEntry, Mechanism.RegressionCollapse, Mechanism.RegressionScar, Mechanism.RegressionVesselLoss,
        Mechanism.LymphNodeMemory,
    ];

    [Fact]
    public void Lasting_HasItsSwitchesAndItsKillRate_InEveryArm()
    {
        ScenarioDefinition read = Examples.Valid(Examples.Inflamed, new() { Sets = ["preset=lasting"] });
        Assert.All(read.Arms, arm => Assert.All(On, m => Assert.True(arm.Mechanisms.IsOn(m))));
        Assert.All(read.Arms, arm => Assert.False(arm.Mechanisms.IsOn(Mechanism.Cd8ContactShare)));
        Assert.False(read.Plan.Mechanisms.IsOn(Mechanism.ClonesStanding));
        Assert.True(ParameterLibrary.Defaults("lasting")[Parameter.Cd8KillRate] < ParameterLibrary.Defaults("clinical")[Parameter.Cd8KillRate]);
        Assert.Equal(15, read.Plan.Parameters.Time(Parameter.BurnInCd8Time, TimeUnit.Day));
    }

    [Fact]
    public void WhatTheScenarioWrites_Wins()
    {
        string[] sets = ["preset=lasting", "mechanisms.cd8.contact_share=on", "arms[Control].mechanisms.cd8.differentiation=off", "parameters.cd8.kill_rate=1 /d"];
        ScenarioDefinition read = Examples.Valid(Examples.Inflamed, new() { Sets = sets });
        Assert.True(read.Plan.Mechanisms.IsOn(Mechanism.Cd8ContactShare));
        Assert.Equal([false, true, true], read.Arms.Select(a => a.Mechanisms.IsOn(Mechanism.Cd8Differentiation)));
        Assert.Equal(1, read.Plan.Parameters.Rate(Parameter.Cd8KillRate, TimeUnit.Day), 1e-12);
    }

    [Fact]
    public void Resolved_ReadsBackAsTheSame()
    {
        ScenarioDefinition read = Examples.Valid(Examples.Inflamed, new() { Sets = ["preset=lasting", "mechanisms.regression.scar=off"] });
        ScenarioDefinition again = Examples.Valid(read.ResolvedYaml);
        Assert.Equal(read.Plan.Mechanisms, again.Plan.Mechanisms);
        Assert.Equal(read.Arms.Select(a => a.Mechanisms), again.Arms.Select(a => a.Mechanisms));
        Assert.Equal(read.IdentityHash, again.IdentityHash);
    }

    [Fact]
    public void Switches_OfEveryPreset_AreKnown_AndOnOrOff() => Assert.All(ParameterLibrary.Presets, preset => Assert.All(preset.Mechanisms, item =>
    {
        Assert.NotNull(MechanismTable.Find(item.Key));
        Assert.Contains(item.Value, (string[])["on", "off"]);
        Assert.Equal(item.Value == "on", ParameterLibrary.DefaultMechanisms(preset.Name).IsOn(MechanismTable.Find(item.Key)!.Value));
    }));
}
