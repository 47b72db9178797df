using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Files;

/// <summary>Suggests a file that is there for a name that is not.</summary>
internal static class NearFiles
{
    private const int MaxListed = 6;
    private const int MaxVisited = 5000;
    private const string Scenarios = "scenarios";

    /// <summary>"; did you mean 'scenarios/quick-start.yaml'?" or nothing.</summary>
    /// <param name="path">Path on disk, where nothing stands.</param>
    /// <param name="name">The same as written.</param>
    public static string Clause(string path, string name) => Near(path, name) is string near ? $"; did you mean '{near}'?" : string.Empty;

    /// <summary>"; scenarios in it: …" for a folder in place of a scenario, or nothing.</summary>
    public static string Inside(string path, string name)
    {
        string[] files = [.. Names(path).Where(IsYaml).Order(StringComparer.Ordinal)];
        return files.Length == 0 ? string.Empty
            : $"; in it: {string.Join(", ", files.Take(MaxListed).Select(f => Path.Combine(name, f)))}{(files.Length > MaxListed ? $" … ({files.Length} in all)" : string.Empty)}";
    }

    private static string? Near(string path, string name)
    {
        string folder = Path.GetDirectoryName(path) ?? ".", written = Path.GetDirectoryName(name) ?? string.Empty,
            file = Path.GetFileName(path);
        if (Nearest(file, Names(folder)) is string beside)
        {
            return Path.Combine(written, beside);
        }

        string[] known = [.. Below(Scenarios)];
        string? best = Nearest(file, known.Select(Path.GetFileName).OfType<string>());
        return known.FirstOrDefault(k => Path.GetFileName(k) == best);
    }

    // The same stem before a near name: quick-start is quick-start.yaml, however many letters .yaml has.
    private static string? Nearest(string file, IEnumerable<string> names)
    {
        string stem = Stem(file);
        string[] candidates = [.. names.Where(n => IsYaml(n) || Path.GetExtension(n) == Path.GetExtension(file))];
        string? near = candidates.FirstOrDefault(c => Stem(c).Equals(stem, StringComparison.OrdinalIgnoreCase))
            ?? Suggestion.Nearest(stem, candidates.Select(Stem));
        return candidates.FirstOrDefault(c => c == near) ?? candidates.FirstOrDefault(c => Stem(c) == near);
    }

    private static string Stem(string file) => IsYaml(file) || Path.GetExtension(file) == ".csv"
        ? Path.GetFileNameWithoutExtension(file) : file;

    private static bool IsYaml(string file) => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml";

    private static IEnumerable<string> Names(string folder) => Files(folder, 0).Select(Path.GetFileName).OfType<string>();

    private static IEnumerable<string> Below(string folder) => Files(folder, 3).Where(IsYaml).Order(StringComparer.Ordinal);

    private static string[] Files(string folder, int depth)
    {
        try
        {
            var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = depth > 0,
                MaxRecursionDepth = depth };
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", options).Take(MaxVisited)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No suggestion then.
            return [];
        }
    }
}
