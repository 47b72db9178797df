using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Designs;

/// <summary>What is kept of each run: outputs, and columns of its time series.</summary>
internal sealed class SweepColumns
{
    /// <param name="scenario">Scenario with its arms; names the columns.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="series">Measures whose time series is kept; null for all.</param>
    /// <exception cref="ScenarioRefusedException">The scenario has no such column.</exception>
    public SweepColumns(ScenarioDefinition scenario, IReadOnlyList<SweepOutput> outputs, IReadOnlyList<string>? series)
    {
        string[] known = [.. new MeasureColumns(scenario).All.Skip(MeasureColumns.Keys).Select(c => c.Name)];
        Outputs = outputs;
        SeriesNames = series ?? known;
        Lesions = scenario.Plan.Lesions.Count;
        RecordHours = scenario.RecordEveryHours;
        Names = outputs.Select(o => o.Measure).Concat(SeriesNames).Any(IsNamed) ? NamesOf(scenario) : "";
        foreach (string name in outputs.Select(o => o.Measure).Concat(SeriesNames).Where(n => !known.Contains(n)))
        {
            throw new ScenarioRefusedException(
                $"no run of this scenario has the measure '{name}'{Suggestion.Clause(name, known, "measures")}");
        }
    }

    /// <summary>What a journal of such rows says of them.</summary>
    public JournalHeader Header => new(Simulation.ModelVersion, [.. Outputs.Select(o => o.Name)], SeriesNames, Lesions, RecordHours, Names);

    public IReadOnlyList<SweepOutput> Outputs { get; }

    public IReadOnlyList<string> SeriesNames { get; }

    public int Lesions { get; }

    /// <summary>Interval of rows [h].</summary>
    public double RecordHours { get; }

    /// <summary>Hash of what columns are called after, for columns that are; they are outside the identity of a run.</summary>
    public string Names { get; }

    /// <summary>
    /// Outputs of a run, lesion by lesion. A time is read in its own row. NaN for a time that the run did not reach, for end, min, max and
    /// mean of a run that ended early (they are those of the whole run), where the measure is not defined, and for a measure that the run
    /// does not have.
    /// </summary>
    /// <param name="result">The run.</param>
    /// <param name="columns">Columns of its rows.</param>
    public double[] Values(ArmResult result, MeasureColumns columns)
    {
        string[] names = [.. columns.All.Skip(MeasureColumns.Keys).Select(c => c.Name)];
        var values = new double[Lesions * Outputs.Count];
        for (int lesion = 0; lesion < Lesions; lesion++)
        {
            MeasureRow[] rows = [.. result.Rows.Where(r => r.Lesion == lesion)];
            for (int o = 0; o < Outputs.Count; o++)
            {
                int column = Array.IndexOf(names, Outputs[o].Measure);
                values[(lesion * Outputs.Count) + o] = column >= 0 ? Value(Outputs[o], rows, column, result.EndedEarly) : double.NaN;
            }
        }

        return values;
    }

    private static bool IsNamed(string column) => column.EndsWith("_mg_per_l", StringComparison.Ordinal)
        || column.StartsWith("clone_", StringComparison.Ordinal);

    private static string NamesOf(ScenarioDefinition scenario)
    {
        IEnumerable<string> clones = scenario.Plan.Lesions.SelectMany(l => l.Clones.Select(c => c.Name).Prepend("lesion"));
        IEnumerable<string> drugs = scenario.Arms.SelectMany(a => a.Therapy.Select(c => c.Drug.Name).Prepend("arm"));
        return TextHash.Hex(string.Join('\n', clones.Concat(drugs)), 16);
    }

    private static double Value(SweepOutput output, MeasureRow[] rows, int column, bool endedEarly)
    {
        if (endedEarly && output.Time != OutputTime.At)
        {
            return double.NaN;
        }

        IEnumerable<double> defined = rows.Select(r => r.Values[column]).Where(double.IsFinite);
        return output.Time switch
        {
            OutputTime.At => rows.FirstOrDefault(r => Math.Abs((r.TimeDays * 24) - output.Hours) < 1e-6)?.Values[column] ?? double.NaN,
            OutputTime.End => rows[^1].Values[column],
            OutputTime.Min => defined.DefaultIfEmpty(double.NaN).Min(),
            OutputTime.Max => defined.DefaultIfEmpty(double.NaN).Max(),
            _ => defined.DefaultIfEmpty(double.NaN).Average(),
        };
    }
}
