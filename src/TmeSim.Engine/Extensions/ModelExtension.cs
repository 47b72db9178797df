using TmeSim.Engine.State;

namespace TmeSim.Engine.Extensions;

/// <summary>
/// A diffusing signal that is not in <see cref="FieldTable"/>: one implicit step after those of the engine, walls as theirs.
/// </summary>
/// <param name="Key">Name in files; unique among fields.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="DiffusivityUm2PerHour">Diffusivity [µm²/h], positive.</param>
/// <param name="DecayPerHour">Decay [1/h], zero or more.</param>
/// <param name="Sources">Who puts it out and takes it up, each step.</param>
public sealed record SignalField(
    string Key, string Label, string Unit, double DiffusivityUm2PerHour, double DecayPerHour, Action<FieldSources> Sources);

/// <summary>
/// What a library user adds to the model through <see cref="Plan.SimulationPlan.Extension"/>, without a change of the engine.
/// </summary>
public sealed record ModelExtension
{
    /// <summary>Nothing.</summary>
    public static ModelExtension None { get; } = new();

    /// <summary>Kinds of immune cells; their step comes after those of the engine, in this order.</summary>
    public IReadOnlyList<ImmuneKind> Kinds { get; init; } = [];

    /// <summary>Fields, solved in this order.</summary>
    public IReadOnlyList<SignalField> Fields { get; init; } = [];

    /// <summary>Further sources of signals of the engine (VEGF, IFN-γ, DAMP, CXCL, suppressive, myeloid), which cannot take up.</summary>
    public IReadOnlyList<(FieldId Field, Action<FieldSources> Add)> Sources { get; init; } = [];

    /// <summary>All kinds, those of the engine first.</summary>
    public IReadOnlyList<ImmuneKind> AllKinds => Kinds.Count == 0 ? ImmuneKinds.All : [.. ImmuneKinds.All, .. Kinds];

    /// <summary>All fields, those of the engine first; the number of an id goes on counting.</summary>
    public IReadOnlyList<FieldInfo> AllFields =>
        Fields.Count == 0
            ? FieldTable.All
            : [.. FieldTable.All, .. Fields.Select((f, i) => new FieldInfo(FieldTable.Further(i), f.Key, f.Label, f.Unit))];

    /// <summary>Says what cannot be.</summary>
    /// <exception cref="ArgumentException">Names that are taken, or more kinds than there is room for.</exception>
    internal void Check()
    {
        if (AllKinds.Count > ImmuneCode.MaxKinds)
        {
            throw new ArgumentException($"{AllKinds.Count} kinds of immune cells, there is room for {ImmuneCode.MaxKinds}");
        }

        string[] names = [.. AllKinds.Select(k => k.Key), .. AllFields.Select(f => f.Key)];
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{twice.Key}' names two kinds or fields");
        }
    }
}
