using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>Makes table and report of a sweep from all its journals, with those of copies of its folder from elsewhere.</summary>
public static class SweepMerge
{
    /// <summary>Takes over journals and time series of other folders, then merges.</summary>
    /// <param name="request">The sweep.</param>
    /// <param name="from">Folders of the same sweep that ran elsewhere; a journal taken over before is replaced.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <exception cref="RunFolderException">A folder has no journals, or the sweep's own cannot be written.</exception>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    public static SweepOutcome Execute(SweepRequest request, IReadOnlyList<string> from, CancellationToken cancellation = default)
    {
        SweepSession session = SweepSession.Plan(request, cancellation);
        SweepFolder[] others = [.. from.Select(f => new SweepFolder(Path.GetFullPath(f)))];
        foreach (SweepFolder other in others.Where(o => !Directory.Exists(o.Journals)
            || Directory.GetFiles(o.Journals, "*.log").Length == 0))
        {
            throw new RunFolderException($"{other.Path} holds no journals of a sweep");
        }

        HashSet<RunId> wanted = [.. session.Tasks.All.SelectMany(t => t.Runs).Select(r => r.Run)];
        foreach (SweepFolder other in others.Where(o => !o.ReadJournals().SelectMany(j => j.Content.Rows).Any(r => wanted.Contains(r.Run))))
        {
            throw new RunFolderException($"{other.Path} holds no simulation of this sweep");
        }

        session.Prepare(null);
        foreach (SweepFolder other in others.Where(o => o.Path != session.Folder.Path))
        {
            TakeOver(session.Folder, other);
        }

        return session.Merge(false, 0, new RunLog(session.Folder.In("log.txt")));
    }

    private static void TakeOver(SweepFolder own, SweepFolder other)
    {
        string place = TextHash.Hex(other.Path, 8);
        foreach ((string shard, JournalContent content) in other.ReadJournals())
        {
            string name = $"{shard}.{place}", series = other.SeriesPath(shard);
            long length = content.Rows.Count == 0 ? 0 : content.Rows.Max(r => r.SeriesEnd);
            if (length > 0 && (!File.Exists(series) || new FileInfo(series).Length < length))
            {
                throw new RunFolderException($"{series} is missing or shorter than its journal says; copy the folder again");
            }

            if (length > 0)
            {
                AtomicFile.Write(own.SeriesPath(name), stream => Copy(series, stream, length));
            }

            AtomicFile.Write(own.JournalPath(name), stream => Copy(other.JournalPath(shard), stream, content.GoodBytes));
        }
    }

    private static void Copy(string path, Stream target, long length)
    {
        using FileStream source = RegularFile.OpenRead(path, FileShare.ReadWrite);
        byte[] buffer = new byte[1 << 16];
        for (long left = length; left > 0;)
        {
            int read = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                throw new EndOfStreamException($"{path} became shorter while it was read");
            }

            target.Write(buffer, 0, read);
            left -= read;
        }
    }
}
