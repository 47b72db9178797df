using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim trial analyse patients.csv</c>: the statistics and figures of a trial for anyone's table.</summary>
internal sealed class TrialAnalyseCommand(CliConsole console)
{
    private readonly Argument<string> _table = new("TABLE")
    {
        Description = "CSV with a row for each patient and arm: patient, arm, outcomes (best_response; pfs_day, pfs_event; os_day, os_event; best_change, response_day, progression_day), and any covariates",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Folder for tables, figures and report (default: beside the table, NAME-analysis)", HelpName = "DIR" };
    private readonly Option<string?> _control = new("--control") { Description = "Arm that others are compared with (default: Control, else the last)", HelpName = "ARM" };
    private readonly Option<string?> _primary = new("--primary")
    {
        Description = "Primary endpoint: os, pfs, orr or refractory (default: the first of pfs, os and orr that the table has)", HelpName = "NAME",
    };

    private readonly Option<string[]> _stratify = new("--stratify")
    {
        Description = "Rule whose sides were balanced over randomised arms, or stratum, repeatable: contrasts are made within them", HelpName = "RULE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _subgroups = new("--subgroup")
    {
        Description = "Rule whose two sides are compared, repeatable: --subgroup \"nlr >= 3\", --subgroup \"ifng_score > median\", --subgroup \"stratum == excluded\"", HelpName = "RULE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _tree = new("--tree") { Description = "Covariate offered to the tree, repeatable (default: all)",
        HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _plots = WorkOptions.PlotsOption();
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Write all numbers as JSON" };

    public static Command Create(CliConsole console)
    {
        var analyse = new TrialAnalyseCommand(console);
        var command = new Command("analyse", "Statistics, figures and report of a trial for any table of patients");
        command.Arguments.Add(analyse._table);
        analyse._primary.AcceptOnlyFromAmong("os", "pfs", "orr", "refractory");
        foreach (Option option in (Option[])[analyse._out, analyse._control, analyse._primary, analyse._subgroups, analyse._stratify, analyse._tree,
            analyse._plots, analyse._quiet, analyse._json])
        {
            command.Options.Add(option);
        }

        command.SetAction(analyse.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string table = parsed.GetRequiredValue(_table);
        TrialAnalysed done = TrialOfTable.Write(new TrialTableRequest(table)
        {
            OutDirectory = parsed.GetValue(_out) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(table)) ?? ".",
                Path.GetFileNameWithoutExtension(table) + "-analysis"),
            Control = parsed.GetValue(_control), Primary = parsed.GetValue(_primary), Stratify = parsed.GetValue(_stratify) ?? [],
            Subgroups = parsed.GetValue(_subgroups)
                ?? [], Tree = parsed.GetValue(_tree) ?? [],
            Plots = WorkOptions.Plots(parsed.GetRequiredValue(_plots)), Command = $"tmesim trial analyse {PosixWordOf(table)}",
        });
        RunDisplay.Warn(done.Remarks, console.Error);
        if (parsed.GetValue(_json))
        {
            console.Out.WriteLine(done.Json);
        }
        else if (!parsed.GetValue(_quiet))
        {
            console.Out.WriteLine(done.Answer);
            console.Out.WriteLine(done.ReportPath);
        }

        return ExitCode.Done;
    }

    private static string PosixWordOf(string text) => Experiments.Cluster.PosixWord.Quote(text);
}
