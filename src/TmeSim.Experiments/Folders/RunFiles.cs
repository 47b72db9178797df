using System.Text;

namespace TmeSim.Experiments.Folders;

/// <summary>Writes the files of a run and keeps the sum of each for the manifest. Snapshots come from several threads at once.</summary>
internal sealed class RunFiles(RunFolder folder)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileEntry> _entries = [];

    /// <summary>Writes a file of the whole run.</summary>
    /// <param name="file">Relative to the folder.</param>
    /// <param name="text">Written as UTF-8.</param>
    /// <param name="header">First line of a table by arm and replicate; null for other files.</param>
    /// <exception cref="RunFolderException">It cannot be written.</exception>
    public void Write(string file, string text, string? header = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AtomicFile.Write(folder.In(file), stream => stream.Write(bytes));
        var sum = FileSum.Of(bytes);
        Add(new FileEntry(file, sum.Size, sum.Sha256, null, null, header));
    }

    /// <summary>Notes a file of an arm and replicate that is written.</summary>
    public void Add(FileEntry entry)
    {
        lock (_gate)
        {
            _entries[entry.Path] = entry;
        }
    }

    /// <summary>What is written of an arm in a replicate by name; of the whole run where both are null.</summary>
    public IReadOnlyList<FileEntry> Of(string? arm, int? replicate)
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(e => (e.Arm, e.Replicate) == (arm, replicate)).OrderBy(e => e.Path, StringComparer.Ordinal)];
        }
    }
}
