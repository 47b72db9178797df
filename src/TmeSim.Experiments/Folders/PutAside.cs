using System.Globalization;

namespace TmeSim.Experiments.Folders;

/// <summary>Moves damaged files of a run into a folder of their own, <c>damaged-1</c>, <c>damaged-2</c> …: someone may have edited them on purpose.</summary>
internal static class PutAside
{
    /// <summary>Moves files, folders and links; tables are copied, as they are read from until the new ones are written.</summary>
    /// <param name="folder">Folder of the run, held.</param>
    /// <param name="names">Relative to it; what is not there is passed over.</param>
    /// <returns>Name of the folder that holds them; null when there was nothing to move.</returns>
    /// <exception cref="RunFolderException">One cannot be moved; those before it are.</exception>
    public static string? Move(RunFolder folder, IEnumerable<string> names)
    {
        string place = Enumerable.Range(1, int.MaxValue).Select(n => ResultFiles.Damaged + n.ToString(CultureInfo.InvariantCulture)).First(n => !Path.Exists(folder.In(n)));
        bool any = false;
        foreach (string name in names.Select(n => Standing(folder, n)).OfType<string>().Distinct())
        {
            string from = folder.In(name), to = folder.In(Path.Combine(place, name));
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                any = true;
                if (IsFolder(from))
                {
                    Directory.Move(from, to);
                }
                else if (!ResultFiles.Tables.Contains(name) || !Copied(from, to))
                {
                    File.Move(from, to);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RunFolderException($"cannot move {from} to {to}: {e.Message}; it is not what the run wrote, and is not overwritten. Move it away by hand", e);
            }
        }

        return any ? place : null;
    }

    // What stands at a name, or in place of one of the folders on the way to it.
    private static string? Standing(RunFolder folder, string name) =>
        Exists(folder.In(name)) ? name
        : Path.GetDirectoryName(name) is { Length: > 0 } parent && Exists(folder.In(parent)) && !Directory.Exists(folder.In(parent)) ? parent : null;

    // A link counts as itself, wherever it leads.
    private static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsFolder(string path) => Directory.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static bool Copied(string from, string to)
    {
        if (FileLook.At(from) is not { Exists: true, What: null })
        {
            return false;
        }

        try
        {
            File.Copy(from, to);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // What cannot be read can still be moved.
            return false;
        }
    }
}
