namespace TmeSim.Analysis.Measures;

/// <summary>What columns of a scenario are called after.</summary>
public sealed class ColumnNames
{
    private readonly string[] _drugColumns;
    private readonly string[] _cloneColumns;

    /// <param name="drugs">Names of drugs, each once.</param>
    /// <param name="clones">Names of clones, the founder first, each once.</param>
    public ColumnNames(IReadOnlyList<string> drugs, IReadOnlyList<string> clones)
    {
        (Drugs, Clones) = (drugs, clones);
        _drugColumns = Unique([.. drugs.Select(d => $"{Word(d)}_mg_per_l")]);
        _cloneColumns = Unique([.. clones.Select(c => $"clone_{Word(c)}_cells")]);
    }

    /// <summary>Drugs.</summary>
    public IReadOnlyList<string> Drugs { get; }

    /// <summary>Clones, the founder first.</summary>
    public IReadOnlyList<string> Clones { get; }

    /// <summary>Column of the blood concentration of a drug, by its place in <see cref="Drugs"/>.</summary>
    public string DrugColumn(int drug) => _drugColumns[drug];

    /// <summary>Column of the cells of a clone, by its place in <see cref="Clones"/>.</summary>
    public string CloneColumn(int clone) => _cloneColumns[clone];

    // Letters and digits only, so that a column name never needs quotes.
    private static string Word(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string[] Unique(string[] names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            for (int n = 2; !used.Add(names[i]); n++)
            {
                names[i] = $"{name}_{n}";
            }
        }

        return names;
    }
}
