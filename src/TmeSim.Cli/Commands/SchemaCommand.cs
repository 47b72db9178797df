using System.CommandLine;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim schema</c>: the JSON schema of scenarios, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(CliConsole console)
    {
        var command = new Command("schema", "Print the JSON schema of scenarios, for editors that complete and check YAML");
        command.SetAction(_ =>
        {
            console.Out.Write(ScenarioSchema.Json());
            return ExitCode.Done;
        });
        return command;
    }
}
