using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TmeSim.Engine.Plan;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// manifest.json: what was run, with what, and what came out. Keys are the names below in snake case. The last member, <c>seal</c>, is the
/// SHA-256 of the text before it.
/// </summary>
public sealed record Manifest
{
    private const string Sealed = "tmesim-run/2", WithoutSums = "tmesim-run/1";

    /// <summary>Status when every pair of arm and replicate asked for is there.</summary>
    public const string Finished = "finished";

    /// <summary>Status when pairs are missing: see <see cref="Missing"/>.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Status when a simulation failed: see <see cref="Error"/>.</summary>
    public const string Failed = "failed";

    public string Format { get; init; } = Sealed;

    /// <summary>It says what each file of the run holds; those of version 0.1 did not.</summary>
    [JsonIgnore]
    public bool HasSums => Format == Sealed;

    /// <summary>finished, interrupted or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Pairs that were asked for and are not there.</summary>
    public IReadOnlyList<ArmReplicate> Missing { get; init; } = [];

    /// <summary>Why a simulation failed; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>Version of the tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Version of the model: runs of another one differ in their bits.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Commit that the tool was built from; null when unknown.</summary>
    public string? Commit { get; init; }

    /// <summary>.NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Widest vectors that kernels use here, and the instruction sets behind them.</summary>
    public required CpuInfo Cpu { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>SHA-256 over all keys that decide state bits.</summary>
    public required string IdentityHash { get; init; }

    /// <summary>SHA-256 over what is recorded: times of rows and snapshots, columns.</summary>
    public required string OutputHash { get; init; }

    /// <summary>Seed of the scenario.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Replicates of every arm.</summary>
    public required int Replicates { get; init; }

    /// <summary>Names of the arms asked for, in file order.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Names of the lesions.</summary>
    public required IReadOnlyList<string> Lesions { get; init; }

    /// <summary>The run whose states it went on from; null for one that began with its burn-in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BranchEntry? BranchedFrom { get; init; }

    /// <summary>Command that repeats the run.</summary>
    public required string Command { get; init; }

    /// <summary>Warnings of the scenario.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Files that the scenario was read from.</summary>
    public required IReadOnlyList<InputEntry> Inputs { get; init; }

    /// <summary>Columns of timeseries.csv.</summary>
    public required IReadOnlyList<ColumnEntry> Columns { get; init; }

    /// <summary>Columns of events.csv.</summary>
    public required IReadOnlyList<ColumnEntry> EventColumns { get; init; }

    /// <summary>Columns of responses.csv; null in folders of versions that did not write it.</summary>
    public IReadOnlyList<ColumnEntry>? ResponseColumns { get; init; }

    /// <summary>Courses of radiotherapy by arm, with their biological doses.</summary>
    public IReadOnlyList<RadiotherapyEntry> Radiotherapy { get; init; } = [];

    /// <summary>
    /// Survivors that the fractions of an arm leave of each irradiated lesion, on the lattice and in the lesion that it stands for.
    /// </summary>
    public IReadOnlyList<SurvivorsEntry> Survivors { get; init; } = [];

    /// <summary>Risk of the liver from the given mean liver dose; null when no arm irradiates.</summary>
    public LiverEntry? Liver { get; init; }

    /// <summary>Asked against reached baseline, by replicate and lesion.</summary>
    public IReadOnlyList<BaselineEntry> Baseline { get; init; } = [];

    /// <summary>Tables of cells that lesions started from, against what stands on the lattice; empty without.</summary>
    public IReadOnlyList<ImportEntry> Imported { get; init; } = [];

    /// <summary>Mutants to expect and found, by arm, replicate and lesion.</summary>
    public IReadOnlyList<MutantEntry> ExpectedMutants { get; init; } = [];

    /// <summary>Pairs of arm and replicate that are in the tables.</summary>
    public IReadOnlyList<DoneEntry> Done { get; init; } = [];

    /// <summary>State fingerprints (32 hex digits) by arm, replicate and time [d].</summary>
    public IReadOnlyList<StateHashEntry> StateHashes { get; init; } = [];

    /// <summary>Wall time of all sessions that wrote this folder [s].</summary>
    public double WallSeconds { get; init; }

    /// <summary>
    /// Every file of the run but this one, the log, figures and report; snapshots of arms that are not finished left out.
    /// </summary>
    public IReadOnlyList<FileEntry> Files { get; init; } = [];

    /// <summary>The JSON text, sealed.</summary>
    public string ToJson() => Seal.Put(JsonSerializer.Serialize(this, ManifestJson.Readable.Manifest));

    /// <summary>Reads a manifest; null when the text is not one, or was changed after it was written.</summary>
    public static Manifest? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ManifestJson.Default.Manifest) is { } manifest
                && (manifest.HasSums ? Seal.Holds(json) && manifest.Files.All(f => f.IsInside)
                : manifest.Format == WithoutSums && !Seal.IsOn(json)) ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// A course of radiotherapy as planned, whether or not it is given to its end: doses in Gy, BED and EQD2 with α/β of the arm and its model
/// of survival. The surviving share is that of oxic cells in the full field without a sensitiser.
/// </summary>
public sealed record RadiotherapyEntry(
    string Arm, string Lesion, string Model, int Fractions, double FractionGy, double Coverage, double AlphaBetaGy, double BedGy,
    double Eqd2Gy, double SurvivingOxic);

/// <summary>
/// Cells that survive the fractions of all courses on a lesion within the run, to expect of oxic cells when nothing else acts: no
/// sensitiser, penumbra, regrowth or immune system. BED and EQD2 [Gy] where all fields are full; the surviving share counts cells outside
/// the fields too.
/// </summary>
public sealed record SurvivorsEntry(
    string Arm, string Lesion, int Fractions, double BedGy, double Eqd2Gy, double Surviving, int TileCells, double TileSurvivors,
    double LesionCells, double LesionSurvivors);

/// <summary>
/// Mean liver dose against the limit of the Child-Pugh class [Gy], and the Lyman probability of radiation-induced liver disease; null where
/// the scenario gives no mean dose.
/// </summary>
public sealed record LiverEntry(string ChildPugh, double MeanDoseGy, double LimitGy, double? Ntcp);

/// <summary>
/// Where a branch comes from: folder and identity of the run, the arm, and the time from which on it is changed [d]. The scenario of a branch
/// is whole, so it gives the same states without that run.
/// </summary>
public sealed record BranchEntry(string Run, string IdentityHash, string Arm, double AtD);

/// <summary>An arm in a replicate.</summary>
public sealed record ArmReplicate(string Arm, int Replicate);

/// <summary>An arm in a replicate that is finished.</summary>
public sealed record DoneEntry(string Arm, int Replicate, bool EndedEarly, double WallSeconds)
{
    /// <summary>SHA-256 of its lines in each table, by file: UTF-8, each line ended by a line feed.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; init; } = new Dictionary<string, string>();
}

/// <summary>A file that the run wrote.</summary>
/// <param name="Path">Relative to the folder, with slashes.</param>
/// <param name="Size">Length [bytes].</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Arm">Arm that it belongs to; null for files of the whole run.</param>
/// <param name="Replicate">Replicate that it belongs to; null for files of the whole run.</param>
/// <param name="Header">First line of a table whose lines belong to arms and replicates (<see cref="DoneEntry.Tables"/>); null for other
/// files.</param>
public sealed record FileEntry(string Path, long Size, string Sha256, string? Arm, int? Replicate, string? Header)
{
    /// <summary>The path leads to no place outside the folder.</summary>
    [JsonIgnore]
    internal bool IsInside => !System.IO.Path.IsPathRooted(Path) && !Path.Split('/', '\\').Any(part => part is "" or "." or "..");
}

/// <summary>
/// Mutants of an arm in a replicate: births · rate · genes on the lattice, the same times the cells that each stands for, and those found.
/// </summary>
public sealed record MutantEntry(string Arm, int Replicate, string Lesion, long Births, double RatePerGene, double Tile,
    double RepresentedLesion, long Born)
{
    /// <summary>Mutants with which the lattice was to be seeded, before the burn-in (MODEL.md 7.5b).</summary>
    public double StandingTile { get; init; }

    /// <summary>Mutants that stood in the clinical lesion then.</summary>
    public double StandingLesion { get; init; }

    /// <summary>Mutants with which the lattice was seeded.</summary>
    public long StandingFound { get; init; }
}

/// <summary>Fingerprint of the whole state at a time. At t = 0 it is taken before the arm begins, so arms share it.</summary>
public sealed record StateHashEntry(string Arm, int Replicate, double TimeD, string Hash)
{
    /// <summary>
    /// Eight digits of the fingerprint of each part of the state (<see cref="TmeSim.Engine.State.StatePart"/>), in its order, with blanks
    /// between; null in folders of versions that did not write it.
    /// </summary>
    public string? Parts { get; init; }
}

/// <summary>An input file.</summary>
public sealed record InputEntry(string Path, string Sha256);

/// <summary>A column of a table.</summary>
public sealed record ColumnEntry(string Name, string Unit, string Description);

/// <summary>Vector support.</summary>
public sealed record CpuInfo(string Simd, IReadOnlyList<string> InstructionSets, int Cores);

/// <summary>Baseline of one lesion in one replicate; multipliers by the keys of <see cref="TmeSim.Engine.State.MultiplierTable"/>.</summary>
public sealed record BaselineEntry(int Replicate, string Lesion, IReadOnlyList<SetPointEntry> SetPoints,
    IReadOnlyDictionary<string, double> Multipliers)
{
    /// <summary>The multipliers are those of a reference patient: set-points say what it has, and nothing was asked for.</summary>
    public bool Held { get; init; }

    /// <summary>Growth rate of the count of tumour cells [1/d] that the burn-in promises at t = 0; null without a burn-in.</summary>
    public double? GrowthPerDay { get; init; }

    /// <summary>Births per cell and division rate at the end of the burn-in; null without one.</summary>
    public double? DivisionCapacity { get; init; }
}

/// <summary>One set-point. Within: the difference is below 10 % or below twice the Monte-Carlo error, where that is larger.</summary>
public sealed record SetPointEntry(string Measure, string Unit, double Asked, double? Reached, bool Within);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(SweepManifest))]
[JsonSerializable(typeof(Comparison))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>Writes + and µ as they are: the file is read by people, not put into HTML.</summary>
    public static ManifestJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
