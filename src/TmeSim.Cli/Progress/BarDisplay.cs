using System.Diagnostics;
using Spectre.Console;
using TmeSim.Experiments;

namespace TmeSim.Cli.Progress;

/// <summary>A bar with simulated time, speed and time left, on a terminal.</summary>
internal sealed class BarDisplay : LineDisplay
{
    private BarDisplay(CliConsole console)
        : base(console)
    {
    }

    /// <summary>Spectre.Console is loaded here and not before.</summary>
    public static IRunDisplay Create(CliConsole console) => new BarDisplay(console);

    public override void Watch(RunProgress progress, Task run)
    {
        if (Wait(run, TimeSpan.FromMilliseconds(300)))
        {
            return;
        }

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var watch = Stopwatch.StartNew();
        terminal.Progress().AutoClear(true).Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn()).Start(context =>
        {
            ProgressTask task = context.AddTask("starting");
            while (!Wait(run, TimeSpan.FromMilliseconds(200)))
            {
                task.MaxValue = Math.Max(1, progress.StepsTotal);
                task.Value = progress.StepsDone;
                task.Description = Markup.Escape(RunDisplay.Describe(progress, watch));
            }
        });
    }

    public override void ArmFinished(string arm, int replicate, double seconds)
    {
        // The bar says it.
    }
}
