namespace TmeSim.Experiments.Folders;

/// <summary>All that a run keeps of an arm in a replicate besides its snapshots: what its manifest and its tables say of it.</summary>
/// <param name="Done">That it is finished, with the sums of its lines.</param>
/// <param name="Baseline">What the burn-in reached, by lesion; the same for all arms of a replicate.</param>
/// <param name="Mutants">Mutants to expect and found, by lesion.</param>
/// <param name="StateHashes">State fingerprints in order of time.</param>
/// <param name="Files">Files of its own.</param>
/// <param name="Lines">Its lines by table (<see cref="ResultFiles.Tables"/>).</param>
internal sealed record FinishedArm(
    DoneEntry Done,
    IReadOnlyList<BaselineEntry> Baseline,
    IReadOnlyList<MutantEntry> Mutants,
    IReadOnlyList<StateHashEntry> StateHashes,
    IReadOnlyList<FileEntry> Files,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lines)
{
    /// <summary>As a manifest lists it.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="done">The arm in the replicate.</param>
    /// <param name="lines">Its lines by table.</param>
    public static FinishedArm Of(Manifest manifest, DoneEntry done, IReadOnlyDictionary<string, IReadOnlyList<string>> lines) => new(
        done,
        [.. manifest.Baseline.Where(b => b.Replicate == done.Replicate)],
        [.. manifest.ExpectedMutants.Where(m => (m.Arm, m.Replicate) == (done.Arm, done.Replicate))],
        [.. manifest.StateHashes.Where(h => (h.Arm, h.Replicate) == (done.Arm, done.Replicate))],
        [.. manifest.Files.Where(f => (f.Arm, f.Replicate) == (done.Arm, done.Replicate))],
        lines);
}
