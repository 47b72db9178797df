using TmeSim.Analysis.Contrasts;

namespace TmeSim.Scenarios.Parameters;

/// <summary>What a claim rests on.</summary>
public enum EvidenceStrength : byte
{
    /// <summary>A number with its uncertainty.</summary>
    Measured,

    /// <summary>An association that was seen.</summary>
    Association,

    /// <summary>A direction without a number.</summary>
    Direction,

    /// <summary>A view of authors.</summary>
    Opinion,
}

/// <summary>What a claim is to the model.</summary>
public enum EvidenceRole : byte
{
    /// <summary>A number of the model was fitted to it.</summary>
    Fit,

    /// <summary>It was built in or calibrated towards, so that agreement proves nothing.</summary>
    Check,

    /// <summary>Nothing of it was used.</summary>
    Prediction,

    /// <summary>There is nothing to test.</summary>
    Context,
}

/// <summary>A claim of the literature that the simulator is held against.</summary>
/// <param name="Id">S0-01 … S4-40, X-01 ….</param>
/// <param name="Topic">File that holds it: primary_refractoriness, nek9, ….</param>
/// <param name="Claim">The claim in our own words.</param>
/// <param name="Numbers">Published numbers; "none" for a direction only.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Shows">What the simulator must show, with a proposed tolerance.</param>
public sealed record EvidenceEntry(string Id, string Topic, string Claim, string Numbers, string Source, string Shows)
{
    /// <summary>Whom it is about.</summary>
    public required string Population { get; init; }

    /// <summary>What it rests on.</summary>
    public required EvidenceStrength Strength { get; init; }

    /// <summary>What it is to the model.</summary>
    public required EvidenceRole Role { get; init; }

    /// <summary>Why the model cannot speak of it; empty where it can.</summary>
    public required string OutOfScope { get; init; }

    /// <summary>Tests, all of which have to come out; none for context and what is out of scope.</summary>
    public required IReadOnlyList<EvidenceTest> Tests { get; init; }
}

/// <summary>One test of a claim.</summary>
/// <param name="What">What is looked at, with its scale.</param>
/// <param name="Expected">What is claimed of it.</param>
/// <param name="Why">Reason of the expectation and of its tolerance.</param>
public abstract record EvidenceTest(string What, ClaimedRange Expected, string Why);

/// <summary>A test on replicates of arms.</summary>
/// <param name="What">What is looked at, with its scale.</param>
/// <param name="Expected">What is claimed of the mean over replicates.</param>
/// <param name="Why">Reason of the expectation and of its tolerance.</param>
/// <param name="Terms">The value is their sum, worked out for each replicate.</param>
/// <param name="Most">Most replicates.</param>
/// <param name="BrokenBy">Changes of the scenarios, path=value, after which the claim should not come out.</param>
public sealed record RunTest(string What, ClaimedRange Expected, string Why, IReadOnlyList<EvidenceTerm> Terms, int Most,
    IReadOnlyList<string> BrokenBy) : EvidenceTest(What, Expected, Why)
{
    /// <summary>Changes, path=value, each of which alone might turn a contradiction: mechanisms that could carry it.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];

    /// <summary>Scenarios that are needed, by name.</summary>
    public IReadOnlyList<string> Scenarios => [.. Terms.Select(t => t.Scenario).Distinct()];
}

/// <summary>A measure of an arm at a time.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Measure">Column of timeseries.csv.</param>
/// <param name="IsLog">Its natural logarithm is taken.</param>
/// <param name="Plus">Added before the logarithm.</param>
/// <param name="Arm">Arm.</param>
/// <param name="Lesion">Lesion; empty for the first.</param>
/// <param name="FromDays">Time [d]; the mean of the rows from here on …</param>
/// <param name="ToDays">… up to here.</param>
/// <param name="Weight">Factor.</param>
public sealed record EvidenceTerm(string Scenario, string Measure, bool IsLog, double Plus, string Arm, string Lesion, double FromDays,
    double ToDays, double Weight);

/// <summary>What a trial test reads.</summary>
public enum TrialQuantity : byte
{
    /// <summary>A line of endpoints.csv.</summary>
    Endpoint,

    /// <summary>A line of contrasts.csv.</summary>
    Contrast,

    /// <summary>Area under the curve of a low value of a covariate telling primary refractoriness.</summary>
    Biomarker,
}

/// <summary>A test on a virtual trial.</summary>
/// <param name="What">What is looked at, with its scale.</param>
/// <param name="Expected">What is claimed of it.</param>
/// <param name="Why">Reason of the expectation and of its tolerance.</param>
/// <param name="Trial">Name of the trial.</param>
/// <param name="Quantity">What is read.</param>
/// <param name="Name">Name of the endpoint, contrast or covariate.</param>
/// <param name="Arm">Arm.</param>
/// <param name="Subgroup">Side of a rule; empty for all patients.</param>
/// <param name="Patients">Patients.</param>
public sealed record TrialTest(string What, ClaimedRange Expected, string Why, string Trial, TrialQuantity Quantity, string Name,
    string Arm,
    string Subgroup, int Patients) : EvidenceTest(What, Expected, Why);
