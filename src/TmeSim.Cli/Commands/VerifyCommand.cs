using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim verify DIR…</c>: the files of finished folders against the sums that were taken when they were written.</summary>
internal static class VerifyCommand
{
    private const string NotTried =
        "checked are files against the sums taken when they were written; whether the same scenario gives the same states again is not "
        + "tried";

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders of runs, sweeps, calibrations or comparisons",
            Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Write what was found as JSON, one object a folder" };
        var command = new Command(
            "verify",
            $"Check that finished folders hold what was written into them; exit code {ExitCode.Damaged} when one does not, or cannot be "
            + "checked. Nothing is run or changed");
        command.Arguments.Add(folders);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            Verification[] all = [.. parsed.GetRequiredValue(folders).SelectMany(f => Verification.Of(f, cancellation))];
            foreach (Verification one in all)
            {
                Write(console.Out, one, parsed.GetValue(json));
            }

            if (!parsed.GetValue(json))
            {
                console.Out.WriteLine(NotTried);
            }

            return all.All(v => v.IsIntact) ? ExitCode.Done : ExitCode.Damaged;
        });
        return command;
    }

    private static void Write(TextWriter writer, Verification found, bool json)
    {
        if (json)
        {
            writer.WriteLine(Json(found).ToJsonString());
            return;
        }

        int damaged = found.Findings.Where(f => f.IsDamage).Select(f => f.File).Distinct().Count();
        string files = string.Create(CultureInfo.InvariantCulture, $"{found.Files:#,0} file{(found.Files == 1 ? "" : "s")}");
        writer.WriteLine(
            $"{found.Folder}: {(!found.IsChecked ? "cannot be checked" : damaged > 0 ? $"{damaged} of {files} damaged" : $"{files} as written")}");
        foreach (string line in found.Findings.Select(f => $"  {Word(f.Kind)}  {f}").Concat(found.Cautions.Select(c => "  note  " + c)))
        {
            writer.WriteLine(line);
        }

        if (damaged > 0 && found.Command is { } again)
        {
            writer.WriteLine(
                $"  to mend it, run '{again}' again: it makes what is damaged again, keeps the rest, and puts damaged files aside");
        }
    }

    private static string Word(FindingKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static JsonObject Json(Verification found) => new()
    {
        ["folder"] = found.Folder,
        ["kind"] = found.Kind,
        ["status"] = !found.IsChecked ? "unchecked" : found.IsIntact ? "intact" : "damaged",
        ["files"] = found.Files,
        ["findings"] = new JsonArray([.. found.Findings.Select(Json)]),
        ["notes"] = new JsonArray([.. found.Cautions.Select(c => (JsonNode)c)]),
        ["command"] = found.Command,
    };

    /// <summary>A finding as JSON.</summary>
    internal static JsonObject Json(Finding f) => new()
    {
        ["kind"] = Word(f.Kind), ["damage"] = f.IsDamage, ["file"] = f.File, ["arm"] = f.Arm, ["replicate"] = f.Replicate,
            ["text"] = f.Text,
    };
}
