using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>A finished run of two arms and two replicates with snapshots and observed points, made once and copied for each damage: 22 × 22 sites, two days.</summary>
public sealed class TinyRun : IDisposable
{
    private const string Text = """
        schema: tmesim/1
        name: Tiny
        seed: 5
        replicates: 2
        time: {burn_in: 0 d, duration: 2 d, record_every: 1 d, snapshot_every: 1 d}
        tissue: {size: [0.44 mm, 0.44 mm]}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.06 mm, doubling_time: 60 d}
            immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
            vessels: {density: 60 /mm2, maturity: 0.4}
        arms:
          - name: Control
          - name: Anti-PD-L1
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
        data: [{file: blood.csv, time: day, measure: nlr}]
        """;

    private readonly TemporaryFolder _folder = new();

    public TinyRun()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "blood.csv"), "day,nlr\n0,2\n1,3\n");
        Outcome = RunSession.Execute(Request(Path.Combine(_folder.Path, "runs")), new RunProgress());
        Files = Results(Outcome.Folder);
    }

    internal RunOutcome Outcome { get; }

    /// <summary>Bytes of every result file, by its path in the folder.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Its folder, copied below another one, where a run with <paramref name="request"/> finds it.</summary>
    internal string CopyTo(TemporaryFolder folder, out RunRequest request)
    {
        request = Request(folder.Path);
        string copy = Path.Combine(folder.Path, Path.GetFileName(Outcome.Folder));
        foreach (string file in Directory.GetFiles(Outcome.Folder, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Outcome.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    /// <summary>A scenario of the same tissue.</summary>
    internal ScenarioDefinition Scenario(params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Text, "tiny.yaml", _folder.Path, new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    /// <summary>Result files of a folder: all that is summed.</summary>
    internal static Dictionary<string, byte[]> Results(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("damaged-", StringComparison.Ordinal) && f is not ("manifest.json" or "ro-crate-metadata.json" or "log.txt"))
            .ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(folder, f)));

    public void Dispose() => _folder.Dispose();

    private RunRequest Request(string directory) => new() { Scenario = Scenario(), OutDirectory = directory, Jobs = 1, Threads = 1, Figures = false, Command = "tmesim run tiny.yaml" };
}
