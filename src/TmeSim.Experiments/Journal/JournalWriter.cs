using TmeSim.Experiments.Folders;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Journal;

/// <summary>
/// Appends finished runs to the journal and the time series of one shard. The series go first, so what the journal lists is there; a tail
/// that a killed process left is dropped when the shard is opened again.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>
    /// The disk is asked to keep what was written at most this often; a killed process loses nothing in between, a power cut may.
    /// </summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly FileStream _journal;
    private readonly FileStream _series;
    private readonly System.Diagnostics.Stopwatch _flushed = System.Diagnostics.Stopwatch.StartNew();

    private JournalWriter(FileStream lockFile, FileStream journal, FileStream series)
    {
        (_lock, _journal, _series) = (lockFile, journal, series);
    }

    /// <summary>Opens the shard for this header: a file of its own for each header, numbered from 1.</summary>
    /// <exception cref="RunFolderException">Another process writes to the shard, or the files cannot be made.</exception>
    public static JournalWriter Open(JournalFolder folder, string shard, JournalHeader header, Action<string> notice)
    {
        FileStream? held = null, journal = null, series = null;
        try
        {
            OutFolder.Make(folder.Journals);
            OutFolder.Make(folder.Series);
            string lockPath = Path.Combine(folder.Journals, shard + ".lock");
            RegularFile.Check(lockPath);
            held = Lock(lockPath, shard);
            for (int number = 1; ; number++)
            {
                string name = number == 1 ? shard : $"{shard}-v{number}";
                string path = folder.JournalPath(name);
                JournalContent content = File.Exists(path) ? JournalReader.Read(path) : new JournalContent(null, [], 0, 0);
                if (content.LostItsHeader)
                {
                    notice($"{path} is left as it is: its first line is damaged, so what it holds cannot be used; those runs are done again");
                    continue;
                }

                if (content.Header is { } other && !other.IsSame(header))
                {
                    continue;
                }

                if (content.Damaged > 0)
                {
                    notice($"{path}: {content.Damaged} damaged {(content.Damaged == 1 ? "line is" : "lines are")} left out; those runs are "
                        + "done again");
                }

                journal = End(path);
                series = End(folder.SeriesPath(name));
                Recover(journal, series, content, header, notice);
                return new JournalWriter(held, journal, series);
            }
        }
        catch (Exception e) when (AtomicFile.IsRefused(e))
        {
            held?.Dispose();
            journal?.Dispose();
            series?.Dispose();
            throw new RunFolderException($"cannot write the journal {shard} in {folder.Path}: {e.Message.TrimEnd('.')}", e);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Appends a run. Any thread.</summary>
    /// <param name="member">Its time series, compressed; empty for none.</param>
    /// <param name="row">Makes the row, given the length of the series with it.</param>
    /// <exception cref="RunFolderException">The disk is full or gone; what was written before stays good.</exception>
    public JournalRow Add(ReadOnlySpan<byte> member, Func<long, JournalRow> row)
    {
        lock (_gate)
        {
            long journal = _journal.Length, series = _series.Length;
            try
            {
                JournalRow added = row(series + member.Length);
                _series.Write(member);
                _journal.Write(added.ToLine());
                if (_flushed.Elapsed > FlushInterval)
                {
                    Flush();
                }

                return added;
            }
            catch (Exception e) when (AtomicFile.IsRefused(e))
            {
                CutBack(_journal, journal);
                CutBack(_series, series);
                throw new RunFolderException(
                    $"cannot write {_journal.Name}: {e.Message.TrimEnd('.')}; finished runs are kept: free space and run the same command "
                    + "to go on", e);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        catch (IOException)
        {
            // Each row was written; only the promise of the disk is missing.
        }

        _journal.Dispose();
        _series.Dispose();
        _lock.Dispose();
    }

    private void Flush()
    {
        _series.Flush(flushToDisk: true);
        _journal.Flush(flushToDisk: true);
        _flushed.Restart();
    }

    private static FileStream Lock(string path, string shard)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new RunFolderException($"another process is writing the journal {shard} ({path})", e);
        }
    }

    // No buffer: what Write was given is with the system when it returns.
    private static FileStream End(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1);

    // Both files end with the last row that both hold: after a power cut either may be the shorter one.
    private static void Recover(FileStream journal, FileStream series, JournalContent content, JournalHeader header, Action<string> notice)
    {
        int kept = content.Rows.TakeWhile(r => r.SeriesEnd <= series.Length).Count();
        if (kept < content.Rows.Count)
        {
            notice($"{series.Name} ends before its journal does: {content.Rows.Count - kept} of {content.Rows.Count} runs are done again");
        }

        long seriesLength = kept == 0 ? 0 : content.Rows[kept - 1].SeriesEnd;
        journal.SetLength(kept == content.Rows.Count ? content.GoodBytes : kept == 0 ? 0 : content.Ends[kept - 1]);
        series.SetLength(seriesLength);
        journal.Position = journal.Length;
        series.Position = series.Length;
        if (journal.Length == 0)
        {
            journal.Write(header.ToLine());
        }

        if (seriesLength == 0 && header.Series.Count > 0)
        {
            series.Write(SeriesPack.Header(header.Series));
        }
    }

    private static void CutBack(FileStream stream, long length)
    {
        try
        {
            stream.SetLength(length);
            stream.Position = length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The torn tail is dropped when the shard is opened again.
        }
    }
}
