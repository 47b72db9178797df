using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>What of a simulation is compared with what was observed, and how far apart they are.</summary>
internal sealed class CalibrationTargets
{
    private readonly CalibrationPlan _plan;
    private readonly (int Output, int Arm, int Lesion)[] _places;

    public CalibrationTargets(ScenarioDefinition scenario)
    {
        _plan = scenario.Calibration!;
        SweepOutput[] outputs = [.. _plan.Targets.Select(t => t.Output).DistinctBy(o => (o.Measure, o.Time, o.Hours))
            .Select(o => o with { Name = Name(o) })];
        Columns = new SweepColumns(scenario, outputs, []);
        Arms = [.. _plan.Targets.Select(t => t.Arm).Distinct().Order()];
        _places = [.. _plan.Targets.Select(
            t => (Array.FindIndex(outputs, o => o.Name == Name(t.Output)), Arms.ToList().IndexOf(t.Arm), t.Lesion))];
    }

    /// <summary>What journals keep of a simulation.</summary>
    public SweepColumns Columns { get; }

    /// <summary>Arms that some target names; only these run.</summary>
    public IReadOnlyList<int> Arms { get; }

    /// <summary>
    /// Simulated counterpart of each target: the mean over replicates; NaN when a replicate failed or did not come so far.
    /// </summary>
    /// <param name="rows">Simulations of each of <see cref="Arms"/> by replicate.</param>
    public double[] Simulated(IReadOnlyList<IReadOnlyList<JournalRow>> rows)
    {
        int outputs = Columns.Outputs.Count;
        return [.. _places.Select(p => rows[p.Arm].Any(r => r.Error is not null) ? double.NaN
            : rows[p.Arm].Average(r => r.Values[(p.Lesion * outputs) + p.Output]))];
    }

    /// <summary>
    /// Root mean square of (simulated + error of measurement − observed) / standard deviation of the observation. NaN when a counterpart is
    /// missing.
    /// </summary>
    public double Distance(IReadOnlyList<double> simulated, int generation, long attempt)
    {
        double sum = 0;
        for (int i = 0; i < _plan.Targets.Count; i++)
        {
            CalibrationTarget target = _plan.Targets[i];
            double z = (simulated[i] - target.Value) / target.Sd;
            z += _plan.Noise ? MeasurementNoise.Normal(_plan.Seed, generation, attempt, i) : 0;
            sum += z * z;
        }

        return Math.Sqrt(sum / _plan.Targets.Count);
    }

    // Days, whatever unit a time was written in: two targets at one time share an output.
    private static string Name(SweepOutput output) => output.Time == OutputTime.At ? $"{output.Measure}@{Csv.Number(output.Hours / 24)} d"
        : output.Name;
}
