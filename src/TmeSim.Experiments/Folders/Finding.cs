namespace TmeSim.Experiments.Folders;

/// <summary>What is the matter with a file of a folder.</summary>
public enum FindingKind
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It holds something else than was written.</summary>
    Changed,

    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>No harm: rows of arms that were finished when the run was stopped, before the manifest could list them.</summary>
    Newer,

    /// <summary>No harm: no file that the manifest lists. Nothing reads it.</summary>
    Extra,
}

/// <summary>One thing that was found in a folder.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">File relative to the folder, with slashes.</param>
/// <param name="Arm">Arm that it belongs to; null when it is not of one.</param>
/// <param name="Replicate">Replicate that it belongs to; null when it is not of one.</param>
/// <param name="Text">What was found, in words.</param>
public sealed record Finding(FindingKind Kind, string File, string? Arm, int? Replicate, string Text)
{
    /// <summary>Something that the run wrote is lost.</summary>
    public bool IsDamage => Kind is FindingKind.Missing or FindingKind.Changed or FindingKind.Unreadable;

    /// <summary>One line: the file, whose it is, and what was found.</summary>
    public override string ToString() =>
        $"{File}{(Arm is null ? "" : FormattableString.Invariant($" ({Arm}, replicate {Replicate})"))}: {Text}";
}
