using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Why a row of a sweep would be run or not.</summary>
public enum SweepReason
{
    /// <summary>No journal holds it.</summary>
    NotRun,

    /// <summary>It failed before and is tried again.</summary>
    Retried,

    /// <summary>A journal holds it.</summary>
    Finished,

    /// <summary>It failed before.</summary>
    FailedBefore,

    /// <summary>It is the same simulation as that of an earlier row: the arm does not depend on what differs.</summary>
    SameAsEarlier,

    /// <summary>It belongs to another part of the work.</summary>
    OtherShard,
}

/// <summary>What would become of a row of sweep.csv.</summary>
/// <param name="Point">Number of the point.</param>
/// <param name="Place">The point in words.</param>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Replicate">Number of the replicate.</param>
/// <param name="Reason">Why it is run or not.</param>
/// <param name="Detail">The failure, or the earlier point; empty otherwise.</param>
public sealed record SweepFate(int Point, string Place, string Arm, int Replicate, SweepReason Reason, string Detail);

/// <summary>What a sweep would take.</summary>
public sealed record SweepForecast
{
    private readonly SweepSession _session;
    private readonly bool _retry;
    private readonly Dictionary<RunId, PointArm> _firsts = [];

    private SweepForecast(SweepSession session, bool retry)
    {
        (_session, _retry) = (session, retry);
    }

    public required string Folder { get; init; }

    public required string Method { get; init; }

    /// <summary>What is varied, with the keys that each factor sets.</summary>
    public required IReadOnlyList<SweepFactor> Factors { get; init; }

    /// <summary>What besides their therapy sets the arms apart, a sentence; empty for nothing.</summary>
    public required string Fairness { get; init; }

    public required int Points { get; init; }

    public required int Arms { get; init; }

    public required int Replicates { get; init; }

    /// <summary>Points × arms × replicates.</summary>
    public required int Rows { get; init; }

    /// <summary>Different simulations behind them.</summary>
    public required int Simulations { get; init; }

    /// <summary>Simulations that would run.</summary>
    public required int ToRun { get; init; }

    /// <summary>Burn-ins that would run.</summary>
    public required int BurnIns { get; init; }

    /// <summary>Simulations at once.</summary>
    public required int Jobs { get; init; }

    /// <summary>Time of all simulations when the cores are free, worked out from some that were begun [s]; null when not measured.</summary>
    public double? Seconds { get; init; }

    /// <summary>Share of its cores that the tool got while it measured; 1 when they are free. The simulations take that much longer if it stays so.</summary>
    public double CoreShare { get; init; } = 1;

    /// <summary>Memory of all jobs [bytes].</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>What may be taken [bytes].</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Journals, series and table of what would run, roughly [bytes].</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Free on that disk [bytes]; null when unknown.</summary>
    public required long? DiskFree { get; init; }

    /// <summary>Works it out.</summary>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    /// <exception cref="MemoryRefusedException">A simulation does not fit into memory.</exception>
    public static SweepForecast Of(SweepRequest request, CancellationToken cancellation = default)
    {
        var session = SweepSession.Plan(request, cancellation);
        return Of(session, session.Fit(), measure: true, cancellation);
    }

    internal static SweepForecast Of(SweepSession session, MemoryFit fit, bool measure, CancellationToken cancellation = default)
    {
        SweepRequest request = session.Request;
        IReadOnlyList<SweepTask> missing = SweepSession.Missing(session.Share(session.Tasks.All), session.Results(), request.RetryFailed);
        int runs = missing.Sum(t => t.Runs.Count);
        SweepPace? pace = measure && runs > 0 ? SweepPace.Measure(session.Points.At, missing, fit.Jobs, fit.Threads, cancellation) : null;
        int workers = fit.Threads == 1 ? Math.Min(fit.Jobs, Environment.ProcessorCount) : fit.Jobs;
        return new SweepForecast(session, request.RetryFailed)
        {
            Folder = session.Folder.Path,
            Method = session.Scenario.Sweep!.Method.Name(),
            Factors = session.Scenario.Sweep.Factors,
            Fairness = FairComparison.Of(session.Scenario.Sweep, [.. session.Scenario.Arms.Select(a => a.Name)]),
            Points = session.Points.Count,
            Arms = session.Scenario.Arms.Count,
            Replicates = session.Scenario.Replicates,
            Rows = session.Tasks.Rows,
            Simulations = session.Tasks.Runs,
            ToRun = runs,
            BurnIns = missing.Count,
            Jobs = fit.Jobs,
            Seconds = pace is { ArmStep: > 0 } ? pace.Seconds(missing, session.Points.Steps, workers) : null,
            CoreShare = pace?.CoreShare ?? 1,
            MemoryBytes = fit.NeedBytes,
            MemoryLimit = fit.LimitBytes,
            DiskBytes = Disk(session, runs),
            DiskFree = Free(session.Folder.Path),
        };
    }

    /// <summary>Refuses a disk that is too full before anything is written.</summary>
    /// <exception cref="RunFolderException">What would be written does not fit.</exception>
    public void CheckDisk()
    {
        if (DiskFree is { } free && free < DiskBytes)
        {
            throw new RunFolderException($"the sweep writes about {ByteSize.Format(DiskBytes)} to {Folder}, and {ByteSize.Format(free)} are free there; free space, choose another disk with --out, or keep fewer time series (sweep.series)");
        }
    }

    /// <summary>What would become of each row, in the order of sweep.csv.</summary>
    public IEnumerable<SweepFate> Fates()
    {
        SweepResults results = _session.Results();
        HashSet<RunId> share = [.. _session.Share(_session.Tasks.All).SelectMany(t => t.Runs).Select(r => r.Run)];
        _firsts.Clear();
        for (int point = 0; point < Points; point++)
        {
            string place = _session.Points.Design.Describe(point);
            for (int arm = 0; arm < Arms; arm++)
            {
                for (int replicate = 0; replicate < Replicates; replicate++)
                {
                    (SweepReason reason, string detail) = Fate(results, share, new PointArm(point, arm), replicate);
                    yield return new SweepFate(point, place, _session.Scenario.Arms[arm].Name, replicate, reason, detail);
                }
            }
        }
    }

    private (SweepReason, string) Fate(SweepResults results, HashSet<RunId> share, PointArm place, int replicate)
    {
        RunId run = _session.Points.Run(place.Point, place.Arm, replicate);
        if (!_firsts.TryAdd(run, place) && _firsts[run] != place)
        {
            return (SweepReason.SameAsEarlier, $"point {_firsts[run].Point}");
        }

        return results.Find(run) switch
        {
            null when !share.Contains(run) => (SweepReason.OtherShard, ""),
            null => (SweepReason.NotRun, ""),
            { Error: null } => (SweepReason.Finished, ""),
            { Error: { } error } => (_retry ? SweepReason.Retried : SweepReason.FailedBefore, error),
        };
    }

    private static long Disk(SweepSession session, int runs)
    {
        ScenarioDefinition scenario = session.Scenario;
        double rows = (scenario.Plan.Time.DurationHours / scenario.RecordEveryHours) + 2;
        double series = session.Columns.SeriesNames.Count == 0 ? 0 : rows * scenario.Plan.Lesions.Count * (6 + (7.0 * session.Columns.SeriesNames.Count));
        double journal = 200 + (20.0 * scenario.Plan.Lesions.Count * session.Columns.Outputs.Count);
        double table = session.Tasks.Rows * (double)scenario.Plan.Lesions.Count * (90 + (20.0 * (session.Columns.Outputs.Count + scenario.Sweep!.Factors.Count)));
        return (long)((runs * (series + journal)) + table) + 100_000;
    }

    private static long? Free(string path)
    {
        try
        {
            string? at = path;
            while (at is not null && !Directory.Exists(at))
            {
                at = Path.GetDirectoryName(at);
            }

            return at is null ? null : new DriveInfo(at).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
