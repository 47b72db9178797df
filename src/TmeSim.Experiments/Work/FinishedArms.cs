using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>
/// What a run has finished, in the order of arm and replicate, whatever the order in which it came. Tables, manifest, endpoints and report
/// are made from it; it comes from simulations, from the journal of a session that was killed, or from the tables that an earlier session
/// left.
/// </summary>
internal sealed class FinishedArms(ScenarioDefinition scenario)
{
    private readonly SortedDictionary<(int Arm, int Replicate), FinishedArm> _arms = [];
    private readonly ResultTables _tables = new(scenario);

    /// <summary>Pairs of arm and replicate.</summary>
    public int Count => _arms.Count;

    public bool Holds(int arm, int replicate) => _arms.ContainsKey((arm, replicate));

    /// <summary>Adds what a simulation gave.</summary>
    /// <param name="result">What it gave.</param>
    /// <param name="files">Its snapshots.</param>
    public FinishedArm Add(ArmResult result, IReadOnlyList<FileEntry> files)
    {
        string name = scenario.Arms[result.Arm].Name;
        IReadOnlyDictionary<string, IReadOnlyList<string>> lines = _tables.Lines(result);
        var arm = new FinishedArm(
            new DoneEntry(name, result.Replicate, result.EndedEarly, result.WallSeconds)
            {
                Tables = new SortedDictionary<string, string>(
                    lines.ToDictionary(t => t.Key, t => BlockLines.Sum(t.Value)), StringComparer.Ordinal),
            },
            [.. result.Baseline.Select((b, i) => SetPointCheck.Entry(result.Replicate, scenario.Plan.Lesions[i], scenario.Plan.Tissue, b))],
            [
                .. result.Mutants.Select(m =>
                    new MutantEntry(name, result.Replicate, m.Lesion, m.Births, m.RatePerGene, m.Tile, m.RepresentedLesion, m.Born)
                    {
                        StandingTile = m.StandingTile,
                        StandingLesion = m.StandingLesion,
                        StandingFound = m.StandingFound,
                    }),
            ],
            [.. result.Hashes.Select(h => new StateHashEntry(name, result.Replicate, h.TimeDays, h.Hash) { Parts = h.Parts })],
            files,
            lines);
        _arms[(result.Arm, result.Replicate)] = arm;
        return arm;
    }

    /// <summary>Takes over from a folder what its manifest lists and no check has found lost.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="check">What was found of its files.</param>
    /// <exception cref="RunFolderException">A table does not hold what the manifest says.</exception>
    public void Load(RunFolder folder, Manifest manifest, FolderCheck check)
    {
        DoneEntry[] kept = [.. manifest.Done.Where(d => !check.Lost.Contains(new ArmReplicate(d.Arm, d.Replicate)))];
        Dictionary<string, BlockLines> tables = kept.Length == 0 ? []
            : ResultFiles.Tables.ToDictionary(t => t, t => check.Table(t) ?? BlockLines.Of(Read(folder.In(t))));
        foreach (DoneEntry done in kept)
        {
            var lines = tables.ToDictionary(t => t.Key,
                t => (IReadOnlyList<string>)[.. t.Value[new ArmReplicate(done.Arm, done.Replicate)]]);
            _arms[(Index(done.Arm), done.Replicate)] =
                lines.FirstOrDefault(t => BlockLines.Sum(t.Value) != done.Tables.GetValueOrDefault(t.Key)).Key is not { } other
                ? FinishedArm.Of(manifest, done, lines)
                : throw new RunFolderException(
                    $"{folder.In(other)} changed while it was read: arm {done.Arm}, replicate {done.Replicate}; run the same command again");
        }
    }

    /// <summary>
    /// Takes over from the journal of a session that was killed what is not here yet, where lines and snapshots are as they were written.
    /// </summary>
    /// <returns>Rows taken over, and rows that say nothing of this run or are damaged.</returns>
    public (int Taken, int Dropped) Load(RunFolder folder, JournalFolder journal)
    {
        int taken = 0, dropped = 0;
        foreach ((_, JournalContent content) in journal.ReadJournals())
        {
            dropped += content.Damaged;
            foreach (JournalRow row in content.Rows)
            {
                if (!content.Header!.IsSame(Header) || row.Arm is not { } arm || Index(arm.Done.Arm) is not (>= 0 and int index)
                    || row.Run != Run(index, arm.Done.Replicate) || !IsWhole(arm)
                    || !arm.Files.All(f => FileLook.Holds(folder.Path, f)))
                {
                    dropped++;
                }
                else if (_arms.TryAdd((index, arm.Done.Replicate), arm))
                {
                    taken++;
                }
            }
        }

        return (taken, dropped);
    }

    /// <summary>What the journal of the run says of its rows.</summary>
    public JournalHeader Header { get; } = new(
        Engine.Simulation.ModelVersion, [], [], scenario.Plan.Lesions.Count, scenario.RecordEveryHours,
        TextHash.Hex(string.Join('\n', ResultFiles.Tables.Select(new ResultTables(scenario).Header)), 16));

    /// <summary>Name of the simulation of an arm in a replicate.</summary>
    public RunId Run(int arm, int replicate) => RunId.Of(Designs.SweepPoints.Short(scenario.ArmIdentity(arm)), replicate);

    /// <summary>Header and lines of a table.</summary>
    public IReadOnlyList<string> Lines(string table) => [_tables.Header(table), .. _arms.Values.SelectMany(a => a.Lines[table])];

    /// <summary>Writes the tables.</summary>
    /// <exception cref="RunFolderException">One cannot be written.</exception>
    public void Write(RunFiles files)
    {
        foreach (string table in ResultFiles.Tables)
        {
            files.Write(table, string.Concat(Lines(table).Select(l => l + "\n")), _tables.Header(table));
        }
    }

    /// <summary>A manifest with all of it.</summary>
    public Manifest In(Manifest manifest) => manifest with
    {
        Done = [.. _arms.Values.Select(a => a.Done)],
        Baseline = [.. _arms.GroupBy(a => a.Key.Replicate).OrderBy(g => g.Key).SelectMany(g => g.First().Value.Baseline)],
        ExpectedMutants = [.. _arms.Values.SelectMany(a => a.Mutants)],
        StateHashes = [.. _arms.Values.SelectMany(a => a.StateHashes)],
        Files =
        [
            .. manifest.Files.Where(f => f.Arm is null).Concat(_arms.Values.SelectMany(a => a.Files))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ],
    };

    private int Index(string arm) => scenario.Arms.Select(a => a.Name).ToList().IndexOf(arm);

    // Every table, each with the lines that the arm has sums of.
    private static bool IsWhole(FinishedArm arm) => ResultFiles.Tables.All(t =>
        arm.Lines.TryGetValue(t, out IReadOnlyList<string>? lines) && BlockLines.Sum(lines) == arm.Done.Tables.GetValueOrDefault(t));

    // A table that is gone is still right for an arm that has no lines in it.
    private static string Read(string path)
    {
        try
        {
            return FileLook.At(path).What is null ? RegularFile.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
