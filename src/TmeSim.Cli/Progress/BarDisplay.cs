using System.Diagnostics;
using Spectre.Console;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Progress;

/// <summary>A bar with simulated time, speed and time left, on a terminal.</summary>
internal sealed class BarDisplay : LineDisplay
{
    private readonly Func<IAnsiConsole> _terminal;

    /// <param name="console">Streams of the command; what is written to its error stream while the bar is there appears above the
    /// bar.</param>
    /// <param name="terminal">Where the bar is drawn.</param>
    public BarDisplay(CliConsole console, Func<IAnsiConsole> terminal)
        : base(console)
    {
        _terminal = terminal;
    }

    /// <summary>Spectre.Console is loaded here and not before.</summary>
    public static IRunDisplay Create(CliConsole console) => new BarDisplay(console, () => Terminal(System.Console.Error));

    /// <summary>A terminal that may go away, as when its window is closed on a run that was left to go on: nothing is drawn then.</summary>
    internal static IAnsiConsole Terminal(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new GuardedTerminal(new AnsiConsoleOutput(writer)) });

    public override void Watch(RunProgress progress, Task run)
    {
        if (Wait(run, TimeSpan.FromMilliseconds(300)))
        {
            return;
        }

        IAnsiConsole terminal = _terminal();

        // A line that went past the bar to the stream would be overwritten when the bar is drawn next.
        using IDisposable above = GuardedWriter.Around(Console.Error).Divert(text => terminal.Write(new Text(text)));
        var watch = Stopwatch.StartNew();
        terminal.Progress().AutoClear(true).Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn())
            .Start(context =>
        {
            ProgressTask task = context.AddTask("starting");
            while (!Wait(run, TimeSpan.FromMilliseconds(200)))
            {
                task.MaxValue = Math.Max(1, progress.Export?.Total ?? progress.StepsTotal);
                task.Value = progress.Export?.Done ?? progress.StepsDone;
                task.Description = Markup.Escape(RunDisplay.Describe(progress, watch));
            }
        });
    }

    public override void ArmFinished(string arm, int replicate, double seconds)
    {
        // The bar says it.
    }

    private sealed class GuardedTerminal(IAnsiConsoleOutput terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = GuardedWriter.Around(terminal.Writer);

        public bool IsTerminal => terminal.IsTerminal;

        public int Width => terminal.Width;

        public int Height => terminal.Height;

        public void SetEncoding(System.Text.Encoding encoding) => terminal.SetEncoding(encoding);
    }
}
