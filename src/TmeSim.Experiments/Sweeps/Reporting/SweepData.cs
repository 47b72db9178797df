using System.Collections.Concurrent;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>The values of a sweep as figures and statistics want them: by output, arm and lesion, then by point and replicate. NaN for what is missing.</summary>
internal sealed class SweepData
{
    private readonly double[][] _values;
    private readonly bool[] _fixed;
    private readonly ConcurrentDictionary<(SweepQuantity Quantity, int Arm, int Lesion), double[]> _means = new();

    public SweepData(ScenarioDefinition scenario, SweepPoints points, SweepResults results)
    {
        (Scenario, Plan, Points, Replicates) = (scenario, points.Design.Plan, points.Count, scenario.Replicates);
        Arms = [.. scenario.Arms.Select(a => a.Name)];
        Lesions = [.. scenario.Plan.Lesions.Select(l => l.Name)];
        Looks = new ArmLooks(Arms);
        Design = points.Design;
        string control = ResultSet.ControlName(Arms);
        Control = Arms.Count > 1 ? Arms.ToList().IndexOf(control) : null;
        Outputs = [.. Plan.Outputs.Select(SweepQuantity.Of)];
        Effects = Control is null ? [] : [.. Outputs.Select(o => o.Against(control))];
        FactorLevel[][] levels = [.. Enumerable.Range(0, Points).Select(p => points.Design.Levels(p).ToArray())];
        Factors = [.. Plan.Factors.Select((f, i) => new FactorColumn(f, [.. levels.Select(l => l[i])]))];
        Varied = [.. Factors.Where(f => f.Varies)];
        _values = [.. Enumerable.Range(0, Arms.Count * Lesions.Count * Outputs.Count).Select(_ => new double[Points * Replicates])];
        _fixed = [.. Arms.Select((_, arm) => Points > 1 && Enumerable.Range(1, Points - 1).All(p => points.Run(p, arm, 0) == points.Run(0, arm, 0)))];
        Fairness = FairComparison.Of(Plan, Arms);
        Read(points, results);
    }

    public ScenarioDefinition Scenario { get; }

    public SweepPlan Plan { get; }

    public SweepDesign Design { get; }

    /// <summary>Number of points.</summary>
    public int Points { get; }

    /// <summary>Number of replicates.</summary>
    public int Replicates { get; }

    public IReadOnlyList<string> Arms { get; }

    public IReadOnlyList<string> Lesions { get; }

    public ArmLooks Looks { get; }

    /// <summary>What besides their therapy sets the arms apart, a sentence; empty for nothing.</summary>
    public string Fairness { get; }

    /// <summary>Index of the arm that others are compared with; null for a single arm.</summary>
    public int? Control { get; }

    public IReadOnlyList<FactorColumn> Factors { get; }

    /// <summary>Factors with more than one value.</summary>
    public IReadOnlyList<FactorColumn> Varied { get; }

    public IReadOnlyList<SweepQuantity> Outputs { get; }

    /// <summary>Outputs as differences to the control; empty for a single arm.</summary>
    public IReadOnlyList<SweepQuantity> Effects { get; }

    /// <summary>Rows of sweep.csv, lesions aside, whose simulation is still to run.</summary>
    public int MissingRows { get; private set; }

    /// <summary>Rows whose simulation failed.</summary>
    public int FailedRows { get; private set; }

    /// <summary>Rows: points × arms × replicates.</summary>
    public int Rows => Points * Arms.Count * Replicates;

    /// <summary>No varied key changes this arm: all points are the same simulations.</summary>
    public bool IsFixed(int arm) => _fixed[arm];

    /// <summary>An output by replicate.</summary>
    public ReadOnlySpan<double> Of(int output, int arm, int lesion, int point) => Values(output, arm, lesion).AsSpan(point * Replicates, Replicates);

    /// <summary>A quantity by replicate.</summary>
    public double[] Of(SweepQuantity quantity, int arm, int lesion, int point)
    {
        double[] values = [.. Of(quantity.Output, arm, lesion, point)];
        if (quantity.IsEffect)
        {
            ReadOnlySpan<double> control = Of(quantity.Output, Control!.Value, lesion, point);
            for (int r = 0; r < values.Length; r++)
            {
                values[r] -= control[r];
            }
        }

        return values;
    }

    /// <summary>Mean over replicates by point; NaN where none has a value.</summary>
    public double[] Means(SweepQuantity quantity, int arm, int lesion) =>
        _means.GetOrAdd((quantity, arm, lesion), key => [.. Enumerable.Range(0, Points).Select(p => Mean(Of(key.Quantity, key.Arm, key.Lesion, p)))]);

    /// <summary>Arms for which a quantity says something: not the control of a difference.</summary>
    public IEnumerable<int> ArmsOf(SweepQuantity quantity) => Enumerable.Range(0, Arms.Count).Where(a => !quantity.IsEffect || a != Control);

    /// <summary>Arms that depend on what is varied; for differences those where the arm or the control does.</summary>
    public IEnumerable<int> MovedArms(SweepQuantity quantity) => ArmsOf(quantity).Where(a => !IsFixed(a) || (quantity.IsEffect && !IsFixed(Control!.Value)));

    /// <summary>Finished simulations of some arms that have no value of an output: they ended before its time, or it is not defined for them.</summary>
    public int Undefined(SweepQuantity quantity, int lesion) =>
        Enumerable.Range(0, Arms.Count).Sum(arm => Values(quantity.Output, arm, lesion).Count(double.IsNaN)) - MissingRows - FailedRows;

    /// <summary>Mean over points in each replicate; NaN where one of its values is not finite.</summary>
    /// <param name="values">By point and replicate.</param>
    public static double[] ByReplicate(double[][] values) =>
        values.Length == 0 ? [] : [.. Enumerable.Range(0, values[0].Length).Select(r => values.All(v => double.IsFinite(v[r])) ? values.Average(v => v[r]) : double.NaN)];

    /// <summary>Mean of what is finite; NaN for nothing.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                sum += value;
                count++;
            }
        }

        return count > 0 ? sum / count : double.NaN;
    }

    private double[] Values(int output, int arm, int lesion) => _values[(((arm * Lesions.Count) + lesion) * Outputs.Count) + output];

    private void Read(SweepPoints points, SweepResults results)
    {
        for (int point = 0; point < Points; point++)
        {
            for (int arm = 0; arm < Arms.Count; arm++)
            {
                for (int replicate = 0; replicate < Replicates; replicate++)
                {
                    JournalRow? row = results.Find(points.Run(point, arm, replicate));
                    MissingRows += row is null ? 1 : 0;
                    FailedRows += row is { Error: not null } ? 1 : 0;
                    for (int i = 0; i < Lesions.Count * Outputs.Count; i++)
                    {
                        _values[(arm * Lesions.Count * Outputs.Count) + i][(point * Replicates) + replicate] = row is { Error: null } && double.IsFinite(row.Values[i]) ? row.Values[i] : double.NaN;
                    }
                }
            }
        }
    }
}
