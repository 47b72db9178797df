namespace TmeSim.Engine.Plan;

/// <summary>What a drug binds, and so which rule of the model it changes.</summary>
public enum DrugTarget : byte
{
    /// <summary>Occupies PD-L1: fewer PD-1 bonds.</summary>
    PdL1,

    /// <summary>Occupies PD-1: fewer PD-1 bonds.</summary>
    Pd1,

    /// <summary>Neutralises VEGF: free VEGF = VEGF / (1 + C/KD).</summary>
    Vegf,

    /// <summary>Occupies CSF1R: less monocyte recruitment and polarisation, more macrophage death.</summary>
    Csf1r,

    /// <summary>Inhibits the kinase NEK9: lower NEK9 activity of tumour cells.</summary>
    Nek9,

    /// <summary>Inhibits the kinase ATR: radiosensitises tumour cells, kills cycling T cells.</summary>
    Atr,

    /// <summary>Stops fibroblasts (CAF) from making matrix.</summary>
    Caf,

    /// <summary>Neutralises TGF-β: less suppression of CD8, less activation of fibroblasts.</summary>
    Tgfb,

    /// <summary>Occupies CTLA-4 in the lymph node: more priming.</summary>
    Ctla4,

    /// <summary>Blocks the receptors of VEGF: what drugs leave free of VEGF signals less.</summary>
    Vegfr,

    /// <summary>Slows the division of tumour cells, whatever kinases do it.</summary>
    Proliferation,
}

/// <summary>Names of drug targets in scenarios and in figures.</summary>
public static class DrugTargets
{
    /// <summary>Number of targets.</summary>
    internal const int Count = (int)DrugTarget.Proliferation + 1;

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
        ("ctla4", DrugTarget.Ctla4, "CTLA-4"),
        ("vegfr", DrugTarget.Vegfr, "VEGFR"),
        ("proliferation", DrugTarget.Proliferation, "proliferation"),
    ];

    /// <summary>Names in scenarios.</summary>
    public static IEnumerable<string> Keys => Table.Select(t => t.Key);

    /// <summary>Name in scenarios.</summary>
    public static string Key(DrugTarget target) => Table.First(t => t.Target == target).Key;

    /// <summary>Name in figures.</summary>
    public static string Label(DrugTarget target) => Table.First(t => t.Target == target).Label;

    /// <summary>The target of a name; null for none.</summary>
    public static DrugTarget? Find(string key) => Table.Where(t => t.Key == key).Select(t => (DrugTarget?)t.Target).FirstOrDefault();
}
