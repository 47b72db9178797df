using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Explaining;

namespace TmeSim.Scenarios.Tests;

/// <summary>A scenario that does not name a switch has its default, which <c>explain</c> tells; what it names it has.</summary>
public sealed class MechanismDefaultTests
{
    [Fact]
    public void Unnamed_AreAsTheTableSays()
    {
        MechanismSet read = Examples.Valid(Examples.Inflamed).Plan.Mechanisms;
        Assert.Equal(MechanismSet.Default.With(Mechanism.Nek9Chemokine, false), read);
        Assert.False(read.IsOn(Mechanism.Cd8Differentiation));
    }

    [Fact]
    public void OffByDefault_CanBeTurnedOn_ForTheRunOrAnArm()
    {
        ScenarioDefinition run = Examples.Valid(Examples.Inflamed, new() { Sets = ["mechanisms.cd8.differentiation=on"] });
        Assert.All(run.Arms, arm => Assert.True(arm.Mechanisms.IsOn(Mechanism.Cd8Differentiation)));
        ScenarioDefinition arm = Examples.Valid(Examples.Inflamed, new() { Sets = ["arms[Control].mechanisms.cd8.differentiation=on"] });
        Assert.Equal([true, false, false], arm.Arms.Select(a => a.Mechanisms.IsOn(Mechanism.Cd8Differentiation)));
        Assert.False(arm.Plan.Mechanisms.IsOn(Mechanism.Cd8Differentiation));
    }

    [Theory]
    [InlineData("cd8.differentiation", "off")]
    [InlineData("cd8.killing", "on")]
    public void Explain_SaysTheDefault(string key, string expected) => Assert.Matches($@"\n  default +{expected}\n", Explain.Answer(key));
}
