namespace TmeSim.Engine.Lattice;

/// <summary>One thread that runs a block at a time and spins shortly before it sleeps. Used by <see cref="RowRunner"/>.</summary>
internal sealed unsafe class RowWorker : IDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Asleep = 2;
    private const int Stopping = 3;

    /// <summary>
    /// Spins before a side begins to let other threads go first: some 20 µs, more than the serial work between two passes of a solver. The
    /// runtime calibrates <see cref="Thread.SpinWait"/>, so that <see cref="SpinLength"/> takes 0.2 to 0.3 µs anywhere.
    /// </summary>
    internal const int Spins = 80;

    /// <summary>Iterations of a spin between two looks at the other side.</summary>
    internal const int SpinLength = 8;

    /// <summary>
    /// Looks before a side sleeps. Behind the first <see cref="Spins"/> each offers the core to others: where none wants it this goes on
    /// for some 50 µs, and on a busy core the thread that is waited for gets its turn.
    /// </summary>
    private const int Looks = Spins + 100;

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
        for (int look = 0; look < Looks; look++)
        {
            if (Volatile.Read(ref _state) != Busy)
            {
                return _failure;
            }

            Wait(look);
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

    private static void Wait(int look)
    {
        Thread.SpinWait(SpinLength);
        if (look >= Spins)
        {
            Thread.Yield();
        }
    }

    /// <summary>True when there is a block to run, false when the thread should end.</summary>
    private bool AwaitBlock()
    {
        for (int look = 0; look < Looks; look++)
        {
            int state = Volatile.Read(ref _state);
            if (state is Busy or Stopping)
            {
                return state == Busy;
            }

            Wait(look);
        }

        if (Interlocked.CompareExchange(ref _state, Asleep, Idle) == Idle)
        {
            _wake.Wait();
        }

        return Volatile.Read(ref _state) == Busy;
    }
}
