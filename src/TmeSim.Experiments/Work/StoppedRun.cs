using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>A run folder that somebody wants to go on with.</summary>
public sealed class StoppedRun
{
    private readonly Manifest? _manifest;

    private StoppedRun(string folder, Manifest? manifest) => (Folder, _manifest) = (folder, manifest);

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>The scenario as it was written into the folder.</summary>
    public string ScenarioPath => Path.Combine(Folder, ResultFiles.Scenario);

    /// <summary>Command that repeats the run.</summary>
    public string Command => _manifest?.Command ?? "tmesim resume " + Folder;

    /// <summary>Warnings of the scenario.</summary>
    public IReadOnlyList<string> Warnings => _manifest?.Warnings ?? [];

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="RunFolderException">It is not the folder of a run, or its scenario is not there.</exception>
    public static StoppedRun Of(string directory)
    {
        string folder = Path.GetFullPath(directory);
        FolderKind kind = FolderKinds.Of(folder);
        return !Directory.Exists(folder) ? throw new RunFolderException($"there is no folder {directory}")
            : kind is FolderKind.Sweep or FolderKind.Calibration or FolderKind.Trial
                ? throw new RunFolderException($"{directory} is the folder of a {kind.Name()}, which goes on with its own command: tmesim {Verb(kind)} {directory}")
            : !Path.Exists(Path.Combine(folder, ResultFiles.Scenario))
                ? throw new RunFolderException($"{directory} holds no run that could go on: its {ResultFiles.Scenario} is missing")
            : new StoppedRun(folder, ManifestReading.Of(folder).Manifest);
    }

    /// <summary>What is asked for to go on: the arms that were asked for before, with what the manifest says of the scenario's files.</summary>
    /// <exception cref="RunFolderException">The scenario in the folder is not the one that was run.</exception>
    public RunRequest Request(ScenarioDefinition scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (_manifest is null)
        {
            return new RunRequest { Scenario = scenario };
        }

        string[] names = [.. scenario.Arms.Select(a => a.Name)];
        return _manifest.IdentityHash != scenario.IdentityHash
            ? throw new RunFolderException($"{ScenarioPath} is not the scenario that the manifest beside it is of; run the scenario again with tmesim run")
            : new RunRequest
            {
                Scenario = scenario with { Inputs = [.. _manifest.Inputs.Select(i => new InputFile(i.Path, i.Sha256))] },
                BranchedFrom = _manifest.BranchedFrom,
                Arms = [.. _manifest.Arms.Select(a => Array.IndexOf(names, a)).Where(i => i >= 0)],
            };
    }

    private static string Verb(FolderKind kind) => kind == FolderKind.Calibration ? "calibrate" : kind.Name();
}
