using System.Globalization;

namespace TmeSim.Cli.Tests.Commands;

public sealed class ExportCommandTests : InFolder
{
    [Fact]
    public void FinishedRun_WritesTidyTables_AndNothingElseTwice()
    {
        string run = Run();
        (int code, string output, string error) = CliRun.Invoke("export", run, "--measures", "--points", "--radius", "100 um", "--simulations", "19");
        Assert.True(code == 0, error);
        string[] paths = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim()).ToArray();
        Assert.Equal(["spatial.csv", "spatial_curves.csv", "points.csv"], paths.Select(Path.GetFileName));
        Assert.Equal(Path.Combine(run, "export"), Path.GetDirectoryName(paths[0]));

        string[][] scalars = Table(paths[0], "arm,replicate,lesion,time_d,measure,value,unit");
        Assert.Contains(scalars, f => f[0] == "Control" && f[3] == "0" && f[4] == "morisita_horn_100um" && f[5].Length > 0 && f[6] == "1");
        Assert.Contains(scalars, f => f[0] == "Anti-PD-L1" && f[4] == "ifng_score_z");
        string[][] curves = Table(paths[1], "arm,replicate,lesion,time_d,window,function,from,to,edge,null,simulations,r_um,value,theo,envelope_low,envelope_high");
        Assert.Equal(["K", "L", "g", "g_kernel", "G"], curves.Select(f => f[5]).Distinct());
        Assert.All(curves.Where(f => f[5] == "K" && f[12].Length > 0), f => Assert.Equal(Math.PI * Math.Pow(Number(f[11]), 2), Number(f[13]), 1e-6));
        Assert.All(curves.Where(f => f[14].Length > 0), f => Assert.True(Number(f[14]) <= Number(f[15])));
        string[][] points = Table(paths[2], 
            "arm,replicate,lesion,time_d,cell_id,x_um,y_um,z_um,type,state,clone,mhc1,pdl1_per_um2,exhaustion,engaged,tumor_reactive,differentiation,cd163_score,perfusion,lumen_density,maturity,oxygen,", prefix: true);
        string cells = scalars.First(f => f[0] == "Control" && f[3] == "0" && f[4] == "tumor_count")[5];
        Assert.Equal(cells, points.Count(f => f[0] == "Control" && f[3] == "0" && f[8] == "tumor" && f[9] == "living").ToString(CultureInfo.InvariantCulture));

        CellsHaveTraits(File.ReadLines(paths[2]).First().Split(','), points);

        // The same numbers as the time series, which counts them on the live lattice.
        string[] header = File.ReadLines(Path.Combine(run, "timeseries.csv")).First().Split(',');
        string[] row = File.ReadLines(Path.Combine(run, "timeseries.csv")).Skip(1).First(l => l.StartsWith("Control,0,primary,0,", StringComparison.Ordinal)).Split(',');
        foreach (string measure in (string[])["cd8_core_per_mm2", "cd8_margin_per_mm2", "cd8_phenotype", "cd163_cd8_log2_ratio", "hypoxic_fraction", "hypoxic_fraction_2_5", "vessels_per_mm2", "vessels_perfused_per_mm2", "vessel_distance_mean_um", "morisita_horn_100um", "mixing_score", "ifng_score"])
        {
            string live = row[Array.IndexOf(header, measure)], exported = scalars.Single(f => f[0] == "Control" && f[3] == "0" && f[4] == measure)[5];
            Assert.True(live.Length == 0 ? exported.Length == 0 : Math.Abs(Number(live) - Number(exported)) <= 1e-9 * Math.Abs(Number(live)), $"{measure}: {live} in the time series, {exported} exported");
        }

        // Again: refused without --force, and the same bytes with it.
        string before = File.ReadAllText(paths[1]);
        (code, output, error) = CliRun.Invoke("export", run, "--measures", "--radius", "100 um", "--simulations", "19");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("--force", error, StringComparison.Ordinal);
        (code, output, error) = CliRun.Invoke("export", run, "--measures", "--radius", "0.1 mm", "--simulations", "19", "--force", "--quiet");
        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(before, File.ReadAllText(paths[1]));
        Assert.Empty(Directory.GetFiles(Path.Combine(run, "export"), "*.tmp"));
    }

    [Fact]
    public void TumorWindow_AndOtherEdges_AreSaidInTheTable()
    {
        string run = Run(), to = Path.Combine(Folder, "elsewhere");
        (int code, _, string error) = CliRun.Invoke("export", run, "--measures", "--out", to, "--window", "tumor", "--edge", "border", "--simulations", "0", "--radius", "60 um", "--step", "20 um", "--quiet");
        Assert.True(code == 0, error);
        Assert.Empty(error);
        string[][] curves = Table(Path.Combine(to, "spatial_curves.csv"), "arm,", prefix: true);
        Assert.NotEmpty(curves);
        Assert.All(curves, f => Assert.Equal(("tumor", "border", "", "0", ""), (f[4], f[8], f[9], f[10], f[14])));
        Assert.DoesNotContain(curves, f => f[5] == "g_kernel");
    }

    [Fact]
    public void UnfitFolders_AreRefusedWithTheReason()
    {
        (int code, string output, string error) = CliRun.Invoke("export", Path.Combine(Folder, "nowhere"), "--points");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("no such folder", error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("export", Folder, "--points");
        Assert.Equal(1, code);
        Assert.Contains("no manifest.json", error, StringComparison.Ordinal);

        string run = Run();
        string snapshot = Directory.GetFiles(Path.Combine(run, "snapshots")).Order(StringComparer.Ordinal).First();
        byte[] good = File.ReadAllBytes(snapshot);
        File.WriteAllBytes(snapshot, good[..(good.Length / 2)]);
        (code, _, error) = CliRun.Invoke("export", run, "--points", "--quiet");
        Assert.Equal(4, code);
        Assert.Contains(Path.GetFileName(snapshot), error, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(Path.Combine(run, "export")) ? Directory.GetFiles(Path.Combine(run, "export")) : []);

        Directory.Delete(Path.Combine(run, "snapshots"), recursive: true);
        (code, _, error) = CliRun.Invoke("export", run, "--points", "--quiet");
        Assert.Equal(4, code);
        Assert.Contains($"{Path.GetFileName(snapshot)} (Control, replicate 0): missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void UnwritableTarget_Is1AndLeavesNothing()
    {
        string run = Run(), file = Write("taken", "a file where the folder should be");
        (int code, _, string error) = CliRun.Invoke("export", run, "--points", "--out", file, "--quiet");
        Assert.Equal(1, code);
        Assert.Contains("cannot write", error, StringComparison.Ordinal);
        Assert.Equal("a file where the folder should be", File.ReadAllText(file));
    }

    [Fact]
    public void Movie_OfARun_IsWrittenBesideTables_AndRefusedTwice()
    {
        string run = Run();
        (int code, string output, string error) = CliRun.Invoke("export", run, "--points", "--movie", "--arm", "Control", "--fps", "2");
        Assert.True(code == 0, error);
        string[] names = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(p => Path.GetFileName(p.Trim()))];
        Assert.Equal(["points.csv", "movie-primary.png"], names.Take(2));
        Assert.True(names.Length == 3 ? names[2] == "movie-primary.mp4" : error.Contains("no ffmpeg on the PATH", StringComparison.Ordinal));
        (code, output, error) = CliRun.Invoke("export", run, "--movie", "--measures");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("movie-primary.png exists; use --force", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "export", "spatial.csv")));
        (code, output, error) = CliRun.Invoke("export", run, "--movie", "--field", "oxygen", "--replicate", "0", "--quiet");
        Assert.True(code == 0, error);
        Assert.Equal("", output);
        Assert.True(File.Exists(Path.Combine(run, "export", "movie-primary-oxygen-r0.png")));
        (code, _, error) = CliRun.Invoke("export", run, "--movie", "--arm", "Contrl");
        Assert.Equal(2, code);
        Assert.Contains("arms: Control, Anti-PD-L1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--points", "--fps", "5")]
    [InlineData("--movie", "--fps", "0")]
    [InlineData("--movie", "--field", "nitrogen")]
    [InlineData("--movie", "--replicate", "-1")]
    [InlineData("--measures", "--radius", "200")]
    [InlineData("--measures", "--radius", "-5 um")]
    [InlineData("--measures", "--radius", "10 um", "--step", "20 um")]
    [InlineData("--measures", "--simulations", "7")]
    [InlineData("--measures", "--edge", "periodic")]
    [InlineData("--measures", "--edge", "isotropic", "--window", "tumor")]
    [InlineData("--points", "--out", " ")]
    [InlineData("--pionts")]
    public void Usage_Wrong_Is2(params string[] options)
    {
        (int code, string output, string error) = CliRun.Invoke(["export", Folder, .. options]);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingAskedFor_Is2() => Assert.Contains("--measures", CliRun.Invoke("export", Folder).Error, StringComparison.Ordinal);

    [Fact]
    public void Json_TellsTheFilesAlone()
    {
        string run = Run();
        (int code, string output, string error) = CliRun.Invoke("export", run, "--points", "--json");
        Assert.True(code == 0 && error.Length == 0, error);
        Assert.Equal($"{{\"event\":\"exported\",\"files\":[\"{Path.Combine(run, "export", "points.csv").Replace("\\", "\\\\", StringComparison.Ordinal)}\"]}}", output.Trim());
    }

    // Each type has the numbers that belong to it and no others, in six digits; an id is there once in a snapshot.
    private static void CellsHaveTraits(string[] header, string[][] points)
    {
        string[] traits = header[Array.IndexOf(header, "clone")..Array.IndexOf(header, "oxygen")];
        string At(string[] row, string column) => row[Array.IndexOf(header, column)];
        foreach ((string type, string state, string[] own) in ((string, string, string[])[])
        [
            ("tumor", "living", ["clone", "mhc1", "pdl1_per_um2"]), ("cd8", "", ["exhaustion", "engaged", "tumor_reactive"]), ("macrophage", "", ["cd163_score"]),
            ("vessel", "", ["perfusion", "lumen_density", "maturity"]),
        ])
        {
            string[][] cells = [.. points.Where(p => At(p, "type") == type && At(p, "state").StartsWith(state, StringComparison.Ordinal))];
            Assert.NotEmpty(cells);
            Assert.All(cells, c => Assert.Equal(own, traits.Where(t => At(c, t).Length > 0)));
            Assert.All(cells, c => Assert.All(own, t => Assert.InRange(Number(At(c, t)), 0, 2000)));
        }

        Assert.All(points.Where(p => At(p, "type") == "cd8"), p => Assert.Equal(At(p, "state") == "exhausted", Number(At(p, "exhaustion")) > 0.5));
        Assert.All(points.Where(p => At(p, "type") == "macrophage"), p => Assert.Equal(At(p, "state") == "cd163_high", Number(At(p, "cd163_score")) > 0.5));
        Assert.All(points, p => Assert.All((string[])["x_um", "oxygen", "vegf", "stroma"], c => Assert.InRange(At(p, c).Split('E')[0].Count(char.IsAsciiDigit), 1, 11)));
        Assert.All(points.SelectMany(p => p.Skip(Array.IndexOf(header, "mhc1"))).Where(v => v.Length > 0), v => Assert.Equal(Number(v), double.Parse(Number(v).ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        Assert.All(points.GroupBy(p => string.Join(',', p[..4])), snapshot => Assert.Equal(snapshot.Count(), snapshot.Select(p => At(p, "cell_id")).Distinct().Count()));

        // A lineage is found again in a later snapshot of its arm.
        string[][] control = [.. points.Where(p => p[0] == "Control" && p[1] == "0" && At(p, "type") == "macrophage")];
        var byTime = control.GroupBy(p => Number(p[3])).OrderBy(g => g.Key).Select(g => g.Select(p => At(p, "cell_id")).ToHashSet()).ToArray();
        Assert.True(byTime[0].Overlaps(byTime[1]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[][] Table(string path, string header, bool prefix = false)
    {
        string[] lines = File.ReadAllLines(path);
        Assert.True(prefix ? lines[0].StartsWith(header, StringComparison.Ordinal) : lines[0] == header, lines[0]);
        string[][] rows = [.. lines.Skip(1).Select(l => l.Split(','))];
        Assert.All(rows, r => Assert.Equal(lines[0].Split(',').Length, r.Length));
        return rows;
    }

    private string Run()
    {
        (int code, _, string error) = CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures", "--quiet", "--set", "time.snapshot_every=1 d");
        Assert.True(code == 0, error);
        return Directory.GetDirectories(Runs).Single();
    }
}
