using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>The manifest of a folder as it was found.</summary>
/// <param name="Manifest">The manifest; null when it is missing or damaged.</param>
/// <param name="Damage">What is the matter with it; null when it is good.</param>
internal sealed record ManifestReading(Manifest? Manifest, Finding? Damage)
{
    /// <summary>Reads manifest.json of a folder. Never waits and never fails.</summary>
    public static ManifestReading Of(string directory)
    {
        string path = Path.Combine(directory, ResultFiles.Manifest);
        FileLook look = FileLook.At(path);
        if (look.What is { } what)
        {
            return Damaged(look.Exists ? FindingKind.Changed : FindingKind.Missing, what);
        }

        try
        {
            return Manifest.Parse(RegularFile.ReadAllText(path)) is { } manifest ? new ManifestReading(manifest, null)
                : Damaged(FindingKind.Changed, "changed: the seal at its end does not fit the text before it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Damaged(FindingKind.Unreadable, $"cannot be read: {e.Message}");
        }
    }

    private static ManifestReading Damaged(FindingKind kind, string what) =>
        new(null, new Finding(kind, ResultFiles.Manifest, null, null, what));
}
