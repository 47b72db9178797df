using System.Text;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;

namespace TmeSim.Scenarios.Yaml;

/// <summary>Reads text files with a size limit and refuses what is not text, without reading more than the limit.</summary>
internal static class SourceFile
{
    /// <summary>Largest file [bytes].</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The text of a file, or null after one error in the sink.</summary>
    /// <param name="path">Path on disk; <c>-</c> for the standard input, <c>/dev/fd/N</c> for a process substitution.</param>
    /// <param name="name">Name for diagnostics.</param>
    /// <param name="sink">Takes the error.</param>
    /// <param name="complainAt">Where a missing or unreadable file is reported; null for the file itself.</param>
    public static SourceText? Read(string path, string name, DiagnosticSink sink, Mark? complainAt = null)
    {
        byte[] bytes;
        int count;
        bool handed;
        Mark at = complainAt ?? new SourceText(name, string.Empty).Start;
        try
        {
            Stream? given = HandedStream.Open(path);
            handed = given is not null;
            if (!handed && Refusal(path, name) is string refusal)
            {
                sink.Error(at, null, refusal);
                return null;
            }

            using Stream stream = given ?? RegularFile.OpenRead(path);
            long length = stream.CanSeek ? stream.Length : 0;
            if (length > MaxBytes)
            {
                sink.Error(at, null, TooLarge(name, length));
                return null;
            }

            bytes = new byte[length > 0 ? (int)length + 1 : MaxBytes + 1];
            count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            sink.Error(at, null, e is FileNotFoundException or DirectoryNotFoundException
                ? $"file '{path}' not found{NearFiles.Clause(path, name)}"
                : $"file '{path}' cannot be read: {e.Message}");
            return null;
        }

        if (count > MaxBytes)
        {
            sink.Error(at, null, handed ? $"'{name}' has more than {MaxBytes / 1048576} MiB; that is the most of a scenario or data file"
                : TooLarge(name, count));
            return null;
        }

        string directory = handed ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        return Decode(bytes.AsSpan(0, count), name, directory, sink);
    }

    private static string? Refusal(string path, string name) => FileKinds.Of(path) switch
    {
        FileKind.Folder => $"'{path}' is a folder, not a file{NearFiles.Inside(path, name)}",
        FileKind.Pipe => $"'{path}' is a named pipe, not a file; a pipe is read as '-' (standard input) or by process substitution, <(…)",
        FileKind.Device or FileKind.Socket => $"'{path}' is {FileKinds.Words(FileKinds.Of(path))}, not a file",
        _ => null,
    };

    /// <summary>Strict UTF-8; an error names the first byte that is not.</summary>
    private static SourceText? Decode(ReadOnlySpan<byte> bytes, string name, string directory, DiagnosticSink sink)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            sink.Error(new SourceText(name, string.Empty).Start, null, "the file is UTF-16; save it as UTF-8");
            return null;
        }

        try
        {
            return new SourceText(name, new UTF8Encoding(false, true).GetString(bytes)) { Directory = directory };
        }
        catch (DecoderFallbackException)
        {
            SourceText before = new(name, Encoding.UTF8.GetString(bytes[..ValidPrefix(bytes)]));
            sink.Error(before.AtOffset(before.Text.Length), null, "not a UTF-8 text (is this a binary file?)");
            return null;
        }
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out int used) == System.Buffers.OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    private static string TooLarge(string name, long length) =>
        $"'{name}' has {(length + 1048575) / 1048576} MiB; a scenario or data file has at most {MaxBytes / 1048576} MiB";
}
