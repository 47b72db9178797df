using System.Runtime.ExceptionServices;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Drawing;

/// <summary>A figure with what tells it from others of its kind, as in the name of its file.</summary>
/// <param name="Subject">What it shows: a lesion, a field of a lesion; empty where there is one of its kind.</param>
/// <param name="Figure">Figure with heading and caption.</param>
internal sealed record DrawnFigure(string Subject, ReportFigure Figure);

/// <summary>A figure to draw.</summary>
/// <param name="Kind">Word in the names of its files.</param>
/// <param name="Draw">
/// Draws it: a figure per lesion, or per whatever the kind is split by; none where there is nothing to show. Adds what is asked for and not
/// drawn, with the reason.
/// </param>
internal sealed record FigureTask(string Kind, Func<Omissions, IEnumerable<DrawnFigure>> Draw)
{
    /// <summary>Its place among the figures that the scenario asks for, from 1; null for a usual one, of which little is missed.</summary>
    public int? Entry { get; init; }
}

/// <summary>The figures of a result: of runs, of a sweep, of a calibration. Here they are all drawn.</summary>
/// <param name="Kinds">Kinds that there may be, of this drawing or of an earlier one.</param>
/// <param name="Tasks">Figures in order.</param>
internal sealed record FigureList(IReadOnlyList<string> Kinds, IReadOnlyList<FigureTask> Tasks)
{
    /// <summary>What is to be said of the figures together.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Draws all, several at once, in the order of the list; says what of those asked for is not drawn, why, and what can be.</summary>
    /// <exception cref="Exception">That of the first figure that failed, as it was thrown.</exception>
    public (IReadOnlyList<(string Kind, DrawnFigure Drawn)> Figures, IReadOnlyList<string> Remarks) Draw()
    {
        (FigureTask Task, Omissions Omitted)[] work = [.. Tasks.Select(t => (t, new Omissions()))];
        try
        {
            DrawnFigure[][] drawn = [.. work.AsParallel().AsOrdered().Select(w => w.Task.Draw(w.Omitted).ToArray())];
            return (
                [.. work.Zip(drawn).SelectMany(w => w.Second.Select(d => (w.First.Task.Kind, d)))],
                [.. work.Zip(drawn).SelectMany(w => Omitted(w.First.Task, w.First.Omitted, w.Second.Length)), .. Remarks]);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
            throw;
        }
    }

    // The usual figures are drawn as far as there is something to show; what was asked for is missed, and what readers look for in any report.
    private static IEnumerable<string> Omitted(FigureTask task, Omissions omitted, int drawn)
    {
        if (task.Entry is not null && drawn == 0 && omitted.All.Count == 0)
        {
            omitted.Add("the whole figure", "the arms, lesions and times that it asks for have nothing to show");
        }

        string name = task.Kind + (task.Entry is { } entry ? $", entry {entry} of figures" : "");
        return omitted.All.Where(o => task.Entry is not null || o.Always).Select(o => o.Text(name));
    }
}
