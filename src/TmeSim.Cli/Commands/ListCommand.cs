using System.CommandLine;
using TmeSim.Experiments;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim list</c>: scenarios below a folder, and runs.</summary>
internal static class ListCommand
{
    private static readonly string[] FirstKeys = ["schema: tmesim/", "base:"];

    public static Command Create(CliConsole console)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder searched for scenarios", DefaultValueFactory = _ => "." };
        var runs = new Option<string>("--out") { Description = "Folder that holds run folders", HelpName = "DIR", DefaultValueFactory = _ => "runs" };
        var command = new Command("list", "List the scenarios below a folder and the runs under --out");
        command.Arguments.Add(folder);
        command.Options.Add(runs);
        command.SetAction(parsed =>
        {
            Scenarios(console.Out, parsed.GetRequiredValue(folder));
            Runs(console.Out, parsed.GetRequiredValue(runs));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Scenarios(TextWriter writer, string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CliException(ExitCode.Usage, $"there is no folder {folder}");
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yaml", options).Where(IsScenario).Order(StringComparer.Ordinal)];
        writer.WriteLine(files.Length == 0 ? $"no scenarios below {folder}" : "scenarios");
        foreach (string file in files)
        {
            ScenarioDefinition? scenario = ScenarioReader.ReadFile(file).Definition;
            string text = scenario is null ? "invalid: see 'tmesim validate'" : $"{scenario.Name} ({scenario.Arms.Count} arms, {scenario.Replicates} replicates)";
            writer.WriteLine($"  {Path.GetRelativePath(".", file)}  {text}");
        }
    }

    private static void Runs(TextWriter writer, string folder)
    {
        string[] manifests = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, "manifest.json")).Where(File.Exists).Order(StringComparer.Ordinal)]
            : [];
        writer.WriteLine(manifests.Length == 0 ? $"no runs under {folder}" : "runs");
        foreach (string path in manifests)
        {
            var manifest = Manifest.Parse(File.ReadAllText(path));
            string text = manifest is null ? "manifest cannot be read" : $"{manifest.Status}: {manifest.Scenario} ({manifest.Done.Count} arm x replicate, seed {manifest.Seed})";
            writer.WriteLine($"  {Path.GetDirectoryName(path)}  {text}");
        }
    }

    // One of these keys stands near the top; a run's resolved.yaml is a scenario too, but no one's source.
    private static bool IsScenario(string file) =>
        Path.GetFileName(file) != "resolved.yaml" && File.ReadLines(file).Take(60).Any(l => FirstKeys.Any(key => l.StartsWith(key, StringComparison.Ordinal)));
}
