namespace TmeSim.Engine.Lattice;

/// <summary>One thread that runs a block at a time and spins shortly before it sleeps. Used by <see cref="RowRunner"/>.</summary>
internal sealed unsafe class RowWorker : IDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Asleep = 2;
    private const int Stopping = 3;

    /// <summary>Spins before a side sleeps: some 20 µs, more than the serial work between two passes of a solver.</summary>
    private const int Spins = 400;

    private readonly Thread _thread;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _finished = new(0);
    private delegate*<void*, int, int, void> _entry;
    private void* _kernel;
    private int _first, _end;
    private Exception? _failure;
    private int _state = Idle;
    private int _callerWaits;

    public RowWorker(string name)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Hands a block to the thread. Must be followed by <see cref="Join"/>.</summary>
    public void Start(delegate*<void*, int, int, void> entry, void* kernel, int first, int end)
    {
        _entry = entry;
        _kernel = kernel;
        _first = first;
        _end = end;
        _failure = null;
        _callerWaits = 0;
        if (Interlocked.Exchange(ref _state, Busy) == Asleep)
        {
            _wake.Release();
        }
    }

    /// <summary>Waits for the block; returns what it threw.</summary>
    public Exception? Join()
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (Volatile.Read(ref _state) != Busy)
            {
                return _failure;
            }

            Thread.SpinWait(8);
        }

        // 2 = the worker saw nobody waiting and is about to change the state.
        if (Interlocked.Exchange(ref _callerWaits, 1) != 2)
        {
            _finished.Wait();
        }

        while (Volatile.Read(ref _state) == Busy)
        {
            Thread.SpinWait(1);
        }

        return _failure;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Stopping) == Asleep)
        {
            _wake.Release();
        }

        _thread.Join();
        _wake.Dispose();
        _finished.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            if (!AwaitBlock())
            {
                return;
            }

            try
            {
                _entry(_kernel, _first, _end);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            // The caller may start the next block as soon as the state changes, so who waits is settled before it.
            bool waits = Interlocked.Exchange(ref _callerWaits, 2) == 1;
            Volatile.Write(ref _state, Idle);
            if (waits)
            {
                _finished.Release();
            }
        }
    }

    /// <summary>True when there is a block to run, false when the thread should end.</summary>
    private bool AwaitBlock()
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            int state = Volatile.Read(ref _state);
            if (state is Busy or Stopping)
            {
                return state == Busy;
            }

            Thread.SpinWait(8);
        }

        if (Interlocked.CompareExchange(ref _state, Asleep, Idle) == Idle)
        {
            _wake.Wait();
        }

        return Volatile.Read(ref _state) == Busy;
    }
}
