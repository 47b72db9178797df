using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>Results that a folder holds of another sweep over the same keys: kept, not overwritten.</summary>
internal static class EarlierResults
{
    private static readonly string[] Files = ["sweep.csv", "design.csv", "sweep.json", "sensitivity.csv", "report.html", "resolved.yaml"];

    /// <summary>Moves the table, the report and what belongs to them into a folder of their own, unless the new sweep contains the old one: the same columns and all its points.</summary>
    /// <returns>That folder; null when nothing was moved.</returns>
    /// <exception cref="RunFolderException">A file cannot be moved.</exception>
    public static string? PutAside(SweepFolder folder, string design, string header)
    {
        try
        {
            if (!File.Exists(folder.TablePath) || !File.Exists(folder.DesignPath) || (RegularFile.ReadLines(folder.TablePath).FirstOrDefault() == header && Contains(design, RegularFile.ReadAllText(folder.DesignPath))))
            {
                return null;
            }

            int number = 1;
            while (Directory.Exists(folder.In($"earlier-{number}")))
            {
                number++;
            }

            string place = folder.In($"earlier-{number}");
            Directory.CreateDirectory(place);
            foreach (string file in Files.Where(f => File.Exists(folder.In(f))))
            {
                File.Move(folder.In(file), Path.Combine(place, file));
            }

            if (Directory.Exists(folder.In("figures")))
            {
                Directory.Move(folder.In("figures"), Path.Combine(place, "figures"));
            }

            return place;
        }
        catch (Exception e) when (AtomicFile.IsRefused(e))
        {
            throw new RunFolderException($"cannot put the results of another sweep aside in {folder.Path}: {e.Message.TrimEnd('.')}", e);
        }
    }

    // Points by their values: their numbers may have changed.
    private static bool Contains(string larger, string smaller)
    {
        static IEnumerable<string> Points(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        return Points(smaller).ToHashSet(StringComparer.Ordinal).IsSubsetOf(Points(larger));
    }
}
