namespace TmeSim.Experiments.Cluster;

/// <summary>Words for a POSIX shell.</summary>
public static class PosixWord
{
    /// <summary>A word, in single quotes where it needs them.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=,:+%@".Contains(c)) ? word
            : $"'{word.Replace("'", "'\\''")}'";
}
