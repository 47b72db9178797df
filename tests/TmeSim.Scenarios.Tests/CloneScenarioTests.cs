using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>Lost genes of clones: from text to plan, what is refused, and what they mean for the identity.</summary>
public class CloneScenarioTests
{
    private const string Clones = "lesions[primary].tumor.clones=[{name: a, fraction: 0.1, lof: [B2M, JAK1]}, {name: b, fraction: 0.2, lof: RUNX1}, {name: c, fraction: 0.1}]";

    [Fact]
    public void Lof_Read_IsTheGenotypeOfTheClone_AndSurvivesTheResolvedText()
    {
        ScenarioDefinition read = With(Clones);
        Assert.Equal([Genotype.B2m | Genotype.Jak1, Genotype.Runx1, Genotype.None], read.Plan.Lesions[0].Clones.Select(c => c.Lof));
        ScenarioDefinition again = Examples.Valid(read.ResolvedYaml);
        Assert.Equal(read.Plan.Lesions[0].Clones, again.Plan.Lesions[0].Clones);
        Assert.Equal(read.IdentityHash, again.IdentityHash);
    }

    [Fact]
    public void Lof_Changed_ChangesTheIdentity() =>
        Assert.Equal(3, new[] { "", ", lof: [CYLD]", ", lof: [TGFBR2]" }.Select(l => With($"lesions[primary].tumor.clones=[{{name: a, fraction: 0.1{l}}}]").IdentityHash).Distinct().Count());

    [Fact]
    public void Lof_UnknownGene_IsNamedWithTheKnownOnes()
    {
        Diagnostic error = Assert.Single(Examples.Errors(Examples.Minimal + "    tumor: {clones: [{name: a, fraction: 0.1, lof: [B2N]}]}\n"));
        Assert.Contains("B2N", error.Message, StringComparison.Ordinal);
        Assert.Contains("B2M", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, error.Line);
    }

    [Fact]
    public void Fractions_AboveOne_AreAnErrorAtTheList()
    {
        Diagnostic error = Assert.Single(Examples.Errors(Examples.Minimal + "    tumor: {clones: [{name: a, fraction: 0.6, lof: [B2M]}, {name: b, fraction: 0.5}]}\n"));
        Assert.Contains("1.1", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, error.Line);
        Assert.True(error.Column > 1);
    }

    [Fact]
    public void CloneFigure_Asked_TakesArmsAndNothingElse()
    {
        Assert.Equal(FigureKind.Clones, With("figures=[{plot: clones, arms: [Control]}]").Figures[0].Kind);
        Assert.Contains("measures", Assert.Single(Examples.Errors(Examples.Inflamed, "figures=[{plot: clones, measures: [tumor_cells]}]")).Message, StringComparison.Ordinal);
    }

    /// <summary>Loss of the antigen is off by default: a clone that lacks it is told that it would be intact.</summary>
    [Fact]
    public void AntigenLoss_WithoutItsSwitch_IsWarnedOf()
    {
        const string Clone = "lesions[primary].tumor.clones=[{name: a, fraction: 0.1, lof: [antigen]}]";
        Assert.Equal(Genotype.Antigen, With(Clone).Plan.Lesions[0].Clones[0].Lof);
        Assert.Contains(Warnings(Clone), w => w.Contains("clones.antigen_loss", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(Clone, "mechanisms.clones.antigen_loss=on"), w => w.Contains("clones.antigen_loss", StringComparison.Ordinal));

        static string[] Warnings(params string[] sets) => [.. ScenarioReader.ReadText(Examples.Inflamed, overrides: new() { Sets = sets }).Diagnostics.Select(d => d.Message)];
    }

    /// <summary>Arms share the seeding: one that asks for other mutants is refused, one that says what the run says is not.</summary>
    [Fact]
    public void Standing_IsOfTheRun_NotOfAnArm()
    {
        Diagnostic error = Assert.Single(Examples.Errors(Examples.Inflamed, "arms[Control].mechanisms.clones.standing=on"));
        Assert.Contains("seeded", error.Message, StringComparison.Ordinal);
        Assert.False(With("arms[Control].mechanisms.clones.standing=off").Plan.Mechanisms.IsOn(Mechanism.ClonesStanding));
        ScenarioDefinition read = With("mechanisms.clones.standing=on");
        Assert.All(read.Arms, arm => Assert.True(arm.Mechanisms.IsOn(Mechanism.ClonesStanding)));
    }

    private static ScenarioDefinition With(string set) => Examples.Valid(Examples.Inflamed, new() { Sets = [set] });
}
