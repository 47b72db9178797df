using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// The folder of a run, <c>name-hash16</c>. The hash covers what decides the state bits (model version included), so the
/// same question always lands in the same folder. Only one process at a time writes to a folder.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    public string ManifestPath => In(ResultFiles.Manifest);

    public string ReportPath => In(ResultFiles.Report);

    /// <summary>Where a scenario's run belongs.</summary>
    public static string PathFor(string outDirectory, ScenarioDefinition scenario)
    {
        string content = string.Create(CultureInfo.InvariantCulture,
            $"tmesim run\nmodel {Simulation.ModelVersion}\n{scenario.IdentityHash}\n");
        string hash = TextHash.Hex(content, 16);
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(outDirectory, $"{Slug(scenario.Name)}-{hash}"));
    }

    /// <summary>Lower-case ASCII letters, digits and single hyphens, at most 48 characters; never empty.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string text = slug.ToString().Trim('-');
        text = text.Length > 48 ? text[..48].Trim('-') : text;
        return text.Length > 0 ? text : "run";
    }

    /// <summary>Makes the folder if needed and takes its lock.</summary>
    /// <exception cref="RunFolderException">It cannot be made or written, or another process holds it.</exception>
    public static RunFolder Open(string path)
    {
        string lockPath = System.IO.Path.Combine(path, ResultFiles.Lock);
        try
        {
            OutFolder.Make(path);
            RegularFile.Check(lockPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot make the run folder {path}: {e.Message}", e);
        }

        try
        {
            return new RunFolder(path, new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RunFolderException($"cannot write to the run folder {path}: {e.Message}", e);
        }
        catch (IOException e)
        {
            string reason = File.Exists(lockPath) ? "another run is writing to it" : e.Message;
            throw new RunFolderException($"cannot use the run folder {path}: {reason}", e);
        }
    }

    /// <summary>Deletes what a run writes, manifest first; files of the user stay.</summary>
    /// <exception cref="RunFolderException">A file cannot be deleted.</exception>
    public void Clear()
    {
        try
        {
            foreach (string name in (string[])[ResultFiles.Manifest, ResultFiles.Crate, .. ResultFiles.Whole, ResultFiles.Report, ResultFiles.Log,
                ResultFiles.Journal, ResultFiles.Checkpoints, .. ResultFiles.Folders, ResultFiles.Figures])
            {
                if (Directory.Exists(In(name)))
                {
                    Directory.Delete(In(name), recursive: true);
                }
                else
                {
                    File.Delete(In(name));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot replace the run in {Path}: {e.Message}", e);
        }
    }

    /// <summary>A file is there and holds this text.</summary>
    internal bool Holds(string file, string text)
    {
        try
        {
            return FileLook.At(In(file)) is { Exists: true, What: null } && RegularFile.ReadAllText(In(file)) == text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>File of the snapshot of a lesion now, relative to the folder.</summary>
    internal static string SnapshotFile(ScenarioDefinition scenario, Simulation simulation, int lesion, int arm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ResultFiles.Snapshots}/a{arm}-{Slug(scenario.Arms[arm].Name)}.r{simulation.Replicate}.l{lesion}-{Slug(scenario.Plan.Lesions[lesion].Name)}.t{Math.Round(simulation.TimeHours * 60):0000000}min.bin.gz");

    /// <summary>Path of the state at t = 0 of a replicate, while its arms run.</summary>
    internal string BranchPath(int replicate) => In(string.Create(CultureInfo.InvariantCulture, $"branch-r{replicate}.state.tmp"));

    /// <summary>Deletes what a killed run left half written: states at t = 0 and files that had not got their names yet.</summary>
    internal void ClearTemporary()
    {
        string[] written = [ResultFiles.Manifest, ResultFiles.Crate, .. ResultFiles.Whole, ResultFiles.Report];
        foreach (string file in (string[])
        [
            .. Directory.GetFiles(Path, "branch-r*.state.tmp"), .. written.Select(name => In(name + AtomicFile.Temporary)),
            .. ResultFiles.Folders.Append(ResultFiles.Checkpoints).Select(In).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*" + AtomicFile.Temporary)),
        ])
        {
            File.Delete(file);
        }
    }

    /// <summary>Full path of a file of the folder.</summary>
    public string In(string relative) => System.IO.Path.Combine(Path, relative);

    public void Dispose() => _lock.Dispose();
}
