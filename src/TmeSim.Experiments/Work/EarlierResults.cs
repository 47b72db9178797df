using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>Results that a folder holds of another sweep over the same keys: kept, not overwritten.</summary>
internal static class EarlierResults
{
    private static readonly string[] Files = ["sweep.csv", "design.csv", "sweep.json", "sensitivity.csv", "report.html",
        "resolved.yaml", "figures"];

    /// <summary>
    /// Moves the table, the report and what belongs to them into a folder of their own, unless the new sweep contains the old one: the same
    /// columns and all its points.
    /// </summary>
    /// <returns>That folder; null when nothing was moved.</returns>
    /// <exception cref="RunFolderException">A file cannot be moved.</exception>
    public static string? MoveAside(SweepFolder folder, string design, string header)
    {
        try
        {
            return !File.Exists(folder.TablePath) || !File.Exists(folder.DesignPath)
                || (RegularFile.ReadLines(folder.TablePath).FirstOrDefault() == header
                    && Contains(design, RegularFile.ReadAllText(folder.DesignPath)))
                ? null : folder.In(PutAside.Move(folder.Path, "earlier-", Files)!);
        }
        catch (Exception e) when (AtomicFile.IsRefused(e))
        {
            throw new RunFolderException($"cannot read the results of another sweep in {folder.Path}: {e.Message.TrimEnd('.')}", e);
        }
    }

    // Points by their values: their numbers may have changed.
    private static bool Contains(string larger, string smaller)
    {
        static IEnumerable<string> Points(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        return Points(smaller).ToHashSet(StringComparer.Ordinal).IsSubsetOf(Points(larger));
    }
}
