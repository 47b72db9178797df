using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Progress;

/// <summary>What a run would take, for <c>--dry-run</c>.</summary>
internal static class RunForecastText
{
    /// <summary>Writes it; returns the exit code, which says whether the limit of the scenario lets it run.</summary>
    public static int Write(RunForecast forecast, double? limitBytes, CliConsole console, bool json)
    {
        string? refusal = forecast.Refusal(limitBytes);
        if (json)
        {
            console.Out.WriteLine(Json(forecast, refusal).ToJsonString());
            return refusal is null ? ExitCode.Done : ExitCode.Failed;
        }

        RunForecast f = forecast;
        string there = f.All > f.Simulations ? $" of {f.All}, the others are there" : "";
        foreach (string line in (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"simulations: {f.Simulations} arm x replicate{there}; {f.Steps:#,0} steps"),
            $"time:        about {RunDisplay.Duration(f.Seconds)} for the simulations, from burn-in and arms begun now; {f.Jobs} at once, threads {f.Threads}",
            $"memory:      {ByteSize.Format(f.MemoryBytes)} of {ByteSize.Format(f.MemoryLimit)}",
            string.Create(CultureInfo.InvariantCulture, $"disk:        about {ByteSize.Format(f.DiskBytes)} in {f.Files:#,0} files, figures and report besides"),
            f.StateBytes == 0 ? "on the way:  no states are kept"
                : $"on the way:  states of {ByteSize.Format(f.StateBytes)} each, at most {ByteSize.Format(f.CheckpointBytes)}, gone at the end",
            $"folder:      {f.Folder}",
        ])
        {
            console.Out.WriteLine(line);
        }

        return refusal is null ? ExitCode.Done : throw new RunFolderException(refusal);
    }

    private static JsonObject Json(RunForecast f, string? refusal) => new()
    {
        ["event"] = "forecast",
        ["simulations"] = f.All,
        ["to_run"] = f.Simulations,
        ["steps"] = f.Steps,
        ["seconds"] = f.Seconds,
        ["jobs"] = f.Jobs,
        ["threads"] = f.Threads,
        ["memory_bytes"] = f.MemoryBytes,
        ["disk_bytes"] = f.DiskBytes,
        ["files"] = f.Files,
        ["state_bytes"] = f.StateBytes,
        ["checkpoint_bytes"] = f.CheckpointBytes,
        ["folder"] = f.Folder,
        ["refused"] = refusal,
    };
}
