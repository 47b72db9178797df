using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>A scenario that goes on from another run (<c>from:</c>), with several arms.</summary>
public sealed class ScenarioFromTests : InBranches
{
    private static readonly string Text = CliRun.Tiny.Replace("duration: 2 d", "duration: 4 d", StringComparison.Ordinal) + """

        output: {checkpoints: [2 d]}
        """;

    [Fact]
    public void Arms_AreTheOriginalAndThoseRunFromTheStart()
    {
        string original = Run("run", Write("tiny.yaml", Text));
        string branch = Run("run", Write("later.yaml", $$$"""
            schema: tmesim/1
            name: Later
            from: {run: "{{{Path.GetRelativePath(Folder, original)}}}", arm: Anti-PD-L1, at: 2 d}
            arms:
              - name: Same
              - name: More
                therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
                mechanisms: {nek9.chemokine: off}
              - name: Beam
                therapy: [{radiotherapy: {fractions: 1, dose: 8 Gy, coverage: 0.5}}]
              - {name: Stopped, stop: [atezolizumab]}
            """));
        string direct = Run("run", Write("direct.yaml", Text[..Text.IndexOf("arms:", StringComparison.Ordinal)].Replace("name: Tiny", "name: Direct", StringComparison.Ordinal) + """
            arms:
              - name: More
                therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks, start: 2 d}]
                changes: [{at: 2 d, mechanisms: {nek9.chemokine: off}}]
              - name: Beam
                therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 8 Gy, coverage: 0.5}, start: 2 d}]
              - name: Stopped
                therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks, stop: 2 d}]
            """));
        Assert.Equal(Hash(original, "Anti-PD-L1"), Hash(branch, "Same"));
        foreach (string arm in (string[])["More", "Beam", "Stopped"])
        {
            Assert.Equal(Hash(direct, arm), Hash(branch, arm));
            Assert.Contains($"{arm}, replicate 0 goes on from day 2 of Anti-PD-L1", Log(branch), StringComparison.Ordinal);
        }

        JsonNode from = Manifest(branch)["branched_from"]!;
        Assert.Equal((original, "Anti-PD-L1", 2.0, "Later"), ((string)from["run"]!, (string)from["arm"]!, (double)from["at_d"]!, (string)Manifest(branch)["scenario"]!));

        // The folder needs neither the run nor the file.
        Directory.Delete(original, recursive: true);
        (int code, string output, _) = CliRun.Invoke("verify", branch);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void OneArm_MayStandAtTheTop_AndTakesSets()
    {
        string original = Run("run", Write("tiny.yaml", Text));
        string file = Write("later.yaml", $"from: {{run: \"{original}\", arm: Control, at: 1 d}}\nparameters: {{cd8.kill_rate: 0 /d}}\n");
        string branch = Run("run", file, "--set", "time.duration=3 d");
        Assert.Contains("Control from 1 d, replicate 0 is simulated from its start, with the same bits: the run has no state of Control on day 1 or before it", Log(branch), StringComparison.Ordinal);
        Assert.Equal("Tiny from 1 d", (string)Manifest(branch)["scenario"]!);
        Assert.EndsWith("3", Rows(branch, "Control from 1 d")[^1].Split("time_d, ")[1].Split(')')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from: there", "from names a run, an arm and a time")]
    [InlineData("from: {run: RUN, arm: Control}", "later.yaml:1:7: error: from.at: from needs a time after t = 0")]
    [InlineData("from: {run: RUN, arm: Control, at: soon}", "later.yaml:1:37: error: from.at: 'soon' is no time after t = 0")]
    [InlineData("from: {run: nowhere, arm: Control, at: 2 d}", "later.yaml:1:1: error: ")]
    [InlineData("from: {run: RUN, arms: Control, at: 2 d}", "from has no key 'arms'; did you mean 'arm'")]
    [InlineData("from: {run: RUN, arm: Contorl, at: 2 d}", "the run has no arm 'Contorl'; did you mean 'Control'")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\nseed: 4", "later.yaml:2:1: error: seed: 'seed' cannot change at 2 d")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: [{name: A}, {name: B, stop: [nivolumab]}]", "Control has no course of 'nivolumab'")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: [{name: A, seed: 3}]", "an arm of a branch has no key 'seed'")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: [{stop: []}]", "an arm of a branch is a block with a name")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: []", "`arms` of a branch is a list of arms")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\nstop: []\narms: [{name: A}]", "`stop` is one of an arm")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: [{name: A}, {name: A}]", "'A'")]
    [InlineData("from: {run: RUN, arm: Control, at: 2 d}\narms: [{name: A}, {name: B, therapy: [{drug: bevacizumab, dose: 15 mg/kg, start: 1 d}]}]", "bevacizumab starts on day 1, before the branch at 2 d")]
    public void WhatCannotBe_IsRefusedAtItsPlace(string text, string message)
    {
        string original = Run("run", Write("tiny.yaml", Text));
        (int code, _, string error) = CliRun.Invoke("run", Write("later.yaml", text.Replace("RUN", "r", StringComparison.Ordinal).Replace("run: r,", $"run: {Link(original)},", StringComparison.Ordinal)), "--out", Runs);
        Assert.Equal(3, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "patient.nlr=8", "'--set patient.nlr=8' cannot change at 2 d")]
    [InlineData("--set", "arms[Later].therapy=[]", "cannot change at 2 d")]
    [InlineData("--seed", "9", "another seed is another run")]
    public void OptionsThatChangeThePast_AreRefused(string option, string value, string message)
    {
        string original = Run("run", Write("tiny.yaml", Text));
        string file = Write("later.yaml", $"from: {{run: \"{original}\", arm: Control, at: 2 d}}\n");
        (int code, _, string error) = CliRun.Invoke("run", file, "--out", Runs, option, value);
        Assert.Equal(3, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void StopWithoutFrom_AndFromBySet_AreRefused()
    {
        (int code, _, string error) = CliRun.Invoke("validate", Write("stop.yaml", CliRun.Tiny.Replace("- name: Control", "- {name: Control, stop: [atezolizumab]}", StringComparison.Ordinal)));
        Assert.Equal((3, true), (code, error.Contains("`stop` ends courses of the run that `from:` names", StringComparison.Ordinal)));
        (code, _, error) = CliRun.Invoke("validate", Scenario, "--set", "from.run=x");
        Assert.Equal((3, true), (code, error.Contains("'from' cannot be set", StringComparison.Ordinal)));
    }

    // A short name, so that places in the text do not depend on the folder's.
    private string Link(string run)
    {
        Directory.CreateSymbolicLink(Path.Combine(Folder, "run1"), run);
        return "run1";
    }
}
