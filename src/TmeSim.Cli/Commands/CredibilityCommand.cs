using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim credibility [DIR]</c>: what speaks for a run, under the headings of ICH M15 and ASME V&amp;V 40, and what does
/// not.</summary>
internal sealed class CredibilityCommand(CliConsole console)
{
    private readonly Argument<string?> _run = new("DIR") { Description = "Folder of a run, which the pages are written into; without one, "
        + "the model alone", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _answers = new("--answers") { Description = "YAML with what only you can say: question_of_interest, "
        + "context_of_use, model_influence, decision_consequence, applicability, acceptance", HelpName = "FILE" };
    private readonly Option<string?> _evidence = new("--evidence") { Description = "Folder of tmesim evidence (default: evidence beside "
        + "the run, or runs/evidence)", HelpName = "DIR" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the pages (default: the run, or credibility)",
        HelpName = "DIR" };
    private readonly Option<double?> _precision = TypedOption.Of<double>("--precision", "NUMBER",
        "How well a mean of tumor_volume_change should be known, half of its 95 % interval (default: 0.05)",
        "a number above 0, for example 0.05", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double value) && value > 0 && double.IsFinite(value) ? value : null);

    private readonly Option<bool> _json = new("--json") { Description = "Write it as JSON" };

    public static Command Create(CliConsole console)
    {
        var credibility = new CredibilityCommand(console);
        var command = new Command("credibility",
            "Say what speaks for a run and what is not known: verification, validation, uncertainty, sensitivity, versions; as a page, as "
                + "Markdown and in its research object");
        command.Arguments.Add(credibility._run);
        foreach (Option option in (Option[])[credibility._answers, credibility._evidence, credibility._out, credibility._precision,
            credibility._json])
        {
            command.Options.Add(option);
        }

        command.SetAction(credibility.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string? run = parsed.GetValue(_run) is { } directory ? Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar) : null,
            answers = parsed.GetValue(_answers);
        string folder = Path.GetFullPath(parsed.GetValue(_out) ?? run ?? "credibility");
        IReadOnlyList<CredibilitySection> sections = CredibilitySession.Execute(new CredibilityRequest
        {
            Run = run, OutDirectory = folder, Answers = Answers(answers), EvidenceDirectory = Evidence(parsed.GetValue(_evidence), run),
            Precision = parsed.GetValue(_precision) ?? CredibilityRequest.DefaultPrecision,
            Command = "tmesim credibility" + (run is null ? "" : " " + PosixWord.Quote(Path.GetFileName(run)))
                + (answers is null ? "" : " --answers " + PosixWord.Quote(answers)),
        });
        console.Out.WriteLine(parsed.GetValue(_json) ? Json(sections) : Text(sections) + Path.Combine(folder, CredibilitySession.Page));
        return ExitCode.Done;
    }

    private static CredibilityAnswers Answers(string? file)
    {
        try
        {
            return file is null ? CredibilityAnswers.None : CredibilityAnswers.ReadFile(file);
        }
        catch (InvalidOperationException e)
        {
            throw new CliException(ExitCode.InvalidScenario, e.Message);
        }
    }

    private static string Evidence(string? given, string? run)
    {
        string beside = Path.Combine(Path.GetDirectoryName(run ?? Path.GetFullPath("runs") + Path.DirectorySeparatorChar) ?? "",
            "evidence");
        return Path.GetFullPath(given ?? (Directory.Exists(beside) ? beside : Path.Combine("runs", "evidence")));
    }

    private static string Text(IReadOnlyList<CredibilitySection> sections) => string.Concat(sections.Select(s =>
        $"{s.Heading}\n{string.Concat(s.Items.Select(i => $"  {CredibilitySection.Word(i.Status),-11} {i.Topic}: {i.Text}\n"))}"));

    private static string Json(IReadOnlyList<CredibilitySection> sections) => ParameterAudit.Text(new JsonObject
    {
        ["format"] = "tmesim-credibility/1",
        ["sections"] = new JsonArray([.. sections.Select(s => (JsonNode)new JsonObject
        {
            ["heading"] = s.Heading,
            ["items"] = new JsonArray([.. s.Items.Select(i => (JsonNode)new JsonObject { ["topic"] = i.Topic,
                ["status"] = CredibilitySection.Word(i.Status), ["text"] = i.Text })]),
            ["columns"] = new JsonArray([.. s.Table.Columns.Select(c => (JsonNode)c)]),
            ["rows"] = new JsonArray([.. s.Table.Rows.Select(r => (JsonNode)new JsonArray([.. r.Select(c => (JsonNode)c)]))]),
        })]),
    }).TrimEnd();
}
