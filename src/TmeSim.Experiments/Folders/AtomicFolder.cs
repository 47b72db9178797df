namespace TmeSim.Experiments.Folders;

/// <summary>Writes folders that appear whole or not at all: temporary name beside the target, then renamed.</summary>
public static class AtomicFolder
{
    /// <summary>Makes a folder of what <paramref name="content"/> writes into the path that it is given; one of that name gives way.</summary>
    /// <exception cref="RunFolderException">It cannot be written; nothing is left behind, and a folder that was there stays.</exception>
    public static void Write(string path, Action<string> content)
    {
        string temporary = path + AtomicFile.Temporary, old = path + ".old" + AtomicFile.Temporary;
        try
        {
            Discard(temporary);
            Discard(old);
            Directory.CreateDirectory(temporary);
            content(temporary);
            if (Directory.Exists(path))
            {
                Directory.Move(path, old);
            }

            Directory.Move(temporary, path);
            Discard(old);
        }
        catch (Exception e) when (AtomicFile.IsRefused(e))
        {
            Clear(temporary);
            throw new RunFolderException($"cannot write {path}: {e.Message}", e);
        }
        catch
        {
            Clear(temporary);
            throw;
        }
    }

    private static void Discard(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void Clear(string path)
    {
        try
        {
            Discard(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to report.
        }
    }
}
