using System.Runtime.InteropServices;

namespace TmeSim.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to stop and keep its finished arms, the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>What the first signal says.</summary>
    public const string Message = "interrupted: writing finished arms and the states of those at work (once more ends at once)";

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;

    public Interrupt(TextWriter error)
    {
        _error = error;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _error.WriteLine(Message);
        _source.Cancel();
    }
}
