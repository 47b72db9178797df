using System.Globalization;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Journal;

/// <summary>
/// Folder of a sweep, <c>name-sweep-hash16</c>. The hash covers the scenario, what is varied and how, not how many points or replicates there
/// are: a larger sweep goes on in the same folder.
/// </summary>
internal sealed class SweepFolder(string path)
{
    public string Path { get; } = path;

    public string ManifestPath => In("sweep.json");

    public string ResolvedPath => In(ResultFiles.Scenario);

    public string DesignPath => In(ResultFiles.Design);

    public string TablePath => In("sweep.csv");

    public string ReportPath => In(ResultFiles.Report);

    public string Journals { get; private init; } = System.IO.Path.Combine(path, ResultFiles.Journals);

    public string Series { get; private init; } = System.IO.Path.Combine(path, "series");

    public string In(string relative) => System.IO.Path.Combine(Path, relative);

    public string JournalPath(string shard) => System.IO.Path.Combine(Journals, shard + ".log");

    public string SeriesPath(string shard) => System.IO.Path.Combine(Series, shard + ".csv.gz");

    /// <summary>The folder of a run, whose journal holds what its tables do not hold yet.</summary>
    public static SweepFolder OfRun(string path) => new(path) { Journals = System.IO.Path.Combine(path, ResultFiles.Journal), Series = System.IO.Path.Combine(path, ResultFiles.Journal) };

    /// <summary>Where the sweep of a scenario belongs.</summary>
    public static SweepFolder Of(string outDirectory, ScenarioDefinition scenario, string kind, string space)
    {
        string content = string.Create(CultureInfo.InvariantCulture, $"tmesim {kind}\nmodel {Simulation.ModelVersion}\n{scenario.IdentityHash}\n{space}");
        string hash = TextHash.Hex(content, 16);
        return new SweepFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(outDirectory, $"{RunFolder.Slug(scenario.Name)}-{kind}-{hash}")));
    }

    /// <summary>All journals with their shards, by name.</summary>
    public IEnumerable<(string Shard, JournalContent Content)> ReadJournals() =>
        !Directory.Exists(Journals) ? [] : Directory.GetFiles(Journals, "*.log").Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetFileNameWithoutExtension(file), JournalReader.Read(file)));
}
