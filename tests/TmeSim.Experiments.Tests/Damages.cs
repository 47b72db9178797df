using System.Text;

namespace TmeSim.Experiments.Tests;

/// <summary>Ways to damage a finished run of <see cref="TinyRun"/>.</summary>
internal static class Damages
{
    private const string Series = "timeseries.csv", Events = "events.csv", Responses = "responses.csv", Scenario = "resolved.yaml", Manifest = "manifest.json";

    /// <summary>By name: what is done, the files that are to be named, and how many arms × replicates are to be run again (all 4 where the manifest is gone).</summary>
    public static IReadOnlyDictionary<string, Damage> All { get; } = new Dictionary<string, Damage>
    {
        ["snapshot deleted"] = new(f => File.Delete(Snapshot(f)), 1, Name(0, 0, 1)),
        ["snapshot cut"] = new(f => Edit(Snapshot(f), b => b[..(b.Length / 2)]), 1, Name(0, 0, 1)),
        ["snapshot without its last byte"] = new(f => Edit(Snapshot(f), b => b[..^1]), 1, Name(0, 0, 1)),
        ["snapshot with one bit of its fields flipped"] = new(f => Edit(Snapshot(f), b => Flip(b, b.Length - 500)), 1, Name(0, 0, 1)),
        ["snapshot with one bit of its first line flipped"] = new(f => Edit(Snapshot(f), b => Flip(b, 40)), 1, Name(0, 0, 1)),
        ["snapshot emptied"] = new(f => File.WriteAllText(Snapshot(f), ""), 1, Name(0, 0, 1)),
        ["snapshot with bytes behind its end"] = new(f => Edit(Snapshot(f), b => [.. b, 0, 0, 0]), 1, Name(0, 0, 1)),
        ["snapshot compressed anew"] = new(f => Edit(Snapshot(f), Recompress), 1, Name(0, 0, 1)),
        ["snapshot that is another's copy"] = new(f => File.Copy(Snapshot(f, 1, 1, 2), Snapshot(f), overwrite: true), 1, Name(0, 0, 1)),
        ["snapshots of two times swapped"] = new(f => Swap(Snapshot(f, 0, 0, 1), Snapshot(f, 0, 0, 2)), 1, Name(0, 0, 1), Name(0, 0, 2)),
        ["snapshots of two arms swapped"] = new(f => Swap(Snapshot(f, 0, 0, 1), Snapshot(f, 1, 0, 1)), 2, Name(0, 0, 1), Name(1, 0, 1)),
        ["snapshots of two replicates swapped"] = new(f => Swap(Snapshot(f, 1, 0, 2), Snapshot(f, 1, 1, 2)), 2, Name(1, 0, 2), Name(1, 1, 2)),
        ["snapshot renamed"] = new(f => File.Move(Snapshot(f), Snapshot(f) + ".old"), 1, Name(0, 0, 1), Name(0, 0, 1) + ".old"),
        ["snapshot replaced by a folder"] = new(f => ToFolder(Snapshot(f)), 1, Name(0, 0, 1)),
        ["snapshot replaced by a link to nowhere"] = new(f => ToLink(Snapshot(f), "nowhere"), 1, Name(0, 0, 1)),
        ["snapshot replaced by a link to another"] = new(f => ToLink(Snapshot(f), Snapshot(f, 0, 0, 2)), 1, Name(0, 0, 1)),
        ["snapshot replaced by a pipe that nobody writes to"] = new(f => ToPipe(Snapshot(f)), 1, Name(0, 0, 1)),
        ["snapshot that may not be read"] = new(f => Forbid(Snapshot(f)), 1, Name(0, 0, 1)),
        ["all snapshots of an arm deleted"] = new(f => Directory.GetFiles(Path.Combine(f, "snapshots"), "a1-*").ToList().ForEach(File.Delete), 2, Name(1, 0, 0), Name(1, 1, 2)),
        ["folder of the snapshots deleted"] = new(f => Directory.Delete(Path.Combine(f, "snapshots"), recursive: true), 4, Name(0, 0, 0), Name(1, 1, 2)),
        ["folder of the snapshots replaced by a file"] = new(f => ToFile(Path.Combine(f, "snapshots")), 4, Name(0, 0, 0)),
        ["time series deleted"] = new(f => File.Delete(Path.Combine(f, Series)), 4, Series),
        ["time series emptied"] = new(f => File.WriteAllText(Path.Combine(f, Series), ""), 4, Series),
        ["time series cut in the middle of a line"] = new(f => Edit(Path.Combine(f, Series), b => b[..^20]), 1, Series),
        ["time series without a line"] = new(f => Lines(f, Series, l => [.. l[..3], .. l[4..]]), 1, Series),
        ["time series with a line twice"] = new(f => Lines(f, Series, l => [.. l[..3], l[2], .. l[3..]]), 1, Series),
        ["time series with lines of one replicate in another order"] = new(f => Lines(f, Series, l => [l[0], l[2], l[1], .. l[3..]]), 1, Series),
        ["time series with replicates in another order"] = new(f => Lines(f, Series, l => [l[0], .. l[4..7], .. l[1..4], .. l[7..]]), 0, Series),
        ["time series with a digit changed"] = new(f => Lines(f, Series, l => [.. l[..^1], Digit(l[^1])]), 1, Series),
        ["time series with a digit changed in two arms"] = new(f => Lines(f, Series, l => [l[0], Digit(l[1]), .. l[2..^1], Digit(l[^1])]), 2, Series),
        ["time series with the lines of two replicates swapped"] = new(f => Text(f, Series, t => t.Replace(",0,primary", ",x,primary").Replace(",1,primary", ",0,primary").Replace(",x,primary", ",1,primary")), 4, Series),
        ["time series with an arm renamed"] = new(f => Text(f, Series, t => t.Replace("Anti-PD-L1,", "Anti-PD-1,")), 2, Series),
        ["time series with a column renamed"] = new(f => Text(f, Series, t => t.Replace(",tumor_cells,", ",cells,")), 0, Series),
        ["time series with a column left out"] = new(f => Lines(f, Series, l => [.. l.Select(line => line[..line.LastIndexOf(',')])]), 4, Series),
        ["time series with line ends of another system"] = new(f => Text(f, Series, t => t.Replace("\n", "\r\n")), 0, Series),
        ["time series with a byte order mark"] = new(f => Edit(Path.Combine(f, Series), b => [0xEF, 0xBB, 0xBF, .. b]), 0, Series),
        ["time series with a note behind its end"] = new(f => File.AppendAllText(Path.Combine(f, Series), "seen by me\n"), 0, Series),
        ["time series with a replicate made up"] = new(f => Text(f, Series, t => t + t.Split('\n')[1].Replace("Control,0", "Control,7") + "\n"), 0, Series),
        ["time series with a bit flipped"] = new(f => Edit(Path.Combine(f, Series), b => Flip(b, b.Length - 2)), 1, Series),
        ["time series replaced by a folder"] = new(f => ToFolder(Path.Combine(f, Series)), 4, Series),
        ["time series replaced by a pipe that nobody writes to"] = new(f => ToPipe(Path.Combine(f, Series)), 4, Series),
        ["events deleted"] = new(f => File.Delete(Path.Combine(f, Events)), 2, Events),
        ["events without a dose"] = new(f => Lines(f, Events, l => [.. l[..^1]]), 1, Events),
        ["events with another dose"] = new(f => Text(f, Events, t => t.Replace(",1200,", ",600,")), 2, Events),
        ["events with a dose for the control"] = new(f => Lines(f, Events, l => [.. l, l[^1].Replace("Anti-PD-L1", "Control")]), 1, Events),
        ["responses deleted"] = new(f => File.Delete(Path.Combine(f, Responses)), 4, Responses),
        ["responses with another category"] = new(f => Lines(f, Responses, l => [.. l[..^1], l[^1] + "0"]), 1, Responses),
        ["endpoints deleted"] = new(f => File.Delete(Path.Combine(f, "endpoints.csv")), 0, "endpoints.csv"),
        ["endpoints with a digit changed"] = new(f => Edit(Path.Combine(f, "endpoints.csv"), b => Flip(b, b.Length - 2)), 0, "endpoints.csv"),
        ["contrasts emptied"] = new(f => File.WriteAllText(Path.Combine(f, "contrasts.csv"), ""), 0, "contrasts.csv"),
        ["tables swapped"] = new(f => Swap(Path.Combine(f, Series), Path.Combine(f, Events)), 4, Series, Events),
        ["scenario deleted"] = new(f => File.Delete(Path.Combine(f, Scenario)), 0, Scenario),
        ["scenario edited"] = new(f => Text(f, Scenario, t => t.Replace("doubling_time: 60 d", "doubling_time: 30 d") + "# mine\n"), 0, Scenario),
        ["scenario with a comment"] = new(f => File.AppendAllText(Path.Combine(f, Scenario), "# looks good\n"), 0, Scenario),
        ["observed points edited"] = new(f => Text(f, "data/blood.csv", t => t.Replace("1,3", "1,4")), 0, "data/blood.csv"),
        ["observed points deleted"] = new(f => Directory.Delete(Path.Combine(f, "data"), recursive: true), 0, "data/blood.csv"),
        ["manifest deleted"] = new(f => File.Delete(Path.Combine(f, Manifest)), 4, Manifest),
        ["manifest emptied"] = new(f => File.WriteAllText(Path.Combine(f, Manifest), ""), 4, Manifest),
        ["manifest cut"] = new(f => Edit(Path.Combine(f, Manifest), b => b[..(b.Length / 2)]), 4, Manifest),
        ["manifest with another hash"] = new(f => Text(f, Manifest, t => t.Replace("\"ended_early\": false", "\"ended_early\": true ")), 4, Manifest),
        ["manifest without its seal"] = new(f => Text(f, Manifest, t => t[..t.LastIndexOf(",\n  \"seal\"", StringComparison.Ordinal)] + "\n}\n"), 4, Manifest),
        ["manifest with line ends of another system"] = new(f => Text(f, Manifest, t => t.Replace("\n", "\r\n")), 4, Manifest),
        ["manifest replaced by another text"] = new(f => File.WriteAllText(Path.Combine(f, Manifest), "{}"), 4, Manifest),
        ["manifest replaced by a pipe that nobody writes to"] = new(f => ToPipe(Path.Combine(f, Manifest)), 4, Manifest),
        ["everything but the manifest deleted"] = new(f => TinyRun.Results(f).Keys.ToList().ForEach(name => File.Delete(Path.Combine(f, name))), 4, Series, Events, Scenario, "data/blood.csv", Name(0, 0, 0), Name(1, 1, 2)),
    };

    /// <summary>Name of a snapshot.</summary>
    private static string Name(int arm, int replicate, int day) =>
        FormattableString.Invariant($"snapshots/a{arm}-{(arm == 0 ? "control" : "anti-pd-l1")}.r{replicate}.l0-primary.t{day * 1440:0000000}min.bin.gz");

    private static string Snapshot(string folder, int arm = 0, int replicate = 0, int day = 1) => Path.Combine(folder, Name(arm, replicate, day));

    private static void Edit(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(path, change(File.ReadAllBytes(path)));

    private static void Text(string folder, string name, Func<string, string> change)
    {
        string path = Path.Combine(folder, name), before = File.ReadAllText(path), after = change(before);
        Assert.NotEqual(before, after);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(after));
    }

    private static void Lines(string folder, string name, Func<string[], string[]> change) =>
        Text(folder, name, t => string.Concat(change(t.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => l + "\n")));

    private static string Digit(string line) => line[..^1] + (char)('0' + ((line[^1] - '0' + 1) % 10));

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Recompress(byte[] bytes)
    {
        using var raw = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress))
        {
            zip.CopyTo(raw);
        }

        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            zip.Write(raw.ToArray());
        }

        return packed.ToArray();
    }

    private static void Swap(string a, string b)
    {
        File.Move(a, a + ".x");
        File.Move(b, a);
        File.Move(a + ".x", b);
    }

    private static void ToFolder(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "mine.txt"), "mine");
    }

    private static void ToFile(string path)
    {
        Directory.Delete(path, recursive: true);
        File.WriteAllText(path, "mine");
    }

    private static void ToPipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no named pipes among its files");
        File.Delete(path);
        using var made = System.Diagnostics.Process.Start("mkfifo", [path]);
        made.WaitForExit();
    }

    private static void Forbid(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to root");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }
    }

    private static void ToLink(string path, string target)
    {
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }
}

/// <summary>A way to damage a run.</summary>
/// <param name="Do">Takes the folder.</param>
/// <param name="Again">Arms × replicates that it costs.</param>
/// <param name="Named">Files that are to be named.</param>
internal sealed record Damage(Action<string> Do, int Again, params string[] Named);
