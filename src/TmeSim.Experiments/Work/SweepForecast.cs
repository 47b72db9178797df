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
    private readonly MemoryFit _fit;
    private readonly IReadOnlyList<SweepTask> _missing;
    private readonly Dictionary<RunId, PointArm> _firsts = [];

    private SweepForecast(SweepSession session, MemoryFit fit)
    {
        (_session, _fit) = (session, fit);
        _missing = SweepSession.Missing(session.Share(session.Tasks.All), session.Results(), session.Request.RetryFailed);
    }

    public string Folder => _session.Folder.Path;

    public string Method => _session.Scenario.Sweep!.Method.Name();

    /// <summary>What is varied, with the keys that each factor sets.</summary>
    public IReadOnlyList<SweepFactor> Factors => _session.Scenario.Sweep!.Factors;

    /// <summary>What besides their therapy sets the arms apart, a sentence; empty for nothing.</summary>
    public string Fairness => FairComparison.Of(_session.Scenario.Sweep!, [.. _session.Scenario.Arms.Select(a => a.Name)]);

    public int Points => _session.Points.Count;

    public int Arms => _session.Scenario.Arms.Count;

    public int Replicates => _session.Scenario.Replicates;

    /// <summary>Patients of a trial: how many, how many were screened for them, and their names; null for a sweep.</summary>
    public (int Count, int Screened, IReadOnlyList<string> Names)? Patients =>
        _session.Request.Product is TrialWriter && _session.Scenario.Cohort is { } cohort
        ? (cohort.Patients.Count, cohort.Screened, [.. cohort.Patients.Select(p => p.Id)]) : null;

    /// <summary>Points × arms × replicates.</summary>
    public int Rows => _session.Tasks.Rows;

    /// <summary>Different simulations behind them.</summary>
    public int Simulations => _session.Tasks.Runs;

    /// <summary>Simulations that would run.</summary>
    public int ToRun => _missing.Sum(t => t.Runs.Count);

    /// <summary>Burn-ins that would run.</summary>
    public int BurnIns => _missing.Count;

    /// <summary>Simulations at once.</summary>
    public int Jobs => _fit.Jobs;

    /// <summary>
    /// Time of all simulations when the cores are free, worked out from some that were begun [s]; null when not measured.
    /// </summary>
    public double? Seconds { get; private init; }

    // Scenario, design, log, journal, series.
    private const int FilesOfAll = 5;

    /// <summary>
    /// Share of its cores that the tool got while it measured; 1 when they are free. The simulations take that much longer if it stays so.
    /// </summary>
    public double CoreShare { get; private init; } = 1;

    /// <summary>Memory of all jobs [bytes].</summary>
    public long MemoryBytes => _fit.NeedBytes;

    /// <summary>What may be taken [bytes].</summary>
    public long MemoryLimit => _fit.LimitBytes;

    /// <summary>Journals, series and table of what would run, roughly [bytes].</summary>
    public long DiskBytes => Disk(_session, ToRun);

    /// <summary>Files of the folder at most, however many simulations there are; figures and report left out.</summary>
    public int Files => FilesOfAll + _session.Scenario.Kept.Count + _session.Request.Product.Files;

    /// <summary>Free on that disk [bytes]; null when unknown.</summary>
    public long? DiskFree => Free(Folder);

    /// <summary>Works it out.</summary>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    /// <exception cref="MemoryRefusedException">A simulation does not fit into memory.</exception>
    public static SweepForecast Of(SweepRequest request, CancellationToken cancellation = default)
    {
        var session = SweepSession.Plan(request, cancellation);
        MemoryFit fit = session.Fit();
        SweepForecast forecast = Of(session, fit);
        if (forecast.BurnIns == 0)
        {
            return forecast;
        }

        var pace = SweepPace.Measure(session.Points.At, forecast._missing, fit.Jobs, fit.Threads, cancellation);
        int workers = fit.Threads == 1 ? Math.Min(fit.Jobs, MachineCores.Count) : fit.Jobs;
        return forecast with { Seconds = pace.ArmStep > 0 ? pace.Seconds(forecast._missing, session.Points.Steps, workers) : null,
            CoreShare = pace.CoreShare };
    }

    /// <summary>The same without a measure of time.</summary>
    internal static SweepForecast Of(SweepSession session, MemoryFit fit) => new(session, fit);

    /// <summary>Refuses a disk that is too full before anything is written.</summary>
    /// <exception cref="RunFolderException">What would be written does not fit.</exception>
    public void CheckDisk()
    {
        if (DiskFree is { } free && free < DiskBytes)
        {
            throw new RunFolderException(
                $"the sweep writes about {ByteSize.Format(DiskBytes)} to {Folder}, and {ByteSize.Format(free)} are free there; free space, "
                + "choose another disk with --out, or keep fewer time series (sweep.series)");
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
                for (int replicate = 0; replicate < Replicates && (_session.Scenario.Sweep!.ArmOfPoint is not { } only || only[point] == arm); replicate++)
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
            { Error: { } error } => (_session.Request.RetryFailed ? SweepReason.Retried : SweepReason.FailedBefore, error),
        };
    }

    private static long Disk(SweepSession session, int runs)
    {
        ScenarioDefinition scenario = session.Scenario;
        double rows = (scenario.Plan.Time.DurationHours / scenario.RecordEveryHours) + 2;
        double series = session.Columns.SeriesNames.Count == 0 ? 0
            : rows * scenario.Plan.Lesions.Count * (6 + (7.0 * session.Columns.SeriesNames.Count));
        double journal = 200 + (20.0 * scenario.Plan.Lesions.Count * session.Columns.Outputs.Count);
        double table = session.Tasks.Rows * (double)scenario.Plan.Lesions.Count * (90
            + (20.0 * (session.Columns.Outputs.Count + scenario.Sweep!.Factors.Count)));
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
