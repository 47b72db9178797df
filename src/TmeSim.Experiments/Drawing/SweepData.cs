using System.Collections.Concurrent;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>
/// The values of a sweep as figures and statistics want them: by output, arm and lesion, then by point and replicate, fractions in percent. NaN for what
/// is missing.
/// </summary>
internal sealed class SweepData
{
    private readonly double[][] _values;
    private readonly bool[] _fixed;
    private readonly JournalRow?[][] _rows;
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
        IReadOnlyList<string> names = FactorNames.Of(Plan.Factors);
        Factors = [.. Plan.Factors.Select((f, i) => new FactorColumn(f, names[i], [.. levels.Select(l => l[i])]))];
        Varied = [.. Factors.Where(f => f.Varies)];
        _rows = [.. Arms.Select(_ => new JournalRow?[Points * Replicates])];
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

    /// <summary>Rows whose simulation stopped before its duration because a tumour came near the wall.</summary>
    public int EndedRows { get; private set; }

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

    /// <summary>
    /// What the finished simulations of some points have of a quantity. Empty where fewer than half of them have a value: they ended before its time or it is not
    /// defined for them, and a mean of the others would be that of a selection.
    /// </summary>
    public double[] Sample(SweepQuantity quantity, int arm, int lesion, params IReadOnlyList<int> points)
    {
        double[] values = [.. points.SelectMany(point => Of(quantity, arm, lesion, point)).Where(double.IsFinite)];
        int finished = points.Sum(point => Enumerable.Range(0, Replicates).Count(r => IsFinished(arm, point, r) && (!quantity.IsEffect || IsFinished(Control!.Value, point, r))));
        return 2 * values.Length >= finished ? values : [];
    }

    /// <summary>Mean over replicates by point, of <see cref="Sample"/>; NaN for none.</summary>
    public double[] Means(SweepQuantity quantity, int arm, int lesion) =>
        _means.GetOrAdd((quantity, arm, lesion), key => [.. Enumerable.Range(0, Points).Select(p => Mean(Sample(key.Quantity, key.Arm, key.Lesion, p)))]);

    /// <summary>Values of those points that have one; empty where fewer than half of the points with a finished simulation of an arm do.</summary>
    /// <param name="means">Means by point.</param>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="points">Points.</param>
    public double[] OfPoints(double[] means, int arm, IReadOnlyList<int> points)
    {
        double[] values = [.. points.Select(p => means[p]).Where(double.IsFinite)];
        return 2 * values.Length >= points.Count(p => Enumerable.Range(0, Replicates).Any(r => IsFinished(arm, p, r))) ? values : [];
    }

    /// <summary>The simulation is there and did not fail.</summary>
    public bool IsFinished(int arm, int point, int replicate) => _rows[arm][(point * Replicates) + replicate] is { Error: null };

    /// <summary>Arms for which a quantity says something: not the control of a difference.</summary>
    public IEnumerable<int> ArmsOf(SweepQuantity quantity) => Enumerable.Range(0, Arms.Count).Where(a => !quantity.IsEffect || a != Control);

    /// <summary>Arms that depend on what is varied; for differences those where the arm or the control does.</summary>
    public IEnumerable<int> MovedArms(SweepQuantity quantity) => ArmsOf(quantity).Where(a => !IsFixed(a) || (quantity.IsEffect && !IsFixed(Control!.Value)));

    /// <summary>Finished simulations that have no value of an output because they stopped before its time.</summary>
    public int Ended(SweepQuantity quantity, int lesion) => Without(quantity, lesion, row => row.EndedEarly && !Reached(Plan.Outputs[quantity.Output], row));

    /// <summary>Finished simulations that came so far and for which an output is not defined.</summary>
    public int Undefined(SweepQuantity quantity, int lesion) => Without(quantity, lesion, row => !row.EndedEarly || Reached(Plan.Outputs[quantity.Output], row));

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

    private static bool Reached(SweepOutput output, JournalRow row) => output.Time == OutputTime.At && output.Hours <= (row.EndDays * 24) + 1e-6;

    private int Without(SweepQuantity quantity, int lesion, Func<JournalRow, bool> counts) =>
        Enumerable.Range(0, Arms.Count).Sum(arm => Values(quantity.Output, arm, lesion).Zip(_rows[arm]).Count(v => double.IsNaN(v.First) && v.Second is { Error: null } row && counts(row)));

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
                    _rows[arm][(point * Replicates) + replicate] = row;
                    MissingRows += row is null ? 1 : 0;
                    FailedRows += row is { Error: not null } ? 1 : 0;
                    EndedRows += row is { Error: null, EndedEarly: true } ? 1 : 0;
                    for (int i = 0; i < Lesions.Count * Outputs.Count; i++)
                    {
                        _values[(arm * Lesions.Count * Outputs.Count) + i][(point * Replicates) + replicate] = row is { Error: null } && double.IsFinite(row.Values[i]) ? row.Values[i] * Outputs[i % Outputs.Count].Scale : double.NaN;
                    }
                }
            }
        }
    }
}
