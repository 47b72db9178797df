using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary>
/// <c>tmesim verify DIR…</c>: the files of finished folders against the sums that were taken when they were written, then runs against
/// themselves, simulated again.
/// </summary>
internal sealed class VerifyCommand(CliConsole console, CancellationToken cancellation)
{
    private const string NotTried =
        "checked are files against the sums taken when they were written; whether the same scenario gives the same states again is not "
        + "tried";

    private readonly Argument<string[]> _folders = new("DIR") { Description = "Folders of runs, sweeps, calibrations or comparisons",
        Arity = ArgumentArity.OneOrMore };

    private readonly Option<bool> _sums = new("--sums") { Description = "Check files alone, simulate nothing" };
    private readonly Option<string[]> _arms = new("--arm") { Description = "Simulate this arm only, repeatable", HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false };

    private readonly Option<int?> _replicate = TypedOption.WholeNumber("--replicate", 0, 100_000, "Simulate this replicate only");
    private readonly Option<double?> _until = TypedOption.Of<double>("--until", "TIME", "Simulate up to this time after t = 0 only, e.g. \"6 weeks\"",
        "a time with its unit, for example \"6 weeks\"", ScenarioBranch.Hours);

    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var verify = new VerifyCommand(console, cancellation);
        var command = new Command(
            "verify",
            $"Check that finished folders hold what was written into them, and that runs come out the same again; exit code {ExitCode.Damaged} "
            + "when one does not, or cannot be checked. Nothing is changed");
        command.Arguments.Add(verify._folders);
        command.Options.Add(verify._sums);
        command.Options.Add(verify._arms);
        command.Options.Add(verify._replicate);
        command.Options.Add(verify._until);
        verify._options = new WorkOptions(command, WorkKind.Verify, console);
        command.SetAction(verify.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        double? until = parsed.GetValue(_until);
        bool json = _options.Json(parsed), same = true;
        Verification[] all = [.. parsed.GetRequiredValue(_folders).SelectMany(f => Verification.Of(f, cancellation))];
        foreach (Verification one in all)
        {
            VerifyOutcome? again = null;
            Verification told = one;
            try
            {
                again = parsed.GetValue(_sums) || !one.IsIntact || one.Finished == 0 ? null : Again(parsed, one.Folder, until);
                same &= one.IsIntact && again is not { Partings.Count: > 0 };
            }
            catch (RunFolderException e)
            {
                told = one with { Cautions = [.. one.Cautions, "not simulated again: " + e.Message] };
                same = false;
            }

            Write(console.Out, told, json, again);
        }

        if (!json && (parsed.GetValue(_sums) || all.Any(v => v.Finished == 0)))
        {
            console.Out.WriteLine(NotTried);
        }

        return same ? ExitCode.Done : ExitCode.Damaged;
    }

    // The lines that say how far it is go to the error stream: what was found is the output.
    private VerifyOutcome Again(ParseResult parsed, string folder, double? until)
    {
        int[] replicates = parsed.GetValue(_replicate) is { } replicate ? [replicate] : [];
        VerifyRequest request = VerifySession.Request(folder, parsed.GetValue(_arms) ?? [], replicates, until);
        request = _options.Fill(parsed, request, null, "tmesim verify", []);
        IRunDisplay display = _options.Json(parsed) ? new QuietDisplay() : _options.Display(parsed);
        return _options.Watch(parsed, display, progress => VerifySession.Execute(request, progress, cancellation));
    }

    private static void Write(TextWriter writer, Verification found, bool json, VerifyOutcome? again)
    {
        if (json)
        {
            writer.WriteLine(Json(found, again).ToJsonString());
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

        if (damaged > 0 && found.Command is { } command)
        {
            writer.WriteLine(
                $"  to mend it, run '{command}' again: it makes what is damaged again, keeps the rest, and puts damaged files aside");
        }

        if (again is not null)
        {
            Write(writer, again);
        }
    }

    private static void Write(TextWriter writer, VerifyOutcome again)
    {
        string what = string.Create(CultureInfo.InvariantCulture,
            $"{again.Pairs:#,0} arm x replicate, {again.Rows:#,0} rows and {again.States:#,0} states");
        writer.WriteLine(again.Partings.Count == 0 ? $"  simulated again: {what}, all the same"
            : $"  simulated again: {what} are the same; {again.Partings.Count} of {again.Pairs} arm x replicate differ");
        foreach (Parting p in again.Partings)
        {
            string same = p.SameUntilD is { } day ? string.Create(CultureInfo.InvariantCulture, $"the same up to day {day:0.###}, ") : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  differs  {p.Arm}, replicate {p.Replicate}{(p.Lesion.Length > 0 ? $", lesion {p.Lesion}" : "")}: {same}differs on day {p.TimeD:0.###}: {p.What}")
                + (p.Process.Length > 0 ? $"; of what differs {p.Process} come first in a step" : ""));
        }

        if (again.Twins is { } twins)
        {
            string first = string.Create(CultureInfo.InvariantCulture, $"  two simulations here, with different numbers of threads, of {twins.Arm}, replicate {twins.Replicate}: ");
            writer.WriteLine(first + (twins.PartD is { } part
                ? string.Create(CultureInfo.InvariantCulture, $"they part in the step that ends on day {part:0.####}{(twins.Lesion.Length > 0 ? $", lesion {twins.Lesion}" : "")}, in {twins.Process} ({twins.Part})")
                : string.Create(CultureInfo.InvariantCulture, $"the same after every process up to day {twins.UntilD:0.###}; what is recorded was made by other code, on another machine, or was changed")));
        }
    }

    private static string Word(FindingKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static JsonObject Json(Verification found, VerifyOutcome? again) => new()
    {
        ["folder"] = found.Folder,
        ["kind"] = found.Kind,
        ["status"] = !found.IsChecked ? "unchecked" : found.IsIntact ? "intact" : "damaged",
        ["files"] = found.Files,
        ["findings"] = new JsonArray([.. found.Findings.Select(Json)]),
        ["notes"] = new JsonArray([.. found.Cautions.Select(c => (JsonNode)c)]),
        ["command"] = found.Command,
        ["again"] = again is null ? null : new JsonObject
        {
            ["pairs"] = again.Pairs,
            ["rows"] = again.Rows,
            ["states"] = again.States,
            ["differences"] = JsonParts.Array(again.Partings, p => new JsonObject
            {
                ["arm"] = p.Arm, ["replicate"] = p.Replicate, ["lesion"] = p.Lesion, ["same_until_d"] = p.SameUntilD, ["time_d"] = p.TimeD,
                ["process"] = p.Process, ["text"] = p.What,
            }),
        },
    };

    /// <summary>A finding as JSON.</summary>
    internal static JsonObject Json(Finding f) => new()
    {
        ["kind"] = Word(f.Kind), ["damage"] = f.IsDamage, ["file"] = f.File, ["arm"] = f.Arm, ["replicate"] = f.Replicate,
            ["text"] = f.Text,
    };
}
