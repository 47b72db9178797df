namespace TmeSim.Experiments;

/// <summary>Several simulations at once on threads of their own: a simulation blocks its thread for minutes, which the pool is not made for.</summary>
internal static class JobThreads
{
    /// <summary>Calls <paramref name="body"/> with 0 to <paramref name="count"/> - 1, each once, in order of their start.</summary>
    /// <param name="count">Calls.</param>
    /// <param name="jobs">Calls at once, at least 1; the calling thread is one of them.</param>
    /// <param name="body">Must not throw.</param>
    public static void Run(int count, int jobs, Action<int> body)
    {
        int next = -1;
        void Loop()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                body(i);
            }
        }

        Thread[] helpers = [.. Enumerable.Range(1, jobs - 1).Select(i => new Thread(Loop) { IsBackground = true, Name = $"job {i}" })];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }

        Loop();
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }
    }
}
