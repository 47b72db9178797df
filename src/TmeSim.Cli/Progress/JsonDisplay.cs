using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Analysis;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Progress;

/// <summary>Events as JSON, one object a line: <c>progress</c>, <c>arm_finished</c>, <c>finished</c>; <c>exported</c> of an export.</summary>
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

    public void Finished(RunOutcome outcome) => Write(new JsonObject
    {
        ["event"] = "finished",
        ["status"] = outcome.Status == RunStatus.NothingToDo ? "nothing_to_do" : outcome.Manifest.Status,
        ["folder"] = outcome.Folder,
        ["report"] = outcome.ReportPath,
        ["error"] = outcome.Manifest.Error,
        ["damaged"] = new JsonArray([.. outcome.Damage.Select(Commands.VerifyCommand.Json)]),
        ["missing"] = new JsonArray([.. outcome.Manifest.Missing.Select(m => new JsonObject { ["arm"] = m.Arm, ["replicate"] = m.Replicate })]),
        ["endpoints"] = new JsonArray([.. (outcome.Endpoints?.Rows ?? []).Select(Row)]),
        ["not_drawn"] = new JsonArray([.. outcome.Remarks.Select(r => (JsonNode)r)]),
    });

    public void Compared(CompareOutcome outcome) => Write(new JsonObject
    {
        ["event"] = "compared",
        ["folder"] = outcome.Folder,
        ["report"] = outcome.ReportPath,
        ["runs"] = new JsonArray([.. outcome.Runs.Select(r => (JsonNode)r)]),
        ["damaged"] = new JsonArray([.. outcome.Damage.Select(Commands.VerifyCommand.Json)]),
        ["endpoints"] = new JsonArray([.. outcome.Endpoints.Rows.Select(Row)]),
        ["contrasts"] = new JsonArray([.. outcome.Contrasts.Rows.Select(Row)]),
        ["not_drawn"] = new JsonArray([.. outcome.Remarks.Select(r => (JsonNode)r)]),
    });

    public void Swept(SweepOutcome outcome) => Write(new JsonObject
    {
        ["event"] = "swept",
        ["status"] = outcome.Status switch { RunStatus.NothingToDo => "nothing_to_do", RunStatus.Finished => "finished", RunStatus.Failed => "failed", _ => "interrupted" },
        ["folder"] = outcome.Folder,
        ["table"] = outcome.TablePath,
        ["report"] = outcome.ReportPath,
        ["simulations"] = outcome.Simulations,
        ["reused"] = outcome.Reused,
        ["missing"] = outcome.Missing,
        ["ended_early"] = outcome.EndedEarly,
        ["failures"] = new JsonArray([.. outcome.Failures.Select(f => new JsonObject
        {
            ["point"] = f.Point, ["place"] = f.Place, ["arm"] = f.Arm, ["replicate"] = f.Replicate, ["reason"] = f.Reason,
        })]),
    });

    public void Calibrated(CalibrationOutcome outcome) => Write(new JsonObject
    {
        ["event"] = "calibrated",
        ["status"] = outcome.Status switch { RunStatus.Interrupted => "interrupted", RunStatus.NothingToDo => "nothing_to_do", _ => "finished" },
        ["stop"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.Stop.ToString()),
        ["folder"] = outcome.Folder,
        ["scenario"] = outcome.ScenarioPath,
        ["report"] = outcome.ReportPath,
        ["generations"] = outcome.Generations,
        ["simulations"] = outcome.Simulations,
        ["parameters"] = new JsonArray([.. outcome.Parameters.Select(p => new JsonObject
        {
            ["path"] = p.Path, ["unit"] = p.Unit, ["median"] = Finite(p.Median), ["low_95"] = Finite(p.Low), ["high_95"] = Finite(p.High), ["mean"] = Finite(p.Mean), ["sd"] = Finite(p.Sd),
        })]),
    });

    /// <summary>An export is written.</summary>
    /// <param name="files">Paths.</param>
    public void Exported(IReadOnlyList<string> files) => Write(new JsonObject { ["event"] = "exported", ["files"] = new JsonArray([.. files.Select(f => (JsonNode)f)]) });

    private static JsonObject Progress(ExportCount export, Stopwatch watch) => new()
    {
        ["event"] = "progress",
        ["snapshots_done"] = export.Done,
        ["snapshots_total"] = export.Total,
        ["stage"] = export.Place,
        ["wall_seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
    };

    private static JsonObject Row(EndpointRow row) => new()
    {
        ["arm"] = row.Arm,
        ["lesion"] = row.Lesion,
        ["replicates"] = row.Replicates,
        ["time_d"] = row.LastDay,
        ["first_time_d"] = row.FirstDay,
        ["tumor_volume_change"] = Finite(row.Median),
        ["low"] = Finite(row.Low),
        ["high"] = Finite(row.High),
        ["ratio_to_control"] = row.RatioToControl,
        ["read_early"] = row.ReadEarly,
        ["cd8_bed_per_mm2"] = Finite(row.Cd8PerMm2),
        ["hypoxic_fraction"] = Finite(row.HypoxicFraction),
        ["best_responses"] = row.BestResponses is not { } best ? null : new JsonObject([.. Enum.GetValues<RecistResponse>().Select(r => KeyValuePair.Create(ResponseTable.Code(r), (JsonNode?)best[r]))]),
        ["volume_course"] = new JsonArray([.. row.Course.Select(Finite)]),
    };

    private static JsonObject Row(ArmContrastRow row) => new()
    {
        ["measure"] = row.Measure,
        ["lesion"] = row.Lesion,
        ["arm"] = row.Arm,
        ["control"] = row.Control,
        ["paired"] = row.Difference.IsPaired,
        ["replicates"] = row.Difference.Count,
        ["read_early"] = row.ReadEarly,
        ["mean_difference"] = Finite(row.Difference.Mean),
        ["standard_error"] = Finite(row.Difference.StandardError),
        ["ci95_low"] = Finite(row.Difference.Lower),
        ["ci95_high"] = Finite(row.Difference.Upper),
        ["replicates_needed"] = row.Difference.Needed,
        ["note"] = row.Difference.HasTooFew ? ReplicatesNeeded.TooFew : null,
    };

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private void Write(JsonObject value)
    {
        lock (_gate)
        {
            writer.WriteLine(value.ToJsonString());
        }
    }
}
