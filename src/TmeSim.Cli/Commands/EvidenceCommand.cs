using System.CommandLine;
using TmeSim.Analysis.Contrasts;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim evidence</c>: which claims of the literature the model reproduces.</summary>
internal sealed class EvidenceCommand(CliConsole console, CancellationToken cancellation)
{
    private static readonly TimeSpan QuickTime = TimeSpan.FromMinutes(4);

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Claim by its id (S3-01), a family of them (S3) or a file of records, whose scenarios may stand in scenarios/ "
            + "beside it, repeatable (default: all)", HelpName = "ID|FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "End within five minutes: what is not decided then stays "
        + "undecided, and trials are read where they ran before" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for runs and verdicts", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("runs", "evidence") };
    private readonly Option<int?> _jobs = TypedOption.WholeNumber("--jobs", 1, 1024, "Simulations at once (default: cores)");
    private readonly Option<long?> _memory = TypedOption.Memory();
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors and the verdicts" };
    private readonly Option<bool> _json = new("--json") { Description = "Write all verdicts and numbers as JSON" };
    private readonly Option<bool> _switches = new("--switches") { Description = "Test what is contradicted again with each mechanism "
        + "alone that could carry it; with --quick, within another five minutes" };
    private readonly Option<bool> _csv = new("--csv") { Description = "With --parameters: write CSV" };
    private readonly Option<bool> _parameters = new("--parameters") { Description = "List each parameter with source and grade instead; "
        + "exit code 4 when one has none or is read by nothing" };
    private readonly Option<bool> _rank = new("--rank") { Description = "With --parameters: rank the assumptions by their effect (Morris) "
        + "in each therapy question, or in those of --only" };
    private readonly Option<int?> _trajectories = TypedOption.WholeNumber("--trajectories", 2, 1000,
        $"With --rank: trajectories of Morris (default: {ScreeningRequest.DefaultTrajectories})");

    private readonly Option<string[]> _set = new("--set") { Description = "With --rank: change a key of the questions, as in run",
        HelpName = "PATH=VALUE", AllowMultipleArgumentsPerToken = false };

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var evidence = new EvidenceCommand(console, cancellation);
        var command = new Command("evidence",
            $"Hold the model against claims of the literature; exit code {ExitCode.Damaged} when one that it was fitted to, or that is "
                + "built in, is contradicted");
        foreach (Option option in (Option[])[evidence._only, evidence._quick, evidence._out, evidence._jobs, evidence._memory,
            evidence._quiet, evidence._json,
            evidence._switches, evidence._parameters, evidence._rank, evidence._trajectories, evidence._set, evidence._csv])
        {
            command.Options.Add(option);
        }

        command.SetAction(evidence.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        bool quiet = parsed.GetValue(_quiet) || parsed.GetValue(_json);
        string[] only = parsed.GetValue(_only) ?? [];
        if (Misplaced(parsed) is { } misplaced)
        {
            throw new CliException(ExitCode.Usage, misplaced);
        }

        if (parsed.GetValue(_parameters))
        {
            return Parameters(parsed, only, quiet);
        }

        IReadOnlyList<ClaimOutcome> claims;
        try
        {
            claims = EvidenceSession.Execute(new EvidenceRequest(Claims(only))
            {
                Files = OwnScenarios.Beside(only),
                OutDirectory = Path.GetFullPath(parsed.GetRequiredValue(_out)), Jobs = parsed.GetValue(_jobs),
                    MemoryBytes = parsed.GetValue(_memory),
                Switches = parsed.GetValue(_switches),
                Within = parsed.GetValue(_quick) ? QuickTime : null, Notice = quiet ? null : line => console.Error.WriteLine(line),
                Command = "tmesim evidence" + string.Concat(only.Select(o => " --only " + Experiments.Cluster.PosixWord.Quote(o)))
                    + (parsed.GetValue(_quick) ? " --quick" : "") + (parsed.GetValue(_switches) ? " --switches" : ""),
            }, new RunProgress(), cancellation);
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("interrupted; finished simulations are kept, the same command goes on");
            return ExitCode.Interrupted;
        }

        if (parsed.GetValue(_json))
        {
            console.Out.WriteLine(EvidenceFiles.JsonText(claims).TrimEnd());
        }
        else
        {
            foreach (ClaimOutcome claim in claims.Where(c => c.Tests.Count > 0))
            {
                console.Out.WriteLine($"{claim.Claim.Id,-7} {claim.Word,-13} {claim.Claim.Role.ToString().ToLowerInvariant(),-11} "
                    + $"{claim.Claim.Claim}");
                foreach (TestOutcome test in quiet ? [] : claim.Tests)
                {
                    console.Out.WriteLine($"        {test.Verdict.ToString().ToLowerInvariant(),-13} {test.Test.What}: claimed "
                        + $"{EvidenceFiles.Claimed(test.Test.Expected)}, observed {EvidenceFiles.Observed(test)}, n = {test.Count}");
                }
            }

            console.Out.WriteLine(EvidenceFiles.Answer(claims));
            console.Out.WriteLine(Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(_out)), "report.html"));
        }

        return claims.Any(c => c.IsBroken) ? ExitCode.Damaged : ExitCode.Done;
    }

    private string? Misplaced(ParseResult parsed)
    {
        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
        bool parameters = parsed.GetValue(_parameters), rank = parsed.GetValue(_rank);
        return !parameters && (rank || parsed.GetValue(_csv)) ? "--rank and --csv go with --parameters"
            : !rank && (Given(_trajectories) || Given(_set)) ? "--trajectories and --set go with --parameters --rank"
            : parameters && (parsed.GetValue(_quick) || parsed.GetValue(_switches))
                ? "--quick and --switches are about claims, not parameters"
            : parameters && !rank && Given(_only) ? "--parameters lists all; --only goes with --rank"
            : parsed.GetValue(_csv) && parsed.GetValue(_json) ? "--csv or --json, not both" : null;
    }

    private int Parameters(ParseResult parsed, string[] only, bool quiet)
    {
        IReadOnlyList<(string Name, string Text)> questions = EvidenceLibrary.Questions();
        if (only.FirstOrDefault(o => questions.All(q => q.Name != o)) is { } unknown)
        {
            throw new CliException(ExitCode.Usage,
                $"--only {unknown}: with --rank it names a therapy question: {string.Join(", ", questions.Select(q => q.Name))}");
        }

        ScreeningRequest? ranking = !parsed.GetValue(_rank) ? null : new ScreeningRequest([.. questions.Where(q => only.Length == 0
            || only.Contains(q.Name))])
        {
            OutDirectory = Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(_out)), "parameters"), Jobs = parsed.GetValue(_jobs),
            MemoryBytes = parsed.GetValue(_memory), Trajectories = parsed.GetValue(_trajectories) ?? ScreeningRequest.DefaultTrajectories,
            Sets = parsed.GetValue(_set) ?? [], Notice = quiet || parsed.GetValue(_csv) ? null : line => console.Error.WriteLine(line),
        };
        try
        {
            return EvidenceParameters.Execute(console, parsed.GetValue(_json) ? "json" : parsed.GetValue(_csv) ? "csv" : "text", ranking,
                cancellation);
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("interrupted; finished simulations are kept, the same command goes on");
            return ExitCode.Interrupted;
        }
    }

    // Claims by id or family, and those of files.
    private static IReadOnlyList<EvidenceEntry> Claims(string[] only)
    {
        if (only.Length == 0)
        {
            return EvidenceLibrary.All;
        }

        List<EvidenceEntry> claims = [];
        foreach (string name in only)
        {
            EvidenceEntry[] found = File.Exists(name) ? OfFile(name)
                : [.. EvidenceLibrary.All.Where(e => e.Id == name || e.Id.StartsWith(name + "-", StringComparison.Ordinal))];
            if (found.Length == 0)
            {
                throw new CliException(ExitCode.Usage, Directory.Exists(name)
                    ? $"--only {name}: it is a folder; give an id, a family of ids or a file of records"
                    : File.Exists(name) ? $"--only {name}: there is no claim in this file"
                    : $"--only {name}: no claim is called so, and there is no such "
                        + $"file{Scenarios.Diagnostics.Suggestion.Clause(name, [.. EvidenceLibrary.All.Select(e => e.Id)], "claims")}");
            }

            foreach (EvidenceEntry claim in found)
            {
                if (claims.FirstOrDefault(c => c.Id == claim.Id) is not { } same)
                {
                    claims.Add(claim);
                }
                else if (!EvidenceFiles.IsSame(same, claim))
                {
                    throw new CliException(ExitCode.InvalidScenario,
                        $"{name}: id '{claim.Id}' stands in another file of --only with another record");
                }
            }
        }

        return claims;
    }

    private static EvidenceEntry[] OfFile(string path)
    {
        try
        {
            EvidenceEntry[] own = [.. EvidenceLibrary.ReadFile(path)];
            return own.FirstOrDefault(o => EvidenceLibrary.Find(o.Id) is not null) is not { } taken ? own
                : throw new CliException(ExitCode.InvalidScenario,
                    $"{path}: id '{taken.Id}' is taken by a claim of the tool; choose one that is free");
        }
        catch (InvalidOperationException e)
        {
            throw new CliException(ExitCode.InvalidScenario, e.Message);
        }
    }
}
