namespace TmeSim.Scenarios.Tests.Resolve;

public class IdentityTests
{
    private static ScenarioDefinition With(params string[] sets) => Examples.Valid(Examples.Inflamed, new() { Sets = sets });

    [Theory]
    [InlineData("name=Another name")]
    [InlineData("replicates=3")]
    [InlineData("time.record_every=2 h")]
    [InlineData("time.snapshot_every=1 week")]
    [InlineData("figures=[{plot: tissue}]")]
    [InlineData("output={checkpoints: [6 weeks], checkpoint_every: 1 week, limit: 20 GB}")]
    [InlineData("time.duration=182 d")]
    [InlineData("lesions[primary].immune.cd163_fraction=0.4")]
    public void ChangeThatDecidesNoBit_Hashed_IsTheSame(string set)
    {
        Assert.Equal(With().IdentityHash, With(set).IdentityHash);
        Assert.Equal(With().ArmIdentity(1), With(set).ArmIdentity(1));
    }

    [Theory]
    [InlineData("seed=43")]
    [InlineData("time.duration=27 weeks")]
    [InlineData("lesions[primary].tumor.nek9=1.1")]
    [InlineData("parameters.cd8.death_rate=0.11 /d")]
    [InlineData("mechanisms.cd8.killing=off")]
    [InlineData("patient.weight=71 kg")]
    public void ChangeOfThePlan_Hashed_IsAnother(string set)
    {
        Assert.NotEqual(With().IdentityHash, With(set).IdentityHash);
        Assert.NotEqual(With().ArmIdentity(0), With(set).ArmIdentity(0));
    }

    [Fact]
    public void ChangeOfOneArm_Hashed_LeavesTheOtherArmsAlone()
    {
        ScenarioDefinition changed = With("arms[Atezo + Bev].therapy[bevacizumab].dose=7.5 mg/kg");

        Assert.NotEqual(With().IdentityHash, changed.IdentityHash);
        Assert.Equal(With().ArmIdentity(0), changed.ArmIdentity(0));
        Assert.NotEqual(With().ArmIdentity(1), changed.ArmIdentity(1));
        Assert.Equal(With().ArmIdentity(2), changed.ArmIdentity(2));
    }

    [Fact]
    public void RenamedArm_Hashed_KeepsItsArmIdentity()
    {
        ScenarioDefinition renamed = With("arms[Control].name=Untreated");

        Assert.Equal(With().ArmIdentity(0), renamed.ArmIdentity(0));
        Assert.NotEqual(With().IdentityHash, renamed.IdentityHash);
        Assert.Matches("^[0-9a-f]{64}$", renamed.ArmIdentity(0));
    }

    [Fact]
    public void SameScenarioWrittenOtherwise_Hashed_IsTheSame()
    {
        string other = Examples.Inflamed.Replace("70 d", "10 weeks", StringComparison.Ordinal).Replace("0.8 mm", "800 um", StringComparison.Ordinal);

        Assert.Equal(With().IdentityHash, Examples.Valid(other).IdentityHash);
    }
}
