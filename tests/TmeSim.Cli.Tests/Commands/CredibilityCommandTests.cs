using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

/// <summary><c>tmesim credibility</c>: what is held is filled in, what is not is said, and nothing is made up.</summary>
public sealed class CredibilityCommandTests : InFolder
{
    [Fact]
    public void Run_IsAssessed()
    {
        string run = Run();
        string answers = Write("answers.yaml",
            "question_of_interest: \"does <blockade> help?\"\nmodel_influence: {level: low, why: beside a trial}\n");
        (int code, string text, string error) = CliRun.Invoke("credibility", run, "--answers", answers, "--evidence",
            Path.Combine(Folder, "none"));
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("credibility.html", text.TrimEnd(), StringComparison.Ordinal);
        foreach (string heading in (string[])["Question of interest", "Context of use", "Model influence", "Decision consequence",
            "Model risk", "Code verification", "Calculation verification: step and lattice",
            "Calculation verification: replicates", "Validation: fits, checks and predictions", "Uncertainty", "Sensitivity",
                "Applicability", "Versions and hashes"])
        {
            Assert.Contains(heading, text, StringComparison.Ordinal);
        }

        Assert.Contains("stated      Question: does <blockade> help?", text, StringComparison.Ordinal);
        Assert.Contains("not stated  Context:", text, StringComparison.Ordinal);
        Assert.Contains("not stated  Risk:", text, StringComparison.Ordinal);
        Assert.Contains("not held    Convergence with the step:", text, StringComparison.Ordinal);
        Assert.Contains("not held    Verdicts: no evidence.json", text, StringComparison.Ordinal);
        Assert.Contains("held        Solver of fields: solved just now against a manufactured solution: order 1.99", text, StringComparison.Ordinal);
        Assert.Contains("does &lt;blockade&gt; help?", File.ReadAllText(Path.Combine(run, "credibility.html")), StringComparison.Ordinal);
        Assert.StartsWith("# Credibility of Tiny", File.ReadAllText(Path.Combine(run, "credibility.md")), StringComparison.Ordinal);
        Assert.Contains("| atezolizumab | ", File.ReadAllText(Path.Combine(run, "credibility.md")), StringComparison.Ordinal);
        JsonArray crate = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "ro-crate-metadata.json")))!["@graph"]!.AsArray();
        Assert.Single(crate, n => (string?)n!["@id"] == "credibility.html" && ((string)n["sha256"]!).Length == 64);

        // The run is still whole, and finding nothing to do keeps the pages in its object.
        Assert.Equal(0, CliRun.Invoke("verify", run, "--sums").Code);
    }

    /// <summary>Another step, with the same scenario else, beside the run is a look at convergence.</summary>
    [Fact]
    public void RunWithAnotherStepBesideIt_IsConvergence()
    {
        string run = Run();
        Run("--set", "time.step=30 min");
        Run("--set", "time.step=30 min", "--set", "patient.nlr=5");
        string text = CliRun.Invoke("credibility", run, "--evidence", Path.Combine(Folder, "none")).Out;
        Assert.Contains("held        Convergence with the step: a run with a finer step", text, StringComparison.Ordinal);
        Assert.Contains("not held    Convergence with the spacing", text, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadLines(Path.Combine(run, "credibility.md")).Count(l =>
            l.StartsWith("| step 0.5 h for 1 h, finer |", StringComparison.Ordinal)));
    }

    /// <summary>A coarser run beside this one says that this is the finer of two; one that differs in both says nothing.</summary>
    [Fact]
    public void RunsThatAreCoarserOrDifferInBoth_AreNotTakenForFinerOnes()
    {
        string run = Run("--set", "time.step=30 min");
        Run();
        Run("--set", "tissue.spacing=30 um");
        string text = CliRun.Invoke("credibility", run, "--evidence", Path.Combine(Folder, "none")).Out;
        Assert.Contains("held        Convergence with the step: this run is the finer of two", text, StringComparison.Ordinal);
        Assert.Contains("not held    Convergence with the spacing", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": 1}")]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": \"x\", \"claims\": []}")]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": 1, \"claims\": [1]}")]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": 1, \"claims\": [{\"id\": \"a\", \"verdict\": 3}]}")]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": 1, \"model_version\": 2, \"claims\": []}")]
    [InlineData("{\"format\": \"tmesim-evidence/1\", \"model_version\": 1, \"claims\": [{\"id\": \"a\", \"verdict\": \"x\"}, {\"id\": \"a\", \"verdict\": \"x\"}]}")]
    [InlineData("[1]")]
    [InlineData("{")]
    public void VerdictsThatAreDamaged_AreNotHeld(string json)
    {
        Write("evidence.json", json);
        (int code, string text, _) = CliRun.Invoke("credibility", "--out", Path.Combine(Folder, "model"), "--evidence", Folder);
        Assert.Equal(0, code);
        Assert.Contains("not held    Verdicts: evidence.json cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FreeText_IsNoMarkdown()
    {
        string answers = Write("answers.yaml", "question_of_interest: \"a *b* _c_ <i> [d](e) | `f` \\\\ \\n# g\"\n");
        Assert.Equal(0, CliRun.Invoke("credibility", "--answers", answers, "--out", Path.Combine(Folder, "o"), "--evidence", Folder).Code);
        Assert.Contains(@"a \*b\* \_c\_ \<i\> \[d\](e) \| \`f\` \\  \# g", File.ReadAllText(Path.Combine(Folder, "o", "credibility.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnswersThatAreNoFile_AreRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "devices are files of Unix");
        foreach ((string path, string message) in ((string, string)[])[("/dev/zero", "a device"), (Folder, "is a folder"),
            (Path.Combine(Folder, "none.yaml"), "not found")])
        {
            (int code, _, string error) = CliRun.Invoke("credibility", "--answers", path, "--out", Path.Combine(Folder, "o"));
            Assert.Equal(ExitCode.InvalidScenario, code);
            Assert.Contains(message, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FoldersOfOtherKinds_AreNamed()
    {
        string run = Run();
        (int code, _, string error) = CliRun.Invoke("credibility", Runs);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains($"it holds 1 folder of runs; give one of them, as {Path.GetFileName(run)}", error, StringComparison.Ordinal);
        string sweep = Directory.CreateDirectory(Path.Combine(Folder, "sweep")).FullName;
        Write(Path.Combine("sweep", "sweep.json"), "{}");
        Assert.Contains("it holds a sweep; give the folder of one run", CliRun.Invoke("credibility", sweep).Error, StringComparison.Ordinal);
    }

    /// <summary>Verdicts of another model version are not taken for those of this one; of this one they are counted by role.</summary>
    [Theory]
    [InlineData(0, "not held    Verdicts: those of")]
    [InlineData(1, "held        Verdicts: of")]
    public void Verdicts_AreThoseOfThisModel(int ours, string message)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "evidence"));
        int version = ours * Engine.Simulation.ModelVersion;
        Write(Path.Combine("evidence", "evidence.json"),
            $$"""{"format": "tmesim-evidence/1", "model_version": {{version}}, "claims": [{"id": "S0-02", "verdict": "contradicted"}]}""");
        (int code, string text, _) = CliRun.Invoke("credibility", "--out", Path.Combine(Folder, "model"), "--evidence",
            Path.Combine(Folder, "evidence"));
        Assert.Equal(0, code);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.Equal(ours == 1, File.ReadAllText(Path.Combine(Folder, "model", "credibility.md")).Contains("| S0-02 | prediction |",
            StringComparison.Ordinal));
    }

    [Fact]
    public void WhatCannotBeRead_IsRefused()
    {
        (int code, _, string error) = CliRun.Invoke("credibility", Path.Combine(Folder, "nothing"));
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("no run folder", error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("credibility", "--answers", Write("a.yaml", "guess: x"), "--out", Path.Combine(Folder, "o"));
        Assert.Equal(ExitCode.InvalidScenario, code);
        Assert.Contains("unknown key 'guess'", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, CliRun.Invoke("credibility", "--precision", "0").Code);
    }

    private string Run(params string[] options)
    {
        (int code, _, string error) = CliRun.Invoke(["run", Scenario, "--out", Runs, "--replicates", "3", "--no-figures", .. options]);
        Assert.True(code == 0, error);
        return Directory.GetDirectories(Runs).MaxBy(Directory.GetCreationTimeUtc)!;
    }
}
