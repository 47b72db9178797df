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
    // An id is a byte.
    private const int MaxFields = byte.MaxValue + 1;

    /// <summary>Nothing.</summary>
    public static ModelExtension None { get; } = new() { Version = "" };

    /// <summary>
    /// Says which rules these are, in any words: results of one version count as the same, so it changes whenever a rule does. The numbers
    /// of kinds and fields count by themselves.
    /// </summary>
    public required string Version { get; init; }

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
    /// <exception cref="ArgumentException">
    /// Names that are taken or cannot stand in a table, numbers out of their range, sources of a field that takes none, no version, or more
    /// than there is room for.
    /// </exception>
    internal void Check()
    {
        if (Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault);
        }
    }

    private IEnumerable<string> Faults()
    {
        if (AllKinds.Count > ImmuneCode.MaxKinds)
        {
            yield return $"{AllKinds.Count} kinds of immune cells, there is room for {ImmuneCode.MaxKinds}";
        }

        if (AllFields.Count > MaxFields)
        {
            yield return $"{AllFields.Count} fields, there is room for {MaxFields}";
        }

        if (Version.Length == 0 && Kinds.Count + Fields.Count + Sources.Count > 0)
        {
            yield return "an extension needs a version, so that results of other rules are not taken for its own";
        }

        string[] names = [.. AllKinds.Select(k => k.Key), .. AllFields.Select(f => f.Key)];
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            yield return $"'{twice.Key}' names two kinds or fields";
        }

        IEnumerable<string> written = [.. names, .. Kinds.Select(k => k.Plural), .. Kinds.SelectMany(k => k.Classes).Select(c => c.State)];
        foreach (string name in written.Where(n => n.Length == 0 || !n.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            yield return $"'{name}' cannot name a column of a table: only letters, digits and underscores can";
        }

        foreach (ImmuneKind kind in Kinds.Where(k => k.Classes.Count == 0))
        {
            yield return $"the kind '{kind.Key}' has no class";
        }

        foreach (SignalField f in Fields.Where(f => !(f.DiffusivityUm2PerHour > 0 && f.DecayPerHour >= 0
            && double.IsFinite(f.DiffusivityUm2PerHour + f.DecayPerHour))))
        {
            yield return $"the field '{f.Key}' needs a positive diffusivity and a decay of zero or more, not {f.DiffusivityUm2PerHour:R} "
                + $"and {f.DecayPerHour:R}";
        }

        foreach ((FieldId field, _) in Sources.Where(s => (int)s.Field >= AllFields.Count
            || s.Field is FieldId.Oxygen or FieldId.AntibodyDelivery or FieldId.SmallMoleculeDelivery))
        {
            yield return $"field {field} takes no further sources";
        }
    }
}
