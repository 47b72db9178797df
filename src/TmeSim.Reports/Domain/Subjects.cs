namespace TmeSim.Reports.Domain;

/// <summary>What the bars and lines of a figure stand for, and how many of them are shown.</summary>
/// <param name="One">Word for one ("replicate").</param>
/// <param name="Many">Word for several.</param>
public sealed record Subjects(string One, string Many)
{
    private const int LanesOfPatients = 60;

    /// <summary>Replicates of a run: few, arms together.</summary>
    public static Subjects Replicates { get; } = new("replicate", "replicates");

    /// <summary>Patients of a trial: hundreds, each arm in a panel of its own, at most 60 lanes of a swimmer plot.</summary>
    public static Subjects Patients { get; } = new("patient", "patients") { IsApart = true, MostLanes = LanesOfPatients };

    /// <summary>Arms have panels of their own where bars or lines would hide each other.</summary>
    public bool IsApart { get; init; }

    /// <summary>Lanes of an arm in a swimmer plot, positive: of more, so many are shown at even distances in their order.</summary>
    public int MostLanes { get; init; } = int.MaxValue;
}
