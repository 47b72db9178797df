using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Trials;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>What tests read from tables.</summary>
public static class EvidenceValues
{
    private const double SameDay = 1e-6;
    private const int Digits = 9;

    /// <summary>The value of a test in each replicate; NaN where one of its terms is not defined.</summary>
    /// <param name="test">The test.</param>
    /// <param name="tables">Time series of the scenarios by name.</param>
    /// <param name="replicates">How many replicates are read, from the first on.</param>
    /// <exception cref="ScenarioRefusedException">A scenario has no such arm, lesion or measure.</exception>
    public static double[] Of(RunTest test, IReadOnlyDictionary<string, TimeSeriesTable> tables, int replicates)
    {
        double[] sums = new double[replicates];
        foreach (EvidenceTerm term in test.Terms)
        {
            foreach ((int r, double value) in Of(term, tables[term.Scenario], replicates).Index())
            {
                sums[r] += term.Weight * (term.IsLog ? Math.Log(value + term.Plus) : value);
            }
        }

        // The logarithm of nothing is no value; what is left of equal terms after rounding is none.
        return [.. sums.Select(s => double.IsFinite(s) ? Math.Round(s, Digits) : double.NaN)];
    }

    /// <summary>What a test reads from a trial; not defined where it has no such line.</summary>
    public static (Estimate Value, int Count) Of(TrialTest test, TrialNumbers numbers) => test.Quantity switch
    {
        TrialQuantity.Endpoint => numbers.Endpoints.FirstOrDefault(e => e.Arm == test.Arm && e.Endpoint == test.Name) is { } e
            ? (e.Value, e.Count) : (Estimate.None, 0),
        TrialQuantity.Contrast => numbers.Contrasts.FirstOrDefault(c => c.Arm == test.Arm && c.Endpoint == test.Name
            && c.Level == test.Subgroup) is { } c ? (c.Value, c.Count + c.ControlCount) : (Estimate.None, 0),
        _ => numbers.Biomarkers.FirstOrDefault(b => b.Arm == test.Arm && b.Name == test.Name) is { } b ? (b.Area, b.Count)
            : (Estimate.None, 0),
    };

    private static double[] Of(EvidenceTerm term, TimeSeriesTable table, int replicates)
    {
        int column = table.Column(term.Measure);
        string lesion = term.Lesion.Length > 0 ? term.Lesion : table.Rows.Count > 0 ? table.Rows[0].Lesion : "";
        if (column < 0 || !table.Rows.Any(r => r.Arm == term.Arm && r.Lesion == lesion))
        {
            throw new ScenarioRefusedException(column < 0 ? $"error: {term.Scenario}: no measure '{term.Measure}'"
                : $"error: {term.Scenario}: no arm '{term.Arm}' with a lesion '{lesion}'");
        }

        ILookup<int, double> rows = table.Rows.Where(r => r.Arm == term.Arm && r.Lesion == lesion && r.TimeDays >= term.FromDays - SameDay
            && r.TimeDays <= term.ToDays + SameDay).ToLookup(r => r.Replicate, r => r.Values[column]);
        return [.. Enumerable.Range(0, replicates).Select(r => rows[r].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];
    }
}
