using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace TmeSim.Scenarios.Files;

/// <summary>
/// A stream that the shell hands over in place of a file: <c>-</c> for the standard input, <c>/dev/fd/N</c> of a process substitution.
/// </summary>
internal static class HandedStream
{
    /// <summary>What the standard input is called on the command line.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Folders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Opens it; null for an ordinary path, and where the descriptor is an ordinary file.</summary>
    /// <exception cref="IOException">There is no such descriptor.</exception>
    public static Stream? Open(string path)
    {
        if (path is StandardInput or "/dev/stdin")
        {
            return IsOwnPipe(0) ? throw new IOException("the standard input is closed") : Console.OpenStandardInput();
        }

        string? folder = OperatingSystem.IsWindows() ? null : Folders.FirstOrDefault(f => path.StartsWith(f, StringComparison.Ordinal));
        if (folder is null || !int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)
            || FileKinds.Of(path) != FileKind.Pipe)
        {
            return null;
        }

        // By its number, not by its path: opening a pipe anew would wait for a writer.
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Read, 0);
    }

    // The runtime puts a pipe of its own where it finds a descriptor closed; nobody else will ever write to it.
    private static bool IsOwnPipe(int descriptor)
    {
        const int accessMask = 3;
        try
        {
            string? Target(string link) => OperatingSystem.IsLinux() ? new FileInfo(link).LinkTarget : null;
            return Target($"/proc/self/fd/{descriptor}") is { } pipe && pipe.StartsWith("pipe:", StringComparison.Ordinal)
                && Directory.EnumerateFileSystemEntries("/proc/self/fd")
                    .Any(other => Target(other) == pipe && (Access(Path.GetFileName(other)) & accessMask) != 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The flags of an open descriptor, which the system lists in octal.
    private static int Access(string descriptor)
    {
        string? line = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
            .FirstOrDefault(l => l.StartsWith("flags:", StringComparison.Ordinal));
        return line is null ? 0 : Convert.ToInt32(line["flags:".Length..].Trim(), 8);
    }
}
