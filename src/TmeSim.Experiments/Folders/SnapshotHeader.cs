using System.Text.Json.Serialization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Folders;

/// <summary>First line of a snapshot.</summary>
internal sealed record SnapshotHeader(
    string Format, string Arm, int Replicate, string Lesion, double TimeD, int Nx, int Ny, int Nz, double SpacingUm,
    IReadOnlyList<SnapshotArray> Arrays)
{
    /// <summary>Names of the arrays of fields begin with it.</summary>
    public const string FieldPrefix = "field:";

    /// <summary>Numbers of the whole lesion and patient; null in files of the first format.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SnapshotLevels? Levels { get; init; }

    /// <summary>What codes of immune cells mean beyond those of <see cref="ImmuneKinds.Codes"/>; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CellCode>? FurtherCodes { get; init; }

    /// <summary>What all codes of immune cells mean.</summary>
    [JsonIgnore]
    public IReadOnlyList<CellCode> Codes => FurtherCodes is null ? ImmuneKinds.Codes : [.. ImmuneKinds.Codes, .. FurtherCodes];

    /// <summary>The fields, those of the engine first.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldInfo> FieldRows =>
    [
        .. FieldTable.All,
        .. Arrays.Where(a => a.Name.StartsWith(FieldPrefix, StringComparison.Ordinal)).Skip(FieldTable.All.Count)
            .Select((a, i) => new FieldInfo(FieldTable.Further(i), a.Name[FieldPrefix.Length..], a.Name[FieldPrefix.Length..], a.Unit)),
    ];

    /// <summary>The same arrays with the axes of one site put last.</summary>
    public SnapshotHeader LongAxesFirst()
    {
        (int nx, int ny, int nz) = LongAxes.First(Nx, Ny, Nz);
        return this with { Nx = nx, Ny = ny, Nz = nz };
    }
}

/// <summary>An array of a snapshot.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Type as NumPy calls it: u1, u2, u4, u8, f4.</param>
/// <param name="Unit">Unit, or what the codes mean.</param>
/// <param name="Length">Number of elements of a list of cells; null for an array over the sites.</param>
internal sealed record SnapshotArray(
    string Name, string Type, string Unit, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Length = null);

/// <summary>What the sources of the fields read beside the arrays.</summary>
/// <param name="Step">Steps since the start of the burn-in.</param>
/// <param name="StepHours">Length of a step [h].</param>
/// <param name="Effectors">Circulating effector CD8 T cells relative to baseline.</param>
/// <param name="Monocytes">Circulating monocytes relative to the reference patient.</param>
/// <param name="RadiationDoseGy">Dose that the lesion was given so far [Gy].</param>
/// <param name="Multipliers">Factors that the burn-in found, by the keys of <see cref="MultiplierTable"/>.</param>
/// <param name="Exposure">Drug on each target, C/KD in blood.</param>
/// <param name="Clones">Clones by index.</param>
public sealed record SnapshotLevels(
    long Step, double StepHours, double Effectors, double Monocytes, double RadiationDoseGy,
    IReadOnlyDictionary<string, double> Multipliers, IReadOnlyList<SnapshotExposure> Exposure,
    IReadOnlyList<SnapshotClone> Clones)
{
    internal static SnapshotLevels Of(Simulation simulation, LesionState state) => new(
        simulation.StepIndex, simulation.Plan.Time.StepHours, simulation.Patient.Effectors, simulation.Patient.Monocytes,
        state.Radiation?.DoseGy ?? 0,
        MultiplierTable.All.ToDictionary(m => m.Key, m => state.Multipliers[m.Id]),
        [.. Enum.GetValues<DrugTarget>().Select(t => SnapshotExposure.Of(t, simulation.ExposureOf(t)))],
        [.. Enumerable.Range(0, state.Clones.Count).Select(i => SnapshotClone.Of(state.Clones[i]))]);
}

/// <summary>Drug on a target: blood concentration / KD, by what brings it to the tissue.</summary>
/// <param name="Target">Name of the target, as in a scenario.</param>
/// <param name="Antibody">Of antibodies.</param>
/// <param name="SmallMolecule">Of small molecules.</param>
/// <param name="MaxEffect">Largest effect, 0–1.</param>
public sealed record SnapshotExposure(string Target, float Antibody, float SmallMolecule, float MaxEffect)
{
    internal static SnapshotExposure Of(DrugTarget target, TargetExposure exposure) =>
        new(DrugTargets.Key(target), exposure.Antibody, exposure.SmallMolecule, exposure.MaxEffect);
}

/// <summary>Traits of a clone.</summary>
/// <param name="Name">Name.</param>
/// <param name="Antigenicity">Antigenicity 0–1.</param>
/// <param name="Nek9">NEK9 activity, 1 = average.</param>
/// <param name="Lof">Genes that it has lost.</param>
public sealed record SnapshotClone(string Name, float Antigenicity, float Nek9, IReadOnlyList<string> Lof)
{
    internal static SnapshotClone Of(Clone clone) =>
        new(clone.Name, clone.Antigenicity, clone.Nek9, [.. Genes.Names.Where((_, i) => clone.Genotype.HasFlag(Genes.Flag(i)))]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SnapshotHeader))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
