namespace TmeSim.Experiments.Running;

/// <summary>
/// Several simulations at once on threads of their own: a simulation blocks its thread for minutes, which the pool is not made for.
/// </summary>
internal static class JobThreads
{
    /// <summary>
    /// Calls <paramref name="body"/> with 0 to <paramref name="count"/> - 1, each at most once, in order of their start. The first call
    /// that fails stops the others.
    /// </summary>
    /// <param name="count">Calls.</param>
    /// <param name="jobs">Calls at once, at least 1; the calling thread is one of them.</param>
    /// <param name="body">Takes a number and a token that is cancelled by <paramref name="cancellation"/> and by a failure.</param>
    /// <param name="cancellation">No further call begins; those at work see it in their token, and may throw for it.</param>
    /// <returns>What the first call that failed threw; null when none did.</returns>
    public static Exception? Run(int count, int jobs, Action<int, CancellationToken> body, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? failure = null;
        int next = -1;
        void Loop()
        {
            for (int i = Interlocked.Increment(ref next); i < count && !stop.IsCancellationRequested; i = Interlocked.Increment(ref next))
            {
                try
                {
                    body(i, stop.Token);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // What was handed over before is kept; the caller knows what is missing.
                }
#pragma warning disable CA1031 // Carried to the caller's thread.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                    stop.Cancel();
                }
            }
        }

        int threads = Math.Clamp(jobs, 1, Math.Max(1, count));
        Thread[] helpers = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(Loop) { IsBackground = true, Name = $"job {i}" })];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }

        Loop();
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }

        return failure;
    }
}
