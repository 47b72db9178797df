using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>A run is simulated again: it comes out the same, or what differs is named with its time, lesion and part of the state.</summary>
public sealed class VerifyAgainTests : InFolder
{
    private const int Rows = 2 * 4;

    [Fact]
    public void SameRun_IsTheSame_AsAWholeAndInPart()
    {
        string run = Run("Tiny", "");
        (int code, string output, string error) = CliRun.Invoke("verify", run);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"simulated again: 2 arm x replicate, {Rows} rows and 10 states, all the same", output, StringComparison.Ordinal);

        (code, output, _) = CliRun.Invoke("verify", run, "--arm", "Control", "--replicate", "0", "--until", "1 d", "--json");
        JsonNode again = JsonNode.Parse(output)!["again"]!;
        Assert.Equal((0, 1, 2, 2, 0), (code, (int)again["pairs"]!, (int)again["rows"]!, (int)again["states"]!, again["differences"]!.AsArray().Count));

        (code, output, _) = CliRun.Invoke("verify", run, "--sums");
        Assert.Equal(0, code);
        Assert.Contains("is not tried", output, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherRulesFromADayOn_AreNamedWithTimeLesionAndPart()
    {
        string other = Run("Other", ", changes: [{at: 2 d, parameters: {growth.loss_rate: 0.2 /d}}]"), run = Run("Tiny", "");
        PretendToBe(run, other);
        (int code, string output, _) = CliRun.Invoke("verify", run);
        Assert.Equal(4, code);
        Assert.Contains("1 of 2 arm x replicate differ", output, StringComparison.Ordinal);
        string line = output.Split('\n').Single(l => l.StartsWith("  differs", StringComparison.Ordinal));
        Assert.StartsWith("  differs  Control, replicate 0, lesion primary: the same up to day 2, differs on day 3: ", line, StringComparison.Ordinal);
        Assert.Contains("of the state primary/", line, StringComparison.Ordinal);
        Assert.Contains("where", line, StringComparison.Ordinal);
        Assert.EndsWith(" come first in a step", line, StringComparison.Ordinal);
        Assert.Contains("  two simulations here, with different numbers of threads, of Control, replicate 0: the same after every process up to day 3; what is recorded was made", output, StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Invoke("verify", run, "--until", "2 d").Code);
        Assert.Equal(0, CliRun.Invoke("verify", run, "--arm", "Anti-PD-L1").Code);
    }

    [Fact]
    public void OtherModelOrNothingOfWhatIsAsked_CannotBeChecked()
    {
        string run = Run("Tiny", "");
        Assert.Contains("has nothing finished of what is asked for; arms: Control, Anti-PD-L1", Unchecked(run, "--arm", "None"), StringComparison.Ordinal);
        Change(run, m => m with { ModelVersion = 1 });
        Assert.Contains("is of model version 1, and this TmeSim has", Unchecked(run), StringComparison.Ordinal);
        Assert.Equal(2, CliRun.Invoke("verify", run, "--until", "later").Code);
    }

    private static string Unchecked(params string[] arguments)
    {
        (int code, string output, _) = CliRun.Invoke(["verify", .. arguments]);
        Assert.Equal(4, code);
        return output;
    }

    // The tables and hashes of one run under the scenario of another.
    private static void PretendToBe(string run, string other)
    {
        Manifest made = Manifest.Parse(File.ReadAllText(Path.Combine(other, "manifest.json")))!;
        foreach (string table in (string[])["timeseries.csv", "events.csv", "responses.csv"])
        {
            File.Copy(Path.Combine(other, table), Path.Combine(run, table), overwrite: true);
        }

        Change(run, m => m with
        {
            StateHashes = made.StateHashes,
            Done = made.Done,
            Files = [.. m.Files.Select(f => made.Files.FirstOrDefault(o => o.Path == f.Path && f.Header is not null) ?? f)],
        });
    }

    private static void Change(string run, Func<Manifest, Manifest> change)
    {
        string path = Path.Combine(run, "manifest.json");
        File.WriteAllText(path, change(Manifest.Parse(File.ReadAllText(path))!).ToJson());
    }

    private string Run(string name, string control)
    {
        string file = Write(name + ".yaml", CliRun.Tiny
            .Replace("name: Tiny", "name: " + name, StringComparison.Ordinal)
            .Replace("duration: 2 d", "duration: 3 d, snapshot_every: 1 d", StringComparison.Ordinal)
            .Replace("- name: Control", $"- {{name: Control{control}}}", StringComparison.Ordinal));
        (int code, _, string error) = CliRun.Invoke("run", file, "--out", Path.Combine(Runs, name), "--no-figures", "--quiet");
        Assert.True(code == 0, error);
        return Directory.GetDirectories(Path.Combine(Runs, name)).Single();
    }
}
