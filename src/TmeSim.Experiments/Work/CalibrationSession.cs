using System.Diagnostics;
using System.Globalization;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// A calibration: generations of parameter vectors until a rule ends it. Only complete generations count; simulations go to a journal, so a
/// call that was interrupted goes on where it was.
/// </summary>
public sealed class CalibrationSession
{
    private const string Shard = "local";

    private readonly CalibrationRequest _request;
    private readonly ScenarioDefinition _scenario;
    private readonly CalibrationPlan _plan;
    private readonly CalibrationTargets _targets;
    private readonly SweepFolder _folder;
    private readonly AbcSmc _smc;
    private readonly List<CalibratedGeneration> _generations = [];

    private CalibrationSession(CalibrationRequest request)
    {
        _request = request;
        _scenario = request.Scenario;
        _plan = _scenario.Calibration ?? throw new ScenarioRefusedException(
            "error: the scenario has no `calibrate:` block; write its keys under `vary:` and what was observed under `targets:`");
        _targets = new CalibrationTargets(_scenario);
        _folder = request.Folder is { } folder ? new SweepFolder(Path.GetFullPath(folder))
            : SweepFolder.Of(request.OutDirectory, _scenario, "calibrate", _plan.Text);
        _smc = new AbcSmc([.. _plan.Factors.Select(f => FactorScale.Of(f)!)], new AbcSettings
        {
            Particles = _plan.Particles,
            Key = _plan.Seed,
            Quantile = _plan.Quantile,
            MinimumEpsilon = _plan.Epsilon ?? 0,
            MaximumGenerations = _plan.Generations,
            MinimumAcceptance = _plan.MinAcceptance,
            MaximumAttempts = Math.Max(_plan.Particles, (long)Math.Ceiling(_plan.Particles / Math.Max(_plan.MinAcceptance, 1e-4)) * 2),
        });
    }

    /// <summary>Runs until a rule ends it.</summary>
    /// <exception cref="ScenarioRefusedException">There is no calibration, or hardly any vector of the prior is a scenario that
    /// runs.</exception>
    /// <exception cref="RunFolderException">The folder cannot be used, or the disk is full; finished simulations are kept.</exception>
    /// <exception cref="MemoryRefusedException">A simulation does not fit into memory.</exception>
    public static CalibrationOutcome Execute(CalibrationRequest request, RunProgress progress, CancellationToken cancellation = default) =>
        new CalibrationSession(request).Run(progress, cancellation);

    private CalibrationOutcome Run(RunProgress progress, CancellationToken cancellation)
    {
        MemoryFit fit = _request.Fit(_scenario, int.MaxValue, 1, _targets.Arms.Count > 1, fit => fit.Refusal(_scenario.Plan));

        var log = new RunLog(_folder.In("log.txt"));
        var header = _targets.Columns.Header;
        var known = SweepResults.Read(_folder, header).All.ToDictionary(r => r.Run);
        int before = known.Count;
        AbcStop stop = AbcStop.None;
        IReadOnlyList<string> warnings = _request.Warnings;
        var watch = Stopwatch.StartNew();
        using (JournalWriter journal = JournalWriter.Open(_folder, Shard, header, note => progress.Notice?.Invoke(note)))
        {
            SweepSession.MakeFolder(_folder, _scenario);
            var attempts = new CalibrationAttempts(_scenario, _targets, journal, known, fit.Jobs, progress);
            try
            {
                while (stop == AbcStop.None)
                {
                    stop = Generation(attempts, progress, log, cancellation);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The complete generations are the result so far.
            }

            if (attempts.Invalid > 0)
            {
                progress.Notice?.Invoke(
                    $"{attempts.Invalid} parameter vectors were no valid scenario and count as far away; a narrower prior would spare them");
            }

            if (attempts.Ended > 0)
            {
                string remark =
                    $"{attempts.Ended} parameter vectors count as far away because a tumour of theirs came near the wall before the time "
                    + "of a target: the posterior leaves fast tumours out. A larger tissue.size avoids it";
                warnings = [.. warnings, remark + "."];
                progress.Notice?.Invoke(remark);
            }
        }

        log.Add(string.Create(CultureInfo.InvariantCulture,
            $"{_generations.Count} complete generations ({stop}), {known.Count - before} simulations in {watch.Elapsed.TotalSeconds:0.0} s"));
        if (_generations.Count == 0 && stop == AbcStop.AttemptsUsedUp)
        {
            throw new ScenarioRefusedException(
                $"error: hardly any parameter vector of the prior gives a simulation that can be compared with the targets (fewer than "
                + $"{_plan.Particles} of {_smc.Settings.MaximumAttempts}); look at ranges and target times");
        }

        var found = new CalibrationFit(_scenario, _generations, CalibrationResults.Fitted(_plan, _generations), stop, known.Count, warnings,
            _request.Command);
        RunStatus status = stop == AbcStop.None ? RunStatus.Interrupted : known.Count == before ? RunStatus.NothingToDo
            : RunStatus.Finished;
        return new CalibrationResults(found, _folder).Write(status, _request.Figures ? _request.Plots : null);
    }

    private AbcStop Generation(CalibrationAttempts attempts, RunProgress progress, RunLog log, CancellationToken cancellation)
    {
        var collector = new AbcCollector(_smc, _generations.LastOrDefault()?.Abc);
        attempts.Collect(collector, cancellation);
        if (!collector.IsWhole)
        {
            return AbcStop.AttemptsUsedUp;
        }

        AbcGeneration generation = collector.Complete();
        _generations.Add(new CalibratedGeneration(generation, [.. generation.Particles.Select(p => attempts.Simulated[p.Attempt])]));
        string said = string.Create(
            CultureInfo.InvariantCulture,
            $"generation {generation.Number} complete: {generation.Particles.Count} of {generation.Attempts} vectors within "
            + $"{(double.IsFinite(generation.Epsilon) ? generation.Epsilon.ToString("0.###", CultureInfo.InvariantCulture) : "any distance")}, effective sample {generation.EffectiveSampleSize:0}");
        log.Add(said);
        progress.Notice?.Invoke(said);
        return _smc.StopAfter(generation);
    }
}
