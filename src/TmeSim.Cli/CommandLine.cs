using System.CommandLine;
using TmeSim.Cli.Commands;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli;

/// <summary>The <c>tmesim</c> command: parses arguments, runs a command, turns every failure into a message and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments without the program name.</param>
    /// <param name="console">Where to write.</param>
    /// <param name="cancellation">Cancelled when the user interrupts.</param>
    /// <returns>
    /// 0 done, 1 the run failed or its output could not be written, 2 usage, 3 scenario invalid or too large for the memory,
    /// 4 files of a finished folder damaged, 130 interrupted.
    /// A reader that went away (<c>| head</c>) is no failure; a closed or full error stream changes nothing.
    /// </returns>
    public static int Run(IReadOnlyList<string> args, CliConsole console, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(console);
        CliConsole guarded = console.Guarded();
        int code = Answer(args, guarded, cancellation);
        guarded.Out.Flush();
        if (((GuardedWriter)guarded.Out).Failure is not { } failure)
        {
            return code;
        }

        guarded.Error.WriteLine($"error: cannot write to the standard output: {failure}");
        return code == ExitCode.Done ? ExitCode.Failed : code;
    }

    private static int Answer(IReadOnlyList<string> args, CliConsole console, CancellationToken cancellation)
    {
        try
        {
            return args is ["--version"] or ["version"] ? Version(console) : Invoke(Spelled(args), console, cancellation);
        }
        catch (CliException e)
        {
            console.Error.WriteLine($"error: {e.Message}");
            return e.ExitCode;
        }
        catch (DamagedRunException e)
        {
            console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Damaged;
        }
        catch (RunFolderException e)
        {
            console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Failed;
        }
        catch (MemoryRefusedException e)
        {
            console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.InvalidScenario;
        }
        catch (ScenarioRefusedException e)
        {
            console.Error.WriteLine(e.Message.Contains("error: ", StringComparison.Ordinal) ? e.Message : $"error: {e.Message}");
            return ExitCode.InvalidScenario;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // A user sees a line, never a stack trace; the trace goes to a file.
        catch (Exception e)
#pragma warning restore CA1031
        {
            console.Error.WriteLine($"error: unexpected {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}; {CrashLog.Write(e)}");
            return ExitCode.Failed;
        }
    }

    // 'tmesim' and 'tmesim help run' ask for help.
    private static IReadOnlyList<string> Spelled(IReadOnlyList<string> args) => args.Count == 0 ? ["--help"]
        : args[0] == "help" ? [.. args.Skip(1).Where(a => a is not ("--help" or "-h")), "--help"]
        : args;

    private static int Version(CliConsole console)
    {
        console.Out.WriteLine(
            $"tmesim {ToolInfo.Version}{(ToolInfo.Commit is { } commit ? $" ({commit[..Math.Min(10, commit.Length)]})" : "")}, model "
            + $"{Engine.Simulation.ModelVersion}");
        return ExitCode.Done;
    }

    private static int Invoke(IReadOnlyList<string> args, CliConsole console, CancellationToken cancellation)
    {
        RootCommand root = Root(console, cancellation);
        string? mistake = NearMiss.Find(root, args);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        string[] errors = mistake is not null ? [mistake] : [.. parsed.Errors.Select(e => UsageWords.Of(e.Message, parsed)).Distinct()];
        if (errors.Length > 0)
        {
            foreach (string error in errors)
            {
                console.Error.WriteLine($"error: {error.TrimEnd('.')}");
            }

            console.Error.WriteLine($"see '{UsageWords.Name(parsed)} --help'");
            return ExitCode.Usage;
        }

        // Commands write to the console themselves, so only help comes this way.
        using var help = new StringWriter();
        int code = parsed.Invoke(new InvocationConfiguration
        {
            Output = help,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        console.Out.Write(HelpWords.Of(help.ToString(), parsed.CommandResult.Command));
        return code;
    }

    private static RootCommand Root(CliConsole console, CancellationToken cancellation) => new(
        "TmeSim: an in-silico tumour microenvironment. Write a scenario with 'new', check it with 'validate', run it with 'run'.")
    {
        RunCommand.Create(console, cancellation),
        ResumeCommand.Create(console, cancellation),
        BranchCommand.Create(console, cancellation),
        CompareCommand.Create(console, cancellation),
        SweepCommand.Create(console, cancellation),
        TrialCommand.Create(console, cancellation),
        CalibrateCommand.Create(console, cancellation),
        EvidenceCommand.Create(console, cancellation),
        CredibilityCommand.Create(console),
        ReferenceCommand.Create(console, cancellation),
        ReportCommand.Create(console),
        ValidateCommand.Create(console),
        SchemaCommand.Create(console),
        ExplainCommand.Create(console),
        NewCommand.Create(console),
        ListCommand.Create(console),
        ExportCommand.Create(console, cancellation),
        SpatialCommand.Create(console, cancellation),
        VerifyCommand.Create(console, cancellation),
        BenchCommand.Create(console, cancellation),
    };
}
