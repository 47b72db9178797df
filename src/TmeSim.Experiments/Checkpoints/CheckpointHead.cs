using System.Text.Json;
using System.Text.Json.Serialization;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>What a state is of: whoever reads it goes on with nothing else.</summary>
/// <param name="Phase">Where the replicate was: <see cref="BurnIn"/>, <see cref="Start"/> or <see cref="Arm"/>.</param>
/// <param name="ModelVersion">Version of the model that the bits belong to.</param>
/// <param name="ToolVersion">Version of the tool that wrote it.</param>
/// <param name="Plan">SHA-256 of what decides the state at t = 0.</param>
/// <param name="ArmIdentity">SHA-256 of what decides the arm; empty before t = 0.</param>
/// <param name="Output">SHA-256 of what is recorded; empty before t = 0.</param>
/// <param name="ArmName">Name of the arm; empty before t = 0.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="Step">Steps since the start of the burn-in.</param>
/// <param name="TimeD">Time after t = 0 [d].</param>
internal sealed record CheckpointHead(
    string Phase, int ModelVersion, string ToolVersion, string Plan, string ArmIdentity, string Output, string ArmName, int Replicate,
    long Step, double TimeD)
{
    public const string BurnIn = "burn_in", Start = "start", Arm = "arm";

    /// <summary>Of a simulation now.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="arm">Index of the arm; null before t = 0.</param>
    /// <param name="output">What is recorded.</param>
    /// <param name="simulation">The simulation.</param>
    public static CheckpointHead Of(ScenarioDefinition scenario, int? arm, string output, Simulation simulation) => new(
        simulation.InBurnIn ? BurnIn : arm is null ? Start : Arm, Simulation.ModelVersion, ToolInfo.Version, scenario.PlanIdentity(),
        arm is { } i ? scenario.ArmIdentity(i) : "", arm is null ? "" : output, arm is { } n ? scenario.Arms[n].Name : "",
        simulation.Replicate, simulation.StepIndex, simulation.TimeHours / 24);

    /// <summary>Why it is not what is wanted, in words; null when it is.</summary>
    public string? Differs(ScenarioDefinition scenario, string phase, int? arm, string output, int replicate) =>
        ModelVersion != Simulation.ModelVersion ? $"it is of model version {ModelVersion}, and this TmeSim has {Simulation.ModelVersion}"
        : Phase != phase ? $"it is of another part of the run ({Phase})"
        : Plan != scenario.PlanIdentity() ? "it is of another scenario"
        : Replicate != replicate ? $"it is of replicate {Replicate}"
        : arm is not { } i ? null
        : ArmIdentity != scenario.ArmIdentity(i) ? $"it is of another arm, or of {ArmName} as it was before"
        : Output != output ? "other times of rows or snapshots, or other columns were recorded"
        : null;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CheckpointJson.Default.CheckpointHead);

    /// <exception cref="InvalidDataException">It is no head.</exception>
    public static CheckpointHead Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, CheckpointJson.Default.CheckpointHead) ?? throw new InvalidDataException("its head is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("its head cannot be read: " + e.Message, e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CheckpointHead))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
