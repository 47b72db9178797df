using System.Text;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>Writes files that appear whole or not at all: temporary name beside the target, flush to disk, rename.</summary>
public static class AtomicFile
{
    /// <summary>Ends the name of a file that is being written.</summary>
    internal const string Temporary = ".tmp";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text as UTF-8 without byte order mark.</summary>
    /// <exception cref="RunFolderException">The file cannot be written (no space, no right); nothing is left behind.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    /// <summary>Writes what <paramref name="content"/> puts into the stream.</summary>
    /// <inheritdoc cref="WriteText"/>
    public static void Write(string path, Action<Stream> content)
    {
        string temporary = path + Temporary;
        try
        {
            OutFolder.Make(Path.GetDirectoryName(Path.GetFullPath(path))!);
            RegularFile.Check(temporary);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (IsRefused(e))
        {
            Discard(temporary);
            throw new RunFolderException($"cannot write {path}: {e.Message}", e);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Writes as <see cref="Write"/> does and sums what went through.</summary>
    /// <inheritdoc cref="WriteText"/>
    public static FileSum WriteSummed(string path, Action<Stream> content)
    {
        FileSum sum = default;
        Write(path, stream =>
        {
            using var summing = new SummingStream(stream);
            content(summing);
            sum = summing.Sum();
        });
        return sum;
    }

    /// <summary>
    /// The system refused to write: no space, no right, or a file larger than the system or the user's limit allows, which .NET reports as
    /// an argument out of range.
    /// </summary>
    internal static bool IsRefused(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to report.
        }
    }
}
