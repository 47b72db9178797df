using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// ro-crate-metadata.json: a run folder as a research object (RO-Crate 1.1), so that repositories know what each file is, which tool made
/// it
/// from what, and can check it. Made from the manifest and the clock of its file; it can be made again and is not summed.
/// </summary>
internal static class RunCrate
{
    private static readonly JsonSerializerOptions Readable = new(ManifestJson.Readable.Options);

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [ResultFiles.Scenario] = "The scenario as it was run: every key with its value",
        [ResultFiles.TimeSeries] = "Measures by arm, replicate, lesion and time",
        [ResultFiles.Events] = "Doses, fractions and events by arm and replicate",
        [ResultFiles.Responses] = "Response of each lesion by visit",
        [ResultFiles.Endpoints] = "Measures at the end, by arm",
        [ResultFiles.Contrasts] = "Differences of arms, paired by replicate",
    };

    /// <summary>Writes the file into the folder of a run.</summary>
    /// <param name="directory">Run folder, its manifest written.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <exception cref="RunFolderException">It cannot be written.</exception>
    public static void Write(string directory, Manifest manifest)
    {
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(directory, ResultFiles.Manifest));
        AtomicFile.WriteText(Path.Combine(directory, ResultFiles.Crate),
            Of(manifest, written, [.. Beside(directory)]).ToJsonString(Readable) + "\n");
    }

    // What is said of the run beside its results, where it was asked for.
    private static IEnumerable<JsonObject> Beside(string directory)
    {
        foreach ((string name, string type, string text) in ((string, string, string)[])
            [(ResultFiles.Credibility, "text/html",
                "What speaks for the run, under the headings of ICH M15 and ASME V&V 40, and what is not held"),
                (ResultFiles.CredibilityText, "text/markdown", "The same as Markdown")])
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path))
            {
                byte[] bytes = File.ReadAllBytes(path);
                yield return new JsonObject
                {
                    ["@id"] = name, ["@type"] = "File", ["description"] = text, ["encodingFormat"] = type,
                    ["contentSize"] = bytes.Length.ToString(CultureInfo.InvariantCulture),
                        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                };
            }
        }
    }

    /// <summary>The JSON-LD.</summary>
    /// <param name="manifest">Manifest of the run.</param>
    /// <param name="written">When it was written.</param>
    /// <param name="beside">Files beside those of the run.</param>
    internal static JsonObject Of(Manifest manifest, DateTime written, IReadOnlyList<JsonObject> beside)
    {
        string date = written.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string tool = FormattableString.Invariant($"#tmesim-{manifest.ToolVersion}-model-{manifest.ModelVersion}");
        string[] inputs = [ResultFiles.Scenario, .. manifest.Files.Select(f => f.Path).Where(p =>
            p.StartsWith(ResultFiles.Data + "/", StringComparison.Ordinal))];
        return new JsonObject
        {
            ["@context"] = "https://w3id.org/ro/crate/1.1/context",
            ["@graph"] = new JsonArray(
            [
                new JsonObject
                {
                    ["@id"] = ResultFiles.Crate,
                    ["@type"] = "CreativeWork",
                    ["conformsTo"] = Id("https://w3id.org/ro/crate/1.1"),
                    ["about"] = Id("./"),
                },
                new JsonObject
                {
                    ["@id"] = "./",
                    ["@type"] = "Dataset",
                    ["name"] = manifest.Scenario,
                    ["description"] = FormattableString.Invariant(
                        $"Simulation of a tumour microenvironment: {manifest.Arms.Count} arm(s) × {manifest.Replicates} replicate(s), seed {manifest.Seed}, status {manifest.Status}"),
                    ["datePublished"] = date,
                    ["identifier"] = manifest.IdentityHash,
                    ["hasPart"] = new JsonArray([Id(ResultFiles.Manifest), .. manifest.Files.Select(f => Id(Escaped(f.Path))),
                        .. beside.Select(b => Id((string)b["@id"]!))]),
                    ["mentions"] = Id("#run"),
                },
                new JsonObject
                {
                    ["@id"] = "#run",
                    ["@type"] = "CreateAction",
                    ["name"] = manifest.Command,
                    ["endTime"] = date,
                    ["instrument"] = Id(tool),
                    ["object"] = new JsonArray([.. inputs.Select(i => Id(Escaped(i)))]),
                    ["result"] = new JsonArray([.. manifest.Files.Where(f => !inputs.Contains(f.Path)).Select(f => Id(Escaped(f.Path)))]),
                },
                new JsonObject
                {
                    ["@id"] = tool,
                    ["@type"] = "SoftwareApplication",
                    ["name"] = "TmeSim",
                    ["softwareVersion"] = FormattableString.Invariant(
                        $"{manifest.ToolVersion}, model {manifest.ModelVersion}{(manifest.Commit is { } commit ? $", commit {commit}" : "")}"),
                    ["runtimePlatform"] = manifest.Runtime,
                    ["operatingSystem"] = manifest.OperatingSystem,
                },
                new JsonObject
                {
                    ["@id"] = ResultFiles.Manifest,
                    ["@type"] = "File",
                    ["description"] = "What was run, with what, and what came out: versions, seed, sums of files, fingerprints of states",
                    ["encodingFormat"] = "application/json",
                },
                .. manifest.Files.Select(Entry),
                .. beside,
            ]),
        };
    }

    private static JsonNode Entry(FileEntry file)
    {
        var entry = new JsonObject { ["@id"] = Escaped(file.Path), ["@type"] = "File" };
        string? text = Texts.GetValueOrDefault(file.Path) ?? (file.Path.StartsWith(ResultFiles.Snapshots + "/", StringComparison.Ordinal)
            ? FormattableString.Invariant($"Tissue of arm {file.Arm}, replicate {file.Replicate}")
            : file.Path.StartsWith(ResultFiles.Data + "/", StringComparison.Ordinal) ? "Data that the scenario reads" : null);
        if (text is not null)
        {
            entry["description"] = text;
        }

        entry["encodingFormat"] = Path.GetExtension(file.Path) switch
        {
            ".csv" => "text/csv",
            ".yaml" => "application/yaml",
            ".json" => "application/json",
            ".gz" => "application/gzip",
            _ => "application/octet-stream",
        };
        entry["contentSize"] = file.Size.ToString(CultureInfo.InvariantCulture);
        entry["sha256"] = file.Sha256;
        return entry;
    }

    private static JsonObject Id(string id) => new() { ["@id"] = id };

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
