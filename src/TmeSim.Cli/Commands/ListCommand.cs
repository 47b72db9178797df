using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Files;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim list [DIR]</c>: scenarios below a folder, and results of every kind.</summary>
internal static class ListCommand
{
    private static readonly string[] FirstKeys = ["schema: tmesim/", "base:"];

    public static Command Create(CliConsole console)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder searched for scenarios", DefaultValueFactory = _ => ".",
            Arity = ArgumentArity.ZeroOrOne };
        Option<string> results = WorkOptions.OutOption("Folder that holds folders of results");
        var json = new Option<bool>("--json") { Description = "Write one JSON object a line" };
        var command = new Command("list",
            "List the scenarios below a folder, and the runs, sweeps, calibrations and comparisons under --out");
        command.Arguments.Add(folder);
        command.Options.Add(results);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            string from = parsed.GetRequiredValue(folder), under = parsed.GetRequiredValue(results);
            if (!Directory.Exists(from))
            {
                throw new CliException(ExitCode.Usage, File.Exists(from) ? $"{from} is a file; 'tmesim list' takes the folder around it"
                    : $"there is no folder {from}");
            }

            if (parsed.GetValue(json))
            {
                Json(console.Out, from, under);
            }
            else
            {
                Text(console.Out, from, under);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Text(TextWriter writer, string folder, string results)
    {
        string[] files = [.. Scenarios(folder)];
        writer.WriteLine(files.Length == 0 ? $"no scenarios below {folder}" : "scenarios");
        foreach (string file in files)
        {
            ScenarioDefinition? scenario = ScenarioReader.ReadFile(file).Definition;
            writer.WriteLine(
                $"  {Path.GetRelativePath(".", file)}  "
                + $"{(scenario is null ? "invalid: see 'tmesim validate'" : $"{scenario.Name} ({Count(scenario.Arms.Count, "arm")}, {Count(scenario.Replicates, "replicate")})")}");
        }

        ResultFolder[] found = [.. ResultFolder.Under(results)];
        writer.WriteLine(found.Length == 0 ? $"no runs, sweeps, calibrations or comparisons under {results} (--out DIR looks elsewhere)"
            : $"results under {results}");
        foreach (ResultFolder r in found)
        {
            string time = r.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            writer.WriteLine($"  {r.Kind,-11}  {r.Status,-11}  {time}  {r.Path}  {r.Text}");
        }
    }

    private static string Count(int n, string word) => $"{n} {word}{(n == 1 ? "" : "s")}";

    private static void Json(TextWriter writer, string folder, string results)
    {
        foreach (string file in Scenarios(folder))
        {
            ScenarioDefinition? scenario = ScenarioReader.ReadFile(file).Definition;
            writer.WriteLine(new JsonObject
            {
                ["kind"] = "scenario", ["status"] = scenario is null ? "invalid" : "valid", ["path"] = file, ["name"] = scenario?.Name,
                    ["arms"] = scenario?.Arms.Count, ["replicates"] = scenario?.Replicates,
            }.ToJsonString());
        }

        foreach (ResultFolder r in ResultFolder.Under(results))
        {
            writer.WriteLine(new JsonObject
            {
                ["kind"] = r.Kind, ["status"] = r.Status, ["time"] = r.Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                    ["path"] = r.Path, ["text"] = r.Text,
            }.ToJsonString());
        }
    }

    private static IEnumerable<string> Scenarios(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        return Directory.EnumerateFiles(folder, "*.yaml", options).Where(IsScenario).Order(StringComparer.Ordinal);
    }

    // One of these keys stands near the top; a result's resolved.yaml is a scenario too, but no one's source. What cannot be read is
    // listed, as invalid.
    private static bool IsScenario(string file)
    {
        try
        {
            return Path.GetFileName(file) != "resolved.yaml" && RegularFile.ReadLines(file).Take(60)
                .Any(l => FirstKeys.Any(key => l.StartsWith(key, StringComparison.Ordinal)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
