using System.Globalization;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Writers;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// Movies of a finished run, one per lesion: arms side by side over the times of their snapshots, as animated PNG and, where ffmpeg is
/// found, as MP4. In 3D the middle layer is shown. Only one snapshot is in memory at a time.
/// </summary>
public sealed class MovieExport
{
    private const int Seconds = 12;
    private const int SlowestSecondsPerFrame = 1;
    private const int FastestPerSecond = 30;
    private readonly MovieRequest _request;
    private readonly FieldInfo? _field;
    private readonly Movie[] _movies;

    private MovieExport(MovieRequest request, FieldInfo? field, Movie[] movies) => (_request, _field, _movies) = (request, field, movies);

    /// <summary>Looks at the run and decides what will be written; writes nothing.</summary>
    /// <param name="request">What and where.</param>
    /// <exception cref="ArgumentException">An unknown arm, field or replicate, or a number out of range.</exception>
    /// <exception cref="DamagedRunException">Files of the run are not as they were written.</exception>
    /// <exception cref="RunFolderException">The folder is no run folder, has fewer than two times of snapshots, or holds the movie
    /// already.</exception>
    public static MovieExport Open(MovieRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.FramesPerSecond is < 1 or > 60)
        {
            throw new ArgumentException("a movie shows 1 to 60 frames per second", nameof(request));
        }

        FieldInfo? field = request.Field is null ? null : FieldTable.All.Cast<FieldInfo?>()
            .FirstOrDefault(f => f!.Value.Key == request.Field)
            ?? throw new ArgumentException(
                $"there is no field '{request.Field}'; fields: {string.Join(", ", FieldTable.All.Select(f => f.Key))}", nameof(request));
        var run = FinishedRun.Open(request.RunDirectory);
        run.RequireIntact();
        string[] done = [.. run.Manifest.Arms.Where(a => run.Manifest.Done.Any(d => d.Arm == a))];
        string[] arms = request.Arms.Count > 0 ? [.. request.Arms.Distinct()] : done;
        if (arms.FirstOrDefault(a => !done.Contains(a)) is { } unknown)
        {
            throw new ArgumentException($"the run has no finished arm '{unknown}'; arms: {string.Join(", ", done)}", nameof(request));
        }

        if (arms.Length > MovieScene.MostArms)
        {
            throw new ArgumentException($"a movie shows at most {MovieScene.MostArms} arms, the run has {arms.Length}; choose with --arm",
                nameof(request));
        }

        (string Path, SnapshotHeader Header)[] all = [.. run.Index()];
        int[] replicates = [.. all.Select(s => s.Header.Replicate).Distinct().Order()];
        int replicate = request.Replicate ?? replicates[0];
        if (!replicates.Contains(replicate))
        {
            throw new ArgumentException(
                $"the run has no snapshots of replicate {replicate}; replicates with snapshots: {string.Join(", ", replicates)}",
                nameof(request));
        }

        (string Path, SnapshotHeader Header)[] shown = [.. all.Where(s => s.Header.Replicate == replicate && arms.Contains(s.Header.Arm))];
        string directory = request.OutDirectory ?? Path.Combine(run.Directory, "export");
        Movie[] movies = [.. run.Manifest.Lesions.Where(l => shown.Any(s => s.Header.Lesion == l))
            .Select(l => Of(request, l, run.Manifest.Lesions, directory, shown, arms))];
        if (movies.Length == 0 || movies.Any(m => m.Days.Length < 2))
        {
            throw new RunFolderException($"{run.Directory}: a movie needs at least two snapshot times; set time.snapshot_every");
        }

        if (!request.Force && movies.SelectMany(m => new[] { m.Png, m.Mp4 }).FirstOrDefault(File.Exists) is { } existing)
        {
            throw new RunFolderException($"{existing} exists; use --force to replace it");
        }

        return new MovieExport(request, field, movies);
    }

    /// <summary>Writes the movies.</summary>
    /// <param name="cancellation">Stops between frames and ends ffmpeg.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="RunFolderException">A snapshot is damaged, a file cannot be written, or ffmpeg failed (animated PNG files
    /// stay).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; movies already written stay.</exception>
    public IReadOnlyList<string> Write(CancellationToken cancellation = default)
    {
        string? ffmpeg = Mp4Encoder.Find(_request.SearchPath);
        if (ffmpeg is null)
        {
            _request.Notice?.Invoke("no MP4: there is no ffmpeg on the PATH");
        }

        _request.Progress.Expect(_movies.Sum(m => m.Days.Length));
        return [.. _movies.SelectMany(m => Write(m, ffmpeg, cancellation))];
    }

    private List<string> Write(Movie movie, string? ffmpeg, CancellationToken cancellation)
    {
        TissueSnapshot first = SnapshotFile.ReadSection(movie.Snapshots.First().Value);
        var frames = new MovieFrames(new MovieScene
        {
            Arms = movie.Arms,
            Width = first.Nx,
            Height = first.Ny,
            SpacingUm = first.SpacingUm,
            FirstDay = movie.Days[0],
            LastDay = movie.Days[^1],
            Note = Note(movie, first),
            Codes = Cd8StateCodes.Codes(
                first.Codes, movie.Snapshots.Values.Any(path => Cd8StateCodes.AreIn(SnapshotFile.ReadHeader(path)))),
            Field = _field is { } field ? Range(movie, field, cancellation) : null,
        });
        FrameDelay delay = Delay(movie.Days.Length);
        Mp4Encoder? mp4 = null;
        try
        {
            AtomicFile.Write(movie.Png, stream =>
            {
                // Both files are made from the same frames, drawn once.
                mp4 = ffmpeg is null ? null : Mp4Encoder.Start(ffmpeg, movie.Mp4, (frames.Width, frames.Height, frames.Palette), delay,
                    cancellation);
                var png = new AnimatedPngWriter(stream, frames.Width, frames.Height, movie.Days.Length, frames.Palette);
                foreach ((int i, double day) in movie.Days.Index())
                {
                    cancellation.ThrowIfCancellationRequested();
                    _request.Progress.Begin(Path.GetFileName(movie.Png),
                        string.Create(CultureInfo.InvariantCulture, $"frame {i + 1} of {movie.Days.Length}, day {day:0.##}"));
                    Draw(frames, movie, day);
                    _request.Progress.Done();

                    // The last picture stays a second longer before the movie begins again.
                    png.Add(frames.Pixels, i < movie.Days.Length - 1 ? delay
                        : delay with { Numerator = (ushort)(delay.Numerator + delay.Denominator) });
                    mp4?.Add(frames.Pixels);
                }

                png.Finish();
            });
            mp4?.Finish();
        }
        finally
        {
            mp4?.Dispose();
        }

        return mp4 is null ? [movie.Png] : [movie.Png, movie.Mp4];
    }

    private void Draw(MovieFrames frames, Movie movie, double day)
    {
        foreach ((int arm, string name) in movie.Arms.Index())
        {
            if (movie.Snapshots.TryGetValue((name, FinishedRun.Seconds(day)), out string? path))
            {
                TissueSnapshot s = SnapshotFile.ReadSection(path);
                if (_field is { } field)
                {
                    frames.Show(arm, new FieldFrame(name, s.TimeDays, s.Nx, s.Ny, s.SpacingUm, s.Fields[(int)field.Id], s.Parenchyma));
                }
                else
                {
                    frames.Show(arm, s.Frame(name));
                }
            }
            else if (movie.LastDays[arm] < day)
            {
                frames.End(arm, movie.LastDays[arm]);
            }
        }

        frames.Progress(day);
    }

    // The colours are the same in all frames, so the range is looked up before the first.
    private MovieField Range(Movie movie, FieldInfo field, CancellationToken cancellation)
    {
        _request.Progress.Begin(Path.GetFileName(movie.Png), $"range of {field.Key}");
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (string path in movie.Snapshots.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (float value in SnapshotFile.ReadSection(path).Fields[(int)field.Id])
            {
                if (float.IsFinite(value))
                {
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
            }
        }

        return new MovieField(field.Label, field.Unit, low, high);
    }

    private FrameDelay Delay(int frames) => _request.FramesPerSecond is { } asked
        ? new FrameDelay(1, (ushort)asked)
        : frames <= Seconds / SlowestSecondsPerFrame ? new FrameDelay(SlowestSecondsPerFrame, 1)
        : frames >= Seconds * FastestPerSecond ? new FrameDelay(1, FastestPerSecond)
        : new FrameDelay(Seconds, (ushort)frames);

    private static string Note(Movie movie, TissueSnapshot s) => string.Join(", ",
    [
        movie.Lesion, string.Create(CultureInfo.InvariantCulture, $"replicate {s.Replicate}"),
        .. s.LatticeLayers > 1 ? (string[])[string.Create(CultureInfo.InvariantCulture, $"layer {s.FirstLayer} of {s.LatticeLayers}")] : [],
    ]);

    private static Movie Of(MovieRequest request, string lesion, IReadOnlyList<string> lesions, string directory,
        (string Path, SnapshotHeader Header)[] shown, string[] arms)
    {
        (string Path, SnapshotHeader Header)[] own = [.. shown.Where(s => s.Header.Lesion == lesion)];
        string slug = RunFolder.Slug(lesion);
        int same = lesions.Count(l => RunFolder.Slug(l) == slug) > 1 ? lesions.ToList().IndexOf(lesion) + 1 : 0;
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"movie-{slug}{(same > 0 ? $"-{same}" : "")}{(request.Field is null ? "" : "-" + RunFolder.Slug(request.Field))}{(request.Replicate is { } r ? $"-r{r}" : "")}");
        string[] present = [.. arms.Where(a => own.Any(s => s.Header.Arm == a))];
        return new Movie(
            lesion,
            present,
            [.. own.DistinctBy(s => FinishedRun.Seconds(s.Header.TimeD)).Select(s => s.Header.TimeD).Order()],
            [.. present.Select(a => own.Where(s => s.Header.Arm == a).Max(s => s.Header.TimeD))],
            own.DistinctBy(s => (s.Header.Arm, FinishedRun.Seconds(s.Header.TimeD)))
            .ToDictionary(s => (s.Header.Arm, FinishedRun.Seconds(s.Header.TimeD)), s => s.Path),
            Path.Combine(directory, name + ".png"),
            Path.Combine(directory, name + ".mp4"));
    }

    /// <param name="Lesion">Lesion shown.</param>
    /// <param name="Arms">Arms shown.</param>
    /// <param name="Days">Times of any arm, rising.</param>
    /// <param name="LastDays">Last time of each arm.</param>
    /// <param name="Snapshots">Files by arm and time [s].</param>
    /// <param name="Png">The animated PNG.</param>
    /// <param name="Mp4">The MP4.</param>
    private sealed record Movie(
        string Lesion, string[] Arms, double[] Days, double[] LastDays, IReadOnlyDictionary<(string Arm, long Seconds), string> Snapshots,
        string Png, string Mp4);
}
