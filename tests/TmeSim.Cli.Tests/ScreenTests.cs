using Spectre.Console;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Tests;

/// <summary>What stands on a terminal while the bar is drawn.</summary>
public sealed class ScreenTests
{
    /// <summary>A bar that is not drawn fails its test instead of stopping it [ms].</summary>
    private const int Patience = 600_000;

    /// <summary>A terminal of lines: carriage return, line feed, cursor up and erasing, as far as the bar uses them.</summary>
    private sealed class Screen : TextWriter
    {
        private readonly List<char[]> _lines = [];
        private string _escape = "";
        private int _row, _column, _percents;

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        /// <summary>Percent signs written so far: one each time the bar is drawn.</summary>
        public int Percents => Volatile.Read(ref _percents);

        public string Text()
        {
            lock (_lines)
            {
                return string.Join('\n', _lines.Select(l => new string(l).TrimEnd()));
            }
        }

        public override void Write(char value)
        {
            lock (_lines)
            {
                if (_escape.Length > 0 || value == '\u001b')
                {
                    _escape += value;
                    if (_escape.Length > 2 && char.IsAsciiLetter(value))
                    {
                        Obey(value, int.TryParse(_escape[2..^1], out int n) ? n : -1);
                        _escape = "";
                    }
                }
                else if (value == '\n')
                {
                    (_row, _column) = (_row + 1, 0);
                }
                else if (value == '\r')
                {
                    _column = 0;
                }
                else
                {
                    Line()[_column++] = value;
                    _percents += value == '%' ? 1 : 0;
                }
            }
        }

        private void Obey(char command, int n)
        {
            switch (command)
            {
                case 'A':
                    _row = Math.Max(0, _row - Math.Max(1, n));
                    break;
                case 'K':
                    Array.Fill(Line(), ' ', n == 2 ? 0 : _column, n == 2 ? 400 : 400 - _column);
                    break;
                case 'J':
                    _lines.RemoveRange(Math.Min(_lines.Count, _row + 1), Math.Max(0, _lines.Count - _row - 1));
                    break;
            }
        }

        private char[] Line()
        {
            while (_lines.Count <= _row)
            {
                char[] line = new char[400];
                Array.Fill(line, ' ');
                _lines.Add(line);
            }

            return _lines[_row];
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Interrupt_WhileTheBarIsDrawn_StaysReadable()
    {
        using var screen = new Screen();
        IAnsiConsole Terminal()
        {
            IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
            terminal.Profile.Width = 100;
            return terminal;
        }

        CliConsole console = new CliConsole(TextWriter.Null, screen, IsTerminal: true).Guarded();
        var work = new TaskCompletionSource();
        var watching = Task.Run(() => new BarDisplay(console, Terminal).Watch(new RunProgress(), work.Task));
        try
        {
            await Until(() => screen.Text().Contains("0 %", StringComparison.Ordinal), watching, TestContext.Current.CancellationToken);
            console.Error.WriteLine(Interrupt.Message);
            console.Error.WriteLine("note: generation 1 complete");
            int drawn = screen.Percents;
            await Until(() => screen.Percents > drawn + 1 && screen.Text().Contains("0 %", StringComparison.Ordinal), watching, TestContext.Current.CancellationToken);
        }
        finally
        {
            work.TrySetResult();
            await watching;
        }

        Assert.Equal([Interrupt.Message, "note: generation 1 complete"], screen.Text().Split('\n').Where(l => l.Length > 0));
    }

    private sealed class Gone : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("Input/output error");
    }

    [Fact(Timeout = Patience)]
    public async Task Terminal_ThatGoesAway_LeavesTheRunAlone()
    {
        using var gone = new Gone();
        CliConsole console = new CliConsole(TextWriter.Null, gone, IsTerminal: true).Guarded();
        var work = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var watching = Task.Run(() => new BarDisplay(console, Terminal).Watch(new RunProgress(), work.Task));
        await begun.Task;
        await Task.Delay(700, TestContext.Current.CancellationToken);
        console.Error.WriteLine(Interrupt.Message);
        Assert.False(watching.IsCompleted);
        work.SetResult();
        await watching;

        // The bar is drawn from here on, five times a second.
        IAnsiConsole Terminal()
        {
            begun.SetResult();
            return BarDisplay.Terminal(gone);
        }
    }

    private static async Task Until(Func<bool> condition, Task watching, CancellationToken cancellation)
    {
        while (!condition())
        {
            Assert.False(watching.IsCompleted);
            await Task.Delay(50, cancellation);
        }
    }
}
