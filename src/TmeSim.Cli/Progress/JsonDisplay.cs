using System.Diagnostics;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Progress;

/// <summary>Events as JSON, one object a line: <c>progress</c>, <c>arm_finished</c>, and what the command came to.</summary>
internal sealed class JsonDisplay(TextWriter writer) : IRunDisplay
{
    private readonly Lock _gate = new();

    public void Watch(RunProgress progress, Task run)
    {
        var watch = Stopwatch.StartNew();
        while (Task.WhenAny(run, Task.Delay(2000)).GetAwaiter().GetResult() != run)
        {
            Write(progress.Export is { } export ? Progress(export, watch) : new JsonObject
            {
                ["event"] = "progress",
                ["steps_done"] = progress.StepsDone,
                ["steps_total"] = progress.StepsTotal,
                ["stage"] = progress.Stage,
                ["simulations_done"] = progress.Simulations?.Done,
                ["simulations_total"] = progress.Simulations?.Total,
                ["simulated_days"] = progress.StepsDone * progress.StepDays,
                ["wall_seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
            });
        }
    }

    public void ArmFinished(string arm, int replicate, double seconds) => Write(new JsonObject
    {
        ["event"] = "arm_finished",
        ["arm"] = arm,
        ["replicate"] = replicate,
        ["wall_seconds"] = Math.Round(seconds, 3),
    });

    public void Finished(IOutcome outcome) => Write(outcome.Json());

    private static JsonObject Progress(ExportCount export, Stopwatch watch) => new()
    {
        ["event"] = "progress",
        ["snapshots_done"] = export.Done,
        ["snapshots_total"] = export.Total,
        ["stage"] = export.Place,
        ["wall_seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
    };

    private void Write(JsonObject value)
    {
        lock (_gate)
        {
            writer.WriteLine(value.ToJsonString());
        }
    }
}
