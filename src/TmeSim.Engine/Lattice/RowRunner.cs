namespace TmeSim.Engine.Lattice;

/// <summary>Work on a block of lattice rows. Implementations are readonly structs holding all they need.</summary>
public interface IRowKernel
{
    /// <summary>Processes rows <paramref name="first"/> to <paramref name="end"/> − 1. Called at the same time for disjoint blocks.</summary>
    void Run(int first, int end);
}

/// <summary>
/// The one place that knows about threads: splits rows into contiguous blocks and runs a kernel on each.
/// Kernels write only what belongs to their own rows, so the result does not depend on the number of threads.
/// </summary>
public sealed class RowRunner : IDisposable
{
    private readonly Action<int>?[] _slot = new Action<int>?[1];
    private readonly Thread[] _workers;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim[] _start;
    private readonly CountdownEvent _done;
    private Exception? _failure;
    private volatile bool _stopping;

    /// <param name="threads">Threads that work at once, the caller included; at least 1.</param>
    public RowRunner(int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        _workers = new Thread[threads - 1];
        _start = new SemaphoreSlim[threads - 1];
        _done = new CountdownEvent(Math.Max(1, threads - 1));
        for (int i = 0; i < _workers.Length; i++)
        {
            int worker = i;
            _start[i] = new SemaphoreSlim(0);
            _workers[i] = new Thread(() => Loop(worker)) { IsBackground = true, Name = $"rows-{i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>Threads that work at once, the caller included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Runs the kernel over <paramref name="rows"/> rows. Splits only when every thread gets at least
    /// <paramref name="minimumRows"/> rows, because waking a thread costs some microseconds.
    /// </summary>
    public void Run<TKernel>(TKernel kernel, int rows, int minimumRows = 16)
        where TKernel : struct, IRowKernel
    {
        int blocks = Math.Min(Threads, Math.Max(1, rows / Math.Max(1, minimumRows)));
        if (blocks <= 1)
        {
            kernel.Run(0, rows);
            return;
        }

        _failure = null;
        _slot[0] = block => kernel.Run((int)((long)rows * block / blocks), (int)((long)rows * (block + 1) / blocks));
        _done.Reset(blocks - 1);
        for (int i = 0; i < blocks - 1; i++)
        {
            _start[i].Release();
        }

        try
        {
            _slot[0]!(0);
        }
        finally
        {
            _done.Wait();
        }

        if (_failure is not null)
        {
            throw new InvalidOperationException("a worker thread failed", _failure);
        }
    }

    public void Dispose()
    {
        _stopping = true;
        foreach (SemaphoreSlim start in _start)
        {
            start.Release();
        }

        foreach (Thread worker in _workers)
        {
            worker.Join();
        }

        foreach (SemaphoreSlim start in _start)
        {
            start.Dispose();
        }

        _done.Dispose();
    }

    private void Loop(int worker)
    {
        while (true)
        {
            _start[worker].Wait();
            if (_stopping)
            {
                return;
            }

            try
            {
                _slot[0]!(worker + 1);
            }
            catch (Exception failure)
            {
                lock (_gate)
                {
                    _failure ??= failure;
                }
            }
            finally
            {
                _done.Signal();
            }
        }
    }
}
