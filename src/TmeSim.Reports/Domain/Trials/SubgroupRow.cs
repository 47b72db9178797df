using TmeSim.Analysis.Contrasts;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>Patients of one arm in a subgroup.</summary>
/// <param name="Events">Events, 0 or more; null where only patients are counted.</param>
/// <param name="Patients">Patients, 0 or more.</param>
public readonly record struct SubgroupCount(int? Events, int Patients);

/// <summary>One level of a subgroup.</summary>
/// <param name="Level">Level ("≥ 65 years").</param>
/// <param name="Counts">Counts of the arms, in the order of the arms of the figure.</param>
/// <param name="Effect">Ratio with its interval, above 0; values that are not finite could not be estimated, an end may be
/// infinite.</param>
public sealed record SubgroupRow(string Level, IReadOnlyList<SubgroupCount> Counts, Estimate Effect);

/// <summary>A subgroup with its levels.</summary>
/// <param name="Name">What patients are divided by ("Age"); empty for rows without a heading.</param>
/// <param name="Levels">Levels from top to bottom.</param>
public sealed record Subgroup(string Name, IReadOnlyList<SubgroupRow> Levels)
{
    /// <summary>p value of the interaction with the arm, 0–1; NaN for none.</summary>
    public double InteractionP { get; init; } = double.NaN;
}

/// <summary>What a forest of subgroups compares.</summary>
/// <param name="Effect">Name of the ratio ("hazard ratio").</param>
/// <param name="Arm">Arm in the numerator; values below 1 favour it where events are bad.</param>
/// <param name="Control">Arm in the denominator.</param>
public sealed record SubgroupContrast(string Effect, string Arm, string Control)
{
    /// <summary>Values below 1 favour <see cref="Arm"/>, as hazard ratios of death do; else <see cref="Control"/>.</summary>
    public bool LowerIsBetter { get; init; } = true;

    /// <summary>Level of the intervals, 0–1.</summary>
    public double Level { get; init; } = 0.95;
}
