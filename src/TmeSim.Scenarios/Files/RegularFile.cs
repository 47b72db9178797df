namespace TmeSim.Scenarios.Files;

/// <summary>
/// The one way to open a file for reading, and the question before one is written to in place. Only regular files are opened: a named pipe
/// could wait for ever, a device never ends. Streams that the user hands over on purpose (<c>-</c>, process substitution) are read by <see cref="HandedStream"/>.
/// </summary>
public static class RegularFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Path; links are followed.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <returns>A stream that the caller disposes.</returns>
    /// <exception cref="IOException">There is no such file, or it is a folder, pipe, device or socket.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read)
    {
        Check(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, share);
    }

    /// <summary>Refuses what is there and no regular file, before it is opened.</summary>
    /// <exception cref="IOException">A folder, pipe, device or socket stands at the path.</exception>
    public static void Check(string path)
    {
        if (FileKinds.Of(path) is not (FileKind.Regular or FileKind.Unknown) and FileKind kind)
        {
            throw new IOException($"'{path}' is {FileKinds.Words(kind)}, not a file");
        }
    }

    /// <summary>The whole text of a file, UTF-8 unless a byte order mark says otherwise.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        return reader.ReadToEnd();
    }

    /// <summary>The lines of a file, read as they are asked for.</summary>
    /// <inheritdoc cref="OpenRead"/>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
