using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>A simulation within an arm, and what the arm gave so far.</summary>
internal sealed record ArmAtWork(Simulation Simulation, ArmProgress Progress);

/// <summary>
/// The states that a run keeps while it is at work, so that a killed one goes on where it was. A state that cannot be written costs a
/// message, never the run; one that cannot be read costs what was done since the one before it.
/// </summary>
/// <param name="run">Folder of the run.</param>
/// <param name="scenario">What is simulated.</param>
/// <param name="output">SHA-256 of what is recorded.</param>
/// <param name="policy">How often.</param>
/// <param name="notice">Takes what the user should know. Any thread.</param>
internal sealed class RunCheckpoints(
    string run, ScenarioDefinition scenario, string output, CheckpointPolicy policy, Action<string> notice)
{
    /// <summary>A burn-in that took less is simulated again rather than kept [s], ...</summary>
    private const double ShortSeconds = 2;

    /// <summary>... or less than this share of the interval.</summary>
    private const double ShortShare = 0.02;

    private readonly CheckpointFolder _folder = new(run);
    private readonly Lock _gate = new();
    private readonly long _stateBytes = SimulationMemory.Of(scenario.Plan).CaptureBytes;
    private int _failures, _slow, _written;
    private double _seconds, _atStake;

    /// <summary>Files of an arm in a replicate so far.</summary>
    public required Func<int, int, IReadOnlyList<FileEntry>> Files { get; init; }

    /// <summary>Takes files that an arm that goes on has.</summary>
    public required Action<FileEntry> Found { get; init; }

    /// <summary>The run that its arm goes on from; null for none.</summary>
    public BranchOrigin? Origin { get; init; }

    /// <summary>States written, the time that it took over all replicates, and the work that a kill would have repeated at most in one [s].</summary>
    public (int Count, double Seconds, double AtStake) Written
    {
        get
        {
            lock (_gate)
            {
                return (_written, _seconds, _atStake);
            }
        }
    }

    /// <summary>The clock of a replicate.</summary>
    public CheckpointClock NewClock() => new(policy, _stateBytes);

    /// <summary>There is a state of the arm.</summary>
    public bool Has(int arm, int replicate) => _folder.Latest(CheckpointFolder.OfArm(scenario, arm, replicate)).Count > 0;

    /// <summary>Keeps a burn-in.</summary>
    public void SaveBurnIn(Simulation simulation, CheckpointClock clock)
    {
        string begin = CheckpointFolder.BurnIn(simulation.Replicate);
        Save(_folder.File(begin, simulation.StepIndex), CheckpointHead.Of(scenario, null, output, simulation), null, simulation.WriteProgress, clock);
        _folder.Thin(begin);
    }

    /// <summary>Keeps t = 0 for further arms, where the way there was long.</summary>
    public void SaveStart(Simulation simulation, CheckpointClock clock)
    {
        if (clock.Seconds >= Math.Min(ShortSeconds, ShortShare * policy.EverySeconds) || _folder.Latest(CheckpointFolder.BurnIn(simulation.Replicate)).Count > 0)
        {
            if (Save(_folder.Start(simulation.Replicate), CheckpointHead.Of(scenario, null, output, simulation), null, simulation.WriteState, clock))
            {
                _folder.Thin(CheckpointFolder.BurnIn(simulation.Replicate), 0);
            }
        }
        else
        {
            clock.Again = clock.Seconds;
        }
    }

    /// <summary>Keeps an arm.</summary>
    /// <param name="simulation">In the arm.</param>
    /// <param name="arm">Its index.</param>
    /// <param name="progress">What it gave so far, its files left out.</param>
    /// <param name="clock">Clock of the replicate.</param>
    public void SaveArm(Simulation simulation, int arm, ArmProgress progress, CheckpointClock clock)
    {
        string begin = CheckpointFolder.OfArm(scenario, arm, simulation.Replicate);
        Save(_folder.File(begin, simulation.StepIndex), CheckpointHead.Of(scenario, arm, output, simulation),
            progress with { Files = Files(arm, simulation.Replicate) }, simulation.WriteProgress, clock);
        _folder.Thin(begin);
    }

    /// <summary>Goes on with an arm from its latest state that can be used.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="fresh">Gives a simulation that nothing was read into.</param>
    /// <returns>The simulation and what the arm gave; null where it has to begin.</returns>
    public ArmAtWork? Continue(int arm, int replicate, Func<Simulation> fresh)
    {
        IReadOnlyList<string> files = _folder.Latest(CheckpointFolder.OfArm(scenario, arm, replicate));
        ArmAtWork? found = Load(files, CheckpointHead.Arm, arm, replicate, (progress, state) =>
        {
            ArmProgress given = progress ?? throw new InvalidDataException("its rows are missing");
            if (given.Files.FirstOrDefault(f => !FileLook.Holds(run, f)) is { } lost)
            {
                throw new InvalidDataException($"{lost.Path} is not as it was written");
            }

            Simulation simulation = fresh();
            simulation.ContinueArm(scenario.Arms[arm], state);
            return new ArmAtWork(simulation, given);
        });
        if (found is null && files.Count > 0)
        {
            notice($"{scenario.Arms[arm].Name}, replicate {replicate} is run from its start: none of its {files.Count} states can be used");
        }

        foreach (FileEntry file in found?.Progress.Files ?? [])
        {
            Found(file);
        }

        return found;
    }

    /// <summary>Begins an arm where the run that it branches from has a state.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="fresh">Gives a simulation that nothing was read into.</param>
    /// <param name="atZero">Gives one at t = 0.</param>
    /// <returns>The simulation and what the arm gave up to then; null where it has to begin.</returns>
    public ArmAtWork? Branch(int arm, int replicate, Func<Simulation> fresh, Func<Simulation> atZero) =>
        Origin?.Continue(scenario, arm, replicate, fresh, atZero, notice);

    /// <summary>Keeps a state for good.</summary>
    /// <inheritdoc cref="SaveArm"/>
    /// <exception cref="RunFolderException">It cannot be written.</exception>
    public void Keep(Simulation simulation, int arm, ArmProgress progress)
    {
        string file = $"{ResultFiles.States}/{CheckpointFolder.NameOf(CheckpointFolder.OfArm(scenario, arm, simulation.Replicate), simulation.StepIndex)}";
        FileSum sum = StateFile.Write(Path.Combine(run, file), CheckpointHead.Of(scenario, arm, output, simulation),
            progress with { Files = Files(arm, simulation.Replicate) }, simulation.WriteProgress);
        Found(new FileEntry(file, sum.Size, sum.Sha256, scenario.Arms[arm].Name, simulation.Replicate, null));
    }

    /// <summary>Brings a replicate to t = 0 or as far towards it as a state goes; null where its burn-in has to begin.</summary>
    /// <inheritdoc cref="Continue"/>
    public Simulation? ContinueBurnIn(int replicate, Func<Simulation> fresh)
    {
        string start = _folder.Start(replicate);
        return Load(File.Exists(start) ? [start] : [], CheckpointHead.Start, null, replicate, (_, state) =>
        {
            Simulation simulation = fresh();
            simulation.ReadState(state);
            return simulation;
        })
            ?? Load(_folder.Latest(CheckpointFolder.BurnIn(replicate)), CheckpointHead.BurnIn, null, replicate, (_, state) =>
            {
                Simulation simulation = fresh();
                simulation.ContinueBurnIn(state);
                return simulation;
            });
    }

    /// <summary>An arm is finished and kept: its states are of no more use.</summary>
    public void Forget(int arm, int replicate, CheckpointClock clock)
    {
        clock.Restart();
        Count(0, 0, clock);
        _folder.Thin(CheckpointFolder.OfArm(scenario, arm, replicate), 0);
    }

    /// <summary>All arms of a replicate that were asked for are finished.</summary>
    public void ForgetReplicate(int replicate)
    {
        _folder.Thin(CheckpointFolder.BurnIn(replicate), 0);
        CheckpointFolder.Delete(_folder.Start(replicate));
    }

    /// <summary>The run is finished.</summary>
    public void Clear() => _folder.Clear();

    private bool Save(string path, CheckpointHead head, ArmProgress? progress, Action<Stream> state, CheckpointClock clock)
    {
        if (policy.IsOff)
        {
            return false;
        }

        long instant = clock.Begin();
        bool isWhole = false;
        try
        {
            StateFile.Write(path, head, progress, state);
            isWhole = true;
        }
        catch (RunFolderException e)
        {
            if (Interlocked.Increment(ref _failures) == 1)
            {
                notice($"the run goes on, but its state cannot be kept ({e.Message.TrimEnd('.')}): if it is stopped, it repeats what came after the last one");
            }
        }
        finally
        {
            Count(isWhole ? 1 : 0, clock.End(instant, isWhole), clock);
        }

        if (isWhole && policy.IsStrict && clock.IsTooSlow && Interlocked.Increment(ref _slow) == 1)
        {
            notice($"writing a state takes {NumberText.Of(clock.WriteSeconds)} s, so that more than the {NumberText.Of(policy.EverySeconds)} s of --checkpoint-every may be repeated after a kill");
        }

        return isWhole;
    }

    private void Count(int states, double seconds, CheckpointClock clock)
    {
        lock (_gate)
        {
            _written += states;
            _seconds += seconds;
            _atStake = Math.Max(_atStake, clock.AtStake);
        }
    }

    private T? Load<T>(IReadOnlyList<string> files, string phase, int? arm, int replicate, Func<ArmProgress?, Stream, T> take)
        where T : class
    {
        foreach (string file in files)
        {
            try
            {
                T taken = StateFile.Read(
                    file, head => head.Differs(scenario, phase, arm, output, replicate), (head, progress, state) => take(progress, state));
                notice($"goes on from {Path.GetFileName(file)}");
                return taken;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                notice($"{file} is not used: {e.Message.TrimEnd('.')}");
                CheckpointFolder.PutAside(file);
            }
        }

        return null;
    }
}
