using System.Runtime.ExceptionServices;

namespace TmeSim.Experiments.Drawing;

/// <summary>Draws figures several at once.</summary>
internal static class DrawInParallel
{
    /// <summary>What each piece of work gives, in the order of the work.</summary>
    /// <exception cref="Exception">That of the first piece that failed, as it was thrown.</exception>
    public static T[][] All<TWork, T>(IReadOnlyList<TWork> work, Func<TWork, IEnumerable<T>> draw)
    {
        try
        {
            return [.. work.AsParallel().AsOrdered().Select(w => draw(w).ToArray())];
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
            throw;
        }
    }
}
