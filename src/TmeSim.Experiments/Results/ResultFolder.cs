using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Results;

/// <summary>A folder of results, as far as a look at its manifest and its files tells.</summary>
/// <param name="Kind">run, sweep, calibration or comparison; unknown when nothing says which.</param>
/// <param name="Status">finished, interrupted or failed; damaged when files are missing or cannot be read.</param>
/// <param name="Time">When its manifest was last written; of the folder when there is none.</param>
/// <param name="Path">Path of the folder.</param>
/// <param name="Text">What it holds, or what is wrong with it.</param>
public sealed record ResultFolder(string Kind, string Status, DateTime Time, string Path, string Text)
{
    /// <summary>Status of a folder that cannot be used as it is.</summary>
    public const string Damaged = "damaged";

    /// <summary>All folders of results in a folder, by path; none when it does not exist.</summary>
    public static IReadOnlyList<ResultFolder> Under(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal).Select(Of).OfType<ResultFolder>()]
        : [];

    /// <summary>What one folder is; null when nothing in it comes from the tool.</summary>
    public static ResultFolder? Of(string directory)
    {
        FolderKind kind = FolderKinds.Of(directory);
        (_, string? manifest, string[] files) = FolderKinds.All.FirstOrDefault(k => k.Kind == kind);
        return kind == FolderKind.None ? null
            : manifest is null || !System.IO.Path.Exists(System.IO.Path.Combine(directory, manifest)) ? WithoutManifest(directory, kind)
            : Read(kind, System.IO.Path.Combine(directory, manifest), files);
    }

    private static ResultFolder Read(FolderKind kind, string manifest, string[] files)
    {
        string directory = System.IO.Path.GetDirectoryName(manifest)!;
        ResultFolder Found(string status, string text) => new(kind.Name(), status, File.GetLastWriteTimeUtc(manifest), directory, text);
        string text;
        JsonObject json;
        try
        {
            text = RegularFile.ReadAllText(manifest);
            json = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no JSON object");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Found(Damaged, $"{System.IO.Path.GetFileName(manifest)} cannot be read: {e.Message.Split('\n')[0].TrimEnd('.')}");
        }

        if (kind == FolderKind.Run && Manifest.Parse(text) is null)
        {
            return Found(Damaged, "manifest.json is no manifest of a run, or was changed after it was written");
        }

        string status = kind == FolderKind.Comparison ? Manifest.Finished : Word(json, "status");
        string[] missing = [.. files.Where(f => !File.Exists(System.IO.Path.Combine(directory, f))), .. kind == FolderKind.Comparison
            ? GoneRuns(json, directory) : []];
        return status == Manifest.Finished && missing.Length > 0
            ? Found(Damaged, $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing; {Holds(kind, json)}")
            : status.Length == 0 ? Found(Damaged, $"{System.IO.Path.GetFileName(manifest)} says no status")
            : Found(status, Holds(kind, json));
    }

    private static ResultFolder WithoutManifest(string directory, FolderKind kind)
    {
        DateTime time = Directory.GetLastWriteTimeUtc(directory);

        // A sweep or calibration that was killed writes its manifest when it goes on.
        return Directory.Exists(System.IO.Path.Combine(directory, ResultFiles.Journals))
            ? new ResultFolder(kind.Name(), Manifest.Interrupted, time, directory,
                $"no {kind.Name()}.json yet; its journals hold what is finished")
            : new ResultFolder(FolderKind.Unknown.Name(), Damaged, time, directory,
                "no manifest.json, sweep.json, calibration.json, trial.json or comparison.json");
    }

    private static string Holds(FolderKind kind, JsonObject json) => kind switch
    {
        FolderKind.Run => $"{Word(json, "scenario")} ({Count(json, "done")} arm x replicate, seed {Word(json, "seed")})",
        FolderKind.Sweep =>
        $"{Word(json, "scenario")} ({Word(json, "method")}, {Word(json, "finished")} of {Word(json, "simulations")} simulations, seed "
        + $"{Word(json, "seed")})",
        FolderKind.Trial => $"{Word(json, "scenario")} ({Word(json, "patients")} patients, {Word(json, "finished")} of {Word(json, "simulations")} simulations, seed {Word(json, "seed")})",
        FolderKind.Calibration =>
        $"{Word(json, "scenario")} ({Word(json, "generations")} generations, {Word(json, "simulations")} simulations)",
        _ => Count(json, "runs") is var runs && runs == 1 ? "of 1 run" : $"of {runs} runs",
    };

    private static IEnumerable<string> GoneRuns(JsonObject json, string directory) => json["runs"] is JsonArray runs
        ? runs.Select(r => r?.ToString() ?? "").Where(r => !Directory.Exists(System.IO.Path.Combine(directory, r)))
        : ["runs"];

    private static int Count(JsonObject json, string key) => (json[key] as JsonArray)?.Count ?? 0;

    private static string Word(JsonObject json, string key) => json[key] is JsonValue value ? value.ToString() : "";
}
