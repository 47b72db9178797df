using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Journal;

/// <summary>Rows of a journal, damaged ones left out.</summary>
/// <param name="Header">First line; null when it is missing or damaged.</param>
/// <param name="Rows">Good rows in file order.</param>
/// <param name="GoodBytes">Length of the file up to the end of the last good line [bytes].</param>
/// <param name="Damaged">Lines whose checksum is wrong, the torn last one included.</param>
internal sealed record JournalContent(JournalHeader? Header, IReadOnlyList<JournalRow> Rows, long GoodBytes, int Damaged)
{
    /// <summary>Where each row ends in the file.</summary>
    public IReadOnlyList<long> Ends { get; init; } = [];

    /// <summary>The first line is damaged and others follow: nobody knows what their values are.</summary>
    public bool LostItsHeader { get; init; }
}

/// <summary>Reads journals. A writer may be at work: what it has not finished counts as torn.</summary>
internal static class JournalReader
{
    public static JournalContent Read(string path)
    {
        byte[] bytes = ReadAll(path);
        JournalHeader? header = null;
        List<JournalRow> rows = [];
        List<long> ends = [];
        int start = 0, damaged = 0;
        long good = 0;
        while (start < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            bool whole = end >= 0;
            end = whole ? end : bytes.Length;
            ReadOnlyMemory<byte>? text = whole ? JournalLine.Open(bytes.AsMemory(start, end - start)) : null;
            JournalRow? row = text is null || start == 0 ? null : JournalRow.Parse(text.Value);
            header = start == 0 && text is not null ? JournalHeader.Parse(text.Value) : header;
            if (row is not null || (start == 0 && header is not null))
            {
                good = end + 1;
            }
            else
            {
                damaged++;
            }

            if (row is not null)
            {
                rows.Add(row);
                ends.Add(end + 1);
            }

            start = end + 1;
        }

        return header is null ? new JournalContent(null, [], 0, damaged) { LostItsHeader = bytes.Contains((byte)'\n') }
            : new JournalContent(header, rows, good, damaged) { Ends = ends };
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream stream = RegularFile.OpenRead(path, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        int read = 0;
        while (read < bytes.Length && stream.Read(bytes, read, bytes.Length - read) is var n and > 0)
        {
            read += n;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }
}
