using TmeSim.Analysis.Contrasts;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>How a test came out.</summary>
/// <param name="Test">The test.</param>
/// <param name="Verdict">Verdict.</param>
/// <param name="Observed">Value with the interval that the verdict was made with.</param>
/// <param name="Count">Replicates or patients.</param>
/// <param name="Note">Why nothing can be told; empty else.</param>
public sealed record TestOutcome(EvidenceTest Test, Verdict Verdict, Estimate Observed, int Count, string Note);

/// <summary>How a contradicted test comes out with one change of its scenarios.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Change">The change, path=value.</param>
/// <param name="Before">The test without it.</param>
/// <param name="After">The test with it.</param>
public sealed record SwitchOutcome(EvidenceEntry Claim, string Change, TestOutcome Before, TestOutcome After)
{
    /// <summary>What the change does, in a word or two.</summary>
    public string Word => After.Count == 0 ? "not run" : After.Verdict switch
    {
        Verdict.Reproduced => "turns it",
        Verdict.Undecided => "leaves it open",
        _ => "changes nothing",
    };
}

/// <summary>How a claim came out.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Tests">Its tests.</param>
public sealed record ClaimOutcome(EvidenceEntry Claim, IReadOnlyList<TestOutcome> Tests)
{
    /// <summary>Sum of the record that the verdict is of; null for that of <see cref="Claim"/>.</summary>
    public string? Record { get; init; }

    /// <summary>Contradicted by one test, or reproduced by all; null for what is not tested.</summary>
    public Verdict? Verdict => Tests.Count == 0 ? null
        : Tests.Any(t => t.Verdict == Analysis.Contrasts.Verdict.Contradicted) ? Analysis.Contrasts.Verdict.Contradicted
        : Tests.All(t => t.Verdict == Analysis.Contrasts.Verdict.Reproduced) ? Analysis.Contrasts.Verdict.Reproduced
        : Analysis.Contrasts.Verdict.Undecided;

    /// <summary>The verdict in a word: reproduced, contradicted, undecided, out of scope, context.</summary>
    public string Word => Verdict is { } verdict ? verdict.ToString().ToLowerInvariant() : Claim.OutOfScope.Length > 0 ? "out of scope"
        : "context";

    /// <summary>What the model was made to show does not come out.</summary>
    public bool IsBroken => Verdict == Analysis.Contrasts.Verdict.Contradicted
        && (Claim.Role is EvidenceRole.Fit or EvidenceRole.Check);
}
