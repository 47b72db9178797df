using System.Globalization;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Journal;

/// <summary>
/// Folder of a sweep, <c>name-sweep-hash16</c>. The hash covers the scenario, what is varied and how, not how many points or replicates
/// there are: a larger sweep goes on in the same folder.
/// </summary>
internal sealed class SweepFolder(string path) : JournalFolder(path)
{
    public string ManifestPath => In("sweep.json");

    public string ResolvedPath => In(ResultFiles.Scenario);

    public string DesignPath => In(ResultFiles.Design);

    public string TablePath => In("sweep.csv");

    public string ReportPath => In(ResultFiles.Report);

    /// <summary>Where the sweep of a scenario belongs.</summary>
    public static SweepFolder Of(string outDirectory, ScenarioDefinition scenario, string kind, string space)
    {
        string content = string.Create(CultureInfo.InvariantCulture,
            $"tmesim {kind}\nmodel {Simulation.ModelVersion}\n{scenario.IdentityHash}\n{space}");
        string hash = TextHash.Hex(content, 16);
        return new SweepFolder(System.IO.Path.GetFullPath(
            System.IO.Path.Combine(outDirectory, $"{RunFolder.Slug(scenario.Name)}-{kind}-{hash}")));
    }
}
