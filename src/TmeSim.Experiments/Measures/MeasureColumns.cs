using TmeSim.Analysis.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Measures;

/// <summary>A column of a table of results.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Unit">Unit; "1" for plain numbers, empty for text.</param>
/// <param name="Text">What it is, one line.</param>
public sealed record ColumnInfo(string Name, string Unit, string Text);

/// <summary>
/// The columns of timeseries.csv of one scenario: keys, then the measures of <see cref="MeasureTable"/>, families by the drugs and clones
/// of the scenario. The same for every arm and lesion, so that tables of all arms stack.
/// </summary>
public sealed class MeasureColumns
{
    /// <summary>Number of key columns before the measures.</summary>
    public const int Keys = 4;

    private readonly ColumnNames _names;

    /// <param name="scenario">Scenario whose lesions, clones and drugs name the columns.</param>
    /// <exception cref="ArgumentException">A kind or field of its extension has the column of another measure.</exception>
    public MeasureColumns(ScenarioDefinition scenario)
    {
        _names = new ColumnNames(
            [.. scenario.Arms.SelectMany(a => a.Therapy).Select(c => c.Drug.Name).Distinct()],
            ["founder", .. scenario.Plan.Lesions.SelectMany(l => l.Clones).Select(c => c.Name).Distinct()]);
        Measures = [.. MeasureTable.All.SelectMany(m => m.In(_names)), .. ExtensionMeasures.Of(scenario.Plan.Extension)];
        All =
        [
            new("arm", "", "Therapy arm."),
            new("replicate", "1", "Number of the replicate, from 0."),
            new("lesion", "", "Lesion."),
            new("time_d", "d", "Time after t = 0, the start of therapy."),
            .. Measures.Select(m => new ColumnInfo(m.Name, m.Unit, m.Text)),
        ];
        if (All.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two measures have the column '{twice.Key}': give the kind or field of the extension another key");
        }
    }

    /// <summary>All columns in file order; the first four are arm, replicate, lesion, time_d.</summary>
    public IReadOnlyList<ColumnInfo> All { get; }

    /// <summary>The columns without the keys, each with its reader.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>Column of the cells of a clone of the scenario.</summary>
    internal string CloneColumn(string clone) => _names.CloneColumn(Place(_names.Clones, clone));

    /// <summary>Column of the blood concentration of a drug of the scenario.</summary>
    internal string DrugColumn(string drug) => _names.DrugColumn(Place(_names.Drugs, drug));

    private static int Place(IReadOnlyList<string> names, string name) => Enumerable.Range(0, names.Count).First(i => names[i] == name);
}
