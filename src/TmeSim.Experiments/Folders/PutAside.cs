using System.Globalization;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// Moves files of a folder into one of their own in it, <c>damaged-1</c>, <c>earlier-2</c> …: someone may have edited them on purpose.
/// </summary>
internal static class PutAside
{
    /// <summary>Moves files, folders and links; tables are copied, as they are read from until the new ones are written.</summary>
    /// <param name="folder">The folder, held.</param>
    /// <param name="prefix">How the new folder is called, before its number.</param>
    /// <param name="names">Relative to the folder; what is not there is passed over.</param>
    /// <returns>Name of the folder that holds them; null when there was nothing to move.</returns>
    /// <exception cref="RunFolderException">One cannot be moved; those before it are.</exception>
    public static string? Move(string folder, string prefix, IEnumerable<string> names)
    {
        string place = Enumerable.Range(1, int.MaxValue).Select(n => prefix + n.ToString(CultureInfo.InvariantCulture))
            .First(n => !Path.Exists(Path.Combine(folder, n)));
        bool any = false;
        foreach (string name in names.Select(n => Standing(folder, n)).OfType<string>().Distinct())
        {
            string from = Path.Combine(folder, name), to = Path.Combine(folder, place, name);
            try
            {
                OutFolder.Make(Path.GetDirectoryName(to)!);
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
                throw new RunFolderException(
                    $"cannot move {from} to {to}: {e.Message}; it is not what the run wrote, and is not overwritten. Move it away by hand", e);
            }
        }

        return any ? place : null;
    }

    // What stands at a name, or in place of one of the folders on the way to it.
    private static string? Standing(string folder, string name) =>
        Exists(Path.Combine(folder, name)) ? name
        : Path.GetDirectoryName(name) is { Length: > 0 } parent && Exists(Path.Combine(folder, parent))
            && !Directory.Exists(Path.Combine(folder, parent)) ? parent : null;

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
