using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Journal;

/// <summary>A folder with journals and the time series beside them, in files by the name of a shard.</summary>
/// <param name="path">Full path.</param>
/// <param name="journals">Its folder of journals.</param>
/// <param name="series">Its folder of time series.</param>
internal class JournalFolder(string path, string journals = ResultFiles.Journals, string series = "series")
{
    public string Path { get; } = path;

    public string Journals => In(journals);

    public string Series => In(series);

    public string In(string relative) => System.IO.Path.Combine(Path, relative);

    public string JournalPath(string shard) => System.IO.Path.Combine(Journals, shard + ".log");

    public string SeriesPath(string shard) => System.IO.Path.Combine(Series, shard + ".csv.gz");

    /// <summary>The journal of a run, which holds what its tables do not hold yet.</summary>
    public static JournalFolder OfRun(string path) => new(path, ResultFiles.Journal, ResultFiles.Journal);

    /// <summary>All journals with their shards, by name.</summary>
    public IEnumerable<(string Shard, JournalContent Content)> ReadJournals() =>
        !Directory.Exists(Journals) ? [] : Directory.GetFiles(Journals, "*.log").Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetFileNameWithoutExtension(file), JournalReader.Read(file)));
}
