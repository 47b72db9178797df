using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios.Tests.Resolve;

/// <summary>Parameters and switches that come into force within an arm, and states that are kept.</summary>
public sealed class ArmChangeTests
{
    private const string Later = "arms[Control].changes=[{at: 6 weeks, mechanisms: {cd8.killing: off}}, {at: 2 weeks, parameters: {cd8.kill_rate: 1 /d}}]";

    [Fact]
    public void Changes_AddUpInTheOrderOfTheirTimes()
    {
        ArmPlan arm = With(Later).Arms[0];
        Assert.Equal([14 * 24.0, 42 * 24.0], arm.Changes.Select(c => c.AtHours));
        Assert.Equal([1.0, 1.0], arm.Changes.Select(c => c.Parameters[Parameter.Cd8KillRate]));
        Assert.Equal([true, false], arm.Changes.Select(c => c.Mechanisms.IsOn(Mechanism.Cd8Killing)));
        Assert.NotEqual(1, arm.Parameters[Parameter.Cd8KillRate]);
    }

    [Fact]
    public void Changes_DecideTheArmAlone_AndComeBackFromTheResolvedText()
    {
        ScenarioDefinition plain = With(), changed = With(Later), again = Examples.Valid(changed.ResolvedYaml);
        Assert.NotEqual(plain.ArmIdentity(0), changed.ArmIdentity(0));
        Assert.Equal((plain.ArmIdentity(1), plain.PlanIdentity()), (changed.ArmIdentity(1), changed.PlanIdentity()));
        Assert.NotEqual(ScenarioDefinition.SettingsIdentity(plain.Arms[0]), ScenarioDefinition.SettingsIdentity(changed.Arms[0]));
        Assert.Equal(changed.IdentityHash, again.IdentityHash);
        Assert.DoesNotContain("changes", plain.ResolvedYaml, StringComparison.Ordinal);
        Assert.DoesNotContain("output", plain.ResolvedYaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_IsReadAndComesBack()
    {
        ScenarioDefinition read = With("output={checkpoints: [6 weeks, 0 d], checkpoint_every: 1 week, limit: 20 GB}");
        Assert.Equal([42 * 24.0, 0], read.KeptStatesHours);
        Assert.Equal((168.0, 20e9), (read.CheckpointEveryHours, read.LimitBytes));
        Assert.Equal(read.KeptStatesHours, Examples.Valid(read.ResolvedYaml).KeptStatesHours);
    }

    [Theory]
    [InlineData("arms[Control].changes=[{at: 1 d}, {at: 24 h}]", "there is a change at 1 d already")]
    [InlineData("arms[Control].changes=[{parameters: {cd8.kill_rate: 1 /d}}]", "'at' is missing")]
    [InlineData("arms[Control].changes=[{at: 1 d, mechanisms: {clones.standing: on}}]", "acts when the tissue is seeded")]
    [InlineData("arms[Control].changes=[{at: 1 d, parameters: {cd8.kil_rate: 1 /d}}]", "cd8.kill_rate")]
    [InlineData("output={checkpoints: [200 d]}", "200 d is no step of the run, whose steps of 1 h end at 182 d")]
    [InlineData("output={checkpoints: [90 min]}", "0.0625 d is no step of the run")]
    [InlineData("output={limit: 20}", "GB")]
    public void Mistakes_AreSaid(string set, string message) => Assert.Contains(
        ScenarioReader.ReadText(Examples.Inflamed, overrides: new() { Sets = [set] }).Diagnostics, d => d.Message.Contains(message, StringComparison.Ordinal));

    private static ScenarioDefinition With(params string[] sets) => Examples.Valid(Examples.Inflamed, new() { Sets = sets });
}
