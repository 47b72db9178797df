using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>What stands at the place of a file of a folder.</summary>
/// <param name="Exists">There is a file, at the end of links too.</param>
/// <param name="Length">Its length [bytes]; 0 for pipes and devices.</param>
/// <param name="What">What is the matter where there is nothing to read; null for nothing.</param>
internal readonly record struct FileLook(bool Exists, long Length, string? What)
{
    public static FileLook At(string path)
    {
        try
        {
            var info = new FileInfo(path);
            FileSystemInfo? target = info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true);
            return Directory.Exists(path) ? new FileLook(false, 0, "a folder stands in its place")
                : info.LinkTarget is { } link && target is not { Exists: true }
                    ? new FileLook(false, 0, $"a link to {link}, which is not there")
                : target is FileInfo { Exists: true } file ? new FileLook(true, file.Length, file.Length == 0 ? Empty(path) : null)
                : new FileLook(false, 0, "missing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileLook(true, 0, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>A file of a folder is there as it was written.</summary>
    public static bool Holds(string folder, FileEntry file)
    {
        try
        {
            string path = Path.Combine(folder, file.Path);
            return file.IsInside && At(path) is { Exists: true, What: null } && FileSum.Of(path) == new FileSum(file.Size, file.Sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Pipes and devices have no length either.
    private static string Empty(string path)
    {
        using FileStream stream = RegularFile.OpenRead(path);
        return "it is empty";
    }
}
