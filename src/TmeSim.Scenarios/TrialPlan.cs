using TmeSim.Analysis.Trials;

namespace TmeSim.Scenarios;

/// <summary>A virtual patient of a cohort.</summary>
/// <param name="Number">Number among those screened, from 0: draws belong to it.</param>
/// <param name="Id">Name in tables.</param>
/// <param name="Stratum">Its stratum; empty without strata.</param>
public sealed record VirtualPatient(int Number, string Id, string Stratum);

/// <summary>What differs between patients.</summary>
/// <param name="Factor">Key, label and unit; its levels are the values of the patients in their order, an empty text where the scenario's
/// own holds.</param>
/// <param name="Text">Its distribution in words.</param>
public sealed record CohortTrait(SweepFactor Factor, string Text);

/// <summary>The <c>cohort:</c> block after every check, with its patients.</summary>
public sealed record CohortPlan
{
    /// <summary>Patients that are enrolled, at least one.</summary>
    public required IReadOnlyList<VirtualPatient> Patients { get; init; }

    /// <summary>What differs between them.</summary>
    public required IReadOnlyList<CohortTrait> Traits { get; init; }

    /// <summary>Patients that were screened, enrolled ones among them.</summary>
    public required int Screened { get; init; }

    /// <summary>Rules of inclusion with how many of those screened each turned away first.</summary>
    public required IReadOnlyList<(CohortRule Rule, int Excluded)> Include { get; init; }

    /// <summary>Names of the strata; empty without.</summary>
    public required IReadOnlyList<string> Strata { get; init; }

    /// <summary>Seed of the patients.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Canonical text of what decides who the patients are, their number left out.</summary>
    public required string Space { get; init; }

    /// <summary>The table of patients, as a run folder keeps it; null without one.</summary>
    public (string KeptAs, string Text)? Table { get; init; }
}

/// <summary>Endpoint that a trial is about.</summary>
public enum TrialEndpoint : byte
{
    Os,
    Pfs,
    Orr,
    Refractory,
}

/// <summary>The <c>trial:</c> block after every check.</summary>
public sealed record TrialPlan
{
    /// <summary>Each patient is in one arm.</summary>
    public required bool IsRandomised { get; init; }

    /// <summary>No dose after progression.</summary>
    public required bool EndsAtProgression { get; init; }

    /// <summary>Weights of the arms, in their order.</summary>
    public required IReadOnlyList<int> Allocation { get; init; }

    /// <summary>Rules whose sides are balanced over the arms.</summary>
    public required IReadOnlyList<CohortRule> Stratify { get; init; }

    /// <summary>Arm that others are compared with.</summary>
    public required int Control { get; init; }

    /// <summary>Primary endpoint.</summary>
    public required TrialEndpoint Primary { get; init; }

    /// <summary>How patients are watched, and liver, death, new lesions.</summary>
    public required ClinicalRules Rules { get; init; }

    /// <summary>Progression within this time is refractoriness [d].</summary>
    public required double RefractoryDays { get; init; }

    /// <summary>Measures before treatment.</summary>
    public required IReadOnlyList<string> Biomarkers { get; init; }

    /// <summary>Rules whose sides are compared.</summary>
    public required IReadOnlyList<CohortRule> Subgroups { get; init; }

    /// <summary>Traits and biomarkers offered to the tree.</summary>
    public required IReadOnlyList<string> Tree { get; init; }

    /// <summary>Times at which the burden is kept [d].</summary>
    public required IReadOnlyList<double> GridDays { get; init; }

    /// <summary>The simulations: patients as points of a list.</summary>
    public required SweepPlan Sweep { get; init; }
}
