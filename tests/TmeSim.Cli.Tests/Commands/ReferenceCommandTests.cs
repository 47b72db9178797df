namespace TmeSim.Cli.Tests.Commands;

/// <summary><c>tmesim reference</c>: makes a block that scenarios hold, and says when one is stale.</summary>
public sealed class ReferenceCommandTests : InFolder
{
    [Fact]
    public void Reference_WritesABlock_ThatAScenarioHolds_AndKnowsWhenItIsStale()
    {
        string block = Path.Combine(Folder, "tiny.reference.yaml");
        (int code, string text, string error) = CliRun.Invoke("reference", Scenario, "--write", block, "--out", Runs, "--quiet", "--replicates", "2");
        Assert.Equal((0, ""), (code, error.Contains("error", StringComparison.Ordinal) ? error : ""));
        Assert.Equal("", text);
        string written = File.ReadAllText(block);
        (code, text, _) = CliRun.Invoke("reference", Scenario, "--out", Runs, "--quiet", "--replicates", "2");
        Assert.Equal((0, written), (code, text));
        Assert.Contains("cd8_entry:", written, StringComparison.Ordinal);

        // What the block says is enough for another scenario.
        string held = Write("held.yaml", """
            schema: tmesim/1
            base: tiny.reference.yaml
            name: Held
            baseline: reference
            time: {burn_in: 1 d, duration: 1 d}
            tissue: {size: [0.6 mm, 0.6 mm], tiles: 2}
            lesions: [{name: primary, diameter: 30 mm, tumor: {radius: 0.14 mm}}]

            """);
        (code, text, error) = CliRun.Invoke("run", held, "--out", Runs, "--quiet", "--no-figures");
        Assert.Equal((0, ""), (code, error));

        (code, text, _) = CliRun.Invoke("reference", Scenario, "--check", block);
        Assert.Equal(0, code);
        Assert.Contains("up to date", text, StringComparison.Ordinal);
        (code, text, error) = CliRun.Invoke("reference", Scenario, "--check", block, "--set", "patient.nlr=5");
        Assert.Equal(4, code);
        Assert.Contains("made with another scenario", error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("reference", Scenario, "--check", Path.Combine(Folder, "gone.yaml"));
        Assert.Equal(4, code);
        Assert.Contains("gone.yaml", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AScenarioWithoutBurnIn_IsRefused_BeforeAnythingRuns()
    {
        (int code, _, string error) = CliRun.Invoke("reference", Scenario, "--set", "time.burn_in=0 d", "--out", Runs);
        Assert.Equal(1, code);
        Assert.Contains("it has no burn-in", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }
}
