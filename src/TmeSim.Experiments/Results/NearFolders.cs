using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Results;

/// <summary>Suggests a folder of results for a name that is none.</summary>
internal static class NearFolders
{
    /// <summary>" (did you mean 'runs/tiny-0123456789abcdef'?)" or nothing: a folder that begins so, else one of a near name.</summary>
    public static string Clause(string directory)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
            parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(directory)) ?? "";
        try
        {
            string[] names = [.. new DirectoryInfo(parent.Length == 0 ? "." : parent).GetDirectories().Select(d => d.Name)
                .Order(StringComparer.Ordinal)];
            string? near = names.FirstOrDefault(n => name.Length > 0 && n.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                ?? Suggestion.Nearest(name, names);
            return near is null ? "" : $" (did you mean '{Path.Combine(parent, near)}'?)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
