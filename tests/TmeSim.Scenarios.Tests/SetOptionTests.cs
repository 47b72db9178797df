using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public class SetOptionTests
{
    private static ScenarioDefinition With(params string[] sets) => Examples.Valid(Examples.Inflamed, new() { Sets = sets });

    private static Diagnostic Error(params string[] sets) => Assert.Single(Examples.Errors(Examples.Inflamed, sets));

    [Fact]
    public void Paths_OfEveryKind_ChangeTheScenario()
    {
        ScenarioDefinition d = With(
            "lesions[primary].tumor.nek9=1.5",
            "lesions[0].tumor.clones[cold].fraction=1 %",
            "arms[Atezo + Bev].therapy[bevacizumab].dose=7.5 mg/kg",
            "parameters.cd8.kill_rate=1 /d",
            "arms[Control].parameters.cd8.death_rate=0.2 /d",
            "mechanisms.nek9.chemokine=on",
            "drugs[bevacizumab].effects[vegf].kd=0.1 uM",
            "tissue.size=[5 mm, 6 mm]",
            "time.duration = 30 weeks",
            "patient.nlr=4");

        Assert.Equal(1.5, d.Plan.Lesions[0].Nek9);
        Assert.Equal(0.01, d.Plan.Lesions[0].Clones[0].Fraction);
        Assert.Equal(525, d.Arms[1].Therapy[1].DoseMg);
        Assert.Equal(1, d.Plan.Parameters[Parameter.Cd8KillRate]);
        Assert.Equal(0.2, d.Arms[0].Parameters[Parameter.Cd8DeathRate]);
        Assert.Equal(0.1, d.Arms[1].Parameters[Parameter.Cd8DeathRate]);
        Assert.True(d.Plan.Mechanisms.IsOn(Mechanism.Nek9Chemokine));
        Assert.Equal(100, d.Arms[1].Therapy[1].Drug.Effects[0].KdNm);
        Assert.Equal((250, 300), (d.Plan.Tissue.Nx, d.Plan.Tissue.Ny));
        Assert.Equal(5040, d.Plan.Time.DurationHours);
        Assert.Equal(4, d.Plan.Patient.Nlr);
    }

    [Fact]
    public void Set_OnAMinimalScenario_ReachesAbsentBlocksAndTheDefaultArm()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Minimal, new() { Sets = ["lesions[primary].immune.cd8=8 /mm2", "arms[Control].mechanisms.cd8.killing=off"], Seed = 7, Replicates = 3 });

        Assert.Equal(8, d.Plan.Lesions[0].Cd8PerMm2);
        Assert.False(d.Arms[0].Mechanisms.IsOn(Mechanism.Cd8Killing));
        Assert.Equal((7ul, 3), (d.Plan.Seed, d.Replicates));
        Assert.Contains("seed: 7\n", d.ResolvedYaml);
    }

    [Fact]
    public void LaterSet_OfTheSamePath_Wins() => Assert.Equal(3, With("patient.nlr=4", "patient.nlr=3").Plan.Patient.Nlr);

    [Theory]
    [InlineData("lesions[primry].tumor.nek9=1", 9, "'lesions' has no member 'primry'; did you mean 'primary'?")]
    [InlineData("arms[Nivo].therapy[x].dose=1 mg", 6, "'arms' has no member 'Nivo'; members: Control, Atezo + Bev, Atezo + Bev, macrophages not suppressive")]
    [InlineData("lesions[primary].tumour.nek9=1", 18, "unknown key 'tumour'; did you mean 'tumor'?")]
    [InlineData("lesions.tumor.nek9=1", 9, "'lesions' is a list; name the member in brackets: lesions[primary]")]
    [InlineData("time[x].step=1 h", 6, "'time' is no list")]
    [InlineData("time.step.size=1 h", 11, "'step' is a single value")]
    [InlineData("parameters.cd8.kil_rate=1 /d", 12, "unknown key 'cd8.kil_rate'; did you mean 'cd8.kill_rate'?")]
    [InlineData("base=other.yaml", 1, "'base' cannot be set")]
    [InlineData("patient.nlr=high", 13, "'high' is not a number")]
    [InlineData("patient.weight=70", 16, "'70' has no unit; write for example '70 kg'")]
    [InlineData("patient.nlr=-1", 13, "'-1' is out of range")]
    [InlineData("patient.nlr=", 13, "a value is missing after '='")]
    [InlineData("patient.nlr", 1, "an option --set is path=value")]
    [InlineData("=3", 1, "a path is wanted")]
    [InlineData("patient..nlr=3", 9, "a key is missing here")]
    [InlineData("patient.=3", 8, "the path ends with a dot")]
    [InlineData("lesions[primary.tumor=3", 1, "an option --set is path=value")]
    [InlineData("lesions]x=3", 8, "']' does not belong here")]
    [InlineData("tissue.size=[5 mm, 6 mmm]", 20, "unknown unit 'mmm'")]
    [InlineData("tissue.size=[5 mm, 6 mm", 13, "the '[' opened here is not closed")]
    public void WrongSet_Applied_IsLocatedInTheOption(string option, int column, string message)
    {
        Diagnostic d = Error("seed=1", option);

        Assert.Contains(message, d.Message);
        Assert.Equal(("--set", 2, column), (d.File, d.Line, d.Column));
        Assert.Contains(option.Trim(), d.Excerpt);
    }

    [Fact]
    public void AmbiguousMember_InAPath_AsksForTheIndex()
    {
        string text = Examples.Minimal + """
            arms:
              - name: A
                therapy:
                  - {drug: nivolumab, dose: 480 mg}
                  - {drug: nivolumab, dose: 240 mg, start: 4 weeks, every: 2 weeks}

            """;

        Assert.Contains("use the index: therapy[0], therapy[1]", Assert.Single(Examples.Errors(text, "arms[A].therapy[nivolumab].dose=1 mg")).Message);
        Assert.Equal(120, Examples.Valid(text, new() { Sets = ["arms[A].therapy[1].dose=120 mg"] }).Arms[0].Therapy[1].DoseMg);
    }

    [Fact]
    public void QuotedMember_InAPath_MayHoldABracket()
    {
        string text = Examples.Minimal + "arms: [{name: \"A [high]\"}]\n";

        Assert.False(Examples.Valid(text, new() { Sets = ["arms[\"A [high]\"].mechanisms.cd8.killing=off"] }).Arms[0].Mechanisms.IsOn(Mechanism.Cd8Killing));
    }
}
