namespace TmeSim.Reports.Html.Explorer;

/// <summary>
/// Many runs by what was varied and what came out, for the part of a report in which a reader selects among them: parallel
/// coordinates, a scatter plot, a map over two parameters and a table, all over the same selection.
/// </summary>
public sealed record SweepExplorer
{
    /// <summary>Heading of the section.</summary>
    public required string Title { get; init; }

    /// <summary>What the runs are, in a sentence or two; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Parameters and outputs in the order first shown; their names differ.</summary>
    public required IReadOnlyList<ExplorerAxis> Axes { get; init; }

    /// <summary>The runs in any order.</summary>
    public required IReadOnlyList<ExplorerRow> Rows { get; init; }

    /// <summary>Throws when axes and rows do not fit each other.</summary>
    /// <exception cref="ArgumentException">Two axes share a name, a row has another number of values than there are axes, or a category is not one of its axis.</exception>
    internal void Check()
    {
        if (Axes.GroupBy(axis => axis.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the explorer has {twice.Count()} axes of the name '{twice.Key}'; names must differ");
        }

        foreach ((int index, ExplorerRow row) in Rows.Index())
        {
            if (row.Values.Count != Axes.Count)
            {
                throw new ArgumentException($"row {index} of the explorer ('{row.Run}', arm '{row.Arm}') has {row.Values.Count} values for {Axes.Count} axes");
            }

            for (int i = 0; i < Axes.Count; i++)
            {
                if (Axes[i].Words is { } words && !double.IsNaN(row.Values[i]) && !(row.Values[i] >= 0 && row.Values[i] < words.Count && row.Values[i] == Math.Floor(row.Values[i])))
                {
                    throw new ArgumentException($"row {index} of the explorer ('{row.Run}', arm '{row.Arm}') has category {row.Values[i]} on the axis '{Axes[i].Name}', which has the categories 0 to {words.Count - 1}");
                }
            }
        }
    }
}

/// <summary>A parameter or an output.</summary>
/// <param name="Name">Short name, as in the files of the sweep; head of its column in a saved table.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="IsLog">Drawn with a decimal logarithm, if all values are positive.</param>
/// <param name="Words">Names of the categories by index; null for numbers.</param>
/// <param name="IsOutput">A result, not something varied.</param>
public sealed record ExplorerAxis(string Name, string Label, string Unit, bool IsLog = false, IReadOnlyList<string>? Words = null, bool IsOutput = false);

/// <summary>A point of a sweep in one arm, summed up over its replicates.</summary>
/// <param name="Arm">Name of the arm; by name its look is that of <see cref="ReportContent.Arms"/>.</param>
/// <param name="Run">What the run is called, such as "point 17"; runs of several arms may share it.</param>
/// <param name="Values">One per axis: a number, or the index of a category; what is not finite counts as missing.</param>
/// <param name="Replicates">Replicates behind the values.</param>
public sealed record ExplorerRow(string Arm, string Run, IReadOnlyList<double> Values, int Replicates = 1);
