using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Evidence;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>Options of <c>tmesim evidence</c>.</summary>
public sealed class EvidenceCommandTests : InFolder
{
    [Fact]
    public void Parameters_AreListedWithSourceAndGrade()
    {
        (int code, string text, string error) = CliRun.Invoke("evidence", "--parameters");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("cd8.kill_rate", text, StringComparison.Ordinal);
        Assert.Contains("each has a source and is read", text, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(CliRun.Invoke("evidence", "--parameters", "--json").Out)!;
        Assert.Equal("tmesim-parameters/1", (string?)json["format"]);
        Assert.All(json["parameters"]!.AsArray(), p => Assert.False(string.IsNullOrWhiteSpace((string?)p!["source"]) || string.IsNullOrWhiteSpace((string?)p["grade"])));
        Assert.StartsWith("key,value,unit,", CliRun.Invoke("evidence", "--parameters", "--csv").Out, StringComparison.Ordinal);
    }

    /// <summary>A paper is added in a folder of one's own: record, scenario beside it, verdict, and the switch that turns it.</summary>
    [Fact]
    public void RecordOfOnesOwn_ReadsItsScenarioBesideIt()
    {
        string record = Write("mine.yaml", Mine);
        (int code, _, string error) = CliRun.Invoke("evidence", "--only", record, "--out", Path.Combine(Folder, "out"));
        Assert.Equal(ExitCode.InvalidScenario, code);
        Assert.Contains("no scenario 'mine': neither in the tool nor in a folder scenarios/ beside the records", error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(Folder, "scenarios"));
        Write(Path.Combine("scenarios", "mine.yaml"), CliRun.Tiny);
        (code, string text, error) = CliRun.Invoke("evidence", "--only", record, "--out", Path.Combine(Folder, "out"), "--switches");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("X-90    contradicted  prediction  Oxygen is high", text, StringComparison.Ordinal);
        string[] switches = File.ReadAllLines(Path.Combine(Folder, "out", "switches.csv"));
        Assert.Contains(switches, l => l.Contains("mechanisms.oxygen.uptake=off,reproduced", StringComparison.Ordinal) && l.EndsWith(",turns it", StringComparison.Ordinal));
        Assert.Contains(switches, l => l.Contains("mechanisms.cd8.killing=off,contradicted", StringComparison.Ordinal) && l.EndsWith(",changes nothing", StringComparison.Ordinal));
        Assert.Equal(3, switches.Length);
        Assert.Contains("Switches of contradicted claims", File.ReadAllText(Path.Combine(Folder, "out", "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void ScenarioWithANameOfTheTool_IsRefused()
    {
        string record = Write("mine.yaml", Mine);
        Directory.CreateDirectory(Path.Combine(Folder, "scenarios"));
        Write(Path.Combine("scenarios", "excluded.yaml"), CliRun.Tiny);
        (int code, _, string error) = CliRun.Invoke("evidence", "--only", record, "--out", Path.Combine(Folder, "out"));
        Assert.Equal(ExitCode.InvalidScenario, code);
        Assert.Contains("the tool has another scenario 'excluded'", error, StringComparison.Ordinal);
    }

    /// <summary>A record alone leaves the verdicts of others in the folder, but for those of a record that has changed.</summary>
    [Fact]
    public void VerdictsOfOtherClaims_Stay()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "out")).FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "scenarios"));
        Write(Path.Combine("scenarios", "mine.yaml"), CliRun.Tiny);
        JsonObject held = EvidenceFiles.Json([.. EvidenceLibrary.All.Take(4).Select(c => new ClaimOutcome(c, [.. c.Tests.Select(t =>
            new TestOutcome(t, Verdict.Reproduced, new Estimate(1, 0.5, 2), 8, ""))]))]);
        held["claims"]![3]!["record"] = "another";
        Write(Path.Combine("out", "evidence.json"), held.ToJsonString());
        string[] kept = [.. EvidenceLibrary.All.Take(3).Select(c => c.Id)];
        foreach ((string id, string[] ids) in ((string, string[])[])[("X-90", [.. kept, "X-90"]), ("X-91", [.. kept, "X-90", "X-91"])])
        {
            string record = Write("mine.yaml", Mine.Replace("X-90", id, StringComparison.Ordinal));
            Assert.Equal(ExitCode.Done, CliRun.Invoke("evidence", "--only", record, "--out", folder).Code);
            JsonArray claims = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "evidence.json")))!["claims"]!.AsArray();
            Assert.Equal(ids, claims.Select(c => (string)c!["id"]!));
            Assert.Equal(ids, File.ReadLines(Path.Combine(folder, "evidence.csv")).Skip(1).Select(l => l.Split(',')[0]).Distinct());
        }
    }

    [Theory]
    [InlineData("id: X-90", "id: S0-02", "id 'S0-02' is taken by a claim of the tool; choose one that is free")]
    [InlineData("at: 2 d", "at: 3 d", "mine, read by X-90: day 3 lies beyond the end of the scenario, day 2")]
    [InlineData("oxygen_median_mmhg", "oxygen_median", "mine, read by X-90: no measure 'oxygen_median'")]
    [InlineData("arm: Control", "arm: Nobody", "mine, read by X-90: no arm 'Nobody'")]
    [InlineData("scenario: mine", "scenario: ../../mine", "'scenario' is a plain name")]
    public void RecordThatCannotBeTested_IsRefusedBeforeAnyRun(string written, string wrong, string message)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "scenarios"));
        Write(Path.Combine("scenarios", "mine.yaml"), CliRun.Tiny);
        string record = Write("mine.yaml", Mine.Replace(written, wrong, StringComparison.Ordinal));
        (int code, _, string error) = CliRun.Invoke("evidence", "--only", record, "--out", Path.Combine(Folder, "out"));
        Assert.Equal(ExitCode.InvalidScenario, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "out", "runs")));
    }

    [Fact]
    public void FolderOfRecords_IsNamedOne()
    {
        (int code, _, string error) = CliRun.Invoke("evidence", "--only", Folder, "--out", Path.Combine(Folder, "out"));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("it is a folder; give an id", error, StringComparison.Ordinal);
    }

    private const string Mine = """
        - id: X-90
          claim: "Oxygen is high"
          numbers: "none"
          source: "made up"
          shows: "a median above 60 mmHg"
          population: "nobody"
          strength: direction
          role: prediction
          scope: in
          tests:
            - what: "median oxygen at day 2 [mmHg]"
              scenario: mine
              value: [{plain: oxygen_median_mmhg, arm: Control, at: 2 d}]
              expect: {above: 60}
              tolerance: 1
              why: "made up for a test of the command"
              replicates: 4
              switches: ["mechanisms.oxygen.uptake=off", "mechanisms.cd8.killing=off"]

        """;

    [Theory]
    [InlineData("--rank and --csv go with --parameters", "--rank")]
    [InlineData("--trajectories and --set go with --parameters --rank", "--parameters", "--trajectories", "6")]
    [InlineData("--quick and --switches are about claims", "--parameters", "--quick")]
    [InlineData("--only goes with --rank", "--parameters", "--only", "S3")]
    [InlineData("names a therapy question: atezolizumab-bevacizumab, nek9-inhibitor, radiotherapy-checkpoint", "--parameters", "--rank", "--only", "S3")]
    [InlineData("--csv or --json", "--parameters", "--json", "--csv")]
    [InlineData("no claim is called so", "--only", "S9-99")]
    public void OptionsThatDoNotGoTogether_AreRefused(string message, params string[] options)
    {
        (int code, _, string error) = CliRun.Invoke(["evidence", "--out", Path.Combine(Folder, "out"), .. options]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "out")));
    }
}
