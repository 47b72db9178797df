using System.Collections.Concurrent;

namespace TmeSim.Experiments.Reporting;

/// <summary>A sequence whose next items are made on another thread while the caller works on one.</summary>
internal static class ReadAhead
{
    /// <summary>The items in order; what the sequence throws is thrown here.</summary>
    /// <param name="source">Sequence, enumerated on one other thread.</param>
    /// <param name="ahead">Items kept ready at most, at least 1.</param>
    public static IEnumerable<T> Of<T>(IEnumerable<T> source, int ahead)
    {
        using var ready = new BlockingCollection<T>(ahead);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            try
            {
                foreach (T item in source)
                {
                    ready.Add(item, stop.Token);
                }
            }
            finally
            {
                ready.CompleteAdding();
            }
        });
        try
        {
            foreach (T item in ready.GetConsumingEnumerable())
            {
                yield return item;
            }

            reading.GetAwaiter().GetResult();
        }
        finally
        {
            // A caller that stops early leaves the reader waiting for room.
            stop.Cancel();
            Task.WhenAny(reading).GetAwaiter().GetResult();
        }
    }
}
