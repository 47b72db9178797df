using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios;

/// <summary>Names of drug targets in scenarios.</summary>
internal static class DrugTargets
{
    private static readonly (string Key, DrugTarget Target)[] Table =
    [
        ("pdl1", DrugTarget.PdL1),
        ("pd1", DrugTarget.Pd1),
        ("vegf", DrugTarget.Vegf),
        ("csf1r", DrugTarget.Csf1r),
        ("nek9", DrugTarget.Nek9),
        ("atr", DrugTarget.Atr),
        ("caf", DrugTarget.Caf),
        ("tgfb", DrugTarget.Tgfb),
    ];

    public static IEnumerable<string> Keys => Table.Select(t => t.Key);

    /// <summary>The target of a name; the first one for a stand-in.</summary>
    public static DrugTarget Find(string key) => Table.FirstOrDefault(t => t.Key == key).Target;
}

/// <summary>Measures at which a course can end, by their names in the time series.</summary>
internal static class StopMeasures
{
    private static readonly (string Key, StopMeasure Measure)[] Table =
    [
        ("tumor_volume_change", StopMeasure.VolumeChange),
        ("tumor_diameter_mm", StopMeasure.DiameterMm),
        ("tumor_cells", StopMeasure.TumorCells),
        ("nlr", StopMeasure.Nlr),
        ("effector_level", StopMeasure.Effectors),
    ];

    public static IEnumerable<string> Keys => Table.Select(t => t.Key);

    public static StopMeasure Find(string key) => Table.First(t => t.Key == key).Measure;
}
