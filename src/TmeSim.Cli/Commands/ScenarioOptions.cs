using System.CommandLine;
using TmeSim.Experiments.Cluster;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary>Options that change a scenario before it is validated, and reading with them.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string[]> _sets = new("--set")
    {
        Description = "Change a key: path=value, repeatable, e.g. --set patient.nlr=5 --set \"lesions[primary].immune.cd8=40 /mm2\"",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<ulong?> _seed = WholeNumber.Option("--seed", ulong.MinValue, ulong.MaxValue, "Seed in place of the scenario's");
    private readonly Option<int?> _replicates = WholeNumber.Option("--replicates", 1, 100_000, "Replicates of every arm in place of the scenario's");

    public ScenarioOptions(Command command)
    {
        command.Options.Add(_sets);
        command.Options.Add(_seed);
        command.Options.Add(_replicates);
    }

    /// <summary>Options as they stand, for the command that repeats a run.</summary>
    public string Text(ParseResult parsed) => string.Concat(
        (parsed.GetValue(_sets) ?? []).Select(s => " --set " + PosixWord.Quote(s))
        .Append(parsed.GetValue(_seed) is ulong seed ? $" --seed {seed}" : "")
        .Append(parsed.GetValue(_replicates) is int replicates ? $" --replicates {replicates}" : ""));

    /// <summary>Options <c>--set</c>.</summary>
    public IReadOnlyList<string> Sets(ParseResult parsed) => parsed.GetValue(_sets) ?? [];

    /// <summary>Seed or replicates are given.</summary>
    public bool ChangesReplicates(ParseResult parsed) => parsed.GetValue(_seed) is not null || parsed.GetValue(_replicates) is not null;

    /// <summary>Warnings in words, for manifests and reports.</summary>
    public static IReadOnlyList<string> Warnings(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning).Select(d => (d.Path is null ? "" : d.Path + ": ") + d.Message)];

    /// <summary>Reads a scenario; diagnostics go to the error stream.</summary>
    /// <returns>The scenario and its warnings; null when there are errors.</returns>
    public (ScenarioDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics) Read(ParseResult parsed, string file, CliConsole console, bool showWarnings)
    {
        var overrides = new ScenarioOverrides
        {
            Sets = parsed.GetValue(_sets) ?? [],
            Seed = parsed.GetValue(_seed),
            Replicates = parsed.GetValue(_replicates),
        };
        ScenarioResult result = ScenarioReader.ReadFile(file, overrides);
        Diagnostic[] shown = [.. result.Diagnostics.Where(d => showWarnings || d.Severity == DiagnosticSeverity.Error)];
        if (shown.Length > 0)
        {
            console.Error.Write(Diagnostic.FormatAll(shown));
        }

        if (result.Definition is null)
        {
            int errors = result.Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
            console.Error.WriteLine($"{file}: {errors} error{(errors == 1 ? "" : "s")}");
        }

        return (result.Definition, result.Diagnostics);
    }
}
