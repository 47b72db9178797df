using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary><c>baseline: reference</c>: where the reference patient comes from, what a scenario may then ask for, when it is stale.</summary>
public sealed class ReferenceBaselineTests
{
    private const string Text = """
        schema: tmesim/1
        name: One patient
        preset: lasting
        baseline: reference
        lesions: [{name: primary, tumor: {doubling_time: 100 d, cxcl: 0.5}}]
        """;

    [Fact]
    public void ThePresetsReferencePatient_IsHeldByEveryLesion()
    {
        ScenarioDefinition read = Examples.Valid(Text);
        ReferencePlan held = read.Plan.Lesions[0].Reference!;
        Assert.Equal(
            MultiplierTable.All.Select(m => m.Id).Where(m => m != Multiplier.Matrix).Order(), held.Multipliers.Keys.Order());
        Assert.Equal(new TumorTraits(1, 1, 0.5, 1), read.Plan.Lesions[0].Traits);
        Assert.Equal(50, read.Plan.Lesions[0].Cd8PerMm2);
    }

    [Fact]
    public void Resolved_HoldsTheWholeBlock_AndReadsBackAsTheSame()
    {
        ScenarioDefinition read = Examples.Valid(Text);
        ScenarioDefinition again = Examples.Valid(read.ResolvedYaml);
        Assert.Contains("division_capacity", read.ResolvedYaml, StringComparison.Ordinal);
        Assert.DoesNotContain("    cd163_fraction: 0.4\n", read.ResolvedYaml, StringComparison.Ordinal);
        Assert.Equal(read.IdentityHash, again.IdentityHash);
        Assert.Equal(read.ResolvedYaml, again.ResolvedYaml);
    }

    [Fact]
    public void EachValue_DecidesTheIdentity()
    {
        string before = Examples.Valid(Text).IdentityHash;
        string[] changes =
        [
            "reference.growth=0.004 /d", "reference.division_rate=0.02 /d", "reference.division_capacity=0.5", "reference.cd8_entry=2", "reference.monocyte_entry=1",
            "reference.polarisation=2", "reference.sprouting=2", "reference.vegf_output=2", "reference.cd8=60 /mm2", "reference.macrophages=100 /mm2",
            "reference.cd163_fraction=0.5", "reference.vessels=50 /mm2", "reference.maturity=0.5", "tissue.tiles=2", "lesions[primary].tumor.ccl2=2",
            "lesions[primary].tumor.csf1=2", "lesions[primary].tumor.cxcl=2", "lesions[primary].tumor.vegf=2", "patient.lymphocyte_supply=2", "patient.monocyte_supply=2",
        ];
        string[] hashes = [.. changes.Select(c => Examples.Valid(Text, new() { Sets = [c] }).IdentityHash)];
        Assert.Equal(changes.Length + 1, hashes.Append(before).Distinct().Count());
        Assert.Equal(before, Examples.Valid(Text, new() { Sets = ["reference.text=another"] }).IdentityHash);
    }

    [Theory]
    [InlineData("lesions[primary].immune.cd8=60 /mm2", "comes out of patient and tumour")]
    [InlineData("lesions[primary].immune.macrophages=60 /mm2", "comes out of patient and tumour")]
    [InlineData("lesions[primary].immune.cd163_fraction=0.6", "comes out of patient and tumour")]
    [InlineData("lesions[primary].vessels.density=90 /mm2", "comes out of patient and tumour")]
    [InlineData("lesions[primary].vessels.maturity=0.9", "comes out of patient and tumour")]
    [InlineData("lesions[primary].immune.pattern=desert", "a desert comes out")]
    [InlineData("reference.name=nobody", "there is no reference patient 'nobody' in the library")]
    [InlineData("preset=clinical", "no reference patient comes with preset clinical")]
    [InlineData("tissue.tiles=0", "tissue.tiles")]
    public void WhatCannotBe_IsRefused(string set, string message)
    {
        ScenarioResult read = ScenarioReader.ReadText(Text, overrides: new() { Sets = [set] });
        Assert.False(read.IsValid);
        Assert.Contains(message, Diagnostic.FormatAll(read.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_OfTheReferencePatient_MayBeSaid() => Examples.Valid(Text, new() { Sets = ["lesions[primary].immune.cd8=50 /mm2"] });

    [Fact]
    public void AnOwnBlock_IsTakenWithoutTheLibrary_AndAHalfOneIsNamed()
    {
        const string clinical = "schema: tmesim/1\nname: Own\nbaseline: reference\nlesions: [{name: primary}]\nreference:\n";
        const string whole = """
              growth: 0.003 /d
              division_rate: 0.02 /d
              division_capacity: 0.9
              cd8_entry: 1
              monocyte_entry: 1
              polarisation: 1
              sprouting: 1
              vegf_output: 1
              cd8: 50 /mm2
              macrophages: 200 /mm2
              cd163_fraction: 0.4
              vessels: 60 /mm2
              maturity: 0.4

            """;
        Assert.Equal(0.9, Examples.Valid(clinical + whole).Plan.Lesions[0].Reference!.DivisionCapacity);
        ScenarioResult half = ScenarioReader.ReadText(clinical + whole.Replace("  sprouting: 1\n", "", StringComparison.Ordinal));
        Assert.Contains("a value is missing in the block `reference`: sprouting", Diagnostic.FormatAll(half.Diagnostics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reference.model_version=1", "was made with model version 1")]
    [InlineData("reference.settings=0123456789abcdef", "have changed since the reference patient was made")]
    public void Stale_IsSaid(string set, string message) => Assert.Contains(
        message, Diagnostic.FormatAll(ScenarioReader.ReadText(Text, overrides: new() { Sets = [set] }).Diagnostics), StringComparison.Ordinal);

    [Fact]
    public void ABlockWithoutTheSwitch_IsWarnedOf() => Assert.Contains(
        "has no effect without `baseline: reference`",
        Diagnostic.FormatAll(ScenarioReader.ReadText(Text, overrides: new() { Sets = ["baseline=asked", "reference.cd8_entry=2"] }).Diagnostics),
        StringComparison.Ordinal);

    /// <summary>The shipped reference patients are those of their scenarios, of this model version and this library.</summary>
    [Fact]
    public void Shipped_AreUpToDate() => Assert.All(ReferenceLibrary.Names, name =>
    {
        string root = Examples.Root;
        ScenarioResult made = ScenarioReader.ReadFile(Path.Combine(root, "scenarios", "reference", name + ".yaml"));
        Assert.True(made.IsValid, Diagnostic.FormatAll(made.Diagnostics));
        Assert.Empty(ReferenceSettings.Stale(Path.Combine(root, "seeds", "references", name + ".yaml"), made.Definition!));
    });

    [Fact]
    public void Stale_NamesWhatIsNoReferencePatient()
    {
        ScenarioDefinition scenario = Examples.Valid(Examples.Inflamed);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "name: nothing\n");
        Assert.Equal(["it holds no block `reference`"], ReferenceSettings.Stale(file, scenario));
        Assert.Single(ReferenceSettings.Stale(file + ".gone", scenario));
        File.Delete(file);
    }
}
