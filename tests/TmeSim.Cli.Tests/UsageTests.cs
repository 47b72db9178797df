namespace TmeSim.Cli.Tests;

public sealed class UsageTests : InFolder
{
    [Theory]
    [InlineData("--seed", "run", "--sed", "3", "x.yaml")]
    [InlineData("--force", "run", "x.yaml", "--forse")]
    [InlineData("--replicates", "run", "x.yaml", "--replicate=3")]
    [InlineData("validate", "valdate", "x.yaml")]
    [InlineData("--format", "explain", "--fromat", "csv")]
    public void NearMiss_OptionOrCommand_Is2WithASuggestion(string suggestion, params string[] args)
    {
        (int code, string output, string error) = CliRun.Invoke(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(suggestion, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "a.yaml", "b.yaml")]
    [InlineData("run", "a.yaml", "--jobs", "0")]
    [InlineData("run", "a.yaml", "--jobs", "abc")]
    [InlineData("run", "a.yaml", "--threads", "100000000000")]
    [InlineData("run", "a.yaml", "--replicates", "1.5")]
    [InlineData("run", "a.yaml", "--seed", "many")]
    [InlineData("run", "a.yaml", "--seed", "-1")]
    [InlineData("run", "a.yaml", "--out", "")]
    [InlineData("run", "a.yaml", "--memory", "lots")]
    [InlineData("run", "a.yaml", "--memory", "10")]
    [InlineData("explain", "--format", "doc")]
    [InlineData("explain", "qqqqqqqqqqqq")]
    public void Usage_Wrong_Is2WithoutAStackTrace(params string[] args)
    {
        (int code, _, string error) = CliRun.Invoke(args);
        Assert.Equal(2, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EightMistakes_Is3AndNamesEachAtItsLine()
    {
        string file = Write("bad.yaml", CliRun.Tiny
            .Replace("seed: 3", "seed: -3")
            .Replace("replicates: 1", "replicates: 0")
            .Replace("duration: 2 d", "duration: 2 kg")
            .Replace("record_every", "record_evry")
            .Replace("radius: 0.14 mm", "radius: -1 mm")
            .Replace("pattern: inflamed", "pattern: inflammed")
            .Replace("cd163_fraction: 0.4", "cd163_fraction: 1.4")
            .Replace("drug: atezolizumab", "drug: atezolizumap"));
        (int code, _, string error) = CliRun.Invoke("validate", file);
        Assert.Equal(3, code);
        Assert.Equal(8, error.Split('\n').Count(l => l.Contains(": error: ", StringComparison.Ordinal)));
        Assert.Contains("bad.yaml:3:", error, StringComparison.Ordinal);
        Assert.Contains("8 errors", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Good_Is0() => Assert.Equal(0, CliRun.Invoke("validate", Scenario).Code);

    [Fact]
    public void Validate_LargerThanAnyMachine_WarnsOnly()
    {
        string file = Write("huge.yaml", CliRun.Tiny.Replace("size: [0.6 mm, 0.6 mm]", "size: [25 mm, 25 mm, 23 mm]").Replace(
            "lesions:", "lesions:\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"  - {{name: l{i}, diameter: 30 mm, tumor: {{radius: 0.14 mm}}}}\n"))));
        (int code, string output, string error) = CliRun.Invoke("validate", file);
        Assert.True(code == 0, error);
        Assert.Contains("huge.yaml: warning: too large for this machine: 41 lesions of 1250 x 1250 x 1150 sites need", error, StringComparison.Ordinal);
        Assert.Contains("TB of memory for each replicate", output, StringComparison.Ordinal);
    }

    [Fact]
    public void New_Scenario_IsValidAndNotOverwritten()
    {
        (int code, string output, _) = CliRun.Invoke("new", "My first run", "--out", Folder);
        Assert.Equal(0, code);
        Assert.Equal(0, CliRun.Invoke("validate", output.Trim()).Code);
        (code, _, string error) = CliRun.Invoke("new", "My first run", "--out", Folder);
        Assert.Equal(1, code);
        Assert.Contains("--force", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_KeyTableAndUnknown_AnswerOrSuggest()
    {
        Assert.Contains("cd8.kill_rate", CliRun.Invoke("explain", "cd8.kill_rate").Out, StringComparison.Ordinal);
        Assert.Contains("cd8.kill_rate", CliRun.Invoke("explain", "--format", "csv").Out, StringComparison.Ordinal);
        (int code, _, string error) = CliRun.Invoke("explain", "cd8.kil_rate");
        Assert.Equal(2, code);
        Assert.Contains("cd8.kill_rate", error, StringComparison.Ordinal);
    }

    [Fact]
    public void List_ScenariosAndRuns_AreNamed()
    {
        _ = Scenario;
        (int code, string output, _) = CliRun.Invoke("list", Folder, "--out", Runs);
        Assert.Equal(0, code);
        Assert.Contains("tiny.yaml", output, StringComparison.Ordinal);
        Assert.Contains("no runs", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("help")]
    [InlineData("help", "--help")]
    public void Nothing_OrHelp_ShowsTheHelpAndIs0(params string[] args)
    {
        (int code, string output, string error) = CliRun.Invoke(args);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(CliRun.Invoke("--help").Out, output);
        Assert.Contains("validate", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OfACommand_IsItsHelp() => Assert.Equal(CliRun.Invoke("run", "--help"), CliRun.Invoke("help", "run"));

    [Fact]
    public void Version_AsACommand_IsTheVersion() => Assert.Equal(CliRun.Invoke("--version"), CliRun.Invoke("version"));

    [Fact]
    public void Help_ShowsWhatMayBeLeftOutInSquareBrackets()
    {
        string help = CliRun.Invoke("--help").Out;
        Assert.Contains("  list [DIR]  ", help, StringComparison.Ordinal);
        Assert.Contains("  explain [KEY]  ", help, StringComparison.Ordinal);
        Assert.Contains("  run <FILE>  ", help, StringComparison.Ordinal);
        Assert.Contains("list [DIR] [options]", CliRun.Invoke("list", "--help").Out, StringComparison.Ordinal);
        Assert.Contains("[default: .]", CliRun.Invoke("list", "--help").Out, StringComparison.Ordinal);
        Assert.Contains("sweep merge <FILE> [FROM...]", CliRun.Invoke("sweep", "merge", "--help").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'tmesim run' needs FILE: Scenario (YAML)", "run")]
    [InlineData("'tmesim sweep merge' needs FILE: ", "sweep", "merge")]
    [InlineData("'tmesim report' needs DIR: Run folder", "report")]
    [InlineData("'--seed' needs a value: --seed N (Seed in place of the scenario's)", "run", "x.yaml", "--seed")]
    [InlineData("Must be one of: 'csv', 'md', 'tex'", "explain", "--format", "doc")]
    [InlineData("did you mean 'run'?", "RUN", "x.yaml")]
    [InlineData("did you mean 'run'?", "help", "rum")]
    [InlineData("did you mean '--seed'?", "run", "x.yaml", "--SEED", "3")]
    [InlineData("did you mean 'tmesim run quick-start.yaml'?", "quick-start.yaml")]
    [InlineData("'--seed' stands behind '--'", "run", "x.yaml", "--", "--seed", "3")]
    [InlineData("'b.yaml' is too much: 'tmesim run' takes FILE; 'tmesim compare' takes several", "run", "a.yaml", "b.yaml")]
    [InlineData("'x' is too much: 'tmesim schema' takes options only", "schema", "x")]
    public void NewcomersMistake_Is2WithWordsThatHelp(string words, params string[] args)
    {
        (int code, string output, string error) = CliRun.Invoke(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Matches("see 'tmesim.* --help'", error);
    }

    [Fact]
    public void FileName_BehindTwoDashes_IsAFileName()
    {
        string odd = Write("-odd.yaml", CliRun.Tiny);
        Assert.Equal(0, CliRun.Invoke("validate", "--", odd).Code);
    }

    [Theory]
    [InlineData("tiny", "tiny.yaml")]
    [InlineData("tinny.yaml", "tiny.yaml")]
    [InlineData("TINY.yaml", "tiny.yaml")]
    public void MistypedFile_Is3WithANearName(string typed, string near)
    {
        _ = Scenario;
        (int code, _, string error) = CliRun.Invoke("run", Path.Combine(Folder, typed), "--out", Runs);
        Assert.Equal(3, code);
        Assert.Contains($"did you mean '{Path.Combine(Folder, near)}'?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Seed_OfSixtyFourBits_IsTakenAndWrittenExactly()
    {
        (int code, _, string error) = CliRun.Invoke("run", Scenario, "--seed", "18446744073709551615", "--arm", "Control", "--no-figures", "--out", Runs);
        Assert.True(code == 0, error);
        string folder = Directory.GetDirectories(Runs).Single();
        Assert.Contains("\"seed\": 18446744073709551615", File.ReadAllText(Path.Combine(folder, "manifest.json")), StringComparison.Ordinal);
        Assert.Contains("seed: 18446744073709551615", File.ReadAllText(Path.Combine(folder, "resolved.yaml")), StringComparison.Ordinal);
        Assert.Equal(2, CliRun.Invoke("run", Scenario, "--seed", "18446744073709551616").Code);
    }

    [Fact]
    public void SchemaVersionAndHelp_Are0()
    {
        Assert.StartsWith("{", CliRun.Invoke("schema").Out, StringComparison.Ordinal);
        Assert.StartsWith("tmesim 0.", CliRun.Invoke("--version").Out, StringComparison.Ordinal);
        (int code, string output, _) = CliRun.Invoke("run", "--help");
        Assert.Equal(0, code);
        Assert.Contains("--no-figures", output, StringComparison.Ordinal);
    }
}
