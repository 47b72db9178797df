namespace TmeSim.Experiments.Folders;

/// <summary>Makes folders for results and says what is in the way.</summary>
internal static class OutFolder
{
    /// <summary>Makes a folder where there is none.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">A file stands where a folder is wanted, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no right to make it.</exception>
    public static void Make(string path)
    {
        for (string? at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                throw new IOException($"{at} is a file, and a folder is wanted there");
            }
        }

        Directory.CreateDirectory(path);
    }
}
