using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;

namespace TmeSim.Experiments.Exports;

/// <summary>How far the tables and movies of one command are, for its display.</summary>
/// <param name="progress">What the display reads.</param>
public sealed class ExportProgress(RunProgress progress)
{
    /// <summary>More snapshots, or frames, are going to be worked on.</summary>
    internal void Expect(int count) => Set(Count with { Total = Count.Total + count });

    /// <summary>Told where the work is, each time it is elsewhere.</summary>
    internal Action<string>? Begun { get; init; }

    /// <summary>One is in work.</summary>
    internal void Begin(string file, string place)
    {
        Set(Count with { Place = $"{file}: {place}" });
        Begun?.Invoke(place);
    }

    /// <summary>One is done.</summary>
    internal void Done() => Done(1);

    /// <summary>Some are done.</summary>
    internal void Done(int count) => Set(Count with { Done = Count.Done + count });

    internal static string Place(TissueSnapshot s) =>
        string.Create(CultureInfo.InvariantCulture, $"{s.Arm}, replicate {s.Replicate}, {s.Lesion}, day {s.TimeDays:0.##}");

    private ExportCount Count => progress.Export ?? new ExportCount(0, 0, "");

    private void Set(ExportCount count) => progress.Export = count;
}
