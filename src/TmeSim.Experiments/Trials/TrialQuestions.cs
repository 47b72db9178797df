using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>What is asked of a table of patients.</summary>
public sealed record TrialQuestions
{
    /// <summary>Arm that others are compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Primary endpoint.</summary>
    public required TrialEndpoint Primary { get; init; }

    /// <summary>Progression within this time is primary refractoriness [d], above 0.</summary>
    public double RefractoryDays { get; init; } = 182;

    /// <summary>Rules whose two sides are compared.</summary>
    public IReadOnlyList<CohortRule> Subgroups { get; init; } = [];

    /// <summary>Rules whose sides were balanced over randomised arms; contrasts are made within them.</summary>
    public IReadOnlyList<CohortRule> Stratify { get; init; } = [];

    /// <summary>Arms were balanced within strata of the cohort too.</summary>
    public bool ByStratum { get; init; }

    /// <summary>Covariates offered to the tree; empty for all.</summary>
    public IReadOnlyList<string> Tree { get; init; } = [];

    /// <summary>Covariates set beside response; empty for all numbers.</summary>
    public IReadOnlyList<string> Biomarkers { get; init; } = [];

    /// <summary>An arm that gives all that two others give, with those two; null for none.</summary>
    public (string First, string Second, string Both)? Combination { get; init; }

    /// <summary>Key of bootstraps and drawn trials.</summary>
    public ulong Key { get; init; } = 1;
}
