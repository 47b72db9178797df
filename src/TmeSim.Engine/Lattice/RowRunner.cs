using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Lattice;

/// <summary>Work on a block of lattice rows. Implementations are readonly structs holding all they need.</summary>
public interface IRowKernel
{
    /// <summary>
    /// Processes rows <paramref name="first"/> to <paramref name="end"/> − 1. Called at the same time for disjoint blocks.
    /// </summary>
    void Run(int first, int end);
}

/// <summary>
/// The one place that knows about threads: splits rows into contiguous blocks and runs a kernel on each.
/// Kernels write only what belongs to their own rows, so the result does not depend on the number of threads.
/// </summary>
/// <remarks>
/// A run allocates nothing. Workers spin for a few microseconds after a run, because the next one usually follows at once,
/// and then sleep. One run at a time: a runner belongs to one simulation. A run within a run is not split further.
/// </remarks>
public sealed unsafe class RowRunner : IDisposable
{
    // What runs within a run, tissues side by side, goes on in its thread.
    [ThreadStatic]
    private static bool _isInside;

    private readonly RowWorker[] _workers;

    /// <param name="threads">Threads that work at once, the caller included; at least 1.</param>
    public RowRunner(int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        _workers = new RowWorker[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new RowWorker($"rows-{i + 1}");
        }
    }

    /// <summary>Threads that work at once, the caller included.</summary>
    public int Threads { get; }

    /// <summary>How rows are split, for tests that compare splits; the default is that of production.</summary>
    internal RowSplit Split { get; set; }

    /// <summary>The most blocks that a run was split into so far, 0 when none was: proof for tests that work was shared.</summary>
    internal int MaxBlocks { get; private set; }

    /// <summary>
    /// Runs the kernel over <paramref name="rows"/> rows. Splits only when every thread gets at least
    /// <paramref name="minimumRows"/> rows, because waking a thread costs some microseconds.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel failed on another thread; the cause is inside.</exception>
    public void Run<TKernel>(TKernel kernel, int rows, int minimumRows = 16)
        where TKernel : struct, IRowKernel
    {
        int least = Split.MinRows > 0 ? Split.MinRows : minimumRows;
        int blocks = Math.Min(Threads, Math.Max(1, rows / Math.Max(1, least)));
        if (blocks <= 1 || _isInside)
        {
            kernel.Run(0, rows);
            return;
        }

        MaxBlocks = Math.Max(MaxBlocks, blocks);

        // The kernel stays on this stack until every worker is done, so its address is good for all of them.
        void* address = Unsafe.AsPointer(ref kernel);
        for (int block = 1; block < blocks; block++)
        {
            _workers[block - 1].Start(&Invoke<TKernel>, address, Bound(rows, block, blocks), Bound(rows, block + 1, blocks));
        }

        Exception? failure = null;
        try
        {
            _isInside = true;
            kernel.Run(0, Bound(rows, 1, blocks));
        }
        finally
        {
            _isInside = false;
            for (int block = 1; block < blocks; block++)
            {
                failure = _workers[block - 1].Join() ?? failure;
            }
        }

        if (failure is not null)
        {
            throw new InvalidOperationException("a worker thread failed", failure);
        }
    }

    public void Dispose()
    {
        foreach (RowWorker worker in _workers)
        {
            worker.Dispose();
        }
    }

    // No block is empty: there are at least as many rows as blocks.
    private int Bound(int rows, int block, int blocks) => Split.Uneven
        ? Math.Max(block, (int)((long)rows * block * block / ((long)blocks * blocks)))
        : (int)((long)rows * block / blocks);

    private static void Invoke<TKernel>(void* kernel, int first, int end)
        where TKernel : struct, IRowKernel
    {
        // The thread belongs to the runner and does nothing else.
        _isInside = true;
        Unsafe.AsRef<TKernel>(kernel).Run(first, end);
    }
}

/// <summary>A way to split rows into blocks, for tests: results must not depend on it.</summary>
/// <param name="MinRows">Rows that a block has at least, in place of what the kernel asks for; 0 = as it asks.</param>
/// <param name="Uneven">Blocks that grow from the first to the last in place of equal ones.</param>
internal readonly record struct RowSplit(int MinRows, bool Uneven = false);
