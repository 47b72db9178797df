using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Cells;

/// <summary>A number that a cell has: a marker, NaN for cells of other types, or the level of a field where it stands.</summary>
/// <param name="Name">Name, with the unit where it needs one.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Kind">marker or field.</param>
internal sealed record CellVariable(string Name, string Unit, string Kind);

/// <summary>A snapshot as the source of cells.</summary>
internal sealed record CellSample(string Arm, int Replicate, string Lesion, double TimeDays)
{
    /// <summary>Name that no other snapshot of the run has.</summary>
    public string Name => FormattableString.Invariant($"{Arm} | r{Replicate} | {Lesion} | day {TimeDays:0.####}");
}

/// <summary>The words that cells of some snapshots are described with, each a number in <see cref="CellRow"/>. Taken from the first lines of the files.</summary>
internal sealed class CellVocabulary
{
    public const string Tumor = "tumor", Vessel = "vessel", Marker = "marker", Field = "field";

    /// <summary>Places of the markers among the variables.</summary>
    public const int Mhc1 = 0, Pdl1 = 1, Exhaustion = 2, Cd163 = 3, Perfusion = 4, Lumen = 5, Maturity = 6, FirstField = 7;

    /// <summary>Places of the first states.</summary>
    public const int Living = 0, Dying = 1, Necrotic = 2, Perfused = 3, PoorlyPerfused = 4;

    private readonly Dictionary<string, int> _types, _states, _clones;

    private CellVocabulary(IReadOnlyList<SnapshotHeader> headers)
    {
        Samples = [.. headers.Select(h => new CellSample(h.Arm, h.Replicate, h.Lesion, h.TimeD))];
        CellCode[] codes = [.. headers.SelectMany(h => h.Codes).Distinct()];
        Types = [.. codes.Select(c => c.Kind).Prepend(Tumor).Append(Vessel).Distinct()];
        States = [.. ((string[])["living", "dying", "necrotic", "perfused", "poorly_perfused", .. codes.Select(c => c.State)]).Distinct()];
        Clones = [.. headers.SelectMany(h => h.Levels?.Clones ?? []).Select(c => c.Name).Distinct()];
        FieldInfo[] fields = [.. headers.SelectMany(h => h.FieldRows).DistinctBy(f => f.Key)];
        Variables =
        [
            new("mhc1", "relative to rest", Marker), new("pdl1_per_um2", "molecules/um2", Marker), new("exhaustion", "1", Marker),
            new("cd163_score", "1", Marker), new("perfusion", "1", Marker), new("lumen_density", "1", Marker), new("maturity", "1", Marker),
            .. fields.Select(f => new CellVariable(f.Key, f.Unit, Field)), new("stroma", "1", Field),
        ];
        (_types, _states, _clones) = (Places(Types), Places(States), Places(Clones));
    }

    public IReadOnlyList<CellSample> Samples { get; }

    public IReadOnlyList<string> Types { get; }

    public IReadOnlyList<string> States { get; }

    /// <summary>Names of clones, over all snapshots.</summary>
    public IReadOnlyList<string> Clones { get; }

    /// <summary>Differentiation of CD8 T cells that know the tumour.</summary>
    public static IReadOnlyList<string> Differentiations { get; } = [.. Enumerable.Range(0, 4).Select(i => Cd8StateCodes.Name((byte)i))];

    /// <summary>Markers, then fields as they stand in the files, then stroma.</summary>
    public IReadOnlyList<CellVariable> Variables { get; }

    public static CellVocabulary Of(IEnumerable<SnapshotHeader> headers) => new([.. headers]);

    /// <summary>The words of one snapshot.</summary>
    public static CellVocabulary Of(TissueSnapshot s) => new(
    [
        new SnapshotHeader("", s.Arm, s.Replicate, s.Lesion, s.TimeDays, s.Nx, s.Ny, s.Nz, s.SpacingUm,
            [.. s.FieldRows.Select(f => new SnapshotArray(SnapshotHeader.FieldPrefix + f.Key, "f4", f.Unit))])
        {
            Levels = s.Detail?.Levels,
            FurtherCodes = s.Codes.Count > ImmuneKinds.Codes.Count ? [.. s.Codes.Skip(ImmuneKinds.Codes.Count)] : null,
        },
    ]);

    public int Type(string name) => _types[name];

    public int State(string name) => _states[name];

    /// <summary>Number of a clone by its name; −1 where the snapshot names none.</summary>
    public int Clone(string? name) => name is null ? -1 : _clones[name];

    private static Dictionary<string, int> Places(IReadOnlyList<string> names) => names.Index().ToDictionary(n => n.Item, n => n.Index);
}
