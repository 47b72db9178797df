using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim report DIR</c>: figures and report of a finished run or comparison, drawn again without running.</summary>
internal static class ReportCommand
{
    public static Command Create(CliConsole console)
    {
        var directory = new Argument<string>("DIR") { Description = "Run folder, or folder of a comparison" };
        var sets = new Option<string[]>("--set")
        {
            Description = "Change figures or data: --set \"figures=[{plot: waterfall}]\", --set figures[time_course].width=1200",
            HelpName = "path=value",
            AllowMultipleArgumentsPerToken = false,
        };
        Option<string> plots = WorkOptions.PlotsOption();
        var quiet = new Option<bool>("--quiet") { Description = "Say nothing but errors" };
        var json = new Option<bool>("--json") { Description = "Write endpoints and contrasts as JSON" };
        var command = new Command("report",
            "Draw the figures and the report of a finished run or comparison again, without running; damaged files are named and left out "
            + "(exit code 4)");
        command.Arguments.Add(directory);
        foreach (Option option in (Option[])[sets, plots, quiet, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            CompareOutcome outcome = CompareSession.Redraw(parsed.GetRequiredValue(directory), parsed.GetValue(sets) ?? [],
                WorkOptions.Plots(parsed.GetRequiredValue(plots)));
            IRunDisplay display = parsed.GetValue(json) ? new JsonDisplay(console.Out) : parsed.GetValue(quiet) ? new QuietDisplay()
                : new LineDisplay(console);
            return RunDisplay.End(display, new CompareResult(outcome), console);
        });
        return command;
    }
}
