using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What a run would take, said before anything is run: simulations, time, memory, bytes and files.</summary>
/// <param name="Folder">Where it would be.</param>
/// <param name="Simulations">Arms × replicates that would run.</param>
/// <param name="All">Arms × replicates asked for, with those that are there already.</param>
/// <param name="Steps">Steps of them, burn-ins included.</param>
/// <param name="Seconds">Time of the simulations, from some burn-in and arms run here and thrown away; snapshots, figures and report come on top [s].</param>
/// <param name="Jobs">Replicates at once.</param>
/// <param name="Threads">Threads inside each.</param>
/// <param name="MemoryBytes">Memory of all jobs [bytes].</param>
/// <param name="MemoryLimit">What may be taken [bytes].</param>
/// <param name="StateBytes">One state on the way [bytes]; of each job three at most are on disk while it runs.</param>
/// <param name="DiskBytes">Files of the finished folder, roughly, figures and report left out [bytes].</param>
/// <param name="Files">Their number.</param>
public sealed record RunForecast(
    string Folder, int Simulations, int All, long Steps, double Seconds, int Jobs, int Threads, long MemoryBytes, long MemoryLimit,
    long StateBytes, long DiskBytes, long Files)
{
    private const int BytesPerValue = 12;

    // Manifest, log, RO-Crate.
    private const int Besides = 3;

    /// <summary>Bytes of states that are on disk while it runs, at most.</summary>
    public long CheckpointBytes => (CheckpointFolder.Kept + 1) * Jobs * StateBytes;

    /// <summary>Why the scenario's limit of bytes refuses it; null where it does not.</summary>
    public string? Refusal(double? limitBytes) => limitBytes is not { } limit || DiskBytes + CheckpointBytes <= limit ? null
        : $"the files of the run would take about {ByteSize.Format(DiskBytes)}, and states on the way {ByteSize.Format(CheckpointBytes)}, where "
            + $"output.limit allows {ByteSize.Format((long)limit)}; take fewer snapshots (time.snapshot_every), kept states (output.checkpoints) or "
            + "replicates, keep no states on the way (--checkpoint-every off), or raise the limit";

    /// <summary>Forecasts; nothing is written.</summary>
    /// <param name="request">The run.</param>
    /// <param name="measures">Measure the time of a step: some are simulated and thrown away.</param>
    /// <param name="cancellation">Stops the measurement.</param>
    /// <exception cref="MemoryRefusedException">It does not fit into memory.</exception>
    public static RunForecast Of(RunRequest request, bool measures, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ScenarioDefinition scenario = request.Scenario;
        var manifests = new ManifestBuilder(request);
        string folder = request.Folder ?? RunFolder.PathFor(request.OutDirectory, scenario);
        Manifest fresh = manifests.Fresh();
        Manifest known = request.Force ? fresh : ManifestReading.Of(folder).Manifest is { } old && old.IdentityHash == fresh.IdentityHash
            && old.ModelVersion == fresh.ModelVersion && old.OutputHash == fresh.OutputHash ? old : fresh;
        IReadOnlyList<ReplicateWork> work = ReplicateWork.Of(scenario, manifests.Missing(known));
        MemoryFit fit = request.Fit(scenario, work.Count, request.Threads, work.Any(w => w.Arms.Count > 1), onDisk: null);
        long steps = work.Sum(w => w.Steps.BurnIn + (w.Arms.Count * w.Steps.Arm));
        var schedule = new RunSchedule(scenario);
        SimulationMemory memory = SimulationMemory.Of(scenario.Plan, fit.Threads);
        long state = request.Checkpoints.IsOff ? 0 : StateFile.Bytes(memory.CaptureBytes);
        int arms = manifests.Arms.Length, pairs = arms * scenario.Replicates, lesions = scenario.Plan.Lesions.Count;
        long rows = Enumerable.Range(0, (int)Math.Min(int.MaxValue, schedule.Steps + 1)).LongCount(s => schedule.IsRow(s)) * lesions * pairs;
        long snapshots = schedule.Snapshots * (long)lesions * arms * (schedule.SnapshotsOfAll ? scenario.Replicates : 1);
        long kept = (long)scenario.KeptStatesHours.Count * pairs;
        long disk = (rows * new MeasureColumns(scenario).All.Count * BytesPerValue) + (snapshots * SnapshotBytes(scenario.Plan, memory))
            + (kept * StateFile.Bytes(memory.CaptureBytes)) + 100_000;
        double seconds = work.Count == 0 || !measures ? 0 : RunPilot.Measure(scenario, work, fit, cancellation).Seconds(work, fit.Jobs);
        return new RunForecast(
            folder, work.Sum(w => w.Arms.Count), pairs, steps, seconds, fit.Jobs, fit.Threads,
            fit.NeedBytes, fit.LimitBytes, state, disk, ResultFiles.Whole.Count + Besides + scenario.Kept.Count + snapshots + kept);
    }

    // Fields are kept as they are, the rest shrinks to some bytes a site.
    private static long SnapshotBytes(SimulationPlan plan, SimulationMemory memory) =>
        memory.Sites / Math.Max(1, plan.Lesions.Count * plan.Tissue.Tiles) * ((sizeof(float) * Engine.State.FieldTable.All.Count) + 8);
}
