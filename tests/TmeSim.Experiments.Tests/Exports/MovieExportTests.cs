using System.Buffers.Binary;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Exports;

public sealed class MovieExportTests(MovieExportTests.FinishedFolder run) : IClassFixture<MovieExportTests.FinishedFolder>
{
    [Fact]
    public void WithFfmpeg_WritesBothFiles_FromTheSameFrames()
    {
        using var to = new TemporaryFolder();
        string tools = Fake(to, "cat > \"$here/frames\"; for last; do :; done; cp \"$here/frames\" \"$last\"");
        var progress = new RunProgress();
        IReadOnlyList<string> paths = MovieExport.Open(Request(to) with { SearchPath = $"/nowhere{Path.PathSeparator}{tools}", Progress = new ExportProgress(progress) }).Write();
        Assert.Equal(["movie-primary.png", "movie-primary.mp4"], paths.Select(Path.GetFileName));
        (int width, int height, int frames) = Png(paths[0]);
        Assert.Equal(3, frames);
        Assert.Equal(frames * width * height * 3, new FileInfo(paths[1]).Length);
        string[] arguments = File.ReadAllLines(Path.Combine(tools, "arguments"));
        Assert.Equal($"{width}x{height}", After(arguments, "-video_size"));
        Assert.Equal(("rawvideo", "rgb24", "1/1", "pipe:0"), (After(arguments, "-f"), After(arguments, "-pixel_format"), After(arguments, "-framerate"), After(arguments, "-i")));
        Assert.Equal(("libx264", "18", "yuv420p", "+faststart"), (After(arguments, "-c:v"), After(arguments, "-crf"), After(arguments, "-pix_fmt"), After(arguments, "-movflags")));
        Assert.Equal(new ExportCount(3, 3, "movie-primary.png: frame 3 of 3, day 6"), progress.Export);
        Assert.Empty(Directory.GetFiles(to.Path, "*.tmp"));
    }

    [Fact]
    public void WithoutFfmpeg_WritesTheAnimatedPng_AndSaysWhyThereIsNoMp4()
    {
        using var to = new TemporaryFolder();
        File.WriteAllText(Path.Combine(to.Path, "ffmpeg"), "not a program"); // no right to be run
        List<string> said = [];
        IReadOnlyList<string> paths = MovieExport.Open(Request(to) with { SearchPath = to.Path, Notice = said.Add }).Write();
        Assert.Equal(["movie-primary.png"], paths.Select(Path.GetFileName));
        Assert.Contains(said, s => s.Contains("no ffmpeg on the PATH", StringComparison.Ordinal));
        byte[] first = File.ReadAllBytes(paths[0]);
        MovieExport.Open(Request(to) with { Force = true }).Write();
        Assert.Equal(first, File.ReadAllBytes(paths[0]));
    }

    [Fact]
    public void FfmpegThatFails_IsAnErrorWithItsWords_AndThePngStays()
    {
        using var to = new TemporaryFolder();
        foreach (string script in (string[])["head -c 10 > /dev/null; echo Unknown encoder libx264 >&2; exit 3", "cat > /dev/null; echo Unknown encoder libx264 >&2; exit 3", "echo Unknown encoder libx264 >&2; cat > /dev/null"])
        {
            string tools = Fake(to, script);
            var e = Assert.Throws<RunFolderException>(() => MovieExport.Open(Request(to) with { SearchPath = tools, Force = true }).Write());
            Assert.Contains("ffmpeg", e.Message, StringComparison.Ordinal);
            Assert.Contains("Unknown encoder libx264", e.Message, StringComparison.Ordinal);
            Assert.Equal(3, Png(Path.Combine(to.Path, "movie-primary.png")).Frames);
            Assert.Equal(["movie-primary.png"], Directory.GetFiles(to.Path).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task Cancellation_EndsFfmpeg_AndLeavesNothing()
    {
        using var to = new TemporaryFolder();
        // A frame is on its way when it begins to wait, so the writer stands before a pipe that nobody reads any more.
        string tools = Fake(to, "head -c 1 > /dev/null; echo $$ > \"$here/new\"; mv \"$here/new\" \"$here/id\"; exec sleep 600");
        using var cancellation = new CancellationTokenSource();
        Task write = Task.Run(() => MovieExport.Open(Request(to) with { SearchPath = tools }).Write(cancellation.Token), TestContext.Current.CancellationToken);
        while (!File.Exists(Path.Combine(tools, "id")) && !write.IsCompleted)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(to.Path));
        int id = int.Parse(File.ReadAllText(Path.Combine(tools, "id")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    [Fact]
    public void ArmReplicateFieldAndSpeed_AreChosen()
    {
        using var to = new TemporaryFolder();
        IReadOnlyList<string> paths = MovieExport.Open(Request(to) with { Arms = ["Atezo + Bev"], Replicate = 1, Field = "oxygen", FramesPerSecond = 5 }).Write();
        Assert.Equal(["movie-primary-oxygen-r1.png"], paths.Select(Path.GetFileName));
        byte[] file = File.ReadAllBytes(paths[0]);
        int control = file.AsSpan().IndexOf("fcTL"u8) + 4;
        Assert.Equal((1, 5), (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(control + 20)), BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(control + 22))));
    }

    [Theory]
    [InlineData("arms: Control, Atezo + Bev", "Nobody", null, null)]
    [InlineData("replicates with snapshots: 0, 1", null, 7, null)]
    [InlineData("fields: oxygen, vegf", null, null, "nitrogen")]
    public void UnknownNames_AreRefused_WithThoseThereAre(string words, string? arm, int? replicate, string? field)
    {
        using var to = new TemporaryFolder();
        var e = Assert.Throws<ArgumentException>(() => MovieExport.Open(Request(to) with { Arms = arm is null ? [] : [arm], Replicate = replicate, Field = field }));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExistingMovie_IsRefusedWithoutForce_BeforeAnythingIsWritten()
    {
        using var to = new TemporaryFolder();
        File.WriteAllText(Path.Combine(to.Path, "movie-primary.mp4"), "old");
        Assert.Contains("--force", Assert.Throws<RunFolderException>(() => MovieExport.Open(Request(to))).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Path.Combine(to.Path, "movie-primary.mp4")));
    }

    [Fact]
    public void FewerThanTwoTimes_IsRefused_WithTheKeyToSet()
    {
        using var folder = new TemporaryFolder();
        string copy = Path.Combine(folder.Path, "run"), snapshots = Path.Combine(copy, "snapshots");
        Directory.CreateDirectory(snapshots);
        var manifest = Manifest.Parse(File.ReadAllText(Path.Combine(run.Directory, "manifest.json")))!;
        void Keep(string pattern, Func<StateHashEntry, bool> hashes)
        {
            foreach (string file in Directory.GetFiles(Path.Combine(run.Directory, "snapshots"), pattern))
            {
                File.Copy(file, Path.Combine(snapshots, Path.GetFileName(file)), overwrite: true);
            }

            File.WriteAllText(Path.Combine(copy, "manifest.json"), (manifest with
            {
                StateHashes = [.. manifest.StateHashes.Where(hashes)],
                Files = [.. manifest.Files.Where(f => File.Exists(Path.Combine(copy, f.Path)))],
            }).ToJson());
        }

        Keep("*t0000000min*", h => h.TimeD == 0);

        var e = Assert.Throws<RunFolderException>(() => MovieExport.Open(new MovieRequest { RunDirectory = copy }));
        Assert.Contains("needs at least two snapshot times; set time.snapshot_every", e.Message, StringComparison.Ordinal);

        // An arm that ended early has fewer times than the others: its last picture stays.
        Keep("a0-*.r0.*", _ => false);
        Assert.Equal(3, Png(MovieExport.Open(new MovieRequest { RunDirectory = copy }).Write().Single()).Frames);
        Keep("a0-*.r0.*", _ => true);
        Assert.Contains("lacks the snapshot", Assert.Throws<RunFolderException>(() => MovieExport.Open(new MovieRequest { RunDirectory = copy })).Message, StringComparison.Ordinal);
    }

    private MovieRequest Request(TemporaryFolder to) => new() { RunDirectory = run.Directory, OutDirectory = to.Path };

    // A shell script in place of ffmpeg, which writes down how it was called.
    private static string Fake(TemporaryFolder folder, string script)
    {
        string tools = Path.Combine(folder.Path, "tools"), path = Path.Combine(tools, "ffmpeg");
        Directory.CreateDirectory(tools);
        File.WriteAllText(path, $"#!/bin/sh\nhere=$(dirname \"$0\")\nprintf '%s\\n' \"$@\" > \"$here/arguments\"\n{script}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for ffmpeg is a shell script");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return tools;
    }

    private static string After(string[] arguments, string name) => arguments[Array.IndexOf(arguments, name) + 1];

    private static (int Width, int Height, int Frames) Png(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf("acTL"u8) + 4)));
    }

    /// <summary>A run with snapshots at days 0, 3 and 6 of two replicates, made once.</summary>
    public sealed class FinishedFolder : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public FinishedFolder()
        {
            ScenarioDefinition scenario = SmallScenario.Read("time.snapshot_every=3 d", "time.burn_in=1 d");
            Directory = RunSession.Execute(new RunRequest { Scenario = scenario, OutDirectory = _folder.Path, Figures = false }, new RunProgress()).Folder;
        }

        public string Directory { get; }

        public void Dispose() => _folder.Dispose();
    }
}
