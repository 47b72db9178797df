using System.Text.Json.Nodes;

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

    [Theory]
    [InlineData("--rank and --csv go with --parameters", "--rank")]
    [InlineData("--trajectories and --set go with --parameters --rank", "--parameters", "--trajectories", "6")]
    [InlineData("--quick is about claims", "--parameters", "--quick")]
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
