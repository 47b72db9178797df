namespace TmeSim.Engine.Plan;

/// <summary>Genes that a clone has lost (loss of function; one hit is enough). A set of flags.</summary>
[Flags]
public enum Genotype : byte
{
    /// <summary>Every gene works.</summary>
    None = 0,

    /// <summary>No MHC-I at the surface: CD8 T cells do not see the cell.</summary>
    B2m = 1,

    /// <summary>Deaf to interferons.</summary>
    Jak1 = 2,

    /// <summary>Deaf to the growth inhibition by TGF-β.</summary>
    Tgfbr2 = 4,

    /// <summary>NF-κB up: survives more, attracts T cells and myeloid cells.</summary>
    Cyld = 8,

    /// <summary>Divides faster, shows less antigen.</summary>
    Runx1 = 16,

    /// <summary>Shows less of the neoantigens that T cells recognise. No gene of its own: deletion or silencing of those that code for them.</summary>
    Antigen = 32,
}

/// <summary>The genes by name.</summary>
public static class Genes
{
    /// <summary>Names as a scenario writes them, in the order of the flags.</summary>
    public static IReadOnlyList<string> Names { get; } = ["B2M", "JAK1", "TGFBR2", "CYLD", "RUNX1", "antigen"];

    // After the names, of which it is made.
    private static readonly string[] SetNames = [.. Enumerable.Range(0, 1 << 6).Select(Join)];

    /// <summary>Number of genes.</summary>
    public static int Count => 6;

    /// <summary>How many of them, from the first on, a cell can lose by mutation; a scenario's clone can lack any.</summary>
    /// <param name="mechanisms">Switches in force: the antigen can be lost only with its own.</param>
    public static int Losable(MechanismSet mechanisms) => mechanisms.IsOn(Mechanism.ClonesAntigenLoss) ? Count : Count - 1;

    /// <summary>The flag of a gene.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public static Genotype Flag(int index) => (Genotype)(1 << index);

    /// <summary>The flags of names.</summary>
    /// <exception cref="ArgumentException">There is no gene of this name.</exception>
    public static Genotype Set(IEnumerable<string> names)
    {
        Genotype set = Genotype.None;
        foreach (string name in names)
        {
            int index = Names.IndexOf(name);
            set |= index >= 0 ? Flag(index) : throw new ArgumentException($"no gene is called {name}", nameof(names));
        }

        return set;
    }

    /// <summary>A set as text, "B2M+JAK1"; "intact" when empty. Allocates nothing.</summary>
    public static string Text(Genotype set) => SetNames[(int)set];

    private static string Join(int set) => set == 0 ? "intact" : string.Join('+', Names.Where((_, i) => (set & (1 << i)) != 0));

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
