using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>What a run does when the machine fails it; scenarios/README.md, "When something fails".</summary>
public sealed class FaultTests : InFolder
{
    private static readonly Lock Once = new();
    private static string[]? s_whole;

    // Two replicates of two arms with snapshots, some seconds of work.
    private string Long => Write("long.yaml", CliRun.Tiny.Replace("replicates: 1", "replicates: 2", StringComparison.Ordinal)
        .Replace("duration: 2 d, record_every: 1 d", "duration: 20 d, record_every: 1 d, snapshot_every: 5 d", StringComparison.Ordinal)
        .Replace("[0.6 mm, 0.6 mm]", "[1.2 mm, 1.2 mm]", StringComparison.Ordinal));

    private string[] Run(string runs) => ["run", Long, "--out", Path.Combine(Folder, runs), "--no-figures", "--quiet"];

    /// <summary>No file can grow beyond 32 kB, as on a full disk or above a quota: a snapshot has more.</summary>
    [Fact]
    public async Task DiskThatFillsUp_EndsTheRunByName_AndTheSameCommandGoesOn()
    {
        using Process process = Tool.Start("/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 64; exec dotnet \"$@\"", "sh", Tool.Path, .. Run("full")],
            new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        (int code, _, string error) = await Tool.Ended(process);
        Assert.Equal(1, code);
        Assert.Contains("cannot write", error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(Folder, "full"), error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "full"), "*.tmp", SearchOption.AllDirectories));
        await EndsAsAWhole("full");
    }

    /// <summary>No file beyond 2 kB, for each thing that an export makes: an error by name, and nothing that looks whole.</summary>
    [Theory]
    [InlineData("--points", "points.csv")]
    [InlineData("--measures", "spatial.csv")]
    [InlineData("--h5ad", "cells.h5ad")]
    [InlineData("--anndata-zarr", "cells.zarr")]
    [InlineData("--ome-zarr", "ome-zarr")]
    [InlineData("--parquet", "cells.parquet")]
    [InlineData("--vtk", "vtk")]
    [InlineData("--movie", "movie-primary.png")]
    public async Task DiskThatFillsUp_EndsAnExportByName_AndLeavesNothing(string format, string name)
    {
        string runs = Path.Combine(Folder, "runs");
        (int code, _, string error) = CliRun.Invoke("run", Long, "--out", runs, "--no-figures", "--quiet", "--set", "time.duration=5 d", "--replicates", "1");
        Assert.True(code == 0, error);
        string run = Directory.GetDirectories(runs).Single(), export = Path.Combine(run, "export");
        using Process process = Tool.Start("/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 4; exec dotnet \"$@\"", "sh", Tool.Path, "export", run, format, "--quiet"],
            new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        (code, string output, error) = await Tool.Ended(process);
        Assert.True(code == 1, $"{code} {output} {error}");
        Assert.Contains($"cannot write {Path.Combine(export, name)}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(export, name)));
        Assert.DoesNotContain(Directory.Exists(export) ? Directory.GetFileSystemEntries(export) : [], f => f.EndsWith(".tmp", StringComparison.Ordinal));
        (code, _, error) = CliRun.Invoke("export", run, format, "--quiet", "--force");
        Assert.True(code == 0, error);
        Assert.True(Path.Exists(Path.Combine(export, name)));
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("")]
    public async Task WhatIsRemovedUnderARun_IsMadeAgain_AtOnceOrByTheSameCommand(string name)
    {
        using (Process process = Tool.Start(Run("removed")))
        {
            await Began("removed");
            string gone = Path.Combine(Directory.GetDirectories(Path.Combine(Folder, "removed")).Single(), name);
            if (File.Exists(gone))
            {
                File.Delete(gone);
            }
            else if (Directory.Exists(gone))
            {
                Remove(gone);
            }

            (int code, _, string error) = await Tool.Ended(process);
            Assert.True(code is 0 or 1, $"{code}: {error}");
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        await EndsAsAWhole("removed");
    }

    // The run writes while its folder goes: what came in between goes with the next try.
    private static void Remove(string folder)
    {
        for (int tries = 0; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 100)
            {
            }
        }
    }

    /// <summary>As behind a network disk that hangs: the run waits, and goes on when it is let go.</summary>
    [Fact]
    public async Task RunThatStandsStill_GoesOn_AndNobodyTakesItsFolder()
    {
        using Process process = Tool.Start(Run("stalled"));
        await Began("stalled");
        await Signal("STOP", process);
        (int second, _, string error) = await Tool.Run(Run("stalled"));
        await Signal("CONT", process);
        (int first, _, string own) = await Tool.Ended(process);
        Assert.True(first == 0, own);
        Assert.Equal(1, second);
        Assert.Contains("cannot use the run folder", error, StringComparison.Ordinal);
        await EndsAsAWhole("stalled");
    }

    [Fact]
    public async Task MemoryThatIsNotThere_IsSaidInNumbers()
    {
        (int code, _, string error) = await Tool.Run(Run("small"), new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x1800000" });
        Assert.Equal(3, code);
        Assert.Contains("of memory for one simulation", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "small")));
    }

    /// <summary>Not even root may make a folder there.</summary>
    [Fact]
    public async Task FolderThatCannotBeMade_IsNamed()
    {
        (int code, _, string error) = await Tool.Run(["run", Long, "--out", "/sys/tmesim", "--quiet"]);
        Assert.Equal(1, code);
        Assert.Contains("cannot make the run folder /sys/tmesim", error, StringComparison.Ordinal);
    }

    private static async Task Signal(string name, Process process)
    {
        using Process kill = Tool.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    // Until the first arm is at work.
    private async Task Began(string runs)
    {
        for (int i = 0; i < 600; i++)
        {
            string root = Path.Combine(Folder, runs);
            if (Directory.Exists(root) && Directory.GetFiles(root, "*.bin.gz", SearchOption.AllDirectories).Length > 0)
            {
                return;
            }

            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Fail("the run wrote no snapshot");
    }

    private async Task EndsAsAWhole(string runs)
    {
        (int again, _, string error) = await Tool.Run(Run(runs));
        Assert.True(again == 0, error);
        lock (Once)
        {
            if (s_whole is null)
            {
                (int whole, _, string message) = CliRun.Invoke(Run("whole"));
                Assert.True(whole == 0, message);
                s_whole = Tables("whole");
            }
        }

        Assert.Equal(s_whole, Tables(runs));

        string[] Tables(string name) => [.. ((string[])["timeseries.csv", "events.csv", "responses.csv"]).Select(t =>
            File.ReadAllText(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, name)).Single(), t)))];
    }
}
