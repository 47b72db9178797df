namespace TmeSim.Engine.Plan;

/// <summary>Measures at which a course can end, by their names in the time series.</summary>
public static class StopMeasures
{
    private static readonly (string Key, StopMeasure Measure)[] Table =
    [
        ("tumor_volume_change", StopMeasure.VolumeChange),
        ("tumor_diameter_mm", StopMeasure.DiameterMm),
        ("tumor_cells", StopMeasure.TumorCells),
        ("nlr", StopMeasure.Nlr),
        ("effector_level", StopMeasure.Effectors),
    ];

    /// <summary>Names in scenarios.</summary>
    public static IEnumerable<string> Keys => Table.Select(t => t.Key);

    /// <summary>Name of a measure.</summary>
    public static string Name(StopMeasure measure) => Table.First(t => t.Measure == measure).Key;

    /// <summary>The measure of a name.</summary>
    public static StopMeasure Find(string key) => Table.First(t => t.Key == key).Measure;
}
