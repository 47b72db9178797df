using TmeSim.Engine.Observers;

namespace TmeSim.Experiments.Work;

/// <summary>Which processes of a step write which part of the state: where two states differ, one of these parted first.</summary>
internal static class PartWriters
{
    private const StepPhase Rest = StepPhase.Observers;

    // Fields are not named here: they are parts of every name.
    private static readonly Dictionary<string, StepPhase[]> Table = new(StringComparer.Ordinal)
    {
        ["time"] = [StepPhase.Clearance, Rest],
        ["blood and lymph node"] = [StepPhase.Therapy, StepPhase.Patient, Rest],
        ["response"] = [Rest],
        ["therapy"] = [StepPhase.Therapy],
        ["events"] = [StepPhase.Therapy, Rest],
        ["parenchyma"] = [StepPhase.Therapy, StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance],
        ["clone of each cell"] = [StepPhase.Tumor, StepPhase.Clearance],
        ["MHC-I"] = [StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance],
        ["PD-L1"] = [StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance],
        ["stroma"] = [StepPhase.Fields, StepPhase.Tumor, StepPhase.Clearance],
        ["vessel sites"] = [StepPhase.Vessels, StepPhase.Clearance],
        ["radiation"] = [StepPhase.Therapy, StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance],
        ["clones"] = [StepPhase.Tumor, StepPhase.Cd8],
        ["immune cells"] = [StepPhase.Therapy, StepPhase.Vessels, StepPhase.Cd8, StepPhase.Macrophages, StepPhase.Clearance, Rest],
        ["vessels"] = [StepPhase.Therapy, StepPhase.Vessels, StepPhase.Clearance],
        ["ledger"] = [StepPhase.Therapy, StepPhase.Vessels, StepPhase.Tumor, StepPhase.Cd8, StepPhase.Macrophages, StepPhase.Clearance],
        ["counts and levels"] = [StepPhase.Therapy, StepPhase.Patient, StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance, Rest],
        ["multipliers"] = [Rest],
        ["counts of cells"] = [StepPhase.Therapy, StepPhase.Fields, StepPhase.Tumor, StepPhase.Cd8, StepPhase.Clearance, Rest],
    };

    /// <summary>Those that write a part, in the order of a step.</summary>
    /// <param name="part">Name of a part, with that of its lesion before a slash.</param>
    public static IReadOnlyList<StepPhase> Of(string part) =>
        Table.TryGetValue(part[(part.LastIndexOf('/') + 1)..], out StepPhase[]? phases) ? phases : [StepPhase.Fields];

    /// <summary>The first process of a step that writes one of the parts; null for no part.</summary>
    /// <param name="parts">Names of parts.</param>
    /// <param name="irradiates">The arm has radiotherapy, which is all that therapy does to a lesion at once.</param>
    public static StepPhase? First(IEnumerable<string> parts, bool irradiates) => parts
        .SelectMany(part => Of(part).Where(p => irradiates || p != StepPhase.Therapy || !part.Contains('/', StringComparison.Ordinal)))
        .Select(p => (StepPhase?)p).Min();

    /// <summary>What a process is called.</summary>
    public static string Name(StepPhase phase) => phase switch
    {
        StepPhase.Therapy => "therapy and radiation",
        StepPhase.Patient => "blood and lymph node",
        StepPhase.Vessels => "vessels",
        StepPhase.Fields => "fields and stroma",
        StepPhase.Tumor => "tumour cells",
        StepPhase.Cd8 => "CD8 T cells",
        StepPhase.Macrophages => "macrophages",
        StepPhase.Clearance => "clearance and collapse",
        _ => "counts, calibration and events",
    };
}
