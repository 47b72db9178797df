using System.Text;

namespace TmeSim.Cli;

/// <summary>
/// A stream of the process that may be closed or full. Writing never throws, so that work goes on and its files are written; the first
/// failure is kept, and <see cref="CommandLine"/> says it at the end. Safe for several threads. While a display draws on the terminal,
/// lines can be diverted to it.
/// </summary>
internal sealed class GuardedWriter(Func<TextWriter> open) : TextWriter
{
    private readonly Lock _gate = new();
    private TextWriter? _writer;
    private Action<string>? _divert;

    /// <summary>Why the first text that was lost could not be written; null while all was.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>A guard around a writer; a guard stays as it is.</summary>
    public static GuardedWriter Around(TextWriter writer) => writer as GuardedWriter ?? new GuardedWriter(() => writer);

    /// <summary>Hands every text to a display in place of the stream.</summary>
    /// <param name="display">Shows a text; called on the writing thread.</param>
    /// <returns>Ends the diversion when disposed.</returns>
    public IDisposable Divert(Action<string> display)
    {
        lock (_gate)
        {
            _divert = display;
        }

        return new Diversion(this);
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        lock (_gate)
        {
            if (_divert is { } display)
            {
                display(value);
                return;
            }

            Try(writer => writer.Write(value));
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            Try(writer => writer.Flush());
        }
    }

    private void Try(Action<TextWriter> write)
    {
        try
        {
            write(_writer ??= open());
        }
        catch (UnauthorizedAccessException)
        {
            // A closed descriptor.
            Failure ??= "it is closed";
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
        {
            Failure ??= e.Message.TrimEnd('.');
        }
    }

    private sealed class Diversion(GuardedWriter writer) : IDisposable
    {
        public void Dispose()
        {
            lock (writer._gate)
            {
                writer._divert = null;
            }
        }
    }
}
