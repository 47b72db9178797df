namespace TmeSim.Analysis.Measures;

/// <summary>A column of timeseries.csv, or a family of columns whose names follow from the scenario.</summary>
/// <param name="Name">Column name; in a family a <c>*</c> stands for any name.</param>
/// <param name="Unit">Unit of the values; "1" for pure numbers.</param>
/// <param name="Text">What it is and when it is not defined, one line. A count is 0 where there is nothing to count; other measures are
/// empty then.</param>
/// <param name="Read">Its value; not finite where it is not defined. Null for a family.</param>
public sealed record Measure(string Name, string Unit, string Text, Func<LesionReading, double>? Read)
{
    private readonly string? _label;
    private readonly string? _labelUnit;

    /// <summary>Name beside an axis; the column name in words unless given.</summary>
    public string Label
    {
        get => _label ?? char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ');
        init => _label = value;
    }

    /// <summary>Unit beside an axis; empty for pure numbers unless given.</summary>
    public string LabelUnit
    {
        get => _labelUnit ?? (Unit == "1" ? "" : Unit);
        init => _labelUnit = value;
    }

    /// <summary>How it is read of a lesion with several tiles; the mean over tiles unless given.</summary>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Columns of a family for the drugs, or the clones, that a scenario names; null for a single column.</summary>
    public Func<ColumnNames, IEnumerable<Measure>>? Columns { get; init; }

    /// <summary>The column, or the columns of the family, in a scenario.</summary>
    public IEnumerable<Measure> In(ColumnNames names) => Columns is null ? [this] : Columns(names);

    /// <summary>This is the measure, or the family, of a column.</summary>
    public bool Holds(string column)
    {
        int star = Name.IndexOf('*');
        return star < 0
            ? column == Name
            : column.Length >= Name.Length && column.StartsWith(Name[..star], StringComparison.Ordinal)
                && column.EndsWith(Name[(star + 1)..], StringComparison.Ordinal);
    }
}
