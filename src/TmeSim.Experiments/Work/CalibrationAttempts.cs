using System.Runtime.ExceptionServices;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// Evaluates parameter vectors of one generation on several cores. What a journal holds is not run again, so a calibration that was
/// interrupted comes to where it stood by going through its attempts once more.
/// </summary>
internal sealed class CalibrationAttempts(ScenarioDefinition scenario, CalibrationTargets targets, JournalWriter journal,
    Dictionary<RunId, JournalRow> known, int jobs, RunProgress progress)
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<SweepFactor> _factors = scenario.Calibration!.Factors;

    /// <summary>Parameter vectors whose scenario was no valid one; they count as far away.</summary>
    public int Invalid { get; private set; }

    /// <summary>
    /// Attempts without a counterpart of some target because a simulation stopped early, a tumour near the wall; they count as far away.
    /// </summary>
    public int Ended { get; private set; }

    /// <summary>Simulated counterparts of the targets by attempt of the generation that was collected last.</summary>
    public Dictionary<long, double[]> Simulated { get; } = [];

    /// <summary>Fills a generation.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what is in the journal is kept.</exception>
    /// <exception cref="RunFolderException">The journal cannot be written.</exception>
    public void Collect(AbcCollector collector, CancellationToken cancellation)
    {
        Simulated.Clear();
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long next = 0;

        // What the journal has comes first and in order, so that nothing is simulated which a generation turns out not to need.
        while (!cancellation.IsCancellationRequested && !collector.IsWhole && !collector.IsExhausted
            && InJournal(collector, next) is { } simulated)
        {
            Give(next++, simulated);
        }

        Exception? failure = JobThreads.Run(jobs, jobs, (_, stop) =>
        {
            while (Take(stop) is long attempt)
            {
                Give(attempt, Evaluate(collector, attempt, stop));
            }
        }, whole.Token);
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        long? Take(CancellationToken stop)
        {
            lock (_gate)
            {
                return collector.IsWhole || collector.IsExhausted || stop.IsCancellationRequested ? null : next++;
            }
        }

        void Give(long attempt, double[] simulated)
        {
            lock (_gate)
            {
                Simulated[attempt] = simulated;
                collector.Add(attempt, targets.Distance(simulated, collector.Generation, attempt));
                progress.Stage =
                    $"generation {collector.Generation}: {collector.Accepted} of {scenario.Calibration!.Particles} accepted in "
                    + $"{collector.Known} attempts, tolerance "
                    + $"{(double.IsFinite(collector.Epsilon) ? Csv.Number(Math.Round(collector.Epsilon, 3)) : "none")}";
                if (collector.IsWhole)
                {
                    whole.Cancel();
                }
            }
        }
    }

    // Null when a simulation of the attempt is missing.
    private double[]? InJournal(AbcCollector collector, long attempt)
    {
        if (Point(collector, attempt) is not { } point)
        {
            return null;
        }

        RunId[][] runs = Runs(point);
        return runs.All(r => r.All(known.ContainsKey)) ? Outcome(runs) : null;
    }

    private double[] Evaluate(AbcCollector collector, long attempt, CancellationToken cancellation)
    {
        if (Point(collector, attempt) is not { } point)
        {
            lock (_gate)
            {
                Invalid++;
            }

            double[] none = new double[scenario.Calibration!.Targets.Count];
            Array.Fill(none, double.NaN);
            return none;
        }

        RunId[][] runs = Runs(point);
        for (int replicate = 0; replicate < scenario.Replicates; replicate++)
        {
            var task = new SweepTask(replicate,
                [.. runs.Select((r, i) => (r[replicate], new PointArm(0, targets.Arms[i]))).DistinctBy(r => r.Item1)]);
            SweepTask? missing;
            lock (_gate)
            {
                missing = task.Missing(known.ContainsKey);
            }

            if (missing is not null)
            {
                var runner = new SweepRunner(_ => point, targets.Columns, progress) { Recorded = Record };
                runner.One(missing, journal, 1, cancellation);
            }
        }

        lock (_gate)
        {
            return Outcome(runs);
        }
    }

    // The scenario of an attempt; null when its parameters are no valid one.
    private ScenarioDefinition? Point(AbcCollector collector, long attempt)
    {
        double[] vector;
        lock (_gate)
        {
            vector = collector.Propose(attempt);
        }

        return scenario.CalibrationSpace!.At([.. vector.Select((v, i) => _factors[i].Level(v).Text)], $"attempt {attempt}").Definition;
    }

    private RunId[][] Runs(ScenarioDefinition point) =>
        [.. targets.Arms.Select(arm => Enumerable.Range(0, scenario.Replicates)
            .Select(r => RunId.Of(SweepPoints.Short(point.ArmIdentity(arm)), r)).ToArray())];

    private double[] Outcome(RunId[][] runs)
    {
        double[] simulated = targets.Simulated([.. runs.Select(r => r.Select(id => known[id]).ToArray())]);
        Ended += simulated.Any(double.IsNaN) && runs.Any(r => r.Any(id => known[id] is { Error: null, EndedEarly: true })) ? 1 : 0;
        return simulated;
    }

    private void Record(JournalRow row)
    {
        lock (_gate)
        {
            known[row.Run] = row;
        }
    }
}
