using System.CommandLine;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim new NAME</c>: a commented scenario to begin with.</summary>
internal static class NewCommand
{
    public static Command Create(CliConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the scenario; the file is called after it" };
        var force = new Option<bool>("--force") { Description = "Replace a file of that name" };
        var directory = new Option<string>("--out") { Description = "Folder to write to", HelpName = "DIR",
            DefaultValueFactory = _ => "." };
        var command = new Command("new", "Write a commented scenario that runs as it is");
        command.Arguments.Add(name);
        command.Options.Add(directory);
        command.Options.Add(force);
        command.SetAction(parsed => Write(console, parsed.GetRequiredValue(name), parsed.GetRequiredValue(directory),
            parsed.GetValue(force)));
        return command;
    }

    private static int Write(CliConsole console, string name, string directory, bool force)
    {
        string text;
        try
        {
            text = ScenarioTemplate.Create(name);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCode.Usage, e.Message.Split(" (Parameter")[0]);
        }

        string path = Path.Combine(directory, RunFolder.Slug(name) + ".yaml");
        if (File.Exists(path) && !force)
        {
            throw new CliException(ExitCode.Failed, $"{path} exists; use --force to replace it");
        }

        AtomicFile.WriteText(path, text);
        console.Out.WriteLine(path);
        return ExitCode.Done;
    }
}
