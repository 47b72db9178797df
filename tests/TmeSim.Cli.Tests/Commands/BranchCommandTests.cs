using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>A branch of an arm has the bits of the same arm run from the start, whether the run kept a state there or not.</summary>
public sealed class BranchCommandTests : InBranches
{
    private static readonly string Text = CliRun.Tiny.Replace("duration: 2 d", "duration: 4 d", StringComparison.Ordinal) + """

        output: {checkpoints: [2 d]}
        """;

    private const string Drug = """
        therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
        parameters: {cd8.kill_rate: 0 /d}
        mechanisms: {nek9.chemokine: off}
        """;

    private const string Direct = """
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks, start: 2 d}
            changes: [{at: 2 d, parameters: {cd8.kill_rate: 0 /d}, mechanisms: {nek9.chemokine: off}}]
        """;

    [Fact]
    public void Unchanged_EndsWithTheHashAndRowsOfTheOriginal()
    {
        string original = Run("run", Write("tiny.yaml", Text)), branch = Run("branch", original, "--at", "2 d", "--arm", "Anti-PD-L1", "--name", "Same");
        Assert.Equal(Hash(original, "Anti-PD-L1"), Hash(branch, "Same"));
        Assert.Equal(Rows(original, "Anti-PD-L1"), Rows(branch, "Same"));
        Assert.Contains("day 2 of Anti-PD-L1", Log(branch), StringComparison.Ordinal);
        JsonNode from = Manifest(branch)["branched_from"]!;
        Assert.Equal((original, "Anti-PD-L1", 2.0), ((string)from["run"]!, (string)from["arm"]!, (double)from["at_d"]!));
        Assert.Null(Manifest(original)["branched_from"]);
    }

    [Theory]
    [InlineData("2 d", "goes on from day 2 of Anti-PD-L1")]
    [InlineData("60 h", "goes on from day 2 of Anti-PD-L1")]
    [InlineData("1 d", "is simulated from its start, with the same bits: the run has no state of Anti-PD-L1 on day 1 or before it")]
    public void WithDrugParameterAndSwitch_IsTheArmRunFromTheStart(string at, string way)
    {
        string original = Run("run", Write("tiny.yaml", Text)), change = Write("change.yaml", Drug);
        string branch = Run("branch", original, change, "--at", at, "--arm", "Anti-PD-L1", "--name", "More");
        string direct = Run("run", Write("direct.yaml", Text
            .Replace("name: Tiny", "name: Direct", StringComparison.Ordinal)
            .Replace("    therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]", "    therapy:\n" + Direct.Replace("2 d", at, StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.Equal(Hash(direct, "Anti-PD-L1"), Hash(branch, "More"));
        Assert.Equal(Rows(direct, "Anti-PD-L1"), Rows(branch, "More"));
        Assert.NotEqual(Hash(original, "Anti-PD-L1"), Hash(branch, "More"));
        Assert.Contains(way, Log(branch), StringComparison.Ordinal);
        (int code, string output, _) = CliRun.Invoke("verify", branch);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void WithRadiotherapyOverPartOfTheTumour_LaysTheFieldOnTheTumourOfTheStart()
    {
        string original = Run("run", Write("tiny.yaml", Text));
        string branch = Run("branch", original, Write("change.yaml", "therapy: [{radiotherapy: {fractions: 1, dose: 8 Gy, coverage: 0.5}}]"), "--at", "2 d", "--arm", "Control", "--name", "RT");
        string direct = Run("run", Write("direct.yaml", Text
            .Replace("name: Tiny", "name: Direct", StringComparison.Ordinal)
            .Replace("  - name: Control", "  - {name: Control, therapy: [{radiotherapy: {fractions: 1, dose: 8 Gy, coverage: 0.5}, start: 2 d}]}", StringComparison.Ordinal)));
        Assert.Equal(Hash(direct, "Control"), Hash(branch, "RT"));
        Assert.Contains("after its burn-in, on whose tumour the fields are laid", Log(branch), StringComparison.Ordinal);
    }

    [Fact]
    public void StoppedDrug_IsTheArmWithThatStop()
    {
        string text = Text.Replace("every: 3 weeks", "every: 12 h", StringComparison.Ordinal), original = Run("run", Write("tiny.yaml", text));
        string branch = Run("branch", original, Write("change.yaml", "stop: [atezolizumab]\ntime: {duration: 5 d}"), "--at", "2 d", "--arm", "Anti-PD-L1", "--name", "Stopped");
        string direct = Run("run", Write("direct.yaml", text
            .Replace("name: Tiny", "name: Direct", StringComparison.Ordinal).Replace("duration: 4 d", "duration: 5 d", StringComparison.Ordinal)
            .Replace("every: 12 h", "every: 12 h, stop: 2 d", StringComparison.Ordinal)));
        Assert.Equal(Hash(direct, "Anti-PD-L1"), Hash(branch, "Stopped"));
    }

    [Theory]
    [InlineData("tissue: {size: [1 mm, 1 mm]}", "change.yaml:1:1: error: tissue: 'tissue' cannot change at 2 d: the state there was made with it")]
    [InlineData("parameters: {}\nseed: 4", "change.yaml:2:1: error: seed: 'seed' cannot change at 2 d")]
    [InlineData("therapie: []", "a branch has no key 'therapie'; did you mean 'therapy'")]
    [InlineData("time: {step: 2 h}", "a branch can change `time: {duration: …}` alone")]
    [InlineData("therapy: [{drug: bevacizumab, dose: 15 mg/kg, start: 1 d}]", "bevacizumab starts on day 1, before the branch at 2 d")]
    [InlineData("stop: [nivolumab]", "Anti-PD-L1 has no course of 'nivolumab' that could stop")]
    [InlineData("mechanisms: {tumor.capsule: on}", "acts when the tissue is seeded")]
    public void WhatCannotChange_IsRefusedAtItsPlace(string change, string message)
    {
        string original = Run("run", Write("tiny.yaml", Text));
        (int code, _, string error) = CliRun.Invoke("branch", original, Write("change.yaml", change), "--at", "2 d", "--arm", "Anti-PD-L1", "--out", Runs);
        Assert.Equal(3, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 d", "Antiii", 3, "the run has no arm 'Antiii'")]
    [InlineData("soon", "Control", 2, "--at must be a time with its unit")]
    [InlineData("9 d", "Control", 1, "the run has no such time; its steps of 1 h end on day 4")]
    [InlineData("90 min", "Control", 1, "the run has no such time")]
    public void WrongArmOrTime_IsSaid(string at, string arm, int expected, string message)
    {
        string original = Run("run", Write("tiny.yaml", Text));
        (int code, _, string error) = CliRun.Invoke("branch", original, "--at", at, "--arm", arm, "--out", Runs);
        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedState_IsPassedOver()
    {
        string original = Run("run", Write("tiny.yaml", Text)), state = Directory.GetFiles(Path.Combine(original, "states"), "a1-*").Single();
        byte[] bytes = File.ReadAllBytes(state);
        bytes[5000] ^= 1;
        File.WriteAllBytes(state, bytes);
        Assert.Equal(4, CliRun.Invoke("verify", original, "--sums").Code);
        string branch = Run("branch", original, "--at", "2 d", "--arm", "Anti-PD-L1", "--name", "Same");
        Assert.Contains("is not used: it is damaged", Log(branch), StringComparison.Ordinal);
        Assert.Equal(Hash(original, "Anti-PD-L1"), Hash(branch, "Same"));
    }
}
