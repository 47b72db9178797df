namespace TmeSim.Engine.Plan;

/// <summary>Names of drug targets in scenarios and in figures.</summary>
public static class DrugTargets
{
    private static readonly (string Key, DrugTarget Target, string Label)[] Table =
    [
        ("pdl1", DrugTarget.PdL1, "PD-L1"),
        ("pd1", DrugTarget.Pd1, "PD-1"),
        ("vegf", DrugTarget.Vegf, "VEGF"),
        ("csf1r", DrugTarget.Csf1r, "CSF1R"),
        ("nek9", DrugTarget.Nek9, "NEK9"),
        ("atr", DrugTarget.Atr, "ATR"),
        ("caf", DrugTarget.Caf, "CAF"),
        ("tgfb", DrugTarget.Tgfb, "TGF-β"),
    ];

    /// <summary>Names in scenarios.</summary>
    public static IEnumerable<string> Keys => Table.Select(t => t.Key);

    /// <summary>Name in scenarios.</summary>
    public static string Key(DrugTarget target) => Table.First(t => t.Target == target).Key;

    /// <summary>Name in figures.</summary>
    public static string Label(DrugTarget target) => Table.First(t => t.Target == target).Label;

    /// <summary>The target of a name; the first one for a stand-in.</summary>
    public static DrugTarget Find(string key) => Table.FirstOrDefault(t => t.Key == key).Target;
}
